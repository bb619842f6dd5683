/** `less` on a terminal: lines forwards and backwards, searching, and the end when one asks for it. */
import { decode, READ_BYTES, readAll } from '../../program-io.ts';
import type { Utility } from '../../tool.ts';
import { compileRegex, RegexError } from '../regex.ts';
import { askLine } from './ask.ts';
import { clipped, shownLine, wrapped } from './cells.ts';
import { RawTerminal } from './keys.ts';

const SPEC = { short: 'EFIMNmR~SXdeisqcnfp:rgGw+:', usage: '[-EFIMmNSRh~] [FILE]...', package: '590' };

export const less: Utility = async (tool) => {
  const plus = tool.args.find((arg) => /^\+/.test(arg));
  const options = await tool.options(
    SPEC,
    tool.args.filter((arg) => arg !== plus),
  );
  const { sys } = tool;
  if (!tool.out.isTerminal) {
    tool.copiesStreams = true;
    await tool.eachInput(options.operands, async (fd) => {
      for (let bytes = await sys.read(fd, READ_BYTES); bytes.length > 0; bytes = await sys.read(fd, READ_BYTES))
        await tool.out.bytes(bytes);
    });
    return 0;
  }
  if (options.operands.length === 0 && sys.fds.isatty(0)) return tool.die('Missing filename ("less --help" for help)');
  const files: File[] = [];
  for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
    const fd = await tool.openInput(path);
    if (fd === null) continue;
    const all = decode(await readAll(sys, fd));
    // busybox counts a line after the last newline.
    const text = tool.isBusybox ? all : all.replace(/\n$/, '');
    files.push({ path, lines: text === '' ? [] : text.split('\n') });
    if (fd !== 0) sys.fds.close(fd);
  }
  if (files.length === 0) return 1;
  const keyboard = sys.fds.isatty(0) ? 0 : 2;
  const terminal = new RawTerminal(sys, keyboard);
  try {
    await new Pager({
      terminal,
      files,
      numbers: options.has('N'),
      chops: options.has('S'),
      ignoresCase: options.has('i', 'I'),
      quits: options.has('F'),
      isBusybox: tool.isBusybox,
    }).run(plus);
  } finally {
    terminal.close();
  }
  return 0;
};

interface File {
  readonly path: string;
  readonly lines: readonly string[];
}

interface Settings {
  readonly terminal: RawTerminal;
  readonly files: readonly File[];
  readonly numbers: boolean;
  readonly chops: boolean;
  readonly ignoresCase: boolean;
  /** One screenful is only shown. */
  readonly quits: boolean;
  /** GNU's has a screen of its own, which goes when it ends; busybox's writes over what is there, and goes a line past the end. */
  readonly isBusybox: boolean;
}

