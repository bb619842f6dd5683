/** `def` and `class`. */
import type { Expr, Span, Stmt } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { parseArguments } from './parse-calls.ts';
import { parseExpression, parseParams } from './parse-expressions.ts';
import { parseBlock } from './parse-statements.ts';
import { parseTypeParameters, withTypeParameters } from './type-parameters.ts';

interface FunctionStart {
  readonly start: Span;
  readonly decorators: readonly Expr[];
  readonly isAsync?: boolean;
}

export function parseFunction(cursor: Cursor, { start, decorators, isAsync = false }: FunctionStart): Stmt {
  const { line } = cursor.next();
  const name = cursor.name();
  const parameters = parseTypeParameters(cursor);
  if (!cursor.is('(')) throw cursor.version.has.typeParameters || !cursor.is('[') ? cursor.expected("expected '('") : cursor.invalid();
  cursor.next();
  const params = parseParams(cursor, ')', true);
  cursor.expect(')');
  const returns = cursor.accept('->') ? parseExpression(cursor) : null;
  const body = parseBlock(cursor, 'function definition', line, true);
  const made: Stmt = { kind: 'function', name, params, body, decorators, returns, isAsync, ...cursor.from(start) };
  return withTypeParameters(made, parameters);
}

export function parseClass(cursor: Cursor, decorators: readonly Expr[]): Stmt {
  const start = cursor.next();
  const name = cursor.name();
  const parameters = parseTypeParameters(cursor);
  let bases: readonly Expr[] = [];
  let keywords: Extract<Stmt, { kind: 'class' }>['keywords'] = [];
  if (cursor.accept('(')) {
    const parsed = parseArguments(cursor);
    cursor.expect(')');
    bases = parsed.args;
    keywords = parsed.keywords;
  }
  const body = parseBlock(cursor, 'class definition', start.line);
  const made: Stmt = { kind: 'class', name, bases, keywords, body, decorators, ...cursor.from(start) };
  return withTypeParameters(made, parameters);
}
