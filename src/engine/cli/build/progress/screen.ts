/** The last lines of a program's output as a small terminal shows them: lines wrap, a carriage return writes over, the top scrolls away. */
const TAB_COLUMNS = 8;
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const SEQUENCE = /^\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])/;
/** Longer than any sequence that a program means. */
const LONGEST_SEQUENCE = 256;

export class Screen {
  #columns: number;
  #rows: number;
  #lines: string[][] = [[]];
  #column = 0;
  /** The beginning of an escape sequence whose end has not come. */
  #begun = '';

  constructor(columns: number, rows = 6) {
    this.#columns = Math.max(1, columns);
    this.#rows = rows;
  }

  resize(columns: number, rows: number): void {
    this.#columns = Math.max(1, columns);
    this.#rows = rows;
    this.#scroll();
  }

  write(text: string): void {
    let rest = this.#begun + text;
    this.#begun = '';
    while (rest !== '') {
      if (rest.startsWith('\x1b')) {
        const sequence = SEQUENCE.exec(rest)?.[0];
        if (sequence === undefined && rest.length < LONGEST_SEQUENCE) {
          this.#begun = rest;
          return;
        }
        this.#obey(sequence ?? '');
        rest = rest.slice(Math.max(1, sequence?.length ?? 1));
        continue;
      }
      const end = rest.indexOf('\x1b');
      for (const letter of end < 0 ? rest : rest.slice(0, end)) this.#put(letter);
      rest = end < 0 ? '' : rest.slice(end);
    }
  }

  /** Lines that are not blank, padded to the width. */
  lines(): readonly string[] {
    return this.#lines
      .map((line) => line.join(''))
      .filter((line) => line.trim() !== '')
      .map((line) => line.padEnd(this.#columns));
  }

  /** Rows in use. */
  get height(): number {
    return this.#lines.length;
  }

  #put(letter: string): void {
    if (letter === '\n') this.#newLine();
    else if (letter === '\r') this.#column = 0;
    else if (letter === '\b') this.#column = Math.max(0, this.#column - 1);
    else if (letter === '\t') this.#column = Math.min(this.#columns - 1, (Math.floor(this.#column / TAB_COLUMNS) + 1) * TAB_COLUMNS);
    else if (letter >= ' ' && letter !== '\x7f') {
      if (this.#column >= this.#columns) this.#newLine();
      const line = this.#lines.at(-1);
      if (line === undefined) return;
      while (line.length < this.#column) line.push(' ');
      line[this.#column++] = letter;
    }
  }

  /** Erasing is obeyed; colours and movements to other lines are not shown in so small a window. */
  #obey(sequence: string): void {
    const line = this.#lines.at(-1);
    if (line === undefined || !/^\[[012]?[KJ]$/.test(sequence.slice(1))) return;
    if (sequence.includes('2')) line.length = 0;
    else if (sequence.includes('1')) line.fill(' ', 0, this.#column);
    else line.length = Math.min(line.length, this.#column);
  }

  #newLine(): void {
    this.#lines.push([]);
    this.#column = 0;
    this.#scroll();
  }

  #scroll(): void {
    if (this.#lines.length > this.#rows) this.#lines = this.#lines.slice(-this.#rows);
    for (const line of this.#lines) if (line.length > this.#columns) line.length = this.#columns;
    this.#column = Math.min(this.#column, this.#columns);
  }
}
