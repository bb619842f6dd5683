/** The text that an editor holds: lines of characters, a cursor, and what can be undone. */

export interface Position {
  readonly row: number;
  readonly column: number;
}

interface Snapshot {
  readonly lines: readonly string[];
  readonly cursor: Position;
}

const MOST_UNDOS = 500;

export class Buffer {
  lines: string[] = [''];
  row = 0;
  column = 0;
  isModified = false;
  readonly #undo: Snapshot[] = [];
  readonly #redo: Snapshot[] = [];

  get line(): string {
    return this.lines[this.row] ?? '';
  }

  get chars(): string[] {
    return [...this.line];
  }

  get position(): Position {
    return { row: this.row, column: this.column };
  }

  load(text: string): void {
    this.lines = text.replace(/\n$/, '').split('\n');
    this.row = 0;
    this.column = 0;
  }

  get text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  /** Before a change: it can be taken back to here. */
  mark(): void {
    this.#undo.push({ lines: [...this.lines], cursor: this.position });
    if (this.#undo.length > MOST_UNDOS) this.#undo.shift();
    this.#redo.length = 0;
    this.isModified = true;
  }

  undo(): boolean {
    return this.#swap(this.#undo, this.#redo);
  }

  redo(): boolean {
    return this.#swap(this.#redo, this.#undo);
  }

  #swap(from: Snapshot[], to: Snapshot[]): boolean {
    const snapshot = from.pop();
    if (snapshot === undefined) return false;
    to.push({ lines: [...this.lines], cursor: this.position });
    this.lines = [...snapshot.lines];
    this.moveTo(snapshot.cursor);
    return true;
  }

  /** Puts the cursor there, or as near as the text allows; `past`: also behind the last character. */
  moveTo({ row, column }: Position, past = false): void {
    this.row = Math.max(0, Math.min(row, this.lines.length - 1));
    const last = this.chars.length - (past ? 0 : 1);
    this.column = Math.max(0, Math.min(column, last));
  }

  setLine(row: number, text: string): void {
    this.lines[row] = text;
  }

  /** Inserts text at the cursor, which is then behind it. */
  insert(text: string): void {
    const chars = this.chars;
    const [before, after] = [chars.slice(0, this.column).join(''), chars.slice(this.column).join('')];
    const pieces = (before + text + after).split('\n');
    this.lines.splice(this.row, 1, ...pieces);
    const added = text.split('\n');
    this.row += added.length - 1;
    this.column = added.length === 1 ? this.column + [...text].length : [...(added.at(-1) ?? '')].length;
  }

  /** Takes out what lies between two places, the first included; what it was. */
  cut(from: Position, to: Position): string {
    const [start, end] = from.row < to.row || (from.row === to.row && from.column <= to.column) ? [from, to] : [to, from];
    const first = [...(this.lines[start.row] ?? '')];
    const last = [...(this.lines[end.row] ?? '')];
    const taken =
      start.row === end.row
        ? first.slice(start.column, end.column).join('')
        : [first.slice(start.column).join(''), ...this.lines.slice(start.row + 1, end.row), last.slice(0, end.column).join('')].join('\n');
    this.lines.splice(start.row, end.row - start.row + 1, first.slice(0, start.column).join('') + last.slice(end.column).join(''));
    this.moveTo(start, true);
    return taken;
  }

  /** Takes out whole lines; the text never is without one. */
  cutLines(from: number, count: number): string {
    const taken = this.lines.splice(from, count);
    if (this.lines.length === 0) this.lines.push('');
    return `${taken.join('\n')}\n`;
  }
}
