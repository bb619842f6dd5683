/** Redirections (POSIX 2.7), with the here-documents that follow their line. */
import type { Redirect, RedirectOperator, Word } from './ast.ts';
import { SyntaxFailure } from './errors.ts';
import type { Parser } from './parser.ts';
import { Source } from './source.ts';
import type { TokenReader } from './tokens.ts';
import { parseHereText } from './words.ts';

/** A here-document whose text is still to be read. */
export interface PendingDocument {
  readonly delimiter: string;
  readonly isQuoted: boolean;
  readonly stripsTabs: boolean;
  readonly fill: (word: Word) => void;
}

const MAX_DEPTH = 400;

/** The redirection that starts here. */
export function readRedirect(parser: Parser): Redirect {
  const token = parser.next();
  if (token.kind !== 'redirect') parser.unexpected();
  const target = parser.peek();
  if (target.kind !== 'word') parser.unexpected();
  parser.next();
  if (token.text === '<<' || token.text === '<<-')
    return begun(parser.tokens, { fd: token.fd, delimiter: target.word, stripsTabs: token.text === '<<-' });
  const isDuplicate = token.text === '<&' || token.text === '>&';
  const { literal } = target.word;
  if (isDuplicate && literal !== undefined && !/^(\d+|-)$/.test(literal)) {
    if (!parser.source.features.bothRedirect) throw new SyntaxFailure({ kind: 'bad-fd', text: literal }, parser.source.line);
    return { operator: '&>', fd: 1, target: target.word };
  }
  const variable = token.variable === undefined ? {} : { variable: token.variable };
  return { operator: token.text as RedirectOperator, fd: token.fd, target: target.word, ...variable };
}

/** A here-document's redirection; its text is read where the line ends. */
function begun(tokens: TokenReader, redirect: { readonly fd: number; readonly delimiter: Word; readonly stripsTabs: boolean }): Redirect {
  const result: { operator: '<<'; fd: number; target: Word } = { operator: '<<', fd: redirect.fd, target: { parts: [], literal: '' } };
  const { parts } = redirect.delimiter;
  tokens.documents.push({
    delimiter: parts.map((part) => (part.kind === 'text' ? part.text : '')).join(''),
    isQuoted: parts.some((part) => part.quoted),
    stripsTabs: redirect.stripsTabs,
    fill: (word) => {
      result.target = word;
    },
  });
  return result;
}

/** The text of a here-document, which begins here. */
export function readDocument(source: Source, document: PendingDocument): Word {
  const { line } = source;
  let text = '';
  for (;;) {
    if (source.at >= source.text.length) {
      if (!source.isFinal) source.end({ kind: 'unterminated-quote', quote: '' });
      break;
    }
    const content = readLine(source, document);
    if (content === document.delimiter || content === `${document.delimiter}\n`) break;
    text += content;
  }
  if (document.isQuoted) return { parts: [{ kind: 'text', text, quoted: true }], literal: text };
  const inner = new Source(text, { isFinal: true, line, features: source.features });
  inner.depth = source.depth + 1;
  if (inner.depth > MAX_DEPTH) throw new SyntaxFailure({ kind: 'unterminated-backquote' }, line);
  return parseHereText(inner);
}

function readLine(source: Source, document: PendingDocument): string {
  let line = '';
  for (;;) {
    if (document.stripsTabs) while (source.raw() === '\t') source.next();
    const end = source.text.indexOf('\n', source.at);
    const stop = end < 0 ? source.text.length : end + 1;
    const piece = source.text.slice(source.at, stop);
    source.skip(stop - source.at);
    line += piece;
    if (document.isQuoted || !/(?:^|[^\\])(?:\\\\)*\\\n$/.test(line)) return line;
    line = line.slice(0, -2);
  }
}
