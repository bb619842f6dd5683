/** `try` and `with`. */
import type { Expr, Handler, Span, Stmt } from './ast.ts';
import { type Cursor, join } from './cursor.ts';
import { SyntaxFault } from './fault.ts';
import { parseExpression } from './parse-expressions.ts';
import { checkTarget, parseBlock, parseElse } from './parse-statements.ts';

function parseHandler(cursor: Cursor): Handler & { readonly isGroup: boolean } {
  const start = cursor.next();
  const isGroup = cursor.version.has.groupHandlers && cursor.accept('*');
  let type: Expr | null = null;
  let name: string | null = null;
  if (!cursor.is(':')) {
    type = parseExpression(cursor);
    if (cursor.is(',')) {
      const stop = cursor.token;
      const rest = parseRestOfTypes(cursor);
      throw new SyntaxFault('multiple exception types must be parenthesized', join(type, rest), { stop });
    }
    if (cursor.accept('as')) name = cursor.name();
  }
  const body = parseBlock(cursor, `'except${isGroup ? '*' : ''}' statement`, start.line);
  return { type, name, body, isGroup, ...cursor.from(start) };
}

function parseRestOfTypes(cursor: Cursor): Span {
  while (cursor.accept(',')) parseExpression(cursor);
  return cursor.last;
}

export function parseTry(cursor: Cursor): Stmt {
  const start = cursor.next();
  const body = parseBlock(cursor, "'try' statement", start.line, true);
  const handlers: (Handler & { readonly isGroup: boolean })[] = [];
  while (cursor.is('except')) {
    if (handlers.at(-1)?.type === null)
      throw new SyntaxFault("default 'except:' must be last", handlers.at(-1) ?? start, { stop: body[0] ?? start });
    handlers.push(parseHandler(cursor));
  }
  const otherwise = handlers.length > 0 ? parseElse(cursor) : [];
  let last: readonly Stmt[] = [];
  if (cursor.is('finally')) {
    const { line } = cursor.next();
    last = parseBlock(cursor, "'finally' statement", line, true);
  } else if (handlers.length === 0) {
    throw new SyntaxFault("expected 'except' or 'finally' block", cursor.token, { isIncomplete: cursor.isType('end') });
  }
  return { kind: 'try', body, handlers, otherwise, last, isGroup: handlers[0]?.isGroup ?? false, ...cursor.from(start) };
}

export function parseWith(cursor: Cursor, start: Span, isAsync = false): Stmt {
  cursor.next();
  const { at } = cursor;
  let items = cursor.is('(') ? parenthesizedItems(cursor) : null;
  if (items === null) {
    cursor.at = at;
    items = withItems(cursor);
  }
  const body = parseBlock(cursor, "'with' statement", start.line);
  return { kind: 'with', items, body, isAsync, ...cursor.from(start) };
}

type WithItem = { readonly context: Expr; readonly target: Expr | null };

function withItems(cursor: Cursor, end?: string): WithItem[] {
  const items: WithItem[] = [];
  do {
    if (end !== undefined && cursor.is(end)) break;
    const context = parseExpression(cursor);
    const target = cursor.accept('as') ? parseTargetOfWith(cursor) : null;
    items.push({ context, target });
  } while (cursor.accept(','));
  return items;
}

function parseTargetOfWith(cursor: Cursor): Expr {
  const target = parseExpression(cursor);
  checkTarget(target);
  return target;
}

/** `(open(a) as f, open(b) as g)`; null if the parenthesis belongs to an expression. */
function parenthesizedItems(cursor: Cursor): WithItem[] | null {
  try {
    cursor.next();
    const items = withItems(cursor, ')');
    return cursor.accept(')') && cursor.is(':') && items.some(({ target }) => target !== null) ? items : null;
  } catch (error) {
    if (error instanceof SyntaxFault) return null;
    throw error;
  }
}
