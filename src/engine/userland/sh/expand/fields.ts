import { quotePattern } from './pattern.ts';

export interface Field {
  readonly text: string;
  /** The text as a pattern: what was quoted is ordinary in it. */
  readonly pattern: string;
  readonly hasGlob: boolean;
}

const GLOB = /[*?[]/;

/** Builds the fields that a word becomes, piece by piece (POSIX 2.6.5). */
export class FieldBuilder {
  readonly fields: Field[] = [];
  readonly #ifs: string;
  #text = '';
  #pattern = '';
  #hasGlob = false;
  #isStarted = false;
  /** The last field was ended by white space of IFS: one delimiter that follows belongs to the same end. */
  #afterBlank = false;

  constructor(ifs: string) {
    this.#ifs = ifs;
  }

  /** Text whose characters stand for themselves. */
  addQuoted(text: string): void {
    this.#text += text;
    this.#pattern += quotePattern(text);
    this.#isStarted = true;
    this.#afterBlank = false;
  }

  /** Text of the script itself: never split, but a pattern. */
  addLiteral(text: string): void {
    this.#append(text);
    this.#isStarted = true;
    this.#afterBlank = false;
  }

  /** A piece whose pattern is not its text. */
  addPattern(text: string, pattern: string): void {
    this.#text += text;
    this.#pattern += pattern;
    this.#hasGlob = true;
    this.#isStarted = true;
    this.#afterBlank = false;
  }

  /** What an unquoted expansion gave: split at IFS. */
  addSplit(text: string): void {
    if (this.#ifs === '') {
      if (text !== '') this.addLiteral(text);
      return;
    }
    let run = '';
    for (const char of text) {
      if (!this.#ifs.includes(char)) {
        run += char;
        continue;
      }
      if (run !== '') this.addLiteral(run);
      run = '';
      this.#delimit(char);
    }
    if (run !== '') this.addLiteral(run);
  }

  #delimit(char: string): void {
    const isBlank = char === ' ' || char === '\t' || char === '\n';
    if (this.#isStarted) {
      this.end();
      this.#afterBlank = isBlank;
    } else if (!isBlank) {
      if (!this.#afterBlank) {
        this.#isStarted = true;
        this.end();
      }
      this.#afterBlank = false;
    }
  }

  #append(text: string): void {
    this.#text += text;
    this.#pattern += text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
    this.#hasGlob ||= GLOB.test(text);
  }

  /** Ends the field that was begun, if one was. */
  end(): void {
    if (this.#isStarted) this.fields.push({ text: this.#text, pattern: this.#pattern, hasGlob: this.#hasGlob });
    this.#text = '';
    this.#pattern = '';
    this.#hasGlob = false;
    this.#isStarted = false;
    this.#afterBlank = false;
  }
}
