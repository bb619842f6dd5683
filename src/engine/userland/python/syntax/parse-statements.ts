/** Statements and blocks. */
import type { Version } from '../versions/versions.ts';
import type { Alias, Expr, Span, Stmt } from './ast.ts';
import { Cursor, type SourceWarning, spanOf, wordFor } from './cursor.ts';
import { SyntaxFault } from './fault.ts';
import { mistakenEquals } from './parse-calls.ts';
import { parseClass, parseFunction } from './parse-definitions.ts';
import { parseExpression, parseExpressions, parseNamed, parseTargets, parseYield, startsExpression } from './parse-expressions.ts';
import { isMatch, parseMatch } from './parse-match.ts';
import { parseTry, parseWith } from './parse-try.ts';
import type { Token } from './tokens.ts';
import { isTypeAlias, parseTypeAlias } from './type-parameters.ts';

/** A whole file. */
export function parseModule(source: string, version: Version, warnings: SourceWarning[] = []): readonly Stmt[] {
  const cursor = new Cursor(source, version, warnings);
  const body: Stmt[] = [];
  try {
    while (!cursor.isType('end')) body.push(...parseStatement(cursor));
    if (cursor.broken !== null) throw cursor.broken;
  } catch (error) {
    throw cursor.cause(error);
  }
  return body;
}

/** What `eval` takes. */
export function parseEval(source: string, version: Version): Expr {
  const cursor = new Cursor(source.replace(/^[ \t]+/, ''), version);
  try {
    const value = parseExpressions(cursor);
    while (cursor.isType('newline')) cursor.next();
    if (!cursor.isType('end')) throw cursor.invalid();
    return value;
  } catch (error) {
    throw cursor.cause(error);
  }
}

const SIMPLE: Readonly<Record<string, (cursor: Cursor) => Stmt>> = {
  pass: parseWord,
  break: parseWord,
  continue: parseWord,
  return: parseReturn,
  raise: parseRaise,
  global: parseScope,
  nonlocal: parseScope,
  del: parseDelete,
  assert: parseAssert,
  import: parseImport,
  from: parseFrom,
};
const COMPOUND: Readonly<Record<string, (cursor: Cursor) => Stmt>> = {
  if: parseIf,
  while: parseWhile,
  for: (cursor) => parseFor(cursor, cursor.token),
  try: parseTry,
  with: (cursor) => parseWith(cursor, cursor.token),
  def: (cursor) => parseFunction(cursor, { start: cursor.token, decorators: [] }),
  class: (cursor) => parseClass(cursor, []),
  async: parseAsync,
};

/** One line of simple statements, or one compound statement. */
export function parseStatement(cursor: Cursor): readonly Stmt[] {
  const { token } = cursor;
  if (token.type === 'newline') {
    cursor.next();
    return [];
  }
  if (token.type === 'indent') throw cursor.invalid();
  if (cursor.is('@')) return [parseDecorated(cursor)];
  const compound = token.type === 'name' && Object.hasOwn(COMPOUND, token.text) ? COMPOUND[token.text] : undefined;
  if (compound) return [cursor.nested(() => compound(cursor))];
  if (isMatch(cursor)) return [cursor.nested(() => parseMatch(cursor))];
  const statements = [parseSimple(cursor)];
  while (cursor.accept(';')) {
    if (cursor.isType('newline')) break;
    statements.push(parseSimple(cursor));
  }
  endOfLine(cursor, statements.at(-1));
  return statements;
}

function endOfLine(cursor: Cursor, before: Stmt | undefined): void {
  if (cursor.isType('newline')) {
    cursor.next();
    return;
  }
  if (cursor.isType('end')) return;
  const expr = before?.kind === 'expression' ? before.value : undefined;
  if (expr?.kind === 'name' && (expr.name === 'print' || expr.name === 'exec') && startsExpression(cursor)) {
    const stop = cursor.token;
    const rest = lineFrom(cursor, stop);
    const isFirst = cursor.source
      .slice(0, cursor.tokens.find((token) => token.line === expr.line && token.col === expr.col)?.at)
      .match(/(^|\n)\s*$/);
    if (!cursor.version.has.shortHints && !isFirst) throw cursor.invalid();
    while (!cursor.isType('newline') && !cursor.isType('end')) cursor.next();
    throw new SyntaxFault(
      `Missing parentheses in call to '${expr.name}'. Did you mean ${expr.name}(${cursor.version.has.shortHints ? '...' : rest})?`,
      cursor.from(expr),
      { stop },
    );
  }
  throw cursor.invalid();
}

