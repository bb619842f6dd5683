/** Cuts a script into tokens (POSIX 2.3), and reads here-documents where their line ends. */
import type { Word } from './ast.ts';
import { needed } from './needed.ts';
import type { PendingDocument } from './redirects.ts';
import type { Source } from './source.ts';
import { readWord } from './words.ts';

export type Token =
  | {
      readonly kind: 'word';
      readonly word: Word /** What was written, if nothing in it is quoted. */;
      readonly plain: string | null;
      readonly start: number;
      readonly line: number;
    }
  | { readonly kind: 'operator'; readonly text: string; readonly start: number; readonly line: number }
  | {
      readonly kind: 'redirect';
      readonly text: string;
      readonly fd: number;
      readonly variable?: string;
      readonly start: number;
      readonly line: number;
    }
  | { readonly kind: 'newline'; readonly start: number; readonly line: number }
  | { readonly kind: 'end'; readonly start: number; readonly line: number };

const OPERATORS = [';;&', '&&', '||', '|&', ';;', ';&', '&', '|', ';', '(', ')'];
const REDIRECTS = ['<<-', '<<', '>>', '<&', '>&', '<>', '>|', '&>', '<', '>'];

export class TokenReader {
  readonly source: Source;
  #ahead: Token | null = null;
  /** Here-documents whose text follows the line. */
  readonly documents: PendingDocument[] = [];

  constructor(source: Source) {
    this.source = source;
  }

  peek(): Token {
    this.#ahead ??= this.#read();
    return this.#ahead;
  }

  next(): Token {
    const token = this.peek();
    this.#ahead = null;
    if (token.kind === 'newline') this.#readDocuments();
    return token;
  }

  /** Reads the word that was last looked at again, after an alias took its place. */
  again(): void {
    this.#ahead = null;
  }

  /** The end of the script also ends a here-document. */
  finish(): void {
    this.#readDocuments();
  }

  #read(): Token {
    const { source } = this;
    this.#skipBlanks();
    const { line, at: start } = source;
    const char = source.peek();
    if (char === '') return { kind: 'end', start, line };
    if (char === '\n') {
      source.next();
      return { kind: 'newline', start, line };
    }
    const redirect = this.#readRedirect(line);
    if (redirect !== null) return redirect;
    const operator = OPERATORS.find(
      (text) => source.text.startsWith(text, source.at) && (text !== '|&' || source.features.grammar !== undefined),
    );
    if (operator !== undefined) {
      source.skip(operator.length);
      return { kind: 'operator', text: operator, start, line };
    }
    const read = readWord(source);
    const word = source.features.grammar === undefined ? read : { ...read, text: source.text.slice(start, source.at) };
    return { kind: 'word', word, plain: plainText(word), start, line };
  }

  #skipBlanks(): void {
    const { source } = this;
    while (source.peek() === ' ' || source.peek() === '\t') source.next();
    if (source.peek() === '#') while (source.raw() !== '' && source.raw() !== '\n') source.next();
  }

  #readRedirect(line: number): Token | null {
    const { source } = this;
    const start = source.at;
    const named =
      source.features.grammar === undefined
        ? null
        : /^\{([A-Za-z_][A-Za-z0-9_]*(?:\[\d+\])?)\}(?=[<>])/.exec(source.text.slice(start, start + 80));
    if (named !== null) source.skip(named[0].length);
    let digits = 0;
    while (/[0-9]/.test(source.text.charAt(source.at + digits))) digits += 1;
    if (digits > 0 && !'<>'.includes(source.text.charAt(source.at + digits) || ' ')) return null;
    const starts = (operator: string): boolean => source.text.startsWith(operator, source.at + digits);
    const text = source.features.grammar?.redirects.find(starts) ?? REDIRECTS.find(starts);
    if (
      text === undefined ||
      (source.features.grammar !== undefined && /^[<>]$/.test(text) && source.text.charAt(source.at + digits + 1) === '(')
    )
      return null;
    if (text.startsWith('&>') && (digits > 0 || !source.features.bothRedirect)) return null;
    const fd = named === null && digits > 0 ? Number(source.text.slice(start, start + digits)) : text.startsWith('<') ? 0 : 1;
    source.skip(digits + text.length);
    return { kind: 'redirect', text, fd, start, line, ...(named?.[1] === undefined ? {} : { variable: named[1] }) };
  }

  #readDocuments(): void {
    for (const document of this.documents.splice(0)) document.fill(needed().readDocument(this.source, document));
  }
}

function plainText(word: Word): string | null {
  const [first] = word.parts;
  return word.parts.length === 1 && first?.kind === 'text' && !first.quoted ? first.text : null;
}
