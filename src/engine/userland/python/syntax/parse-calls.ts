/** Calls with their arguments, and what is mistaken most often in parentheses. */
import type { Expr, Keyword, Span } from './ast.ts';
import { type Cursor, join, wordFor } from './cursor.ts';
import { SyntaxFault } from './fault.ts';
import { comprehension, parseBinary, parseExpression, parseStarred, startsExpression, typeOf } from './parse-expressions.ts';

interface Arguments {
  readonly args: Expr[];
  readonly keywords: Keyword[];
}

export function parseCall(cursor: Cursor, func: Expr, start: Span): Expr {
  const type = typeOf(func);
  if (type !== null && type !== 'NoneType') cursor.warn(`'${type}' object is not callable; perhaps you missed a comma?`, start.line);
  cursor.next();
  const { args, keywords } = parseArguments(cursor);
  cursor.expect(')');
  return { kind: 'call', func, args, keywords, ...cursor.from(start) };
}

/** Whether what begins there has brackets of its own. */
function isInBrackets(cursor: Cursor, open: number, { line, col }: Pick<Span, 'line' | 'col'>): boolean {
  const first = cursor.tokens.slice(open).find((token) => token.line === line && token.col === col);
  return first?.type === 'op' && ['(', '[', '{'].includes(first.text) && first.line === line;
}

/** Arguments up to the closing parenthesis. */
export function parseArguments(cursor: Cursor): Arguments {
  const open = cursor.at;
  const args: Expr[] = [];
  const keywords: Keyword[] = [];
  while (!cursor.is(')')) {
    parseArgument(cursor, { args, keywords });
    if (!cursor.accept(',')) break;
  }
  if (!cursor.is(')')) throw forgottenComma(cursor, args.at(-1));
  const bare = args.find(({ kind, line, col }) => kind === 'comprehension' && !isInBrackets(cursor, open, { line, col }));
  if (bare !== undefined && args.length + keywords.length > 1) throw new SyntaxFault('Generator expression must be parenthesized', bare);
  return { args, keywords };
}

function parseArgument(cursor: Cursor, { args, keywords }: Arguments): void {
  const before = cursor.last;
  const start = cursor.token;
  if (cursor.accept('**')) {
    const value = parseExpression(cursor);
    keywords.push({ name: null, value, ...cursor.from(start) });
    return;
  }
  if (cursor.isName() && cursor.peek().text === '=' && cursor.peek().type === 'op') {
    const name = cursor.name();
    cursor.next();
    if (cursor.isAny(',', ')')) throw new SyntaxFault('expected argument value expression', cursor.from(start), { stop: cursor.token });
    const value = parseExpression(cursor);
    if (keywords.some((one) => one.name === name)) throw new SyntaxFault(`keyword argument repeated: ${name}`, cursor.from(start));
    keywords.push({ name, value, ...cursor.from(start) });
    return;
  }
  if (cursor.is('*') && cursor.peek().type === 'op' && [')', ','].includes(cursor.peek().text))
    throw new SyntaxFault('Invalid star expression', cursor.peek());
  const value = parseStarred(cursor);
  if (value.kind === 'starred' && keywords.some(({ name }) => name === null))
    throw new SyntaxFault('iterable argument unpacking follows keyword argument unpacking', join(before, value), { stop: cursor.token });
  if (cursor.isAny('for', 'async')) {
    args.push(comprehension(cursor, { of: 'generator', element: value, start: value }));
    return;
  }
  if (cursor.is('=')) {
    if (value.kind === 'attribute' || value.kind === 'subscript' || value.kind === 'call' || value.kind === 'binary')
      throw new SyntaxFault('expression cannot contain assignment, perhaps you meant "=="?', join(value, cursor.token));
    throw new SyntaxFault(
      value.kind === 'literal' && ['true', 'false', 'none'].includes(value.literal.type) && cursor.version.has.shortHints
        ? `cannot assign to ${wordFor(value)}`
        : 'expression cannot contain assignment, perhaps you meant "=="?',
      join(value, cursor.token),
    );
  }
  if (value.kind !== 'starred' && keywords.length > 0)
    throw new SyntaxFault(
      keywords.some(({ name }) => name === null)
        ? 'positional argument follows keyword argument unpacking'
        : 'positional argument follows keyword argument',
      cursor.token,
    );
  args.push(value);
}

/** `=` behind an expression, where `==` was most likely meant. */
export function mistakenEquals(cursor: Cursor, left: Expr): SyntaxFault {
  const stop = cursor.token;
  if (left.kind === 'name') {
    cursor.next();
    const right = parseBinary(cursor, 0);
    if (!cursor.isAny('=', ':='))
      return new SyntaxFault("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", join(left, right), { stop });
  }
  const isOther = ['list', 'tuple', 'comprehension', 'logic', 'compare', 'conditional', 'lambda'].includes(left.kind);
  const isConstant = left.kind === 'literal' && ['none', 'true', 'false'].includes(left.literal.type);
  if (isOther || isConstant) return cursor.invalid(stop);
  return new SyntaxFault(`cannot assign to ${wordFor(left)} here. Maybe you meant '==' instead of '='?`, left, { stop, since: 10 });
}

/** Two expressions beside each other in parentheses. */
export function forgottenComma(cursor: Cursor, before: Expr | undefined): SyntaxFault {
  const { token, at } = cursor;
  if (before !== undefined && startsExpression(cursor) && !cursor.isAny('*', '-', '+', '(', '[')) {
    try {
      const after = parseExpression(cursor);
      return new SyntaxFault('invalid syntax. Perhaps you forgot a comma?', join(before, after), { stop: token });
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      cursor.at = at;
    }
  }
  return new SyntaxFault('invalid syntax', token);
}
