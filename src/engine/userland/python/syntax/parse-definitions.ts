/** `def` and `class`. */
import type { Expr, Span, Stmt } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { parseArguments, parseExpression, parseParams } from './parse-expressions.ts';
import { parseBlock } from './parse-statements.ts';

interface FunctionStart {
  readonly start: Span;
  readonly decorators: readonly Expr[];
  readonly isAsync?: boolean;
}

/** Type parameters, `[T]`: names that mean nothing here, kept out of the way. */
function skipTypeParameters(cursor: Cursor): void {
  if (!cursor.accept('[')) return;
  for (let depth = 1; depth > 0; ) {
    if (cursor.is('[')) depth += 1;
    else if (cursor.is(']')) depth -= 1;
    if (cursor.isType('end')) throw cursor.invalid();
    cursor.next();
  }
}

export function parseFunction(cursor: Cursor, { start, decorators, isAsync = false }: FunctionStart): Stmt {
  const { line } = cursor.next();
  const name = cursor.name();
  skipTypeParameters(cursor);
  if (!cursor.is('(')) throw cursor.expected("expected '('");
  cursor.next();
  const params = parseParams(cursor, ')', true);
  cursor.expect(')');
  const returns = cursor.accept('->') ? parseExpression(cursor) : null;
  const body = parseBlock(cursor, 'function definition', line);
  return { kind: 'function', name, params, body, decorators, returns, isAsync, ...cursor.from(start) };
}

export function parseClass(cursor: Cursor, decorators: readonly Expr[]): Stmt {
  const start = cursor.next();
  const name = cursor.name();
  skipTypeParameters(cursor);
  let bases: readonly Expr[] = [];
  let keywords: Extract<Stmt, { kind: 'class' }>['keywords'] = [];
  if (cursor.accept('(')) {
    const parsed = parseArguments(cursor);
    cursor.expect(')');
    bases = parsed.args;
    keywords = parsed.keywords;
  }
  const body = parseBlock(cursor, 'class definition', start.line);
  return { kind: 'class', name, bases, keywords, body, decorators, ...cursor.from(start) };
}
