/** Mistakes in a source as exceptions. */
import { exceptionType, Raised } from '../runtime/exceptions.ts';
import { PyException } from '../runtime/values.ts';
import { SyntaxFault } from '../syntax/fault.ts';

/** Anything else goes on as it is. */
export function syntaxError(error: unknown, { source, file }: { readonly source: string; readonly file: string }): unknown {
  if (!(error instanceof SyntaxFault)) return error;
  const { line, col, endLine, endCol } = error.at;
  const exc = new PyException(exceptionType(error.type), [error.message]);
  const text = source.split('\n')[line - 1] ?? '';
  exc.host = {
    filename: file,
    lineno: line,
    offset: col + 1,
    end_lineno: endLine,
    end_offset: endCol + 1,
    text: `${text}\n`,
    msg: error.message,
  };
  return new Raised(exc);
}
