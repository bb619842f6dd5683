/** The parser's expressions, from the weakest operator to the strongest. */
import type { Expression, Lvalue } from './ast.ts';
import { AwkSyntax } from './lexer.ts';
import type { Tokens } from './tokens.ts';

const ASSIGNMENTS = ['=', '+=', '-=', '*=', '/=', '%=', '^=', '**='];
const COMPARISONS = ['<', '<=', '==', '!=', '>', '>='];
const NO_ARGUMENT_BUILTINS = ['length'];

/** What may not stand unguarded in an expression here. */
interface Limits {
  /** In the arguments of print `>` redirects. */
  readonly noGreater?: boolean;
  /** In the head of `for (k in a)`. */
  readonly noIn?: boolean;
  /** After `$`, `=` belongs to the field. */
  readonly noAssign?: boolean;
}

export const expression = (tokens: Tokens, limits: Limits = {}): Expression => choice(tokens, limits);

export function expressionList(tokens: Tokens, limits: Limits = {}): Expression[] {
  const list = [expression(tokens, limits)];
  while (tokens.accept(',')) {
    tokens.skipNewlines();
    list.push(expression(tokens, limits));
  }
  return list;
}

function choice(tokens: Tokens, limits: Limits): Expression {
  const test = either(tokens, limits);
  if (!tokens.accept('?')) return test;
  tokens.skipNewlines();
  const yes = choice(tokens, limits);
  tokens.skipNewlines();
  tokens.expect(':');
  tokens.skipNewlines();
  return { kind: 'choice', test, yes, no: choice(tokens, limits) };
}

function either(tokens: Tokens, limits: Limits): Expression {
  let left = both(tokens, limits);
  while (tokens.accept('||')) {
    tokens.skipNewlines();
    left = { kind: 'binary', operator: '||', left, right: both(tokens, limits) };
  }
  return left;
}

function both(tokens: Tokens, limits: Limits): Expression {
  let left = membership(tokens, limits);
  while (tokens.accept('&&')) {
    tokens.skipNewlines();
    left = { kind: 'binary', operator: '&&', left, right: membership(tokens, limits) };
  }
  return left;
}

function membership(tokens: Tokens, limits: Limits): Expression {
  let left = matching(tokens, limits);
  while (limits.noIn !== true && tokens.accept('in'))
    left = { kind: 'in', keys: left.kind === 'group' ? left.list : [left], name: tokens.name() };
  return left;
}

function matching(tokens: Tokens, limits: Limits): Expression {
  let left = comparison(tokens, limits);
  for (;;) {
    const operator = tokens.accept('~') ?? tokens.accept('!~');
    if (operator === undefined) return left;
    left = { kind: 'match', isNegated: operator === '!~', left, right: comparison(tokens, limits) };
  }
}

function comparison(tokens: Tokens, limits: Limits): Expression {
  let left = piped(tokens, limits);
  for (;;) {
    const operator = COMPARISONS.find((known) => tokens.is(known) && !(known === '>' && limits.noGreater === true));
    if (operator === undefined) return left;
    tokens.take();
    left = { kind: 'binary', operator, left, right: piped(tokens, limits) };
  }
}

/** `"command" | getline`. */
function piped(tokens: Tokens, limits: Limits): Expression {
  let left = concatenation(tokens, limits);
  while (tokens.is('|') && tokens.peek(1).text === 'getline' && tokens.peek(1).kind === 'keyword') {
    tokens.take();
    tokens.take();
    left = { kind: 'getline', from: 'command', source: left, target: optionalTarget(tokens) };
  }
  return left;
}

function startsOperand(tokens: Tokens): boolean {
  const { kind, text } = tokens.peek();
  if (kind === 'operator') return ['$', '!', '(', '-', '+', '++', '--'].includes(text);
  return ['number', 'string', 'regex', 'name', 'function-name', 'builtin'].includes(kind);
}

function concatenation(tokens: Tokens, limits: Limits): Expression {
  let left = additive(tokens, limits);
  while (startsOperand(tokens)) left = { kind: 'binary', operator: ' ', left, right: additive(tokens, limits) };
  return left;
}

function additive(tokens: Tokens, limits: Limits): Expression {
  let left = multiplicative(tokens, limits);
  for (
    let operator = tokens.accept('+') ?? tokens.accept('-');
    operator !== undefined;
    operator = tokens.accept('+') ?? tokens.accept('-')
  ) {
    left = { kind: 'binary', operator, left, right: multiplicative(tokens, limits) };
  }
  return left;
}

function multiplicative(tokens: Tokens, limits: Limits): Expression {
  const operator = (): string | undefined => tokens.accept('*') ?? tokens.accept('/') ?? tokens.accept('%');
  let left = unary(tokens, limits);
  for (let found = operator(); found !== undefined; found = operator())
    left = { kind: 'binary', operator: found, left, right: unary(tokens, limits) };
  return left;
}

