/** What is typed at the prompt, while it is edited: one line, or a whole statement of several. */
import type { Sys } from '../../../kernel/sys.ts';
import { encode } from '../../program-io.ts';
import { type Key, KeyReader } from '../../sh/interactive/keys.ts';
import { textWidth } from '../../sh/interactive/width.ts';

export interface PromptOptions {
  readonly first: string;
  /** Before further lines of a statement. */
  readonly more: string;
  readonly history: readonly string[];
  /** Draws in the way of 3.13's prompt: coloured, and several lines at once. */
  readonly isWide: boolean;
  readonly isColoured: boolean;
  /** Whether Enter ends it; a line is added otherwise. */
  isWhole(text: string): boolean;
}

/** What was typed. `interrupted`: by ^C. `end`: ^D with nothing typed. */
export type Typed = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'interrupted' } | { readonly kind: 'end' };

const STDIN = 0;
const STDOUT = 1;
const INDENT = 4;
const BEGIN = '\x1b[?2004h\x1b[?1h\x1b=\x1b[?25l\x1b[1A\n';
const END = '\x1b[?2004l\x1b[?1l\x1b>';
const HIDE = '\x1b[?25l';
const SHOW = '\x1b[?12l\x1b[?25h';

const back = (columns: number): string => (columns > 0 ? `\x1b[${columns}D` : '');
const forward = (columns: number): string => (columns > 0 ? `\x1b[${columns}C` : '');
const up = (rows: number): string => (rows > 0 ? `\x1b[${rows}A` : '');
const down = (rows: number): string => (rows > 0 ? `\x1b[${rows}B` : '');

/** Asks for a line, or a statement. The terminal's mode is afterwards what it was before. */
export async function askAtPrompt(sys: Sys, options: PromptOptions): Promise<Typed> {
  const before = sys.tty.mode(STDIN);
  sys.tty.setMode(STDIN, { canonical: false, echo: false, signals: false });
  try {
    return await new PromptEditor(sys, options).run();
  } finally {
    sys.tty.setMode(STDIN, before);
  }
}

class PromptEditor {
  readonly #sys: Sys;
  readonly #options: PromptOptions;
  readonly #keys: KeyReader;
  #text = '';
  #cursor = 0;
  #historyAt: number;
  #draft = '';
  #killed = '';
  /** Where the terminal's cursor is, and what it shows. */
  #row = 0;
  #column = 0;
  #shown: readonly string[] = [];

  constructor(sys: Sys, options: PromptOptions) {
    this.#sys = sys;
    this.#options = options;
    this.#keys = new KeyReader(sys, STDIN, async () => {});
    this.#historyAt = options.history.length;
  }

  async run(): Promise<Typed> {
    const begin = this.#begin();
    await this.#write(this.#options.isWide ? `${BEGIN}${begin}` : this.#options.first);
    for (;;) {
      const key = await this.#keys.next();
      const typed = key === null ? ({ kind: 'end' } as const) : await this.#handle(key);
      if (typed !== null) return typed;
    }
  }

