/** A small vi: normal, insert and visual mode, operators with movements, registers, undo, search, `.` and the command line. */
import type { Tool, Utility } from '../../tool.ts';
import { compileRegex, RegexError } from '../regex.ts';
import { askLine } from './ask.ts';
import { Buffer, type Position } from './buffer.ts';
import { backspace, join, put, replaceChars, searched, searchWord, shift, toggleCase } from './changes.ts';
import { busyboxStatus, drawEditor, MODE_NAMES, type Mode } from './draw.ts';
import { type Editing, execute, open } from './ex.ts';
import { RawTerminal } from './keys.ts';
import { type Find, findChar, type Motion, motionOf } from './motions.ts';
import { clampedWord, objectAt, textBetween } from './objects.ts';

const SPEC = { short: 'RrHc:', usage: '[-c CMD] [-H] [FILE]...', package: 'as this model has it' };

export const vi: Utility = async (tool) => {
  const plus = tool.args.find((arg) => arg.startsWith('+'));
  const options = await tool.options(
    SPEC,
    tool.args.filter((arg) => arg !== plus),
  );
  const { sys } = tool;
  if (!sys.fds.isatty(0) || !sys.fds.isatty(1)) return tool.die('a terminal is needed to edit: use docker run -it, or docker exec -it');
  const terminal = new RawTerminal(sys, 0);
  try {
    await terminal.write('\x1b[?1049h\x1b[H\x1b[J');
    await new Vi(tool, terminal).run({ path: options.operands[0] ?? '', command: options.value('c') ?? plus?.slice(1) });
    await terminal.write('\x1b[?1049l');
  } finally {
    terminal.close();
  }
  return 0;
};

/** Keys after which the cursor's line and column may change without a change of the text. */
const INSERTS = 'iIaAoOsScCR';

class Vi {
  readonly #terminal: RawTerminal;
  readonly #isBusybox: boolean;
  readonly #buffer = new Buffer();
  readonly #editing: Editing;
  #mode: Mode = 'normal';
  #top = 0;
  #find: Find | null = null;
  #backwards = false;
  #anchor: Position = { row: 0, column: 0 };
  /** Keys to be taken before those that are typed. */
  #queued: string[] = [];
  /** Keys of the command being made, and of the last one that changed the text. */
  #recorded: string[] = [];
  #last: readonly string[] = [];

