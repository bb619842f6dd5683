/** A mistake in a source, with its place. */
import type { Span } from './ast.ts';

interface FaultOptions {
  readonly type?: SyntaxFault['type'];
  readonly isIncomplete?: boolean;
  readonly stop?: Span;
  readonly within?: SyntaxFault['within'];
  readonly since?: number;
}

export class SyntaxFault extends Error {
  override readonly name = 'SyntaxFault';
  readonly type: 'SyntaxError' | 'IndentationError' | 'TabError';
  readonly at: Span;
  /** More lines could put it right: a prompt asks on. */
  readonly isIncomplete: boolean;
  /** The token that a parser cannot go on with, if it knows nothing of this mistake. */
  readonly stop: Span;
  /** A source of its own that the place is in. */
  readonly within: string | null;
  /** The first minor version whose parser knows this mistake. */
  readonly since: number;

  constructor(
    message: string,
    at: Span,
    { type = 'SyntaxError', isIncomplete = false, stop = at, within = null, since = 0 }: FaultOptions = {},
  ) {
    super(message);
    this.type = type;
    this.at = at;
    this.isIncomplete = isIncomplete;
    this.stop = stop;
    this.within = within;
    this.since = since;
  }
}
