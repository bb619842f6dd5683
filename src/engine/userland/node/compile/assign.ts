/** Assignments. */
import type { AssignmentExpression, AssignmentOperator, Expression, Pattern, UpdateExpression } from 'acorn';
import { truthy } from '../runtime/convert.ts';
import { BINARY, toNumeric } from '../runtime/operators.ts';
import { andThen } from '../runtime/steps.ts';
import { PENDING, type Result, type Value } from '../runtime/values.ts';
import type { Frame } from '../runtime/vm.ts';
import { type Context, type Expr, gather } from './context.ts';
import { expression, named } from './expressions.ts';
import { memberReference, type Reference } from './members.ts';
import { readName, writeName } from './names.ts';
import { pattern } from './patterns.ts';

/** A place that can be read and written. */
function reference(context: Context, node: Pattern | Expression): Reference {
  if (node.type === 'MemberExpression') return memberReference(context, node);
  if (node.type === 'ParenthesizedExpression') return reference(context, node.expression);
  if (node.type !== 'Identifier') throw new SyntaxError('Invalid left-hand side in assignment');
  const read = readName(context, node.name, node.start);
  const write = writeName(context, node.name, node.start);
  return { parts: [], read: (frame) => read(frame), write: (frame, _, value) => write(frame, value) };
}

export function assignment(context: Context, node: AssignmentExpression): Expr {
  const { left, operator } = node;
  if (operator !== '=') return compound(context, node, operator);
  if (left.type === 'Identifier') {
    const value = named(context, node.right, left.name);
    const write = writeName(context, left.name, operatorAt(context, node));
    return (frame) => {
      const made = value(frame);
      if (made === PENDING) return andThen(made as Result, (late) => andThen(write(frame, late as Value), () => late as Value));
      const done = write(frame, made);
      return done === PENDING ? andThen(done as Result, () => made) : made;
    };
  }
  if (left.type === 'MemberExpression') {
    const place = memberReference(context, left);
    const value = expression(context, node.right);
    const parts = [...place.parts, value];
    return (frame) =>
      gather(parts, frame, (values) => {
        const made = values[values.length - 1];
        return andThen(place.write(frame, values, made), () => made);
      });
  }
  const value = expression(context, node.right);
  const put = pattern(context, left, false, node.right);
  return (frame) => andThen(value(frame), (made) => andThen(put(frame, made as Value), () => made as Value));
}

/** Where the sign of an assignment stands, which is where V8 says that one is wrong. */
function operatorAt({ file }: Context, { left, operator }: AssignmentExpression): number {
  const at = file.text.indexOf(operator, left.end);
  return at < 0 ? left.start : at;
}

function compound(context: Context, node: AssignmentExpression, operator: AssignmentOperator): Expr {
  const place = reference(context, node.left);
  const value = node.left.type === 'Identifier' ? named(context, node.right, node.left.name) : expression(context, node.right);
  if (operator === '&&=' || operator === '||=' || operator === '??=') {
    const stays = (one: Value): boolean =>
      operator === '&&=' ? !truthy(one) : operator === '||=' ? truthy(one) : one !== null && one !== undefined;
    return (frame) =>
      gather(place.parts, frame, (parts) =>
        andThen(place.read(frame, parts), (before) => {
          if (stays(before as Value)) return before as Value;
          return andThen(value(frame), (made) => andThen(place.write(frame, parts, made as Value), () => made as Value));
        }),
      );
  }
  const op = BINARY[operator.slice(0, -1)];
  if (op === undefined) throw new SyntaxError(`This model has no operator ${operator}`);
  const finish = (frame: Frame, parts: readonly Value[], result: Result): Result => {
    if (result === PENDING) return andThen(result as Result, (late) => finish(frame, parts, late as Value));
    const done = place.write(frame, parts, result);
    return done === PENDING ? andThen(done as Result, () => result) : result;
  };
  const of = (frame: Frame, parts: readonly Value[]): Result => {
    const before = place.read(frame, parts);
    if (before === PENDING)
      return andThen(before as Result, (a) => andThen(value(frame), (b) => finish(frame, parts, op(a as Value, b as Value))));
    const after = value(frame);
    if (after === PENDING) return andThen(after as Result, (b) => finish(frame, parts, op(before, b as Value)));
    return finish(frame, parts, op(before, after));
  };
  if (place.parts.length === 0) return (frame) => of(frame, []);
  return (frame) => gather(place.parts, frame, (parts) => of(frame, parts));
}

export function update(context: Context, node: UpdateExpression): Expr {
  const place = reference(context, node.argument);
  const isUp = node.operator === '++';
  const of = (frame: Frame, parts: readonly Value[]): Result => {
    const before = place.read(frame, parts);
    if (typeof before !== 'number') return andThen(before, (late) => late_(frame, parts, late as Value));
    const after = isUp ? before + 1 : before - 1;
    const done = place.write(frame, parts, after);
    const value = node.prefix ? after : before;
    return done === PENDING ? andThen(done as Result, () => value) : value;
  };
  const late_ = (frame: Frame, parts: readonly Value[], value: Value): Result =>
    andThen(toNumeric(value) as Result, (made) => {
      const number = made as number | bigint;
      const after = typeof number === 'bigint' ? (isUp ? number + 1n : number - 1n) : isUp ? number + 1 : number - 1;
      return andThen(place.write(frame, parts, after), () => (node.prefix ? after : number));
    });
  if (place.parts.length === 0) return (frame) => of(frame, []);
  return (frame) => gather(place.parts, frame, (parts) => of(frame, parts));
}