/** What stands from a token to the end of its line. */
const lineFrom = (cursor: Cursor, token: Token): string => (cursor.source.slice(token.at).split('\n')[0] ?? '').trim();

function parseSimple(cursor: Cursor): Stmt {
  const { token } = cursor;
  const simple = token.type === 'name' && Object.hasOwn(SIMPLE, token.text) ? SIMPLE[token.text] : undefined;
  if (simple) return simple(cursor);
  return isTypeAlias(cursor) ? parseTypeAlias(cursor) : parseAssignment(cursor);
}

const AUGMENTED = /^(\+|-|\*|\/|\/\/|%|@|&|\||\^|<<|>>|\*\*)=$/;

function parseAssignment(cursor: Cursor): Stmt {
  const start = cursor.token;
  const first = cursor.is('yield') ? parseYield(cursor) : parseStarList(cursor);
  const span = (): Span => cursor.from(start);
  if (cursor.isType('op') && AUGMENTED.test(cursor.token.text)) {
    if (!['name', 'attribute', 'subscript'].includes(first.kind))
      throw new SyntaxFault(`'${wordFor(first)}' is an illegal expression for augmented assignment`, first);
    const op = cursor.next().text.slice(0, -1);
    const value = cursor.is('yield') ? parseYield(cursor) : parseStarList(cursor);
    return { kind: 'augmented', target: first, op, value, ...span() };
  }
  if (cursor.is(':') && ['name', 'attribute', 'subscript'].includes(first.kind)) {
    cursor.next();
    const annotation = parseExpression(cursor);
    const value = cursor.accept('=') ? (cursor.is('yield') ? parseYield(cursor) : parseStarList(cursor)) : null;
    return { kind: 'annotated', target: first, annotation, value, ...span() };
  }
  if (cursor.is(':') && (first.kind === 'tuple' || first.kind === 'list'))
    throw new SyntaxFault(`only single target (not ${first.kind}) can be annotated`, first);
  if (cursor.is(':') && cursor.peek().type === 'name' && first.kind !== 'lambda')
    throw new SyntaxFault('illegal target for annotation', first);
  const all = [first];
  while (cursor.accept('=')) {
    checkTarget(all.at(-1) ?? first, true);
    all.push(cursor.is('yield') ? parseYield(cursor) : parseStarList(cursor));
  }
  const value = all.pop() ?? first;
  if (all.length > 0) return { kind: 'assign', targets: all, value, ...span() };
  if (value.kind === 'starred') throw new SyntaxFault("can't use starred expression here", value);
  return { kind: 'expression', value, ...span() };
}

/** As parseExpressions, but one starred target is left for whoever asks. */
function parseStarList(cursor: Cursor): Expr {
  if (!cursor.is('*')) {
    const start = cursor.token;
    const value = parseExpressions(cursor);
    // An assignment expression may not stand bare.
    if (value.kind === 'walrus')
      throw new SyntaxFault('invalid syntax', cursor.tokens[cursor.tokens.indexOf(start) + 1] ?? start, { stop: cursor.token });
    return value;
  }
  return parseTargets(cursor);
}

/** What cannot be assigned to is refused. */
export function checkTarget(target: Expr, isAssignment = false): void {
  switch (target.kind) {
    case 'name':
    case 'attribute':
    case 'subscript':
      return;
    case 'starred':
      return checkTarget(target.value);
    case 'tuple':
    case 'list':
      for (const item of target.items) checkTarget(item);
      return;
    default:
      throw cannotAssign(target, isAssignment ? 'here' : '');
  }
}

/** What binds looser than arithmetic: `=` behind it is hardly meant as `==`. */
const isLoose = (expr: Expr): boolean =>
  ['conditional', 'lambda', 'logic', 'compare'].includes(expr.kind) || (expr.kind === 'unary' && expr.op === 'not');

