/** The current record and its fields: split when first asked for, joined when one was changed. */
import { fromInput, regexOf, type Value } from './values.ts';

/** Splits text as FS says: blanks, one character, or an expression. */
export function splitText(text: string, separator: string, { isParagraph = false }: { readonly isParagraph?: boolean } = {}): string[] {
  if (separator === ' ') return text.match(/[^ \t\n]+/g) ?? [];
  if (text === '') return [];
  if (separator === '') return [...text];
  if (separator.length === 1 && separator !== '\\' && !isParagraph) return text.split(separator);
  const single = separator.length === 1 ? separator.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : separator;
  return splitByRegex(text, isParagraph ? `(${single})|\n` : separator);
}

export function splitByRegex(text: string, source: string): string[] {
  if (text === '') return [];
  const regex = regexOf(source);
  const pieces: string[] = [];
  let from = 0;
  for (const match of text.matchAll(regex)) {
    // An empty match separates nothing.
    if (match[0] === '') continue;
    pieces.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  pieces.push(text.slice(from));
  return pieces;
}

export interface Separators {
  readonly input: () => string;
  readonly output: () => string;
  readonly isParagraph: () => boolean;
}

const MAX_FIELDS = 1_000_000;

export class CurrentRecord {
  readonly #separators: Separators;
  #text = '';
  #fields: Value[] | null = null;
  /** What FS was when the record came. */
  #splitBy = ' ';
  #isStale = false;

  constructor(separators: Separators) {
    this.#separators = separators;
  }

  set(text: string): void {
    this.#text = text;
    this.#fields = null;
    this.#splitBy = this.#separators.input();
    this.#isStale = false;
  }

  #split(): Value[] {
    this.#fields ??= splitText(this.#text, this.#splitBy, { isParagraph: this.#separators.isParagraph() }).map(fromInput);
    return this.#fields;
  }

  /** $0 as text; `textOf` says how numbers among the fields are written. */
  text(textOf: (value: Value) => string): string {
    if (this.#isStale) {
      this.#text = this.#split().map(textOf).join(this.#separators.output());
      this.#isStale = false;
    }
    return this.#text;
  }

  field(index: number, textOf: (value: Value) => string): Value {
    if (index === 0) return fromInput(this.text(textOf));
    return this.#split()[index - 1];
  }

  setField(index: number, value: Value): void {
    const fields = this.#split();
    if (index > MAX_FIELDS) throw new RangeError('too many fields');
    while (fields.length < index) fields.push('');
    fields[index - 1] = value;
    this.#isStale = true;
  }

  get count(): number {
    return this.#split().length;
  }

  setCount(count: number): void {
    const fields = this.#split();
    while (fields.length < Math.min(count, MAX_FIELDS)) fields.push('');
    fields.length = Math.max(0, count);
    this.#isStale = true;
  }
}