  constructor(tool: Tool, terminal: RawTerminal) {
    this.#terminal = terminal;
    this.#isBusybox = tool.isBusybox;
    this.#editing = {
      sys: tool.sys,
      buffer: this.#buffer,
      path: undefined,
      message: '',
      isOver: false,
      numbers: false,
      ignoresCase: false,
      pattern: null,
      register: { text: '', isLinewise: false },
    };
  }

  async run({ path, command }: { readonly path: string; readonly command: string | undefined }): Promise<void> {
    open(this.#editing, path);
    if (this.#isBusybox) this.#editing.message = '';
    if (command !== undefined) execute(this.#editing, command === '' ? '$' : command);
    while (!this.#editing.isOver) {
      if (this.#queued.length === 0) await this.#draw();
      this.#recorded = [];
      const key = await this.#next();
      if (key === null) return;
      await (this.#mode === 'normal' ? this.#normal(key) : this.#visual(key));
    }
  }

  /** The next key, which belongs to the command being made. */
  async #next(): Promise<string | null> {
    const queued = this.#queued.shift();
    const key = queued ?? (await this.#terminal.key());
    if (key !== null && key !== 'Resize') this.#recorded.push(key);
    return key;
  }

  async #shown(): Promise<string | null> {
    if (this.#queued.length === 0) await this.#draw();
    return this.#next();
  }

  async #normal(first: string): Promise<void> {
    let key: string | null = first;
    let digits = '';
    while (key !== null && /^[1-9]$|^0$/.test(key) && !(key === '0' && digits === '')) {
      digits += key;
      key = await this.#next();
    }
    if (key === null) return;
    const count = digits === '' ? undefined : Number(digits);
    if (key === 'g') key = `g${(await this.#next()) ?? ''}`;
    const motion = await this.#motion(key, count);
    if (motion !== undefined) {
      if (motion !== null) this.#buffer.moveTo(motion.to);
      return;
    }
    await this.#command(key, count);
  }

  /** Where a key leads; null: nowhere, undefined: it is no movement. */
  async #motion(key: string, count: number | undefined): Promise<Motion | null | undefined> {
    if (/^[fFtT]$/.test(key)) {
      const char = await this.#next();
      if (char === null || char === 'Escape') return null;
      this.#find = { kind: key, char };
      return findChar(this.#buffer, this.#find, count ?? 1);
    }
    if (key === ';' || key === ',') {
      if (this.#find === null) return null;
      const { kind, char } = this.#find;
      const turned = kind === kind.toLowerCase() ? kind.toUpperCase() : kind.toLowerCase();
      return findChar(this.#buffer, { kind: key === ';' ? kind : turned, char }, count ?? 1);
    }
    if (key === '/' || key === '?') return this.#searchFor(key);
    if (key === 'n' || key === 'N') return searched(this.#editing, key === 'N' ? !this.#backwards : this.#backwards);
    if (key === '*' || key === '#') {
      this.#backwards = key === '#';
      return searchWord(this.#editing, this.#backwards);
    }
    if (key === 'H' || key === 'L' || key === 'M') {
      const rows = Math.min(this.#rows, this.#buffer.lines.length - this.#top);
      const row = this.#top + (key === 'H' ? (count ?? 1) - 1 : key === 'L' ? rows - (count ?? 1) : Math.floor((rows - 1) / 2));
      return { to: { row, column: 0 }, isLinewise: true };
    }
    return motionOf(this.#buffer, key, count) ?? undefined;
  }

  async #command(key: string, count: number | undefined): Promise<void> {
    const buffer = this.#buffer;
    const times = count ?? 1;
    switch (key) {
      case 'd':
      case 'c':
      case 'y':
      case '>':
      case '<':
        return this.#operator(key, count);
      case 'D':
      case 'C':
      case 'x':
      case 'X':
      case 's':
      case 'S':
      case 'Y':
        return this.#short(key, times);
      case 'p':
      case 'P':
        put(this.#editing, key === 'p', times);
        return this.#changed();
      case 'u':
        if (!buffer.undo()) this.#editing.message = 'Already at oldest change';
        return undefined;
      case '^R':
        if (!buffer.redo()) this.#editing.message = 'Already at newest change';
        return undefined;
      case '.':
        this.#queued = [...this.#last, ...this.#queued];
        return undefined;
      case 'J':
        join(buffer, times);
        return this.#changed();
      case '~':
        toggleCase(buffer, times);
        return this.#changed();
      case 'r':
        return this.#replaceChars(times);
      case 'v':
      case 'V':
        this.#mode = key === 'v' ? 'visual' : 'visual-line';
        this.#anchor = buffer.position;
        return undefined;
      case ':':
        return this.#commandLine('');
      case 'Z':
        return this.#leave(await this.#next());
      default:
        if (key.length === 1 && INSERTS.includes(key)) return this.#beginInsert(key);
        return this.#scroll(key);
    }
  }

  #scroll(key: string): void {
    const half = Math.ceil(this.#rows / 2);
    const by = { '^F': this.#rows, PageDown: this.#rows, '^B': -this.#rows, PageUp: -this.#rows, '^D': half, '^U': -half }[key];
    if (by !== undefined) this.#buffer.moveTo({ row: this.#buffer.row + by, column: this.#buffer.column });
    else if (key === '^G')
      this.#editing.message = `"${this.#editing.path ?? ''}"${this.#buffer.isModified ? ' [Modified]' : ''} ${this.#buffer.lines.length} lines`;
  }

  #leave(key: string | null): void {
    if (key === 'Z') execute(this.#editing, 'x');
    else if (key === 'Q') execute(this.#editing, 'q!');
  }

  /** The command that was just made is what `.` makes again. */
  #changed(): void {
    this.#last = this.#recorded;
  }

  async #operator(operator: string, count: number | undefined): Promise<void> {
    const buffer = this.#buffer;
    let key = await this.#next();
    let digits = '';
    while (key !== null && /^[0-9]$/.test(key) && !(key === '0' && digits === '')) {
      digits += key;
      key = await this.#next();
    }
    if (key === null || key === 'Escape') return;
    if (key === 'g') key = `g${(await this.#next()) ?? ''}`;
    const times = digits === '' ? count : Number(digits) * (count ?? 1);
    if (key === operator)
      return this.#apply(operator, { from: buffer.position, to: { row: buffer.row + (times ?? 1) - 1, column: 0 }, isLinewise: true });
    if (key === 'i' || key === 'a') return this.#applyObject(operator, key, await this.#next());
    const from = buffer.position;
    const word = operator === 'c' && /^[wW]$/.test(key) && /\S/.test(buffer.chars[buffer.column] ?? ' ');
    const motion = await this.#motion(word ? (key === 'w' ? 'e' : 'E') : key, times);
    if (motion === undefined || motion === null) return;
    await this.#apply(operator, { from, ...clampedWord(buffer, { key, from, motion }) });
  }

  /** `iw`, `aw`, `i"`, `a(` and their like. */
  async #applyObject(operator: string, kind: 'i' | 'a', object: string | null): Promise<void> {
    const range = objectAt(this.#buffer, kind, object ?? '');
    if (range !== null) await this.#apply(operator, { from: range.from, to: range.to, isInclusive: true });
  }

  async #apply(
    operator: string,
    { from, to, isLinewise = false, isInclusive = false }: Motion & { readonly from: Position },
  ): Promise<void> {
    const buffer = this.#buffer;
    const last = Math.min(Math.max(from.row, to.row), buffer.lines.length - 1);
    const first = Math.min(from.row, to.row);
    if (operator === '>' || operator === '<') {
      shift(buffer, operator, { first, last });
      return this.#changed();
    }
    if (operator !== 'y') buffer.mark();
    const isBackward = to.row < from.row || (to.row === from.row && to.column < from.column);
    const [start, end] = isBackward ? [to, from] : [from, to];
    const stop = isInclusive && !isBackward ? { row: end.row, column: end.column + 1 } : end;
    if (operator === 'y') {
      const text = isLinewise ? `${buffer.lines.slice(first, last + 1).join('\n')}\n` : textBetween(buffer, start, stop);
      this.#editing.register = { text, isLinewise };
      buffer.moveTo(isLinewise ? { row: first, column: buffer.column } : start);
      return;
    }
    if (isLinewise && operator === 'c') {
      this.#editing.register = { text: `${buffer.lines.slice(first, last + 1).join('\n')}\n`, isLinewise };
      buffer.lines.splice(first, last - first + 1, '');
      buffer.moveTo({ row: first, column: 0 }, true);
    } else if (isLinewise) {
      this.#editing.register = { text: buffer.cutLines(first, last - first + 1), isLinewise };
      buffer.moveTo({ row: first, column: 0 });
    } else {
      this.#editing.register = { text: buffer.cut(start, stop), isLinewise };
      if (operator !== 'c') buffer.moveTo(start);
    }
    if (operator === 'c') await this.#insertMode('insert');
    this.#changed();
  }

  /** Commands that stand for an operator with a movement. */
  async #short(key: string, times: number): Promise<void> {
    const buffer = this.#buffer;
    const { row, column } = buffer;
    const end = buffer.chars.length;
    if (key === 'Y' || key === 'S')
      return this.#apply(key === 'Y' ? 'y' : 'c', { from: { row, column }, to: { row: row + times - 1, column: 0 }, isLinewise: true });
    if (key === 'D' || key === 'C') return this.#apply(key === 'D' ? 'd' : 'c', { from: { row, column }, to: { row, column: end } });
    if (key === 'X')
      return column === 0 ? undefined : this.#apply('d', { from: { row, column: Math.max(0, column - times) }, to: { row, column } });
    if (end === 0 && key === 'x') return undefined;
    return this.#apply(key === 'x' ? 'd' : 'c', { from: { row, column }, to: { row, column: Math.min(end, column + times) } });
  }

  async #replaceChars(times: number): Promise<void> {
    const key = await this.#next();
    if (key !== null && key !== 'Escape' && replaceChars(this.#buffer, key, times)) this.#changed();
  }

  async #beginInsert(key: string): Promise<void> {
    const buffer = this.#buffer;
    buffer.mark();
    const { row } = buffer;
    if (key === 'I')
      buffer.column = Math.max(
        0,
        buffer.chars.findIndex((char) => !/\s/.test(char)),
      );
    else if (key === 'a') buffer.column = Math.min(buffer.chars.length, buffer.column + 1);
    else if (key === 'A') buffer.column = buffer.chars.length;
    else if (key === 'o' || key === 'O') {
      const at = key === 'o' ? row + 1 : row;
      buffer.lines.splice(at, 0, '');
      buffer.moveTo({ row: at, column: 0 }, true);
    }
    await this.#insertMode(key === 'R' ? 'replace' : 'insert');
    this.#changed();
  }

  /** Takes text until Escape. */
  async #insertMode(mode: 'insert' | 'replace'): Promise<void> {
    const buffer = this.#buffer;
    this.#mode = mode;
    for (;;) {
      const key = await this.#shown();
      if (key === null || key === 'Escape' || key === '^C' || key === '^[') break;
      if (key === 'Enter') buffer.insert('\n');
      else if (key === 'Backspace') backspace(buffer);
      else if (key === 'Delete') buffer.cut(buffer.position, { row: buffer.row, column: Math.min(buffer.chars.length, buffer.column + 1) });
      else if (key === '^W') buffer.cut(motionOf(buffer, 'b', 1)?.to ?? buffer.position, buffer.position);
      else if (key === '^U') buffer.cut({ row: buffer.row, column: 0 }, buffer.position);
      else if ([...key].length === 1) {
        if (mode === 'replace' && buffer.column < buffer.chars.length)
          buffer.cut(buffer.position, { row: buffer.row, column: buffer.column + 1 });
        buffer.insert(key);
      } else {
        const motion = /^(Left|Right|Up|Down|Home|End)$/.test(key) ? motionOf(buffer, key, 1) : null;
        if (motion !== null) buffer.moveTo(key === 'End' ? { row: buffer.row, column: buffer.chars.length } : motion.to, true);
      }
    }
    this.#mode = 'normal';
    buffer.moveTo({ row: buffer.row, column: buffer.column - 1 });
  }

  async #visual(first: string): Promise<void> {
    const buffer = this.#buffer;
    const isLinewise = this.#mode === 'visual-line';
    const key = first === 'g' ? `g${(await this.#next()) ?? ''}` : first;
    if (key === 'Escape' || key === 'v' || key === 'V') {
      this.#mode = 'normal';
      return;
    }
    const motion = await this.#motion(key, undefined);
    if (motion !== undefined) {
      if (motion !== null) buffer.moveTo(motion.to);
      return;
    }
    const [from, to] = [this.#anchor, buffer.position];
    const [start, end] = from.row < to.row || (from.row === to.row && from.column <= to.column) ? [from, to] : [to, from];
    this.#mode = 'normal';
    if (key === ':') return this.#commandLine(`${start.row + 1},${end.row + 1}`);
    const operator = { x: 'd', X: 'd', D: 'd', s: 'c' }[key] ?? key;
    if (/^[dcy<>]$/.test(operator)) await this.#apply(operator, { from: start, to: end, isLinewise, isInclusive: true });
  }

  async #commandLine(start: string): Promise<void> {
    const text = await this.#ask(':', start);
    if (text !== null) execute(this.#editing, text);
    this.#buffer.moveTo(this.#buffer.position);
  }

  #ask(prompt: string, start = ''): Promise<string | null> {
    return askLine({ terminal: this.#terminal, isQuiet: () => this.#queued.length > 0, next: () => this.#next() }, prompt, start);
  }

  async #searchFor(key: string): Promise<Motion | null> {
    const text = await this.#ask(key);
    if (text === null) return null;
    this.#backwards = key === '?';
    try {
      if (text !== '') this.#editing.pattern = compileRegex(text, { extended: false, ignoreCase: this.#editing.ignoresCase });
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      this.#editing.message = error.message;
      return null;
    }
    return searched(this.#editing, this.#backwards);
  }

  get #rows(): number {
    return Math.max(1, this.#terminal.size.rows - 1);
  }

  async #draw(): Promise<void> {
    const { message } = this.#editing;
    this.#top = await drawEditor(this.#terminal, {
      editing: this.#editing,
      top: this.#top,
      status: message !== '' ? message : this.#isBusybox ? busyboxStatus(this.#editing, this.#mode) : MODE_NAMES[this.#mode],
    });
    this.#editing.message = '';
  }
}
