/** busybox's `less`, which draws over what is on the screen and leaves it there. Upstream: busybox miscutils/less.c. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd } from '../../../kernel/sys.ts';
import type { Options } from '../../options.ts';
import { READ_BYTES } from '../../program-io.ts';
import type { Tool } from '../../tool.ts';
import { compileRegex, RegexError } from '../regex.ts';
import { RawTerminal } from './keys.ts';
import { Rows } from './rows.ts';

const NUMBER_COLUMNS = 8;
/** How long it waits for something to show before it shows nothing. */
const PATIENCE_MS = 2000;
/** Rows below the end of the text that may be seen. */
const TILDES = 1;
const HIGHLIGHT = '\x1b[7m';
const NORMAL = '\x1b[m';

/** Shows the files, or the standard input, on the terminal. */
export async function pageThrough(tool: Tool, options: Options): Promise<number> {
  const { sys } = tool;
  const pager = new Pager(tool, options);
  sys.on('SIGINT', () => {
    pager.isInterrupted = true;
  });
  try {
    await pager.run();
  } finally {
    pager.terminal.close();
  }
  sys.on('SIGINT', 'default');
  if (pager.isInterrupted) sys.kill(sys.pid, 'SIGINT');
  return 0;
}

class Pager {
  readonly terminal: RawTerminal;
  isInterrupted = false;
  readonly #tool: Tool;
  readonly #files: readonly string[];
  readonly #flags: Set<string>;
  #file = 0;
  #input: Fd = 0;
  #decoder = new TextDecoder();
  #isOver = false;
  #rows: Rows;
  /** The first row shown. */
  #top = 0;
  #pattern: RegExp | null = null;
  #backwards = false;
  #match = 0;

  constructor(tool: Tool, options: Options) {
    this.#tool = tool;
    this.#files = options.operands;
    this.#flags = new Set([...'EFIMNSm~'].filter((flag) => options.has(flag)));
    this.terminal = new RawTerminal(tool.sys, 1, { signals: true });
    this.#rows = new Rows(this.#columns, this.#flags.has('S'));
  }

  get #columns(): number {
    return this.terminal.size.columns - (this.#flags.has('N') ? NUMBER_COLUMNS : 0);
  }

