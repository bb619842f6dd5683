/** awk's rules, functions and statements out of tokens. */
import type { AwkFunction, AwkProgram, Expression, Rule, Statement } from './ast.ts';
import { expression, expressionList } from './expressions.ts';
import { tokenize } from './lexer.ts';
import { Tokens } from './tokens.ts';

/** Parses a program. Throws AwkSyntax. */
export function parseProgram(source: string): AwkProgram {
  const tokens = new Tokens(tokenize(source));
  const rules: Rule[] = [];
  const functions = new Map<string, AwkFunction>();
  for (tokens.skipEnds(); !tokens.isOver; tokens.skipEnds()) {
    if (tokens.accept('function') !== undefined || tokens.accept('func') !== undefined) define(tokens, functions);
    else rules.push(rule(tokens));
  }
  return { rules, functions };
}

function define(tokens: Tokens, functions: Map<string, AwkFunction>): void {
  const name = tokens.name();
  const parameters: string[] = [];
  tokens.expect('(');
  while (tokens.accept(')') === undefined) {
    tokens.skipNewlines();
    parameters.push(tokens.name());
    tokens.skipNewlines();
    if (tokens.accept(',') === undefined && !tokens.is(')')) throw tokens.error();
  }
  tokens.skipNewlines();
  functions.set(name, { parameters, body: block(tokens) });
}

function rule(tokens: Tokens): Rule {
  const special = tokens.accept('BEGIN') ?? tokens.accept('END');
  if (special !== undefined) {
    tokens.skipNewlines();
    return { pattern: special as 'BEGIN' | 'END', until: null, body: block(tokens) };
  }
  let pattern: Expression | null = null;
  let until: Expression | null = null;
  if (!tokens.is('{')) {
    pattern = expression(tokens);
    if (tokens.accept(',') !== undefined) {
      tokens.skipNewlines();
      until = expression(tokens);
    }
  }
  return { pattern, until, body: tokens.is('{') ? block(tokens) : null };
}

function block(tokens: Tokens): Statement {
  tokens.expect('{');
  const body: Statement[] = [];
  for (tokens.skipEnds(); tokens.accept('}') === undefined; tokens.skipEnds()) {
    if (tokens.isOver) throw tokens.error();
    body.push(statement(tokens));
  }
  return { kind: 'block', body };
}

function statement(tokens: Tokens): Statement {
  if (tokens.is('{')) return block(tokens);
  const { text, kind } = tokens.peek();
  const compound = kind === 'keyword' ? COMPOUND[text] : undefined;
  if (compound !== undefined) {
    tokens.take();
    return compound(tokens);
  }
  const simple = simpleStatement(tokens);
  endOf(tokens);
  return simple;
}

function endOf(tokens: Tokens): void {
  if (tokens.is('}')) return;
  if (tokens.accept(';') !== undefined) return;
  if (tokens.peek().kind !== 'newline') throw tokens.error();
  tokens.take();
}

const COMPOUND: Readonly<Record<string, (tokens: Tokens) => Statement>> = {
  if: (tokens) => {
    const test = condition(tokens);
    const yes = body(tokens);
    const at = lookAheadElse(tokens);
    if (!at) return { kind: 'if', test, yes, no: null };
    tokens.skipEnds();
    tokens.take();
    return { kind: 'if', test, yes, no: body(tokens) };
  },
  while: (tokens) => ({ kind: 'while', test: condition(tokens), body: emptyOr(tokens), isDo: false }),
  do: (tokens) => {
    const inner = body(tokens);
    tokens.skipEnds();
    tokens.expect('while');
    const test = condition(tokens);
    if (!tokens.is('}')) endOf(tokens);
    return { kind: 'while', test, body: inner, isDo: true };
  },
  for: loop,
};

/** `else` may stand after newlines and one semicolon. */
function lookAheadElse(tokens: Tokens): boolean {
  let ahead = 0;
  for (;;) {
    const { kind, text } = tokens.peek(ahead);
    if (kind !== 'newline' && !(kind === 'operator' && text === ';')) return kind === 'keyword' && text === 'else';
    ahead += 1;
  }
}

function condition(tokens: Tokens): Expression {
  tokens.expect('(');
  const test = expression(tokens);
  tokens.expect(')');
  return test;
}

function body(tokens: Tokens): Statement {
  tokens.skipNewlines();
  return emptyOr(tokens);
}

function emptyOr(tokens: Tokens): Statement {
  if (tokens.accept(';') !== undefined) return { kind: 'block', body: [] };
  tokens.skipNewlines();
  if (tokens.accept(';') !== undefined) return { kind: 'block', body: [] };
  return statement(tokens);
}

function loop(tokens: Tokens): Statement {
  tokens.expect('(');
  const [variable, word, array, close] = [tokens.peek(0), tokens.peek(1), tokens.peek(2), tokens.peek(3)];
  if (variable.kind === 'name' && word.text === 'in' && word.kind === 'keyword' && array.kind === 'name' && close.text === ')') {
    for (let i = 0; i < 4; i += 1) tokens.take();
    return { kind: 'each', variable: variable.text, array: array.text, body: emptyOr(tokens) };
  }
  const start = tokens.is(';') ? null : simpleStatement(tokens);
  tokens.expect(';');
  tokens.skipNewlines();
  const test = tokens.is(';') ? null : expression(tokens);
  tokens.expect(';');
  tokens.skipNewlines();
  const next = tokens.is(')') ? null : simpleStatement(tokens);
  tokens.expect(')');
  return { kind: 'for', start, test, next, body: emptyOr(tokens) };
}

const endsStatement = (tokens: Tokens): boolean => tokens.is(';') || tokens.is('}') || tokens.peek().kind === 'newline';

function simpleStatement(tokens: Tokens): Statement {
  const { kind, text } = tokens.peek();
  if (kind !== 'keyword' || text === 'getline') return { kind: 'expression', expression: expression(tokens) };
  tokens.take();
  switch (text) {
    case 'print':
    case 'printf':
      return print(tokens, text === 'printf');
    case 'break':
    case 'continue':
    case 'next':
    case 'nextfile':
      return { kind: text };
    case 'exit':
    case 'return':
      return { kind: text, value: endsStatement(tokens) ? null : expression(tokens) };
    case 'delete':
      return remove(tokens);
    default:
      throw tokens.error();
  }
}

function remove(tokens: Tokens): Statement {
  const name = tokens.name();
  if (tokens.accept('[') === undefined) return { kind: 'delete', name, keys: null };
  const keys = expressionList(tokens);
  tokens.expect(']');
  return { kind: 'delete', name, keys };
}

function print(tokens: Tokens, isFormat: boolean): Statement {
  const isBare = endsStatement(tokens) || tokens.is('>') || tokens.is('>>') || tokens.is('|');
  const list = isBare ? [] : expressionList(tokens, { noGreater: true });
  const [only] = list;
  const args = list.length === 1 && only?.kind === 'group' ? only.list : list;
  const operator = tokens.accept('>') ?? tokens.accept('>>') ?? tokens.accept('|');
  if (operator === undefined) return { kind: 'print', isFormat, args, to: null };
  return { kind: 'print', isFormat, args, to: { operator: operator as '>' | '>>' | '|', target: redirection(tokens) } };
}

/** A name is joined of operands without parentheses too. */
function redirection(tokens: Tokens): Expression {
  return expression(tokens, { noGreater: true });
}
