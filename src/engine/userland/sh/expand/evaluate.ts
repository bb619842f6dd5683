import type { Shell } from '../shell.ts';
import { ArithmeticFailure, type Expression, parseArithmetic } from './arithmetic.ts';
import { calculate, DivisionByZero, type Integer, invert, isZero, negate, parseInteger, smallInteger } from './integer.ts';

/** The value of `$((text))`. What is wrong with it ends the shell with the dialect's sentence. */
export function evaluateArithmetic(shell: Shell, text: string): Integer {
  try {
    return evaluate(shell, parseArithmetic(text, shell.dialect.arithmetic));
  } catch (error) {
    if (error instanceof ArithmeticFailure) shell.fail(shell.dialect.arithmeticSyntax(error.message, text, error.rest));
    if (error instanceof DivisionByZero) shell.fail(shell.dialect.divisionByZero(text));
    throw error;
  }
}

function evaluate(shell: Shell, node: Expression): Integer {
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'variable':
      return variable(shell, node.name, 0);
    case 'unary':
      return unary(node.operator, evaluate(shell, node.operand));
    case 'binary':
      return binary(shell, node);
    case 'condition':
      return evaluate(shell, isZero(evaluate(shell, node.test)) ? node.no : node.yes);
    case 'assign':
      return assign(shell, node);
    case 'step':
      return step(shell, node);
  }
}

function variable(shell: Shell, name: string, depth: number): Integer {
  const value = shell.variables.get(name) ?? shell.dialect.own?.special(shell, name);
  if (value === undefined) {
    if (shell.options.nounset) shell.failForGood(shell.dialect.parameterNotSet(name));
    return 0;
  }
  const small = smallInteger(value);
  if (small !== undefined) return small;
  if (value.trim() === '') return 0;
  const number = parseInteger(value);
  if (number !== undefined) return number;
  if (!shell.dialect.arithmetic.isRecursive || depth > 30) shell.fail(shell.dialect.illegalNumber(value));
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(value)) return variable(shell, value, depth + 1);
  return evaluate(shell, parseArithmetic(value, shell.dialect.arithmetic));
}

function unary(operator: string, value: Integer): Integer {
  if (operator === '-') return negate(value);
  if (operator === '~') return invert(value);
  if (operator === '!') return isZero(value) ? 1 : 0;
  return value;
}

function binary(shell: Shell, node: Extract<Expression, { kind: 'binary' }>): Integer {
  const left = evaluate(shell, node.left);
  if (node.operator === '&&') return !isZero(left) && !isZero(evaluate(shell, node.right)) ? 1 : 0;
  if (node.operator === '||') return !isZero(left) || !isZero(evaluate(shell, node.right)) ? 1 : 0;
  const right = evaluate(shell, node.right);
  return node.operator === ',' ? right : calculate(node.operator, left, right);
}

function assign(shell: Shell, node: Extract<Expression, { kind: 'assign' }>): Integer {
  const value = evaluate(shell, node.value);
  const result = node.operator === '' ? value : calculate(node.operator, variable(shell, node.name, 0), value);
  shell.assign(node.name, String(result));
  return result;
}

function step(shell: Shell, node: Extract<Expression, { kind: 'step' }>): Integer {
  const before = variable(shell, node.name, 0);
  const after = calculate('+', before, node.by);
  shell.assign(node.name, String(after));
  return node.isPrefix ? after : before;
}
