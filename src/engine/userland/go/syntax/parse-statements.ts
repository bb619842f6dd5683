/** Statements and blocks. */
import type { Block, Clause, CommClause, Expr, Stmt } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { expression, expressions } from './parse-expressions.ts';
import { declarations } from './parse-file.ts';
import { type } from './parse-types.ts';
import { GoError, type Position } from './tokens.ts';

const ASSIGN = new Set(['=', ':=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=', '&^=']);

export function block(cursor: Cursor): Block {
  const at = cursor.expect('{');
  const body = cursor.inside(() => statements(cursor));
  const end = cursor.expect('}');
  return { at, body, end };
}

function statements(cursor: Cursor): readonly Stmt[] {
  const list: Stmt[] = [];
  const { depth } = cursor;
  cursor.depth = 0;
  while (!cursor.is('}') && !cursor.is('case') && !cursor.is('default') && cursor.token.kind !== 'end') {
    const one = statement(cursor);
    if (one.kind !== 'empty') list.push(one);
    cursor.endStatement();
  }
  cursor.depth = depth;
  return list;
}

function statement(cursor: Cursor): Stmt {
  const { at, token } = cursor;
  if (token.kind === 'semicolon' || cursor.is('}')) return { kind: 'empty', at };
  if (token.kind !== 'keyword') return cursor.is('{') ? { kind: 'block', at, block: block(cursor) } : simple(cursor, true);
  const compound = COMPOUND[token.text];
  if (compound) return compound(cursor, at);
  if (['var', 'const', 'type'].includes(token.text)) return { kind: 'declare', at, declarations: declarations(cursor) };
  return simple(cursor, false);
}

const jump =
  (kind: 'break' | 'continue' | 'goto' | 'fallthrough') =>
  (cursor: Cursor, at: Position): Stmt => {
    cursor.next();
    return { kind, at, label: cursor.token.kind === 'name' ? cursor.name() : null };
  };
const launched =
  (kind: 'go' | 'defer') =>
  (cursor: Cursor, at: Position): Stmt => {
    cursor.next();
    const call = expression(cursor);
    return { kind, at, call };
  };

const COMPOUND: Readonly<Record<string, (cursor: Cursor, at: Position) => Stmt>> = {
  if: ifStatement,
  for: forStatement,
  switch: switchStatement,
  select: selectStatement,
  return: (cursor, at) => {
    cursor.next();
    return { kind: 'return', at, values: cursor.isSemicolon || cursor.is('}') ? [] : expressions(cursor) };
  },
  break: jump('break'),
  continue: jump('continue'),
  goto: jump('goto'),
  fallthrough: jump('fallthrough'),
  go: launched('go'),
  defer: launched('defer'),
};

function simple(cursor: Cursor, mayLabel: boolean): Stmt {
  const { at } = cursor;
  const left = expressions(cursor);
  const [x] = left;
  const { text, position } = cursor.token;
  if (cursor.token.kind === 'operator' && ASSIGN.has(text)) {
    cursor.next();
    if (cursor.is('range')) return rangeHead(cursor, { at: position, left, define: text === ':=' });
    return { kind: 'assign', at: position, left, op: text, right: expressions(cursor) };
  }
  if (x === undefined || left.length > 1) throw cursor.unexpected(', expected := or = or comma');
  if (cursor.is('++') || cursor.is('--')) return { kind: 'step', at, x, op: cursor.next().text === '++' ? '++' : '--' };
  if (cursor.accept('<-')) return { kind: 'send', at, channel: x, value: expression(cursor) };
  if (mayLabel && x.kind === 'name' && cursor.accept(':')) {
    if (cursor.isSemicolon) cursor.next();
    return { kind: 'labeled', at, label: x.name, body: statement(cursor) };
  }
  return { kind: 'expr', at, x };
}

interface RangeHead {
  readonly at: Position;
  readonly left: readonly Expr[];
  readonly define: boolean;
}

/** The head of a `for`; its body is read by the one who called. */
function rangeHead(cursor: Cursor, { at, left, define }: RangeHead): Stmt {
  cursor.expect('range');
  const x = expression(cursor);
  return { kind: 'range', at, key: left[0] ?? null, value: left[1] ?? null, define, x, body: { at, body: [], end: at } };
}

/** Reads the head of a statement, where a `{` begins the body. */
function head<T>(cursor: Cursor, read: () => T): T {
  const { depth } = cursor;
  cursor.depth = -1;
  const result = read();
  cursor.depth = depth;
  return result;
}