function cannotAssign(target: Expr, where: string): SyntaxFault {
  const word = wordFor(target);
  if (target.kind === 'yield' || target.kind === 'yield-from')
    return new SyntaxFault('assignment to yield expression not possible', target);
  const isConstant = target.kind === 'literal' && ['none', 'true', 'false'].includes(target.literal.type);
  const hint = where === '' || isConstant || isLoose(target) ? '' : ` here. Maybe you meant '==' instead of '='?`;
  return new SyntaxFault(`cannot assign to ${word}${hint}`, target);
}

function parseWord(cursor: Cursor): Stmt {
  const token = cursor.next();
  return { kind: token.text as 'pass' | 'break' | 'continue', ...spanOf(token) };
}

function parseReturn(cursor: Cursor): Stmt {
  const start = cursor.next();
  const value = startsExpression(cursor) ? parseStarList(cursor) : null;
  return { kind: 'return', value, ...cursor.from(start) };
}

function parseRaise(cursor: Cursor): Stmt {
  const start = cursor.next();
  const error = startsExpression(cursor) ? parseExpression(cursor) : null;
  const cause = error !== null && cursor.accept('from') ? parseExpression(cursor) : null;
  return { kind: 'raise', error, cause, ...cursor.from(start) };
}

function parseScope(cursor: Cursor): Stmt {
  const start = cursor.next();
  const names = [cursor.name()];
  while (cursor.accept(',')) names.push(cursor.name());
  return { kind: start.text as 'global' | 'nonlocal', names, ...cursor.from(start) };
}

function parseDelete(cursor: Cursor): Stmt {
  const start = cursor.next();
  const all = parseTargets(cursor);
  const targets = all.kind === 'tuple' ? all.items : [all];
  for (const target of targets)
    if (!['name', 'attribute', 'subscript', 'tuple', 'list'].includes(target.kind))
      throw new SyntaxFault(`cannot delete ${wordFor(target)}`, target);
  return { kind: 'delete', targets, ...cursor.from(start) };
}

function parseAssert(cursor: Cursor): Stmt {
  const start = cursor.next();
  const test = parseExpression(cursor);
  const message = cursor.accept(',') ? parseExpression(cursor) : null;
  if (test.kind === 'tuple' && test.items.length > 0) cursor.warn('assertion is always true, perhaps remove parentheses?', start.line);
  return { kind: 'assert', test, message, ...cursor.from(start) };
}

function dotted(cursor: Cursor): string {
  let name = cursor.name();
  while (cursor.accept('.')) name += `.${cursor.name()}`;
  return name;
}

function alias(cursor: Cursor, name: () => string): Alias {
  const start = cursor.token;
  const word = name();
  const as = cursor.accept('as') ? cursor.name() : null;
  return { name: word, as, ...cursor.from(start) };
}

function parseImport(cursor: Cursor): Stmt {
  const start = cursor.next();
  if (cursor.isType('newline')) throw cursor.expected("Expected one or more names after 'import'");
  const names = [alias(cursor, () => dotted(cursor))];
  while (cursor.accept(',')) names.push(alias(cursor, () => dotted(cursor)));
  if (cursor.is('from')) {
    const stop = cursor.next();
    dotted(cursor);
    throw new SyntaxFault("Did you mean to use 'from ... import ...' instead?", cursor.from(start), { stop });
  }
  return { kind: 'import', names, ...cursor.from(start) };
}

function parseFrom(cursor: Cursor): Stmt {
  const start = cursor.next();
  let level = 0;
  while (cursor.isAny('.', '...')) level += cursor.next().text.length;
  const module = cursor.is('import') && level > 0 ? '' : dotted(cursor);
  cursor.expect('import');
  const star = cursor.token;
  if (cursor.accept('*'))
    return { kind: 'import-from', module, level, names: [{ name: '*', as: null, ...spanOf(star) }], ...cursor.from(start) };
  const isParenthesized = cursor.accept('(');
  const one = (): Alias => alias(cursor, () => cursor.name());
  if (cursor.isType('newline')) throw cursor.expected("Expected one or more names after 'import'");
  const names = [one()];
  while (cursor.accept(',')) {
    if (isParenthesized && cursor.is(')')) break;
    if (!isParenthesized && cursor.isType('newline')) throw cursor.expected('trailing comma not allowed without surrounding parentheses');
    names.push(one());
  }
  if (isParenthesized) cursor.expect(')');
  return { kind: 'import-from', module, level, names, ...cursor.from(start) };
}

