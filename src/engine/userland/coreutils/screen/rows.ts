/** A text that grows, as rows of a screen of so many columns. */

export interface Row {
  readonly text: string;
  /** Which line of the text it is of, from 0. */
  readonly line: number;
}

const TAB = 8;

/** Long lines go on in the next row; its end needs a column as well, so a line that just fits has an empty row behind it. */
function wrap(line: string, columns: number, hasEnd: boolean): readonly string[] {
  const rows: string[] = [];
  let [row, width] = ['', 0];
  for (const char of line) {
    const after = char === '\t' ? (Math.floor(width / TAB) + 1) * TAB : width + 1;
    if (after > columns) {
      rows.push(row);
      [row, width] = [char, 1];
    } else {
      row += char;
      width = after;
    }
  }
  rows.push(row);
  if (hasEnd && width === columns) rows.push('');
  return rows;
}

export class Rows {
  #lines: string[] = [''];
  /** Where the last line begins among the rows. */
  #lastAt = 0;
  #rows: Row[] = [{ text: '', line: 0 }];
  #columns: number;
  #chops: boolean;

  constructor(columns: number, chops: boolean) {
    this.#columns = columns;
    this.#chops = chops;
  }

  get all(): readonly Row[] {
    return this.#rows;
  }

  /** The last row's place. */
  get last(): number {
    return this.#rows.length - 1;
  }

  /** Lines with an end. */
  get lines(): number {
    return this.#lines.length - 1;
  }

  add(text: string): void {
    const [first = '', ...more] = text.split('\n');
    const from = this.#lines.length - 1;
    this.#lines[from] += first;
    this.#lines.push(...more);
    this.#rows.length = this.#lastAt;
    this.#layOut(from);
  }

  /** Lays everything out again. */
  reflow(columns: number, chops: boolean): void {
    this.#columns = columns;
    this.#chops = chops;
    this.#rows = [];
    this.#layOut(0);
  }

  #layOut(from: number): void {
    for (let line = from; line < this.#lines.length; line += 1) {
      const isLast = line === this.#lines.length - 1;
      if (isLast) this.#lastAt = this.#rows.length;
      const wrapped = wrap(this.#lines[line] ?? '', this.#columns, !isLast);
      for (const text of this.#chops ? wrapped.slice(0, 1) : wrapped) this.#rows.push({ text, line });
    }
  }
}
