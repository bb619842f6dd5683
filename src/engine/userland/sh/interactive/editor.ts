/** The line editor: raw mode, one key at a time, and the terminal shows the line. What is typed at the end is handled here; all other keys by `editing.ts`. */
import type { Fd } from '../../../kernel/sys.ts';
import type { Shell } from '../shell.ts';
import type { Completion } from './complete.ts';
import { type Key, KeyReader } from './keys.ts';
import { EditedLine } from './line.ts';
import { cursorAfter, visible } from './width.ts';

export interface EditOptions {
  readonly fd: Fd;
  readonly prompt: string;
  readonly history: readonly string[];
  /** Asks the terminal where its cursor is, as busybox does; the answer is read as a key and dropped. */
  readonly asksPosition: boolean;
  /** What is shown of ^D on an empty line. */
  readonly endText: string;
  /** Called at ^C; what is shown behind it. ash makes it a signal for a trap, which then speaks on the same line. */
  onInterrupt(): string;
  complete(text: string): Promise<Completion>;
}

/** `interrupted`: ^C. `end`: ^D on an empty line, or the terminal is gone. */
export type EditResult = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'interrupted' } | { readonly kind: 'end' };

/** Reads one line from the terminal. Its mode is afterwards what it was before. */
export async function editLine(shell: Shell, options: EditOptions): Promise<EditResult> {
  const { tty } = shell.sys;
  const before = tty.mode(options.fd);
  tty.setMode(options.fd, { canonical: false, echo: false, signals: false });
  const editor = new LineEditor(shell, options);
  const watchesSize = !shell.traps.has('WINCH');
  if (watchesSize) shell.sys.on('SIGWINCH', () => editor.sizeChanged());
  const result = await editor.run();
  if (watchesSize) shell.sys.on('SIGWINCH', 'default');
  tty.setMode(options.fd, before);
  return result;
}

/** A line while it is edited. */
export class LineEditor {
  readonly options: EditOptions;
  readonly line = new EditedLine();
  historyAt: number;
  draft = '';
  search: string | null = null;
  row = 0;
  lastWasTab = false;
  /** What `last-word` put in, and how far back it was found. */
  words: { readonly word: string; readonly back: number } | null = null;
  readonly #shell: Shell;
  readonly #keys: KeyReader;
  #isResized = false;

  constructor(shell: Shell, options: EditOptions) {
    this.#shell = shell;
    this.options = options;
    this.#keys = new KeyReader(shell.sys, options.fd, () => this.#redrawResized());
    this.historyAt = options.history.length;
  }

  /** The terminal has another size: the line is drawn again at the next chance. */
  sizeChanged(): void {
    this.#isResized = true;
  }

  async #redrawResized(): Promise<void> {
    if (!this.#isResized) return;
    this.#isResized = false;
    await this.draw();
  }

  async run(): Promise<EditResult> {
    await this.write(this.options.prompt);
    if (this.options.asksPosition) await this.write('\x1b[6n');
    this.row = cursorAfter(this.#promptText(), this.columns()).row;
    for (;;) {
      const key = await this.#keys.next();
      const result = key === null ? ({ kind: 'end' } as const) : await this.#handle(key);
      if (result !== null) return result;
    }
  }

  async #handle(key: Key): Promise<EditResult | null> {
    if (this.search === null && key === 'enter') return this.finish({ kind: 'line', text: this.line.text }, '\n');
    // What is typed for somebody begins with taking away what may be there: mostly nothing is.
    const isNothing = key === 'kill-start' && this.line.cursor === 0;
    if (this.search === null && (isNothing || typeof key !== 'string')) {
      this.lastWasTab = false;
      this.words = null;
      return this.#type(typeof key === 'string' ? '' : key.text);
    }
    const { handle } = await this.#shell.sys.stall(() => import('./editing.ts'));
    return handle(this, key);
  }

  /** A character at the line's end is simply shown; everything else draws the line anew. */
  async #type(text: string): Promise<null> {
    const { line } = this;
    const isAppended = text !== '' && line.cursor === line.chars.length;
    line.change(() => line.insert(text));
    const end = cursorAfter(this.#promptText() + line.text, this.columns());
    if (isAppended && end.column !== 0 && end.row === this.row) await this.write(text);
    else await this.draw();
    return null;
  }

  async finish(result: EditResult, text: string): Promise<EditResult> {
    this.search = null;
    if (this.line.cursor < this.line.chars.length) {
      this.line.cursor = this.line.chars.length;
      await this.draw();
    }
    await this.write(text);
    return result;
  }

  columns(): number {
    return Math.max(1, this.#shell.sys.tty.size(this.options.fd).columns || 80);
  }

  /** The prompt's last line: what is drawn again. */
  #lastPrompt(): string {
    if (this.search !== null) return `(reverse-i-search)'${this.search}': `;
    return this.options.prompt.slice(this.options.prompt.lastIndexOf('\n') + 1);
  }

  #promptText(): string {
    return visible(this.#lastPrompt());
  }

  /** Draws prompt and line from the prompt's first column, and puts the cursor where it belongs. */
  async draw(): Promise<void> {
    const columns = this.columns();
    const end = cursorAfter(this.#promptText() + this.line.text, columns);
    const cursor = cursorAfter(this.#promptText() + this.line.beforeCursor, columns);
    const up = (rows: number): string => (rows > 0 ? `\x1b[${rows}A` : '');
    const wrap = end.row > 0 && end.column === 0 ? '\r\n' : '';
    const isAtEnd = this.line.cursor === this.line.chars.length;
    const back = isAtEnd ? '' : `${up(end.row - cursor.row)}\r${cursor.column > 0 ? `\x1b[${cursor.column}C` : ''}`;
    await this.write(`${up(this.row)}\r${this.#lastPrompt()}${this.line.text}${wrap}\x1b[J${back}`);
    this.row = cursor.row;
  }

  async write(text: string): Promise<void> {
    await this.#shell.write(this.options.fd, text);
  }
}