/** The statements after a colon: on the same line, or as a block of its own. `what` names it where it is missing. */
export function parseBlock(cursor: Cursor, what: string, line: number, isForced = false): readonly Stmt[] {
  cursor.expectColon(isForced);
  if (!cursor.isType('newline')) return simpleLine(cursor);
  cursor.next();
  if (!cursor.isType('indent')) {
    const isIncomplete = cursor.isType('end');
    throw new SyntaxFault(`expected an indented block after ${what} on line ${line}`, cursor.token, {
      type: 'IndentationError',
      isIncomplete,
    });
  }
  cursor.next();
  const body: Stmt[] = [];
  while (!cursor.isType('dedent') && !cursor.isType('end')) body.push(...parseStatement(cursor));
  if (cursor.isType('dedent')) cursor.next();
  return body;
}

function simpleLine(cursor: Cursor): readonly Stmt[] {
  const { token } = cursor;
  if (token.type === 'name' && Object.hasOwn(COMPOUND, token.text)) throw cursor.invalid();
  return parseStatement(cursor);
}

/** A condition; `=` in it is most likely a mistake. */
function condition(cursor: Cursor): Expr {
  const test = parseNamed(cursor);
  if (cursor.is('=')) throw mistakenEquals(cursor, test);
  return test;
}

function parseIf(cursor: Cursor): Stmt {
  const start = cursor.next();
  const test = condition(cursor);
  const body = parseBlock(cursor, `'${start.text}' statement`, start.line);
  let otherwise: readonly Stmt[] = [];
  if (cursor.is('elif')) otherwise = [parseIf(cursor)];
  else if (cursor.is('else')) {
    const { line } = cursor.next();
    otherwise = parseBlock(cursor, "'else' statement", line, true);
  }
  return { kind: 'if', test, body, otherwise, ...cursor.from(start) };
}

export function parseElse(cursor: Cursor): readonly Stmt[] {
  if (!cursor.is('else')) return [];
  const { line } = cursor.next();
  return parseBlock(cursor, "'else' statement", line, true);
}

function parseWhile(cursor: Cursor): Stmt {
  const start = cursor.next();
  const test = condition(cursor);
  const body = parseBlock(cursor, "'while' statement", start.line);
  return { kind: 'while', test, body, otherwise: parseElse(cursor), ...cursor.from(start) };
}

function parseFor(cursor: Cursor, start: Span, isAsync = false): Stmt {
  cursor.next();
  const target = parseTargets(cursor);
  checkTarget(target);
  if (!cursor.accept('in')) throw cursor.invalid();
  const iter = parseExpressions(cursor);
  const body = parseBlock(cursor, "'for' statement", start.line);
  return { kind: 'for', target, iter, body, otherwise: parseElse(cursor), isAsync, ...cursor.from(start) };
}

function parseAsync(cursor: Cursor): Stmt {
  const start = cursor.next();
  if (cursor.is('def')) return parseFunction(cursor, { start, decorators: [], isAsync: true });
  if (cursor.is('for')) return parseFor(cursor, start, true);
  if (cursor.is('with')) return parseWith(cursor, start, true);
  throw cursor.invalid();
}

function parseDecorated(cursor: Cursor): Stmt {
  const decorators: Expr[] = [];
  while (cursor.accept('@')) {
    decorators.push(parseNamed(cursor));
    if (!cursor.isType('newline')) throw cursor.invalid();
    cursor.next();
    while (cursor.isType('newline')) cursor.next();
  }
  if (cursor.is('class')) return parseClass(cursor, decorators);
  const start = cursor.token;
  const isAsync = cursor.accept('async');
  if (!cursor.is('def')) throw cursor.invalid();
  return parseFunction(cursor, { start, decorators, isAsync });
}
