/** Destructuring: the parts of a value into variables and places. */
import type { ArrayPattern, AssignmentProperty, Expression, ObjectPattern, Pattern } from 'acorn';
import { toKey } from '../runtime/convert.ts';
import { arrayOf, get, isEnumerable, keysOf, member, objectOf } from '../runtime/objects.ts';
import { type Steps, settle, start, taken } from '../runtime/steps.ts';
import { isObject, JsSymbol, type Key, PENDING, type Result, type Value } from '../runtime/values.ts';
import { type Frame, realm } from '../runtime/vm.ts';
import { render } from './calls.ts';
import { type Context, type Expr, gather, run, stand } from './context.ts';
import { expression, named } from './expressions.ts';
import { END, type Walk, walk } from './iteration.ts';
import { memberReference } from './members.ts';
import { beginName, writeName } from './names.ts';

/** Puts a value somewhere. */
export type Put = (frame: Frame, value: Value) => Result;

/** `isFirst`: declares; otherwise assigns to what is there. `source` is the expression the value is from, for messages. */
export function pattern(context: Context, node: Pattern, isFirst: boolean, source?: Expression | null): Put {
  switch (node.type) {
    case 'Identifier': {
      if (!isFirst) return writeName(context, node.name, node.start);
      const begin = beginName(context, node.name);
      return (frame, value) => {
        begin(frame, value);
        return undefined;
      };
    }
    case 'MemberExpression': {
      const reference = memberReference(context, node);
      return (frame, value) => gather(reference.parts, frame, (parts) => reference.write(frame, parts, value));
    }
    case 'AssignmentPattern': {
      const put = pattern(context, node.left, isFirst);
      const fallback = named(context, node.right, node.left.type === 'Identifier' ? node.left.name : '');
      return (frame, value) => (value === undefined ? start(defaulted(fallback, put, frame)) : put(frame, value));
    }
    case 'ObjectPattern':
      return objectPattern(context, node, isFirst, source);
    case 'ArrayPattern':
      return arrayPattern(context, node, isFirst, source);
    default:
      throw new Error(`No pattern: ${node.type}`);
  }
}

function* defaulted(fallback: Expr, put: Put, frame: Frame): Steps {
  return yield* settle(put(frame, yield* run(fallback, frame)));
}

interface Part {
  readonly key: Expr | string;
  readonly put: Put;
  readonly at: number;
}

function objectPattern(context: Context, node: ObjectPattern, isFirst: boolean, source: Expression | null | undefined): Put {
  const parts: Part[] = [];
  let rest: Put | null = null;
  for (const one of node.properties)
    if (one.type === 'RestElement') rest = pattern(context, one.argument, isFirst);
    else parts.push({ key: keyOf(context, one), put: pattern(context, one.value, isFirst), at: one.key.start });
  const first = parts[0];
  const shown = source ? render(source) : null;
  return (frame, value) => {
    if (value === undefined || value === null) {
      stand(frame, first?.at ?? node.start);
      throw realm().typeError(undestructured(value, typeof first?.key === 'string' ? first.key : null, shown));
    }
    return start(takeApart({ parts, rest }, frame, value));
  };
}

function undestructured(value: null | undefined, key: string | null, shown: string | null): string {
  const source = shown ?? String(value);
  if (key === null) return `Cannot destructure '${source}' as it is ${value}.`;
  return shown === null || shown === '(intermediate value)'
    ? `Cannot destructure property '${key}' of '${shown ?? value}' as it is ${value}.`
    : `Cannot destructure property '${key}' of '${shown}' as it is ${value}.`;
}

function keyOf(context: Context, property: AssignmentProperty): Expr | string {
  if (property.computed) return expression(context, property.key);
  if (property.key.type === 'Identifier') return property.key.name;
  return property.key.type === 'Literal' ? String(property.key.value) : expression(context, property.key);
}

function* takeApart({ parts, rest }: { parts: readonly Part[]; rest: Put | null }, frame: Frame, value: Value): Steps {
  const taken: Key[] = [];
  for (const { key, put, at } of parts) {
    const name = typeof key === 'string' ? key : toKey(yield* run(key, frame));
    taken.push(name);
    stand(frame, at);
    const found = (yield* settle(member(value, name))) as Value;
    yield* settle(put(frame, found));
  }
  if (rest === null || !isObject(value)) return rest === null ? undefined : yield* settle(rest(frame, objectOf()));
  const left: [Key, Value][] = [];
  for (const key of keysOf(value))
    if (!taken.includes(key) && isEnumerable(value, key)) left.push([key, (yield* settle(get(value, key))) as Value]);
  return yield* settle(rest(frame, objectOf(left)));
}

function arrayPattern(context: Context, node: ArrayPattern, isFirst: boolean, source: Expression | null | undefined): Put {
  const puts = node.elements.map((one) => {
    if (one === null) return null;
    const isRest = one.type === 'RestElement';
    return { isRest, put: pattern(context, isRest ? one.argument : one, isFirst) };
  });
  const shown = source ? render(source) : null;
  return (frame, value) => {
    stand(frame, source?.start ?? node.start);
    return start(takeInOrder(puts, frame, { value, shown }));
  };
}

type Places = readonly ({ readonly isRest: boolean; readonly put: Put } | null)[];

function* takeInOrder(puts: Places, frame: Frame, { value, shown }: { value: Value; shown: string | null }): Steps {
  const through = (yield* settle(walk(value, () => notIterableText(value, shown)))) as Walk;
  let isOver = false;
  const next = function* (): Steps<Value | typeof END> {
    if (isOver) return END;
    const found = through.next();
    const late = (found === PENDING ? yield taken() : found) as Value | typeof END;
    if (late === END) isOver = true;
    return late;
  };
  for (const place of puts) {
    if (place?.isRest) {
      const rest: Value[] = [];
      for (let one = yield* next(); one !== END; one = yield* next()) rest.push(one);
      yield* settle(place.put(frame, arrayOf(rest)));
    } else {
      const one = yield* next();
      if (place !== null) yield* settle(place.put(frame, one === END ? undefined : one));
    }
  }
  if (!isOver) yield* settle(through.close());
  return undefined;
}

function notIterableText(value: Value, shown: string | null): string {
  if (shown !== null && shown !== '(intermediate value)') return `${shown} is not iterable`;
  if (value === undefined || value === null) return `${value} is not iterable`;
  return isObject(value)
    ? 'object is not iterable (cannot read property Symbol(Symbol.iterator))'
    : `${value instanceof JsSymbol ? 'Symbol()' : typeof value} ${String(realm().show(value))} is not iterable`;
}
