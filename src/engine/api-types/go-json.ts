/** Where a text is no JSON, in the words of Go's encoding/json. Clients and engine both read what people write by hand. */

/** `first`: the first value alone is looked at, as a Decoder does; `all`: nothing else may come, as for Unmarshal. */
export type Reading = 'first' | 'all';

class Fault extends Error {
  override readonly name = 'Fault';
}

/** The text has ended too early. */
class Ended extends Error {
  override readonly name = 'Ended';
}

/** What is wrong; null for what is right. Upstream: Go encoding/json scanner.go. */
export function jsonFault(text: string, reading: Reading): string | null {
  const scanner = new Scanner(text);
  try {
    scanner.value();
    scanner.space();
    if (reading === 'all' && !scanner.isAtEnd) scanner.fail('after top-level value');
    return null;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    if (!(error instanceof Ended)) throw error;
    if (reading === 'all') return 'unexpected end of JSON input';
    return text.trim() === '' ? 'EOF' : 'unexpected EOF';
  }
}

const SPACE = ' \t\r\n';
const encoder = new TextEncoder();

/** A byte as Go quotes it: of a letter beyond ASCII the first. */
function quoted(sign: string): string {
  const byte = String.fromCharCode(encoder.encode(sign)[0] ?? 0);
  if (byte === "'") return "'\\''";
  if (byte === '"') return `'"'`;
  const plain = JSON.stringify(byte).slice(1, -1);
  return `'${plain.replace(/\\u00([0-9a-f]{2})/, '\\x$1')}'`;
}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** The sign here; throws Ended where there is none. */
  get #sign(): string {
    const sign = this.#text[this.#at];
    if (sign === undefined) throw new Ended();
    return sign;
  }

  fail(where: string): never {
    const whole = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    throw new Fault(`invalid character ${quoted(whole)} ${where}`);
  }

  space(): void {
    while (!this.isAtEnd && SPACE.includes(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  value(): void {
    this.space();
    const sign = this.#sign;
    if (sign === '{') this.#object();
    else if (sign === '[') this.#array();
    else if (sign === '"') this.#string();
    else if (sign === '-' || this.#isDigit()) this.#number();
    else {
      const word = ['true', 'false', 'null'].find((one) => one.startsWith(sign));
      if (word === undefined) this.fail('looking for beginning of value');
      this.#word(word);
    }
  }

  /** Whether that sign is next; then it is passed. */
  #takes(sign: string): boolean {
    if (this.#sign !== sign) return false;
    this.#at += 1;
    return true;
  }

  #object(): void {
    this.#at += 1;
    this.space();
    if (this.#takes('}')) return;
    do {
      this.space();
      if (this.#sign !== '"') this.fail('looking for beginning of object key string');
      this.#string();
      this.space();
      if (!this.#takes(':')) this.fail('after object key');
      this.value();
      this.space();
    } while (this.#takes(','));
    if (!this.#takes('}')) this.fail('after object key:value pair');
  }

  #array(): void {
    this.#at += 1;
    this.space();
    if (this.#takes(']')) return;
    do {
      this.value();
      this.space();
    } while (this.#takes(','));
    if (!this.#takes(']')) this.fail('after array element');
  }

  #string(): void {
    this.#at += 1;
    while (!this.#takes('"')) {
      if (this.#sign < ' ') this.fail('in string literal');
      if (this.#takes('\\')) this.#escape();
      else this.#at += 1;
    }
  }

  #escape(): void {
    if (this.#takes('u')) {
      for (let digit = 0; digit < 4; digit += 1) {
        if (!/[0-9a-fA-F]/.test(this.#sign)) this.fail('in \\u hexadecimal character escape');
        this.#at += 1;
      }
    } else if ('bfnrt\\/"'.includes(this.#sign)) this.#at += 1;
    else this.fail('in string escape code');
  }

  #isDigit(): boolean {
    return /\d/.test(this.#text[this.#at] ?? '');
  }

  #digits(where: string): void {
    if (!/\d/.test(this.#sign)) this.fail(where);
    while (this.#isDigit()) this.#at += 1;
  }

  /** A number may be the end of the text. */
  #next(signs: string): boolean {
    if (this.isAtEnd || !signs.includes(this.#sign)) return false;
    this.#at += 1;
    return true;
  }

  #number(): void {
    this.#next('-');
    if (!this.#next('0')) this.#digits('in numeric literal');
    if (this.#next('.')) this.#digits('after decimal point in numeric literal');
    if (this.#next('eE')) {
      this.#next('+-');
      this.#digits('in exponent of numeric literal');
    }
  }

  #word(word: string): void {
    for (const expected of word) if (!this.#takes(expected)) this.fail(`in literal ${word} (expecting '${expected}')`);
  }
}
