/** The line editor: raw mode, one key at a time, and the terminal shows the line (emacs keys, history, search, completion). */
import type { Fd } from '../../../kernel/sys.ts';
import type { Shell } from '../shell.ts';
import type { Completion } from './complete.ts';
import { type Key, KeyReader } from './keys.ts';
import { EditedLine } from './line.ts';
import { cursorAfter, textWidth, visible } from './width.ts';

export interface EditOptions {
  readonly fd: Fd;
  readonly prompt: string;
  readonly history: readonly string[];
  /** Asks the terminal where its cursor is, as busybox does; the answer is read as a key and dropped. */
  readonly asksPosition: boolean;
  /** What is shown of ^D on an empty line. */
  readonly endText: string;
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

class LineEditor {
  readonly #shell: Shell;
  readonly #options: EditOptions;
  readonly #keys: KeyReader;
  readonly #line = new EditedLine();
  #historyAt: number;
  #draft = '';
  #search: string | null = null;
  #row = 0;
  #lastWasTab = false;
  /** What `last-word` put in, and how far back it was found. */
  #words: { readonly word: string; readonly back: number } | null = null;
  #isResized = false;

  constructor(shell: Shell, options: EditOptions) {
    this.#shell = shell;
    this.#options = options;
    this.#keys = new KeyReader(shell.sys, options.fd, () => this.#redrawResized());
    this.#historyAt = options.history.length;
  }

  /** The terminal has another size: the line is drawn again at the next chance. */
  sizeChanged(): void {
    this.#isResized = true;
  }

  async #redrawResized(): Promise<void> {
    if (!this.#isResized) return;
    this.#isResized = false;
    await this.#draw();
  }

