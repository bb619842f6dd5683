/** Mistakes in a source as exceptions. */
import { exceptionType, Raised } from '../runtime/exceptions.ts';
import { PyException } from '../runtime/values.ts';
import type { Span } from '../syntax/ast.ts';
import { SyntaxFault } from '../syntax/fault.ts';
import { wordingOf } from '../versions/syntax-wording.ts';
import type { Version } from '../versions/versions.ts';

interface SourceOfError {
  readonly source: string;
  readonly file: string;
  readonly version: Version;
}

const UNEXPECTED_END = 'unexpected EOF while parsing';
const lastLine = (source: string): number => source.replace(/\n$/, '').split('\n').length;
const isAtEnd = ({ line }: Span, source: string): boolean => line > lastLine(source);

/** What is wrong behind the last line is said of that line, without a mark. */
const beforeEnd = (at: Span, source: string): Span =>
  isAtEnd(at, source) ? { line: lastLine(source), col: -1, endLine: lastLine(source), endCol: -1 } : at;

/** Anything else goes on as it is. */
export function syntaxError(error: unknown, { source, file, version }: SourceOfError): unknown {
  if (!(error instanceof SyntaxFault)) return error;
  const { message, type, ...where } = wordingOf(error, version);
  const at = version.has.syntaxSpans ? beforeEnd(where.at, source) : where.at;
  const { line, col, endLine, endCol } = at;
  const isEnd = !version.has.syntaxSpans && message === 'invalid syntax' && isAtEnd(at, source);
  const words = isEnd ? UNEXPECTED_END : message;
  const exc = new PyException(exceptionType(type), [words]);
  const text = (error.within ?? source).split('\n')[line - 1] ?? '';
  exc.host = {
    filename: file,
    lineno: line,
    offset: col + 1,
    text: `${text}\n`,
    msg: words,
    ...(version.has.syntaxSpans ? { end_lineno: endLine, end_offset: endCol + 1 } : {}),
  };
  return new Raised(exc);
}