function ifStatement(cursor: Cursor, at: Position): Stmt {
  cursor.expect('if');
  let broken: GoError | null = null;
  const { init, last } = head(cursor, () => {
    if (cursor.is('{')) throw new GoError(cursor.at, 'syntax error: missing condition in if statement');
    return clauseHead(cursor, (error) => {
      broken = error;
    });
  });
  if (last === null) throw broken ?? new GoError(cursor.at, 'syntax error: missing condition in if statement');
  if (last.kind !== 'expr') throw new GoError(last.at, 'syntax error: cannot use assignment as value');
  const then = block(cursor);
  let otherwise: Stmt | null = null;
  if (cursor.accept('else')) {
    if (!cursor.is('if') && !cursor.is('{')) throw new GoError(cursor.at, 'syntax error: else must be followed by if or statement block');
    otherwise = statement(cursor);
  }
  return { kind: 'if', at, init, condition: last.x, then, otherwise };
}

/** `init; last {`: either may be absent. */
function clauseHead(cursor: Cursor, onNewline?: (error: GoError) => void): { readonly init: Stmt | null; readonly last: Stmt | null } {
  const first = cursor.isSemicolon ? null : simple(cursor, false);
  if (!cursor.isSemicolon) return { init: null, last: first };
  if (cursor.token.text === 'newline') onNewline?.(cursor.unexpected(', expected { after if clause'));
  cursor.next();
  return { init: first, last: cursor.is('{') ? null : simple(cursor, false) };
}

function forStatement(cursor: Cursor, at: Position): Stmt {
  cursor.expect('for');
  const made = head(cursor, (): Stmt => {
    const empty = { at, body: [], end: at };
    if (cursor.is('{')) return { kind: 'for', at, init: null, condition: null, post: null, body: empty };
    if (cursor.is('range')) return rangeHead(cursor, { at, left: [], define: false });
    const init = cursor.isSemicolon ? null : simple(cursor, false);
    if (init?.kind === 'range') return init;
    if (!cursor.isSemicolon) {
      if (init?.kind !== 'expr') throw new GoError(cursor.at, 'syntax error: expected for loop condition');
      return { kind: 'for', at, init: null, condition: init.x, post: null, body: empty };
    }
    cursor.next();
    const condition = cursor.isSemicolon ? null : expression(cursor);
    if (cursor.is('{')) throw new GoError(cursor.at, 'syntax error: expected for loop condition');
    if (!cursor.isSemicolon) throw cursor.unexpected(', expected { after for clause');
    cursor.next();
    const post = cursor.is('{') ? null : simple(cursor, false);
    return { kind: 'for', at, init, condition, post, body: empty };
  });
  if (!cursor.is('{')) throw cursor.unexpected(', expected { after for clause');
  return made.kind === 'for' || made.kind === 'range' ? { ...made, at, body: block(cursor) } : made;
}

function switchStatement(cursor: Cursor, at: Position): Stmt {
  cursor.expect('switch');
  const { init, last } = head(cursor, () => (cursor.is('{') ? { init: null, last: null } : clauseHead(cursor)));
  const guard = typeGuard(last);
  cursor.expect('{');
  const clauses: Clause[] = [];
  while (!cursor.is('}')) {
    const here = cursor.at;
    let cases: Expr[] | null = null;
    if (!cursor.accept('default')) {
      cursor.expect('case', ', expected case or default or }');
      cases = [];
      do cases.push(guard ? caseType(cursor) : expression(cursor));
      while (cursor.accept(','));
    }
    cursor.expect(':');
    clauses.push({ at: here, cases, body: statements(cursor) });
  }
  cursor.expect('}');
  if (guard) return { kind: 'type-switch', at: guard.at ?? at, init, name: guard.name, x: guard.x, clauses };
  if (last !== null && last.kind !== 'expr') throw new GoError(last.at, 'syntax error: switch expression must be expression');
  return { kind: 'switch', at, init, tag: last?.kind === 'expr' ? last.x : null, clauses };
}

const caseType = (cursor: Cursor): Expr => type(cursor);

function typeGuard(last: Stmt | null): { readonly name: string | null; readonly x: Expr; readonly at?: Position } | null {
  if (last?.kind === 'expr' && last.x.kind === 'assert' && last.x.type === null) return { name: null, x: last.x.x };
  if (last?.kind !== 'assign' || last.op !== ':=') return null;
  const [[name], [value]] = [last.left, last.right];
  return name?.kind === 'name' && value?.kind === 'assert' && value.type === null ? { name: name.name, x: value.x, at: name.at } : null;
}

function selectStatement(cursor: Cursor, at: Position): Stmt {
  cursor.expect('select');
  cursor.expect('{');
  const clauses: CommClause[] = [];
  while (!cursor.is('}')) {
    const here = cursor.at;
    let comm: Stmt | null = null;
    if (!cursor.accept('default')) {
      cursor.expect('case', ', expected case or default or }');
      comm = simple(cursor, false);
    }
    cursor.expect(':');
    clauses.push({ at: here, comm, body: statements(cursor) });
  }
  cursor.expect('}');
  return { kind: 'select', at, clauses };
}
