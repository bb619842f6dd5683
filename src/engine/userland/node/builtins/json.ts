/** `JSON`. */
import { toInteger, toText } from '../runtime/convert.ts';
import { call } from '../runtime/functions.ts';
import { arrayOf, enumerableKeys, get, isProxy, member, objectOf, remove } from '../runtime/objects.ts';
import type { Steps } from '../runtime/steps.ts';
import { constructorName } from '../runtime/traces.ts';
import { isCallable, isObject, type JsObject, JsSymbol, PENDING, SYMBOLS, UNSET, type Value } from '../runtime/values.ts';
import { realm } from '../runtime/vm.ts';
import { got, stepsMethods, tag } from './define.ts';
import { parseJson } from './json-parse.ts';

export function setUpJson(): void {
  const json = objectOf();
  tag(json, SYMBOLS.toStringTag, 'JSON');
  stepsMethods(
    json,
    {
      *parse([text, reviver]) {
        const value = parseJson(toText(text));
        if (!isCallable(reviver)) return value;
        return yield* revive(objectOf([['', value]]), '', reviver);
      },
      *stringify(args) {
        return yield* stringify(args);
      },
    },
    { parse: 2, stringify: 3 },
  );
  realm().setGlobal('JSON', json);
}

function* revive(holder: JsObject, key: string, reviver: JsObject): Steps {
  const value = yield* got(get(holder, key));
  if (isObject(value))
    for (const one of enumerableKeys(value)) {
      const next = yield* revive(value, one, reviver);
      if (next === undefined) remove(value, one);
      else if (value.items !== null) value.items[Number(one)] = next;
      else value.props.set(one, next);
    }
  return yield* got(call(reviver, holder, [key, value]));
}

interface Writing {
  readonly replacer: JsObject | null;
  readonly keys: readonly string[] | null;
  readonly gap: string;
  readonly stack: { readonly object: JsObject; readonly key: string }[];
}

export function* stringify([value, replacer, space]: readonly Value[]): Steps<string | undefined> {
  const keys = isObject(replacer) && replacer.items !== null ? replacer.items.map((one) => toText(one as Value)) : null;
  const gap =
    typeof space === 'number'
      ? ' '.repeat(Math.min(10, Math.max(0, toInteger(space))))
      : typeof space === 'string'
        ? space.slice(0, 10)
        : '';
  const writing: Writing = { replacer: isCallable(replacer) ? replacer : null, keys, gap, stack: [] };
  const text = yield* written(writing, objectOf([['', value]]), '', value);
  if (text !== undefined) realm().memory.take(text.length);
  return text;
}

/** Characters that a text has escapes for. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

function* written(writing: Writing, holder: JsObject, key: string, from: Value): Steps<string | undefined> {
  let value = from;
  if (isObject(value) || typeof value === 'bigint') {
    const toJson = yield* got(member(value, 'toJSON'));
    if (isCallable(toJson)) value = yield* got(call(toJson, value, [key]));
  }
  if (writing.replacer !== null) value = yield* got(call(writing.replacer, holder, [key, value]));
  if (isObject(value) && value.inner?.kind === 'primitive') value = value.inner.value;
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      return Number.isFinite(value) ? String(value) : 'null';
    case 'boolean':
      return String(value);
    case 'bigint':
      throw realm().typeError('Do not know how to serialize a BigInt');
    default:
      return isObject(value) && value.fn === null ? yield* writtenObject(writing, value, key) : undefined;
  }
}

function* writtenObject(writing: Writing, object: JsObject, key: string): Steps<string> {
  const { stack, gap } = writing;
  if (stack.some((one) => one.object === object)) throw circular(stack, object, key);
  if (stack.length > 4000) throw realm().rangeError('Maximum call stack size exceeded');
  stack.push({ object, key });
  const isArray =
    object.items !== null ||
    (isProxy(object) && object.inner?.kind === 'proxy' && object.inner.target?.items !== null && object.inner.target !== null);
  const parts: string[] = [];
  if (object.items !== null) {
    for (let at = 0; at < object.items.length; at += 1) {
      const item = object.items[at];
      parts.push((yield* written(writing, object, String(at), item === UNSET ? undefined : item)) ?? 'null');
    }
  } else
    for (const name of writing.keys ?? enumerableKeys(object)) {
      const found = get(object, name);
      const text = yield* written(writing, object, name, found === PENDING ? yield* got(found) : found);
      if (text !== undefined) parts.push(isArray ? text : `${quoted(name)}:${gap === '' ? '' : ' '}${text}`);
    }
  stack.pop();
  const [open, close] = isArray ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  if (gap === '') return `${open}${parts.join(',')}${close}`;
  const inner = gap.repeat(stack.length + 1);
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${gap.repeat(stack.length)}${close}`;
}

function circular(stack: Writing['stack'], object: JsObject, key: string): unknown {
  const from = stack.findIndex((one) => one.object === object);
  const path = stack.slice(from + 1);
  const nameOf = (one: JsObject): string => `'${constructorName(one)}'`;
  const property = (name: string): string => (/^\d+$/.test(name) ? `index ${name}` : `property '${name}'`);
  const lines = [`starting at object with constructor ${nameOf(object)}`];
  const [first] = path;
  const last = path.at(-1);
  if (first) lines.push(`|     ${property(first.key)} -> object with constructor ${nameOf(first.object)}`);
  if (path.length > 2) lines.push('|     ...');
  if (last && last !== first) lines.push(`|     ${property(last.key)} -> object with constructor ${nameOf(last.object)}`);
  const text = lines.map((line, index) => `\n    ${index === 0 ? '--> ' : ''}${line}`).join('');
  return realm().typeError(`Converting circular structure to JSON${text}\n    --- ${property(key)} closes the circle`);
}

export const listOf = arrayOf;
export const isSymbol = (value: Value): value is JsSymbol => value instanceof JsSymbol;
