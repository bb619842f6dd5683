/** A mistake in a source, with its place. */
import type { Span } from './ast.ts';

export class SyntaxFault extends Error {
  override readonly name = 'SyntaxFault';
  readonly type: 'SyntaxError' | 'IndentationError' | 'TabError';
  readonly at: Span;
  /** More lines could put it right: a prompt asks on. */
  readonly isIncomplete: boolean;

  constructor(
    message: string,
    at: Span,
    { type = 'SyntaxError', isIncomplete = false }: { type?: SyntaxFault['type']; isIncomplete?: boolean } = {},
  ) {
    super(message);
    this.type = type;
    this.at = at;
    this.isIncomplete = isIncomplete;
  }
}
