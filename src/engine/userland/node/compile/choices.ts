/** Operators, and expressions that choose. */
import type { BinaryExpression, ConditionalExpression, LogicalExpression, UnaryExpression } from 'acorn';
import { truthy, typeOf } from '../runtime/convert.ts';
import { BINARY, type Binary, toNumeric } from '../runtime/operators.ts';
import { andThen } from '../runtime/steps.ts';
import { isObject, PENDING, type Result, type Value } from '../runtime/values.ts';
import { realm } from '../runtime/vm.ts';
import { type Context, type Expr, map, stand } from './context.ts';
import { expression } from './expressions.ts';
import { deleteMember, privateMembers, privateName } from './members.ts';
import { isThere } from './names.ts';

export function binary(context: Context, node: BinaryExpression): Expr {
  if (node.left.type === 'PrivateIdentifier') {
    const id = privateName(context, node.left);
    return map(expression(context, node.right), (value) => isObject(value) && privateMembers.get(value)?.has(id) === true);
  }
  const left = expression(context, node.left);
  const right = expression(context, node.right);
  const op = BINARY[node.operator];
  if (op === undefined) throw new SyntaxError(`This model has no operator ${node.operator}`);
  const quick = quickly(node.operator, left, right, op);
  if (quick !== null) return quick;
  const at = node.operator === 'instanceof' || node.operator === 'in' ? node.start : node.left.start;
  return (frame) => {
    const a = left(frame);
    if (a === PENDING) return andThen(a as Result, (lateA) => andThen(right(frame), (lateB) => op(lateA as Value, lateB as Value)));
    const b = right(frame);
    if (b === PENDING) return andThen(b as Result, (lateB) => op(a, lateB as Value));
    frame.at = at;
    return op(a, b);
  };
}

/** What loops are made of, without a call between. */
function quickly(operator: string, left: Expr, right: Expr, op: Binary): Expr | null {
  const both =
    (numbers: (a: number, b: number) => Value): Expr =>
    (frame) => {
      const a = left(frame);
      if (a === PENDING) return andThen(a as Result, (lateA) => andThen(right(frame), (lateB) => op(lateA as Value, lateB as Value)));
      const b = right(frame);
      if (b === PENDING) return andThen(b as Result, (lateB) => op(a, lateB as Value));
      return typeof a === 'number' && typeof b === 'number' ? numbers(a, b) : op(a, b);
    };
  switch (operator) {
    case '+':
      return both((a, b) => a + b);
    case '-':
      return both((a, b) => a - b);
    case '*':
      return both((a, b) => a * b);
    case '<':
      return both((a, b) => a < b);
    case '<=':
      return both((a, b) => a <= b);
    case '>':
      return both((a, b) => a > b);
    case '>=':
      return both((a, b) => a >= b);
    case '%':
      return both((a, b) => a % b);
    default:
      return null;
  }
}

export function logical(context: Context, node: LogicalExpression): Expr {
  const left = expression(context, node.left);
  const right = expression(context, node.right);
  const { operator } = node;
  const stays = (value: Value): boolean =>
    operator === '&&' ? !truthy(value) : operator === '||' ? truthy(value) : value !== null && value !== undefined;
  return (frame) => {
    const value = left(frame);
    if (value === PENDING) return andThen(value as Result, (late) => (stays(late as Value) ? (late as Value) : right(frame)));
    return stays(value) ? value : right(frame);
  };
}

export function conditional(context: Context, node: ConditionalExpression): Expr {
  const test = expression(context, node.test);
  const yes = expression(context, node.consequent);
  const no = expression(context, node.alternate);
  return (frame) => {
    const value = test(frame);
    if (value === PENDING) return andThen(value as Result, (late) => (truthy(late as Value) ? yes(frame) : no(frame)));
    return truthy(value) ? yes(frame) : no(frame);
  };
}

export function unary(context: Context, node: UnaryExpression): Expr {
  const { operator, argument } = node;
  if (operator === 'delete') {
    const target = argument.type === 'ChainExpression' ? argument.expression : argument;
    return target.type === 'MemberExpression' ? deleteMember(context, target) : () => true;
  }
  const value = expression(context, argument);
  if (operator === 'typeof') {
    const there = argument.type === 'Identifier' ? isThere(context, argument.name) : null;
    const kind = map(value, typeOf);
    return there === null ? kind : (frame) => (there(frame) ? kind(frame) : 'undefined');
  }
  switch (operator) {
    case '!':
      return map(value, (one) => !truthy(one));
    case 'void':
      return map(value, () => undefined);
    case '-':
      return map(value, (one, frame) => {
        if (typeof one === 'number') return -one;
        stand(frame, node.start);
        return andThen(toNumeric(one) as Result, (number) => -(number as number));
      });
    case '+':
      return map(value, (one, frame) => {
        if (typeof one === 'number') return one;
        stand(frame, node.start);
        return andThen(toNumeric(one) as Result, (number) => {
          if (typeof number === 'bigint') throw realm().typeError('Cannot convert a BigInt value to a number');
          return number as Value;
        });
      });
    default:
      return map(value, (one, frame) => {
        stand(frame, node.start);
        return andThen(toNumeric(one) as Result, (number) => ~(number as number));
      });
  }
}