function unary(tokens: Tokens, limits: Limits): Expression {
  const operator = tokens.accept('!') ?? tokens.accept('-') ?? tokens.accept('+');
  if (operator === undefined) return power(tokens, limits);
  return { kind: 'unary', operator: operator as '!' | '-' | '+', operand: unary(tokens, limits) };
}

/** Binds to the right, and stronger than a sign before it. */
function power(tokens: Tokens, limits: Limits): Expression {
  const base = stepped(tokens, limits);
  if (tokens.accept('^') === undefined && tokens.accept('**') === undefined) return base;
  const sign = tokens.accept('-') ?? tokens.accept('+') ?? tokens.accept('!');
  const exponent = power(tokens, limits);
  return {
    kind: 'binary',
    operator: '^',
    left: base,
    right: sign === undefined ? exponent : { kind: 'unary', operator: sign as '!' | '-' | '+', operand: exponent },
  };
}

const isLvalue = (found: Expression): found is Lvalue => found.kind === 'name' || found.kind === 'index' || found.kind === 'field';

function stepped(tokens: Tokens, limits: Limits): Expression {
  const prefix = tokens.accept('++') ?? tokens.accept('--');
  if (prefix !== undefined) {
    const target = primary(tokens, limits);
    if (!isLvalue(target)) throw tokens.error();
    return { kind: 'step', by: prefix === '++' ? 1 : -1, isPrefix: true, target };
  }
  const found = primary(tokens, limits);
  if (!isLvalue(found)) return found;
  const suffix = tokens.accept('++') ?? tokens.accept('--');
  if (suffix !== undefined) return { kind: 'step', by: suffix === '++' ? 1 : -1, isPrefix: false, target: found };
  const assignment = limits.noAssign === true ? undefined : ASSIGNMENTS.find((known) => tokens.is(known));
  if (assignment === undefined) return found;
  tokens.take();
  tokens.skipNewlines();
  return { kind: 'assign', operator: assignment.slice(0, -1).replace('**', '^'), target: found, value: choice(tokens, limits) };
}

function primary(tokens: Tokens, limits: Limits): Expression {
  const { kind, text, line } = tokens.take();
  switch (kind) {
    case 'number':
      return { kind: 'number', value: Number(text) };
    case 'string':
      return { kind: 'string', value: text };
    case 'regex':
      return { kind: 'regex', source: text };
    case 'name':
      return tokens.accept('[') === undefined ? { kind: 'name', name: text } : { kind: 'index', name: text, keys: keysOf(tokens) };
    case 'function-name':
      return { kind: 'call', name: text, args: callArguments(tokens) };
    case 'builtin':
      return { kind: 'builtin', name: text, args: builtinArguments(tokens, text) };
    case 'keyword':
      if (text === 'getline') return plainGetline(tokens);
      break;
    case 'operator':
      if (text === '$') return { kind: 'field', index: fieldIndex(tokens, limits) };
      if (text === '(') return grouped(tokens);
      break;
    default:
      break;
  }
  throw new AwkSyntax(text, line);
}

function fieldIndex(tokens: Tokens, limits: Limits): Expression {
  const sign = tokens.accept('-') ?? tokens.accept('+') ?? tokens.accept('!');
  const prefix = tokens.is('++') || tokens.is('--');
  const index = prefix ? stepped(tokens, { ...limits, noAssign: true }) : primary(tokens, { ...limits, noAssign: true });
  return sign === undefined ? index : { kind: 'unary', operator: sign as '!' | '-' | '+', operand: index };
}

function keysOf(tokens: Tokens): Expression[] {
  const keys = expressionList(tokens);
  tokens.expect(']');
  return keys;
}

function callArguments(tokens: Tokens): Expression[] {
  tokens.expect('(');
  tokens.skipNewlines();
  if (tokens.accept(')') !== undefined) return [];
  const list = expressionList(tokens);
  tokens.skipNewlines();
  tokens.expect(')');
  return list;
}

const builtinArguments = (tokens: Tokens, name: string): Expression[] => {
  if (tokens.is('(')) return callArguments(tokens);
  if (NO_ARGUMENT_BUILTINS.includes(name)) return [];
  throw tokens.error();
};

function grouped(tokens: Tokens): Expression {
  tokens.skipNewlines();
  const list = expressionList(tokens);
  tokens.skipNewlines();
  tokens.expect(')');
  const [only] = list;
  // A group of one stays one, so that `(a) = 1` is no assignment and `(x) y` joins.
  return list.length === 1 && only !== undefined ? (isLvalue(only) ? { kind: 'group', list } : only) : { kind: 'group', list };
}

function optionalTarget(tokens: Tokens): Lvalue | null {
  const { kind } = tokens.peek();
  if (kind !== 'name' && !tokens.is('$')) return null;
  const target = primary(tokens, { noAssign: true });
  return isLvalue(target) ? target : null;
}

function plainGetline(tokens: Tokens): Expression {
  const target = optionalTarget(tokens);
  if (tokens.accept('<') === undefined) return { kind: 'getline', from: 'main', source: null, target };
  return { kind: 'getline', from: 'file', source: primary(tokens, { noAssign: true }), target };
}
