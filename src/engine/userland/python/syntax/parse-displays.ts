/** Names, literals, and what stands in brackets. */
import type { Expr } from './ast.ts';
import { type Cursor, join, KEYWORDS, spanOf } from './cursor.ts';
import { SyntaxFault } from './fault.ts';
import { numberOf, stringsOf } from './literals.ts';
import { forgottenComma, mistakenEquals } from './parse-calls.ts';
import { comprehension, parseBinary, parseExpression, parseExpressions, parseStarred, parseYield } from './parse-expressions.ts';
import type { Token } from './tokens.ts';

export function parseAtom(cursor: Cursor): Expr {
  const { token } = cursor;
  const constant = { None: 'none', True: 'true', False: 'false' } as const;
  switch (token.type) {
    case 'number':
      cursor.next();
      return { kind: 'literal', literal: numberOf(token.text), ...spanOf(token) };
    case 'string': {
      const strings: Token[] = [];
      while (cursor.isType('string')) strings.push(cursor.next());
      return stringsOf(cursor, strings, parseExpressions);
    }
    case 'name': {
      const word = Object.hasOwn(constant, token.text) ? constant[token.text as keyof typeof constant] : undefined;
      if (word === undefined && KEYWORDS.has(token.text)) throw cursor.invalid();
      cursor.next();
      return word === undefined
        ? { kind: 'name', name: token.text.normalize('NFKC'), ...spanOf(token) }
        : { kind: 'literal', literal: { type: word }, ...spanOf(token) };
    }
    default:
  }
  if (cursor.is('(')) return cursor.nested(() => parseParenthesized(cursor));
  if (cursor.is('[')) return cursor.nested(() => parseListDisplay(cursor));
  if (cursor.is('{')) return cursor.nested(() => parseBraces(cursor));
  if (!cursor.accept('...')) throw cursor.invalid();
  return { kind: 'literal', literal: { type: 'ellipsis' }, ...spanOf(token) };
}

function parseParenthesized(cursor: Cursor): Expr {
  const start = cursor.next();
  if (cursor.accept(')')) return { kind: 'tuple', items: [], parenthesized: true, ...cursor.from(start) };
  if (cursor.is('yield')) {
    const value = parseYield(cursor);
    cursor.expect(')');
    return { ...value, ...cursor.from(start) };
  }
  const first = parseStarred(cursor);
  if (cursor.isAny('for', 'async')) {
    const result = comprehension(cursor, { of: 'generator', element: first, start });
    cursor.expect(')');
    return { ...result, ...cursor.from(start) };
  }
  if (!cursor.is(',')) {
    if (!cursor.is(')')) throw afterItem(cursor, first);
    if (first.kind === 'starred') throw new SyntaxFault('cannot use starred expression here', first);
    cursor.next();
    return first;
  }
  const items = listOf(cursor, first, ')');
  return { kind: 'tuple', items, parenthesized: true, ...cursor.from(start) };
}

function afterItem(cursor: Cursor, item: Expr): SyntaxFault {
  if (cursor.is('=')) return mistakenEquals(cursor, item);
  return forgottenComma(cursor, item);
}

/** Further items after the first, and the closing token. */
function listOf(cursor: Cursor, first: Expr, end: string): Expr[] {
  const items = [first];
  while (cursor.accept(',')) {
    if (cursor.is(end)) break;
    items.push(parseStarred(cursor));
  }
  if (end !== ')' && cursor.isAny('for', 'async')) {
    const target = join(first, items.at(-1) ?? first);
    throw new SyntaxFault('did you forget parentheses around the comprehension target?', target, { stop: cursor.token });
  }
  if (!cursor.is(end)) throw afterItem(cursor, items.at(-1) ?? first);
  cursor.next();
  return items;
}

function parseListDisplay(cursor: Cursor): Expr {
  const start = cursor.next();
  if (cursor.accept(']')) return { kind: 'list', items: [], ...cursor.from(start) };
  const first = parseStarred(cursor);
  if (cursor.isAny('for', 'async')) {
    const result = comprehension(cursor, { of: 'list', element: first, start });
    cursor.expect(']');
    return { ...result, ...cursor.from(start) };
  }
  const items = listOf(cursor, first, ']');
  return { kind: 'list', items, ...cursor.from(start) };
}

function parseBraces(cursor: Cursor): Expr {
  const start = cursor.next();
  if (cursor.accept('}')) return { kind: 'dict', entries: [], ...cursor.from(start) };
  if (cursor.is('**')) return parseDict(cursor, { start, entries: [] });
  const first = parseStarred(cursor);
  if (cursor.is(':')) {
    const value = parseValue(cursor);
    if (!cursor.isAny('for', 'async')) return parseDict(cursor, { start, entries: [{ key: first, value }] });
    const result = comprehension(cursor, { of: 'dict', element: first, value, start });
    cursor.expect('}');
    return { ...result, ...cursor.from(start) };
  }
  if (cursor.isAny('for', 'async')) {
    const result = comprehension(cursor, { of: 'set', element: first, start });
    cursor.expect('}');
    return { ...result, ...cursor.from(start) };
  }
  const items = listOf(cursor, first, '}');
  return { kind: 'set', items, ...cursor.from(start) };
}

/** The colon behind a key of a dict, and the value. */
function parseValue(cursor: Cursor): Expr {
  const colon = cursor.next();
  if (cursor.isAny('}', ',')) throw new SyntaxFault("expression expected after dictionary key and ':'", colon, { stop: cursor.token });
  if (cursor.is('*')) {
    const stop = cursor.token;
    throw new SyntaxFault('cannot use a starred expression in a dictionary value', parseStarred(cursor), { stop });
  }
  return parseExpression(cursor);
}

type Entry = { readonly key: Expr | null; readonly value: Expr };

function parseDict(cursor: Cursor, { start, entries }: { readonly start: Token; readonly entries: Entry[] }): Expr {
  while (entries.length === 0 || cursor.accept(',')) {
    if (cursor.is('}')) break;
    const stars = cursor.token;
    if (cursor.accept('**')) {
      entries.push({ key: null, value: parseBinary(cursor, 0) });
      if (cursor.isAny('for', 'async')) throw new SyntaxFault('dict unpacking cannot be used in dict comprehension', stars);
    } else {
      const key = parseExpression(cursor);
      if (!cursor.is(':'))
        throw new SyntaxFault(
          "':' expected after dictionary key",
          { ...key, line: key.endLine, col: key.endCol - 1 },
          { stop: cursor.token },
        );
      entries.push({ key, value: parseValue(cursor) });
    }
  }
  if (!cursor.is('}')) throw forgottenComma(cursor, entries.at(-1)?.value);
  cursor.next();
  return { kind: 'dict', entries, ...cursor.from(start) };
}