  /** The last row of the text's part of the screen, from 0. */
  get #lowest(): number {
    return this.terminal.size.rows - 2;
  }

  get #name(): string {
    return this.#files[this.#file] ?? 'standard input';
  }

  get #isAtEnd(): boolean {
    return this.#rows.last <= this.#top + this.#lowest;
  }

  async run(): Promise<void> {
    if (!(await this.#open(0))) return;
    for (;;) {
      const key = await this.#key();
      if (key === null || (await this.#press(key))) return;
    }
  }

  /** False: there is no such file, which it has said. */
  async #open(file: number): Promise<boolean> {
    const path = this.#files[file];
    if (this.#input !== 0) this.#tool.sys.fds.close(this.#input);
    const input = path === undefined ? 0 : await this.#tool.openInput(path);
    if (input === null) return false;
    this.#input = input;
    this.#file = file;
    this.#isOver = false;
    this.#decoder = new TextDecoder();
    this.#rows = new Rows(this.#columns, this.#flags.has('S'));
    this.#top = 0;
    await this.#fill();
    return !(await this.#show());
  }

  /** Reads until the screen is full. */
  async #fill(isEnough = (): boolean => !this.#isAtEnd): Promise<void> {
    while (!this.#isOver && !isEnough()) {
      const ready = await this.#ready([this.#input], PATIENCE_MS);
      if (ready.length === 0) return;
      await this.#read();
    }
  }

  /** Which of them have something; none if a signal came first. */
  async #ready(fds: readonly Fd[], timeoutMs?: number): Promise<readonly Fd[]> {
    const wanted = fds.map((fd) => ({ fd, events: { read: true } }));
    try {
      return (await this.#tool.sys.poll(wanted, timeoutMs)).map(({ fd }) => fd);
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
      return [];
    }
  }

  async #read(): Promise<void> {
    const bytes = await this.#tool.sys.read(this.#input, READ_BYTES);
    this.#isOver = bytes.length === 0;
    this.#rows.add(this.#decoder.decode(bytes, { stream: !this.#isOver }));
  }

  /** A key; what still comes in is shown meanwhile, if there is room for it. */
  async #key(): Promise<string | null> {
    while (this.#isAtEnd && !this.#isOver && !this.isInterrupted) {
      const ready = await this.#ready([this.#input, 1]);
      if (ready.includes(1)) break;
      if (ready.length === 0) continue;
      await this.#read();
      await this.#show();
    }
    const key = this.isInterrupted ? null : await this.terminal.key();
    if (this.isInterrupted) return null;
    return key !== null && /^\^|^Alt-/.test(key) && key.length > 1 ? this.#key() : key;
  }

  /** True if it ends here, because all of it has been seen. */
  async #show(): Promise<boolean> {
    const { all, last } = this.#rows;
    const rows = Array.from({ length: this.#lowest + 1 }, (_, i) => {
      const row = all[this.#top + i];
      const number = !this.#flags.has('N') ? '' : row === undefined ? ' '.repeat(NUMBER_COLUMNS) : `${String(row.line + 1).padStart(7)} `;
      return `\x1b[K${number}${row === undefined ? (this.#flags.has('~') ? '' : '~') : this.#marked(row.text)}\n`;
    });
    await this.terminal.write(`\x1b[0;0H${rows.join('')}`);
    const from = this.#flags.has('F') ? 0 : this.#top;
    if (this.#isOver && (this.#flags.has('E') || this.#flags.has('F')) && last - from <= this.#lowest) {
      await this.#bottom('');
      return true;
    }
    await this.#status();
    return false;
  }

  #marked(text: string): string {
    const pattern = this.#pattern;
    if (pattern === null) return text.replace(CONTROLS, (char) => `${HIGHLIGHT}${SHOWN(char)}${NORMAL}`);
    return text.replace(CONTROLS, '.').replace(pattern, (found) => (found === '' ? '' : `${HIGHLIGHT}${found}${NORMAL}`));
  }

  /** Writes in the last row of the screen. */
  async #bottom(text: string): Promise<void> {
    await this.terminal.write(`\x1b[${this.#lowest + 2};0H\x1b[K${text}`);
  }

  #say(text: string): Promise<void> {
    return this.#bottom(`${HIGHLIGHT}${text.slice(0, this.terminal.size.columns - 1)}${NORMAL}`);
  }

  #status(): Promise<void> {
    if (this.#flags.has('M') || this.#flags.has('m')) return this.#position();
    if (this.#top > 0 && !this.#isAtEnd) return this.#bottom(':');
    const words = this.#top === 0 ? this.#name : '(END)';
    return this.#bottom(`${HIGHLIGHT}${words}${this.#ofFiles}${NORMAL}`);
  }

  get #ofFiles(): string {
    return this.#files.length > 1 ? ` (file ${this.#file + 1} of ${this.#files.length})` : '';
  }

  #position(): Promise<void> {
    const numberAt = (row: number): number => {
      const at = Math.min(row, this.#rows.last - 1);
      return at < 0 ? 0 : (this.#rows.all[at]?.line ?? 0) + 1;
    };
    const last = numberAt(this.#top + this.#lowest);
    const total = this.#total();
    const share = total === undefined || total === 0 ? '' : ` ${Math.min(100, Math.floor((100 * last + Math.floor(total / 2)) / total))}%`;
    const next = this.#file < this.#files.length - 1 ? ` - next: ${this.#files[this.#file + 1]}` : '';
    const words = `${this.#name}${this.#ofFiles} lines ${numberAt(this.#top)}-${last}${total === undefined ? '' : `/${total}`}`;
    return this.#bottom(`${HIGHLIGHT}${words}${this.#isAtEnd ? ` (END)${next}` : share}${NORMAL}`);
  }

  /** How many lines there are; of a pipe that is known at its end. */
  #total(): number | undefined {
    if (this.#isOver) return this.#rows.lines;
    const { sys } = this.#tool;
    if (sys.fds.stat(this.#input).type !== 'regular') return undefined;
    const path = this.#files[this.#file] ?? '/proc/self/fd/0';
    return sys.path.readFile(path).filter((byte) => byte === 10).length;
  }

  async #go(top: number): Promise<void> {
    this.#top = Math.max(0, top);
    await this.#fill();
    this.#top = Math.max(0, Math.min(this.#top, this.#rows.last - this.#lowest + TILDES));
    await this.#show();
  }

  /** True: the reader has enough. */
  async #press(key: string): Promise<boolean> {
    const page = this.#lowest + 1;
    const moves: Readonly<Record<string, number>> = {
      ...keysFor(1, 'Down e j Enter'),
      ...keysFor(-1, 'Up y k'),
      ...keysFor(page, 'PageDown z f'),
      ' ': page,
      ...keysFor(-page, 'PageUp w b'),
      d: Math.floor(page / 2),
      u: -Math.floor(page / 2),
    };
    const by = moves[key];
    if (by !== undefined) await this.#move(by);
    else if (['Home', 'g', 'p', '<', '%'].includes(key)) await this.#go(0);
    else if (['End', 'G', '>'].includes(key)) {
      await this.#fill(() => false);
      await this.#go(this.#rows.last);
    } else if (/^[0-9]$/.test(key)) return this.#counted(key);
    else return this.#command(key);
    return this.#isDone;
  }

  /** With -E there is nothing to wait for at the end. */
  get #isDone(): boolean {
    return this.#flags.has('E') && this.#isOver && this.#rows.last - this.#top <= this.#lowest;
  }

  /** Upwards the last page does not count as the end. */
  async #move(by: number): Promise<void> {
    if (by > 0) return this.#go(this.#top + by);
    this.#top = Math.max(0, this.#top + by);
    await this.#show();
  }

  async #command(key: string): Promise<boolean> {
    switch (key) {
      case 'q':
      case 'Q':
        await this.#bottom('');
        return true;
      case 'r':
      case 'R':
        await this.#show();
        break;
      case '=':
        await this.#position();
        break;
      case '/':
      case '?':
        this.#backwards = key === '?';
        await this.#search();
        break;
      case 'n':
        await this.#goMatch(this.#match + 1);
        break;
      case 'N':
        await this.#goMatch(this.#match - 1);
        break;
      case '-':
        await this.#toggle();
        break;
      case ':':
        return this.#colon();
      default:
        break;
    }
    return false;
  }

  async #toggle(): Promise<void> {
    await this.#bottom('-');
    const flag = await this.#key();
    if (flag === null || !'MmE~SN'.includes(flag)) return void (await this.#show());
    if (!this.#flags.delete(flag)) this.#flags.add(flag);
    this.#rows.reflow(this.#columns, this.#flags.has('S'));
    await this.#show();
  }

  async #colon(): Promise<boolean> {
    await this.#say(' :');
    const key = await this.#key();
    if (key === 'q') return this.#command('q');
    if (key === 'x') return !(await this.#open(0));
    if (key === 'f') await this.#position();
    if (key !== 'n' && key !== 'p') return false;
    const to = this.#file + (key === 'n' ? 1 : -1);
    if (to >= 0 && to < Math.max(1, this.#files.length)) return !(await this.#open(to));
    await this.#say(key === 'n' ? 'No next file' : 'No previous file');
    return false;
  }

  /** What was typed after `prompt`, up to Enter. */
  async #ask(prompt: string): Promise<string> {
    await this.#bottom(prompt);
    let text = '';
    for (let key = await this.#key(); key !== null && key !== 'Enter'; key = await this.#key()) {
      if (key === 'Backspace' && text !== '') {
        text = text.slice(0, -1);
        await this.terminal.write('\b \b');
      } else if ([...key].length === 1) {
        text += key;
        await this.terminal.write(key);
      }
    }
    return text;
  }

  async #counted(first: string): Promise<boolean> {
    await this.#bottom(`:${first}`);
    let digits = first;
    let key = await this.#key();
    for (; key !== null && /^[0-9]$/.test(key); key = await this.#key()) {
      digits += key;
      await this.terminal.write(key);
    }
    const count = Number(digits);
    if (key === null || count === 0) await this.#show();
    else if (['Down', 'z', 'd', 'e', ' ', 'Enter'].includes(key)) await this.#move(count);
    else if (['Up', 'b', 'w', 'y', 'u'].includes(key)) await this.#move(-count);
    else if (['g', '<', 'G', '>'].includes(key)) await this.#goLine(count - 1);
    else if (['p', '%'].includes(key)) await this.#goLine(Math.floor((count * (this.#total() ?? this.#rows.lines)) / 100));
    else if (key === 'n') await this.#goMatch(this.#match + count);
    return key === null;
  }

  async #goLine(line: number): Promise<void> {
    await this.#fill(() => this.#rows.lines > line + this.#lowest);
    const at = this.#rows.all.findIndex((row) => row.line === line);
    await this.#go(at === -1 ? this.#rows.last : at);
  }

  async #search(): Promise<void> {
    this.#pattern = null;
    this.#match = 0;
    const text = await this.#ask(this.#backwards ? '?' : '/');
    if (text === '') return void (await this.#show());
    try {
      this.#pattern = compileRegex(text, { extended: false, ignoreCase: this.#flags.has('I') });
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      return this.#say(error.message);
    }
    const found = this.#matches();
    const next = found.findIndex((row) => row > this.#top);
    await this.#goMatch((next === -1 ? found.length : next) - (this.#backwards ? 1 : 0));
  }

  /** The rows that match. */
  #matches(): readonly number[] {
    const pattern = this.#pattern;
    if (pattern === null) return [];
    return this.#rows.all.flatMap(({ text }, i) => (text.search(pattern) === -1 ? [] : [i]));
  }

  async #goMatch(wanted: number): Promise<void> {
    if (this.#pattern === null) return;
    await this.#fill(() => this.#matches().length > Math.max(0, wanted));
    const found = this.#matches();
    if (found.length === 0) return this.#say('No matches found');
    this.#match = Math.max(0, Math.min(wanted, found.length - 1));
    await this.#go(found[this.#match] ?? 0);
  }
}

const keysFor = (by: number, keys: string): Record<string, number> => Object.fromEntries(keys.split(' ').map((key) => [key, by]));

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for; a tab stays one.
const CONTROLS = /[\x01-\x08\x0a-\x1f\x7f]/g;
const SHOWN = (char: string): string => (char === '\x7f' ? '?' : String.fromCharCode(char.charCodeAt(0) + 64));