  async #write(text: string): Promise<void> {
    await this.#sys.write(STDOUT, encode(text));
  }

  #begin(): string {
    const width = this.#width(0, 0);
    this.#column = width;
    this.#shown = [''];
    return this.#options.isColoured ? `${this.#prompt(0)}${back(width)}${SHOW}${forward(width)}` : `${this.#prompt(0)}${SHOW}`;
  }

  #prompt(row: number): string {
    const text = row === 0 ? this.#options.first : this.#options.more;
    return this.#options.isWide && this.#options.isColoured ? `\x1b[1;35m${text}\x1b[0m` : text;
  }

  #width(row: number, column: number): number {
    const line = this.#text.split('\n')[row] ?? '';
    return (row === 0 ? this.#options.first : this.#options.more).length + textWidth(line.slice(0, column));
  }

  get #before(): string {
    return this.#text.slice(0, this.#cursor);
  }

  get #line(): { readonly row: number; readonly column: number; readonly text: string } {
    const lines = this.#before.split('\n');
    const row = lines.length - 1;
    return { row, column: lines[row]?.length ?? 0, text: this.#text.split('\n')[row] ?? '' };
  }

  async #handle(key: Key): Promise<Typed | null> {
    if (key === 'enter') return this.#enter();
    if (key === 'interrupt') {
      const ends = this.#options.isWide ? `${down(this.#shown.length - 1 - this.#row)}${END}` : '';
      await this.#write(`${ends}\n`);
      return { kind: 'interrupted' };
    }
    if (key === 'end-of-file' && this.#text === '') {
      await this.#write(this.#options.isWide ? `${back(this.#column)}\n\r${END}` : '\n');
      return { kind: 'end' };
    }
    const isMove = this.#edit(key);
    await this.#draw(isMove);
    return null;
  }

  async #enter(): Promise<Typed | null> {
    const { isWide } = this.#options;
    if (!isWide || this.#options.isWhole(this.#text)) {
      const below = isWide ? this.#shown.length - 1 - this.#row : 0;
      await this.#write(isWide ? `${back(this.#column)}${down(below)}\n\r${END}` : '\n');
      return { kind: 'text', text: this.#text };
    }
    const { row } = this.#line;
    const line = this.#before.split('\n')[row] ?? '';
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    const opens = /:\s*(#.*)?$/.test(line);
    this.#insert(`\n${' '.repeat(indent + (opens ? INDENT : 0))}`);
    await this.#draw(false);
    return null;
  }

  #insert(text: string): void {
    this.#text = this.#before + text + this.#text.slice(this.#cursor);
    this.#cursor += text.length;
  }

  #remove(count: number): void {
    this.#text = this.#text.slice(0, Math.max(0, this.#cursor - count)) + this.#text.slice(this.#cursor);
    this.#cursor = Math.max(0, this.#cursor - count);
  }

  /** Carries out a key; true if it only moved the cursor. */
  #edit(key: Key): boolean {
    if (typeof key !== 'string') {
      this.#insert(key.text);
      return false;
    }
    return this.#move(key) || this.#change(key);
  }

  #move(key: Key): boolean {
    const { column, text, row } = this.#line;
    const start = this.#cursor - column;
    switch (key) {
      case 'left':
        this.#cursor = Math.max(0, this.#cursor - 1);
        return true;
      case 'right':
        this.#cursor = Math.min(this.#text.length, this.#cursor + 1);
        return true;
      case 'home':
        this.#cursor = start;
        return true;
      case 'end':
        this.#cursor = start + text.length;
        return true;
      case 'word-left':
        this.#cursor = this.#before.replace(/\w+\W*$|\W+$/, '').length;
        return true;
      case 'word-right':
        this.#cursor += /^\W*\w*/.exec(this.#text.slice(this.#cursor))?.[0].length ?? 0;
        return true;
      case 'up':
        if (row === 0) return false;
        this.#cursor = start - 1 - Math.max(0, (this.#text.split('\n')[row - 1]?.length ?? 0) - column);
        return true;
      case 'down':
        if (row === this.#text.split('\n').length - 1) return false;
        this.#cursor = start + text.length + 1 + Math.min(column, this.#text.split('\n')[row + 1]?.length ?? 0);
        return true;
      default:
        return false;
    }
  }

  #change(key: Key): false {
    const { column, text } = this.#line;
    const before = text.slice(0, column);
    switch (key) {
      case 'backspace': {
        const isIndent = this.#options.isWide && before !== '' && before.trim() === '';
        this.#remove(isIndent ? ((column - 1) % INDENT) + 1 : 1);
        break;
      }
      case 'delete':
      case 'end-of-file':
        this.#text = this.#before + this.#text.slice(this.#cursor + 1);
        break;
      case 'kill-end':
        this.#killed = text.slice(column);
        this.#text = this.#before + this.#text.slice(this.#cursor + (this.#killed.length || 1));
        break;
      case 'kill-start':
        this.#killed = before;
        this.#remove(column);
        break;
      case 'kill-word':
        this.#killed = /\S*\s*$/.exec(before)?.[0] ?? '';
        this.#remove(this.#killed.length);
        break;
      case 'yank':
        this.#insert(this.#killed);
        break;
      case 'tab':
        if (before.trim() === '') this.#insert(' '.repeat(INDENT - (column % INDENT)));
        break;
      case 'up':
        this.#recall(this.#historyAt - 1);
        break;
      case 'down':
        this.#recall(this.#historyAt + 1);
        break;
      case 'clear':
        this.#shown = [];
        break;
      default:
    }
    return false;
  }

  #recall(at: number): void {
    const { history } = this.#options;
    if (at < 0 || at > history.length) return;
    if (this.#historyAt === history.length) this.#draft = this.#text;
    this.#historyAt = at;
    this.#text = history[at] ?? this.#draft;
    this.#cursor = this.#text.length;
  }

  async #draw(isMove: boolean): Promise<void> {
    const { row, column } = this.#line;
    const lines = this.#text.split('\n');
    const to = this.#width(row, column);
    if (isMove) await this.#write(`${this.#vertical(row)}${to < this.#column ? back(this.#column - to) : forward(to - this.#column)}`);
    else await this.#write(this.#options.isWide ? this.#changedLines(lines, row, to) : this.#changedLine(lines, to));
    this.#shown = lines;
    this.#row = row;
    this.#column = to;
  }

  #vertical(row: number): string {
    return row < this.#row ? up(this.#row - row) : down(row - this.#row);
  }

  /** One line: what was added at its end, or all of it again. */
  #changedLine(lines: readonly string[], to: number): string {
    const [line = ''] = lines;
    const [shown] = this.#shown;
    if (shown === undefined && this.#shown.length === 0 && line === '') return `\x1b[H\x1b[2J${this.#prompt(0)}`;
    const last = shown ?? '';
    const isAppended =
      line.startsWith(last) && this.#column === this.#options.first.length + textWidth(last) && this.#cursor === line.length;
    if (isAppended) return line.slice(last.length);
    return `\r${this.#prompt(0)}${line}\x1b[K${back(this.#options.first.length + textWidth(line) - to)}`;
  }

  /** A character at the end, which a prompt without colours can put there alone. */
  #added(lines: readonly string[], to: number): string | null {
    const [line = ''] = lines;
    const [last = ''] = this.#shown;
    const isEnd = this.#cursor === this.#text.length && to === this.#column + 1;
    return !this.#options.isColoured && lines.length === 1 && isEnd && line.slice(0, -1) === last ? line.slice(-1) : null;
  }

  /** The lines that are not what is shown, each with its prompt. */
  #changedLines(lines: readonly string[], row: number, to: number): string {
    const isCleared = this.#shown.length === 0;
    const added = this.#added(lines, to);
    if (added !== null) return `\x1b[1@${added}`;
    let text = isCleared ? `${HIDE}\x1b[H\x1b[2J` : `${HIDE}${back(this.#column)}`;
    let at = isCleared ? 0 : this.#row;
    const last = Math.max(lines.length, this.#shown.length);
    for (let one = 0; one < last; one += 1) {
      const line = lines[one];
      const shown = this.#shown[one];
      if (line === shown) continue;
      // A new line is made at the bottom, where the terminal may have to scroll.
      if (one > at && one >= this.#shown.length && !isCleared) {
        text += `${down(Math.max(0, this.#shown.length - 1 - at))}${'\n'.repeat(one - Math.max(at, this.#shown.length - 1))}`;
        at = one;
      }
      text += one < at ? up(at - one) : isCleared ? '\n'.repeat(one - at) : down(one - at);
      at = one;
      if (line === undefined || (shown !== undefined && shown.length > line.length)) text += '\x1b[K';
      if (line !== undefined) text += `${this.#prompt(one)}${line}${back(this.#width(one, line.length))}`;
    }
    text += row < at ? up(at - row) : down(row - at);
    return `${text}${SHOW}${forward(to)}`;
  }
}
