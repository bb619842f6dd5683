/** `match` and its patterns. */
import type { Case, Expr, Pattern, Stmt } from './ast.ts';
import { type Cursor, KEYWORDS, spanOf } from './cursor.ts';
import { SyntaxFault } from './fault.ts';
import { parseBinary, parseExpressions, parseNamed } from './parse-expressions.ts';
import { parseBlock } from './parse-statements.ts';

/** Whether the line begins a `match` statement: `match` is a name otherwise. */
export function isMatch(cursor: Cursor): boolean {
  if (!cursor.is('match') || !cursor.version.has.matchStatement) return false;
  const after = cursor.peek();
  if (after.type === 'op' && !['(', '[', '{', '-', '*'].includes(after.text)) return false;
  if (
    after.type === 'newline' ||
    (after.type === 'name' && KEYWORDS.has(after.text) && !['None', 'True', 'False', 'not', 'lambda', 'await'].includes(after.text))
  )
    return false;
  let depth = 0;
  for (let at = 1; ; at += 1) {
    const token = cursor.peek(at);
    if (token.type === 'newline' || token.type === 'end')
      return depth === 0 && (cursor.peek(at - 1).text === ':' || isFollowedByCase(cursor, at));
    if (token.type === 'op' && '([{'.includes(token.text)) depth += 1;
    if (token.type === 'op' && ')]}'.includes(token.text)) depth -= 1;
  }
}

/** The colon may be what is missing. */
const isFollowedByCase = (cursor: Cursor, at: number): boolean =>
  cursor.peek(at + 1).type === 'indent' && cursor.peek(at + 2).text === 'case' && !['(', '='].includes(cursor.peek().text);

export function parseMatch(cursor: Cursor): Stmt {
  const start = cursor.next();
  const subject = parseExpressions(cursor);
  cursor.expectColon();
  cursor.next();
  if (!cursor.isType('indent'))
    throw new SyntaxFault(`expected an indented block after 'match' statement on line ${start.line}`, cursor.token, {
      type: 'IndentationError',
      isIncomplete: cursor.isType('end'),
    });
  cursor.next();
  const cases: Case[] = [];
  while (cursor.is('case')) {
    const { line } = cursor.next();
    const pattern = parseOpenPattern(cursor);
    const guard = cursor.accept('if') ? parseNamed(cursor) : null;
    cases.push({ pattern, guard, body: parseBlock(cursor, "'case' statement", line) });
  }
  if (!cursor.isType('dedent') && !cursor.isType('end')) throw cursor.invalid();
  if (cursor.isType('dedent')) cursor.next();
  return { kind: 'match', subject, cases, ...cursor.from(start) };
}

/** A pattern, or a sequence of them without brackets. */
function parseOpenPattern(cursor: Cursor): Pattern {
  const first = parseStarPattern(cursor);
  if (!cursor.is(',')) return first.kind === 'star' ? { kind: 'sequence', items: [first], ...spanOf(first) } : first;
  const items = [first];
  while (cursor.accept(',')) {
    if (cursor.isAny(':', 'if')) break;
    items.push(parseStarPattern(cursor));
  }
  return { kind: 'sequence', items, ...cursor.from(first) };
}

function parseStarPattern(cursor: Cursor): Pattern {
  const start = cursor.token;
  if (!cursor.accept('*')) return parsePattern(cursor);
  const name = cursor.name();
  return { kind: 'star', name: name === '_' ? null : name, ...cursor.from(start) };
}

function parsePattern(cursor: Cursor): Pattern {
  return cursor.nested(() => {
    const first = parseClosed(cursor);
    const items = [first];
    while (cursor.accept('|')) items.push(parseClosed(cursor));
    const pattern: Pattern = items.length === 1 ? first : { kind: 'or', items, ...cursor.from(first) };
    if (!cursor.accept('as')) return pattern;
    return { kind: 'capture', pattern, name: cursor.name(), ...cursor.from(first) };
  });
}

function parseClosed(cursor: Cursor): Pattern {
  const start = cursor.token;
  if (start.type === 'number' || start.type === 'string' || cursor.is('-')) {
    const value = parseBinary(cursor, 4);
    return { kind: 'value', value, ...spanOf(value) };
  }
  if (cursor.isAny('None', 'True', 'False')) {
    const value = parseBinary(cursor, 6);
    return { kind: 'singleton', value, ...spanOf(value) };
  }
  if (cursor.is('(') || cursor.is('[')) return parseSequence(cursor);
  if (cursor.is('{')) return parseMapping(cursor);
  return parseNamedPattern(cursor);
}

function parseSequence(cursor: Cursor): Pattern {
  const start = cursor.next();
  const end = start.text === '(' ? ')' : ']';
  const items: Pattern[] = [];
  let hasComma = false;
  while (!cursor.is(end)) {
    items.push(parseStarPattern(cursor));
    if (!cursor.accept(',')) break;
    hasComma = true;
  }
  cursor.expect(end);
  const [only] = items;
  if (end === ')' && !hasComma && only !== undefined && only.kind !== 'star') return only;
  return { kind: 'sequence', items, ...cursor.from(start) };
}

function parseMapping(cursor: Cursor): Pattern {
  const start = cursor.next();
  const keys: Expr[] = [];
  const patterns: Pattern[] = [];
  let rest: string | null = null;
  while (!cursor.is('}')) {
    if (cursor.accept('**')) rest = cursor.name();
    else {
      keys.push(parseBinary(cursor, 4));
      cursor.expect(':');
      patterns.push(parsePattern(cursor));
    }
    if (!cursor.accept(',')) break;
  }
  cursor.expect('}');
  return { kind: 'mapping', keys, patterns, rest, ...cursor.from(start) };
}

/** A name is bound; a dotted one is compared; one with parentheses is a class. */
function parseNamedPattern(cursor: Cursor): Pattern {
  const start = cursor.token;
  let value: Expr = { kind: 'name', name: cursor.name(), ...spanOf(start) };
  const name = start.text;
  let isDotted = false;
  while (cursor.accept('.')) {
    isDotted = true;
    value = { kind: 'attribute', value, name: cursor.name(), ...cursor.from(start) };
  }
  if (cursor.accept('(')) return parseClassPattern(cursor, value);
  if (isDotted) return { kind: 'value', value, ...spanOf(value) };
  return { kind: 'capture', pattern: null, name: name === '_' ? null : name, ...spanOf(start) };
}

function parseClassPattern(cursor: Cursor, cls: Expr): Pattern {
  const items: Pattern[] = [];
  const names: string[] = [];
  const named: Pattern[] = [];
  while (!cursor.is(')')) {
    if (cursor.isName() && cursor.peek().text === '=') {
      names.push(cursor.name());
      cursor.next();
      named.push(parsePattern(cursor));
    } else {
      if (names.length > 0) throw new SyntaxFault('positional patterns follow keyword patterns', cursor.token);
      items.push(parsePattern(cursor));
    }
    if (!cursor.accept(',')) break;
  }
  cursor.expect(')');
  return { kind: 'class', cls, items, names, named, ...cursor.from(cls) };
}