  async run(): Promise<EditResult> {
    await this.#write(this.#options.prompt);
    if (this.#options.asksPosition) await this.#write('\x1b[6n');
    this.#row = cursorAfter(this.#promptText(), this.#columns()).row;
    for (;;) {
      const key = await this.#keys.next();
      const result = key === null ? ({ kind: 'end' } as const) : await this.#handle(key);
      if (result !== null) return result;
    }
  }

  async #handle(key: Key): Promise<EditResult | null> {
    const wasTab = this.#lastWasTab;
    this.#lastWasTab = key === 'tab';
    if (key !== 'last-word') this.#words = null;
    if (this.#search !== null && (await this.#searching(key))) return null;
    switch (key) {
      case 'enter':
        return this.#finish({ kind: 'line', text: this.#line.text }, '\n');
      case 'interrupt':
        return this.#finish({ kind: 'interrupted' }, '^C\n');
      case 'end-of-file':
        if (this.#line.chars.length === 0) return this.#finish({ kind: 'end' }, this.#options.endText);
        this.#line.apply('delete');
        break;
      case 'up':
        this.#recall(-1);
        break;
      case 'down':
        this.#recall(1);
        break;
      case 'first-line':
        this.#recall(-this.#historyAt);
        break;
      case 'last-line':
        this.#recall(this.#options.history.length - this.#historyAt);
        break;
      case 'last-word':
        this.#insertLastWord();
        break;
      case 'clear':
        await this.#write('\x1b[H\x1b[J');
        this.#row = 0;
        break;
      case 'search':
        this.#search = '';
        break;
      case 'tab':
        return this.#complete(wasTab);
      default:
        return this.#edit(key);
    }
    await this.#draw();
    return null;
  }

  /** A character at the line's end is simply shown; everything else draws the line anew. */
  async #edit(key: Key): Promise<null> {
    const line = this.#line;
    const isAppended = typeof key !== 'string' && line.cursor === line.chars.length;
    if (!line.apply(key)) return null;
    const end = cursorAfter(this.#promptText() + line.text, this.#columns());
    if (!isAppended || end.column === 0 || end.row !== this.#row) await this.#draw();
    else await this.#write(typeof key === 'string' ? '' : key.text);
    return null;
  }

  async #finish(result: EditResult, text: string): Promise<EditResult> {
    this.#search = null;
    if (this.#line.cursor < this.#line.chars.length) {
      this.#line.cursor = this.#line.chars.length;
      await this.#draw();
    }
    await this.#write(text);
    return result;
  }

  /** The last word of the line before; again: of the one before that. */
  #insertLastWord(): void {
    const { history } = this.#options;
    const line = this.#line;
    const again = this.#words !== null && line.beforeCursor.endsWith(this.#words.word);
    const back = again ? (this.#words?.back ?? 0) + 1 : 1;
    const word = history.at(-back)?.trim().split(/\s+/).at(-1);
    if (word === undefined || back > history.length) return;
    for (let i = again ? (this.#words?.word.length ?? 0) : 0; i > 0; i -= 1) line.apply('backspace');
    line.insert(word);
    this.#words = { word, back };
  }

  #recall(by: number): void {
    const { history } = this.#options;
    const at = this.#historyAt + by;
    if (at < 0 || at > history.length) return;
    if (this.#historyAt === history.length) this.#draft = this.#line.text;
    this.#historyAt = at;
    this.#line.replace(history[at] ?? this.#draft);
  }

  /** Keys while searching back through history. False: the search is over, and the key means what it always does. */
  async #searching(key: Key): Promise<boolean> {
    const query = this.#search ?? '';
    if (typeof key !== 'string') this.#search = query + key.text;
    else if (key === 'backspace') this.#search = query.slice(0, -1);
    else if (key === 'search') this.#find(query, this.#historyAt - 1);
    else {
      this.#search = null;
      await this.#draw();
      return key === 'escape';
    }
    if (key !== 'search') this.#find(this.#search ?? '', this.#options.history.length - 1);
    await this.#draw();
    return true;
  }

  #find(query: string, from: number): void {
    const { history } = this.#options;
    for (let i = Math.min(from, history.length - 1); i >= 0; i -= 1) {
      const entry = history[i] ?? '';
      if (!entry.includes(query)) continue;
      this.#historyAt = i;
      this.#line.replace(entry);
      return;
    }
  }

  /** Completes as far as it is certain; a second tab shows what there is to choose. */
  async #complete(wasTab: boolean): Promise<null> {
    const line = this.#line;
    const completion = await this.#options.complete(line.beforeCursor);
    if (completion.insert !== '') {
      for (const char of [completion.insert]) line.insert(char);
      await this.#draw();
    } else if (completion.choices.length > 1 && wasTab) {
      await this.#write(`\n${this.#inColumns(completion.choices)}`);
      this.#row = 0;
      await this.#draw();
    } else if (completion.choices.length !== 1) await this.#write('\x07');
    return null;
  }

  #inColumns(choices: readonly string[]): string {
    const width = Math.max(...choices.map(textWidth)) + 2;
    const perRow = Math.max(1, Math.floor(this.#columns() / width));
    const rows = Math.ceil(choices.length / perRow);
    const lines: string[] = [];
    for (let row = 0; row < rows; row += 1) {
      const cells = choices.filter((_, i) => i % rows === row);
      lines.push(cells.map((cell, i) => (i === cells.length - 1 ? cell : cell + ' '.repeat(width - textWidth(cell)))).join(''));
    }
    return `${lines.join('\n')}\n`;
  }

  #columns(): number {
    return Math.max(1, this.#shell.sys.tty.size(this.#options.fd).columns || 80);
  }

  /** The prompt's last line: what is drawn again. */
  #lastPrompt(): string {
    if (this.#search !== null) return `(reverse-i-search)'${this.#search}': `;
    return this.#options.prompt.slice(this.#options.prompt.lastIndexOf('\n') + 1);
  }

  #promptText(): string {
    return visible(this.#lastPrompt());
  }

  /** Draws prompt and line from the prompt's first column, and puts the cursor where it belongs. */
  async #draw(): Promise<void> {
    const columns = this.#columns();
    const end = cursorAfter(this.#promptText() + this.#line.text, columns);
    const cursor = cursorAfter(this.#promptText() + this.#line.beforeCursor, columns);
    const up = (rows: number): string => (rows > 0 ? `\x1b[${rows}A` : '');
    const wrap = end.row > 0 && end.column === 0 ? '\r\n' : '';
    const isAtEnd = this.#line.cursor === this.#line.chars.length;
    const back = isAtEnd ? '' : `${up(end.row - cursor.row)}\r${cursor.column > 0 ? `\x1b[${cursor.column}C` : ''}`;
    await this.#write(`${up(this.#row)}\r${this.#lastPrompt()}${this.#line.text}${wrap}\x1b[J${back}`);
    this.#row = cursor.row;
  }

  async #write(text: string): Promise<void> {
    await this.#shell.write(this.#options.fd, text);
  }
}
