/** Texts that are read as a whole: scripts, and what stands in `$(…)`. */
import type { List } from './ast.ts';
import { Parser } from './parser.ts';
import type { Source } from './source.ts';

/** A whole script. */
export function parseAll(source: Source): List {
  const parser = new Parser(source);
  const list = parser.list(true);
  if (parser.peek().kind !== 'end') parser.unexpected();
  parser.tokens.finish();
  return list;
}

/** The commands of `$(…)`, whose first parenthesis has been read, up to and with its last. */
export function parseSubstitution(source: Source): List {
  const parser = new Parser(source);
  const list = parser.list(true);
  if (source.features.grammar !== undefined && parser.peek().kind === 'end') source.end({ kind: 'missing-parentheses' });
  if (!parser.isOperator(')')) parser.unexpected(')');
  parser.next();
  return list;
}