class Pager {
  readonly #settings: Settings;
  #file = 0;
  /** The first line shown. */
  #top = 0;
  #count = '';
  #pattern: RegExp | null = null;
  #backwards = false;
  #message = '';
  #numbers: boolean;
  #chops: boolean;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#numbers = settings.numbers;
    this.#chops = settings.chops;
  }

  get #lines(): readonly string[] {
    return this.#settings.files[this.#file]?.lines ?? [];
  }

  get #rows(): number {
    return Math.max(1, this.#settings.terminal.size.rows - 1);
  }

  async run(start: string | undefined): Promise<void> {
    const { terminal, quits, files, isBusybox } = this.#settings;
    if (quits && files.length === 1 && this.#screen(0, Number.POSITIVE_INFINITY).length <= this.#rows) {
      await terminal.write(this.#lines.map((line) => `${line}\n`).join(''));
      return;
    }
    if (!isBusybox) await terminal.write('\x1b[?1049h\x1b[H\x1b[J');
    if (start === '+G') this.#end();
    else if (start?.startsWith('+/') === true) this.#search(start.slice(2), false);
    else if (/^\+\d+$/.test(start ?? '')) this.#go(Number(start?.slice(1)) - 1);
    for (;;) {
      await this.#draw();
      const key = await terminal.key();
      if (key === null || (await this.#press(key))) break;
    }
    await terminal.write(isBusybox ? '\r\x1b[K' : '\r\x1b[K\x1b[?1049l');
  }

  /** The rows that lines from `top` on take, at most `most`. */
  #screen(top: number, most: number): readonly string[] {
    const { columns } = this.#settings.terminal.size;
    const rows: string[] = [];
    for (let i = top; i < this.#lines.length && rows.length < most; i += 1) {
      const shown = (this.#numbers ? `${String(i + 1).padStart(7)} ` : '') + shownLine(this.#lines[i] ?? '');
      rows.push(...(this.#chops ? [clipped(shown, columns)] : wrapped(shown, columns)));
    }
    return rows.slice(0, most);
  }

  #isAtEnd(): boolean {
    return this.#screen(this.#top, this.#rows + 1).length <= this.#rows;
  }

  #lastTop(): number {
    const rows = this.#rows - (this.#settings.isBusybox ? 1 : 0);
    let top = this.#lines.length;
    while (top > 0 && this.#screen(top - 1, this.#rows + 1).length <= rows) top -= 1;
    return top;
  }

  #end(): void {
    this.#top = this.#lastTop();
  }

  #go(top: number): void {
    this.#top = Math.max(0, Math.min(top, this.#lastTop()));
  }

  async #draw(): Promise<void> {
    const rows = this.#screen(this.#top, this.#rows);
    const filler = Array.from({ length: this.#rows - rows.length }, () => (this.#numbers && this.#settings.isBusybox ? '        ~' : '~'));
    const marked = rows.map((row) => this.#marked(row));
    await this.#settings.terminal.write(
      `\x1b[H${[...marked, ...filler].map((row) => `${row}\x1b[K`).join('\r\n')}\r\n${this.#prompt()}\x1b[K`,
    );
    this.#message = '';
  }

  #marked(row: string): string {
    if (this.#pattern === null) return row;
    return row.replace(this.#pattern, (found) => (found === '' ? '' : `\x1b[7m${found}\x1b[27m`));
  }

  #prompt(): string {
    if (this.#message !== '') return `\x1b[7m${this.#message}\x1b[m`;
    if (this.#count !== '') return `:${this.#count}`;
    const { files, isBusybox } = this.#settings;
    const file = files[this.#file];
    if (isBusybox) return this.#busyboxPrompt(file?.path === '-' ? 'standard input' : (file?.path ?? ''), files.length);
    if (this.#isAtEnd()) return `\x1b[7m(END)${this.#file < files.length - 1 ? ` - Next: ${files[this.#file + 1]?.path}` : ''}\x1b[m`;
    return this.#top === 0 && file !== undefined && file.path !== '-' ? `\x1b[7m${file.path}\x1b[m` : ':';
  }

  #busyboxPrompt(path: string, files: number): string {
    if (this.#top > 0 && !this.#isAtEnd()) return ':';
    const file = files > 1 ? ` (file ${this.#file + 1} of ${files})` : '';
    return `\x1b[7m${this.#top === 0 ? path : '(END)'}${file}\x1b[m`;
  }

  /** True: the reader has enough. */
  async #press(key: string): Promise<boolean> {
    if (/^[0-9]$/.test(key)) {
      this.#count += key;
      return false;
    }
    const count = this.#count === '' ? undefined : Number(this.#count);
    this.#count = '';
    switch (key) {
      case 'q':
      case 'Q':
      case '^C':
        return true;
      case ' ':
      case 'f':
      case '^F':
      case '^V':
      case 'PageDown':
        this.#forward(this.#rows);
        break;
      case 'b':
      case '^B':
      case 'PageUp':
        this.#go(this.#backFrom(this.#rows));
        break;
      case 'd':
      case '^D':
        this.#forward(count ?? Math.ceil(this.#rows / 2));
        break;
      case 'u':
      case '^U':
        this.#go(this.#backFrom(count ?? Math.ceil(this.#rows / 2)));
        break;
      case 'j':
      case 'e':
      case 'Enter':
      case 'Down':
      case '^N':
        this.#go(this.#top + (count ?? 1));
        break;
      case 'k':
      case 'y':
      case 'Up':
      case '^P':
        this.#go(this.#top - (count ?? 1));
        break;
      case 'g':
      case '<':
      case 'Home':
        this.#go((count ?? 1) - 1);
        break;
      case 'G':
      case '>':
      case 'End':
        if (count === undefined) this.#end();
        else this.#go(count - 1);
        break;
      case 'p':
      case '%':
        this.#go(Math.floor(((count ?? 0) / 100) * this.#lines.length));
        break;
      default:
        return this.#command(key);
    }
    return false;
  }

  async #command(key: string): Promise<boolean> {
    switch (key) {
      case '/':
      case '?': {
        const text = await this.#ask(key);
        if (text !== null) this.#search(text, key === '?');
        break;
      }
      case 'n':
        this.#again(this.#backwards);
        break;
      case 'N':
        this.#again(!this.#backwards);
        break;
      case 'F':
        this.#end();
        break;
      case '=':
      case '^G':
        this.#message = `${this.#settings.files[this.#file]?.path} lines ${this.#top + 1}-${Math.min(this.#lines.length, this.#top + this.#rows)}/${this.#lines.length}`;
        break;
      case '-': {
        const option = await this.#settings.terminal.key();
        if (option === 'N') this.#numbers = !this.#numbers;
        else if (option === 'S') this.#chops = !this.#chops;
        break;
      }
      case ':': {
        const text = await this.#ask(':');
        if (text === 'q' || text === 'q!') return true;
        if (text === 'n' || text === 'p') this.#turnTo(this.#file + (text === 'n' ? 1 : -1));
        break;
      }
      case 'h':
        this.#message = 'SPACE b: page   j k: line   g G: ends   /text n N: search   -N -S: numbers, chop   :n :p: files   q: quit';
        break;
      case 'Z':
        return (await this.#settings.terminal.key()) === 'Z';
      default:
        break;
    }
    return false;
  }

  #turnTo(file: number): void {
    if (this.#settings.files[file] === undefined) this.#message = file < 0 ? 'No previous file' : 'No next file';
    else {
      this.#file = file;
      this.#top = 0;
    }
  }

  /** As many rows on: whole lines. */
  #forward(rows: number): void {
    let top = this.#top;
    for (let seen = 0; top < this.#lines.length && seen < rows; top += 1)
      seen += this.#screen(top, Number.POSITIVE_INFINITY).length > 0 ? this.#height(top) : 1;
    this.#go(top);
  }

  #height(line: number): number {
    const { columns } = this.#settings.terminal.size;
    return this.#chops ? 1 : wrapped(shownLine(this.#lines[line] ?? ''), columns).length;
  }

  #backFrom(rows: number): number {
    let top = this.#top;
    for (let seen = 0; top > 0 && seen < rows; top -= 1) seen += this.#height(top - 1);
    return top;
  }

  #ask(prompt: string): Promise<string | null> {
    const { terminal } = this.#settings;
    return askLine({ terminal, isQuiet: () => false, next: () => terminal.key() }, prompt);
  }

  #search(text: string, backwards: boolean): void {
    this.#backwards = backwards;
    try {
      if (text !== '')
        this.#pattern = compileRegex(text, { extended: true, ignoreCase: this.#settings.ignoresCase && text === text.toLowerCase() });
      // busybox begins with the line at the top itself.
      this.#again(backwards, this.#settings.isBusybox && !backwards ? 0 : 1);
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      this.#message = error.message;
    }
  }

  #again(backwards: boolean, from = 1): void {
    const pattern = this.#pattern;
    if (pattern === null) {
      this.#message = 'No previous regular expression';
      return;
    }
    const matches = (line: string | undefined): boolean => {
      pattern.lastIndex = 0;
      return line !== undefined && pattern.test(line);
    };
    const step = backwards ? -1 : 1;
    for (let i = this.#top + step * from; i >= 0 && i < this.#lines.length; i += step) {
      if (!matches(this.#lines[i])) continue;
      if (this.#settings.isBusybox) this.#go(i);
      else this.#top = i;
      return;
    }
    if (!backwards && this.#top === 0 && matches(this.#lines[0])) return;
    this.#message = this.#settings.isBusybox ? 'No matches found' : 'Pattern not found';
  }
}
