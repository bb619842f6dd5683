/** `util.inspect`: how values are shown. */

import { got } from '../builtins/define.ts';
import { call } from '../runtime/functions.ts';
import { enumerableKeys, get, keysOf, own, prototypeOfObject } from '../runtime/objects.ts';
import type { Steps } from '../runtime/steps.ts';
import { peek } from '../runtime/traces.ts';
import { INSPECT, isCallable, isObject, type JsObject, JsSymbol, type Key, Property, SYMBOLS, type Value } from '../runtime/values.ts';
import { intrinsics, realm } from '../runtime/vm.ts';
import { entriesOf } from './inspect-entries.ts';
import { arranged } from './inspect-layout.ts';
import { coloured, primitiveText, quotedText, symbolText } from './inspect-text.ts';

export interface InspectOptions {
  readonly depth: number;
  readonly colors: boolean;
  readonly showHidden: boolean;
  readonly breakLength: number;
  readonly compact: number | boolean;
  readonly maxArrayLength: number;
  readonly maxStringLength: number;
  readonly sorted: boolean;
  readonly getters: boolean;
  readonly customInspect: boolean;
  readonly numericSeparator: boolean;
  /** The object that the script gave, for `[util.inspect.custom]`. */
  readonly given: JsObject | null;
}

export const DEFAULTS: InspectOptions = {
  depth: 2,
  colors: false,
  showHidden: false,
  breakLength: 80,
  compact: 3,
  maxArrayLength: 100,
  maxStringLength: 10_000,
  sorted: false,
  getters: false,
  customInspect: true,
  numericSeparator: false,
  given: null,
};

/** One inspection. */
export interface Inspecting {
  readonly options: InspectOptions;
  readonly seen: JsObject[];
  readonly circular: Map<JsObject, number>;
  indentation: number;
  currentDepth: number;
  budget: number;
}

export function* inspect(value: Value, options: InspectOptions = DEFAULTS): Steps<string> {
  const ctx: Inspecting = { options, seen: [], circular: new Map(), indentation: 0, currentDepth: 0, budget: 0 };
  return yield* show(ctx, value, 0);
}

/** A value at a depth; `isTyped`: as an element of a typed array. */
export function* show(ctx: Inspecting, value: Value, depth: number, isTop = true): Steps<string> {
  if (!isObject(value)) return primitiveText(ctx, value, isTop && depth === 0);
  const proxied = value.inner?.kind === 'proxy' ? value.inner.target : null;
  const object = proxied ?? value;
  if (ctx.options.customInspect) {
    const custom = yield* customText(ctx, value, depth);
    if (custom !== null) return custom;
  }
  if (ctx.seen.includes(object)) {
    const known = ctx.circular.get(object) ?? ctx.circular.size + 1;
    ctx.circular.set(object, known);
    return coloured(ctx, `[Circular *${known}]`, 'special');
  }
  return yield* showObject(ctx, object, depth);
}

function* customText(ctx: Inspecting, value: JsObject, depth: number): Steps<string | null> {
  if (value.inner?.kind === 'proxy') return null;
  const custom = yield* got(get(value, INSPECT));
  if (!isCallable(custom) || custom === realm().inspectFunction) return null;
  const left = ctx.options.depth - depth;
  const options = realm().inspectOptions(ctx.options, left);
  const shown = yield* got(
    call(custom, value, [
      ctx.options.depth === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : left,
      options,
      realm().inspectFunction,
    ]),
  );
  if (shown === value) return null;
  if (typeof shown !== 'string') return yield* show(ctx, shown, depth);
  return shown.replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
}

/** The name of an object's constructor; null if it has none. */
export function constructorOf(object: JsObject): { readonly name: string | null; readonly isOwn: boolean } {
  let isFirst = true;
  for (let at: JsObject | null = object; at !== null; at = at.proto) {
    const found = at.props.get('constructor');
    const made = found instanceof Property ? found.value : found;
    if (isCallable(made) && peek(made, 'name') !== '') {
      const proto = peek(made, 'prototype');
      if (isInstance(object, proto)) return { name: String(peek(made, 'name')), isOwn: isFirst };
    }
    isFirst = false;
  }
  return { name: null, isOwn: false };
}

function isInstance(object: JsObject, proto: Value): boolean {
  for (let at = object.proto; at !== null; at = at.proto) if (at === proto) return true;
  return false;
}

/** `Name [tag] `, if it is not just an object. */
export function prefixOf(name: string | null, tag: string, fallback: string, size = ''): string {
  if (name === null)
    return tag !== '' && fallback !== tag ? `[${fallback}${size}: null prototype] [${tag}] ` : `[${fallback}${size}: null prototype] `;
  return tag !== '' && name !== tag ? `${name}${size} [${tag}] ` : `${name}${size} `;
}

export function* tagOf(object: JsObject, name: string | null): Steps<string> {
  const tag = yield* got(get(object, SYMBOLS.toStringTag));
  if (typeof tag !== 'string' || tag === '') return '';
  const isOwnHidden = own(object, SYMBOLS.toStringTag);
  if (isOwnHidden?.enumerable && !isOwnHidden.isAccessor) return name === tag ? '' : tag;
  return name?.includes(tag) ? '' : tag;
}

function* showObject(ctx: Inspecting, object: JsObject, depth: number): Steps<string> {
  const { name } = constructorOf(object);
  const tag = yield* tagOf(object, name);
  const keys = shownKeys(ctx, object);
  const form = yield* entriesOf(ctx, { object, name, tag, keys, depth });
  if (typeof form === 'string') return form;
  if (depth > ctx.options.depth) {
    const shown = prefixOf(name, tag, object.items !== null ? 'Array' : 'Object').slice(0, -1);
    return coloured(ctx, `[${object.items !== null && name === 'Array' ? 'Array' : shown}]`, 'special');
  }
  ctx.seen.push(object);
  ctx.currentDepth = depth;
  const parts = yield* form.parts();
  for (const key of keys) parts.push(yield* property(ctx, object, key, depth, form.isList ? 'list' : 'object'));
  ctx.seen.pop();
  const circular = ctx.circular.get(object);
  let { base, open } = form;
  if (circular !== undefined) {
    const reference = coloured(ctx, `<ref *${circular}>`, 'special');
    if (ctx.options.compact === true) base = base === '' ? reference : `${reference} ${base}`;
    else open = `${reference} ${open}`;
  }
  if (ctx.options.sorted && !form.isList) parts.sort();
  return arranged(ctx, { parts, base, open, close: form.close, isList: form.isList, depth, object });
}

export function shownKeys(ctx: Inspecting, object: JsObject): Key[] {
  const isElement = (key: Key): boolean =>
    typeof key === 'string' && (object.items !== null || object.inner?.kind === 'typed' || isText(object)) && /^\d+$/.test(key);
  if (ctx.options.showHidden) return keysOf(object).filter((key) => !isElement(key));
  const names: Key[] = enumerableKeys(object).filter((key) => !isElement(key));
  for (const key of object.props.keys()) if (key instanceof JsSymbol && own(object, key)?.enumerable) names.push(key);
  return names;
}

const isText = (object: JsObject): boolean => object.inner?.kind === 'primitive' && typeof object.inner.value === 'string';

function* property(ctx: Inspecting, object: JsObject, key: Key, depth: number, kind: 'list' | 'object'): Steps<string> {
  const found = own(object, key) ?? new Property({ value: undefined, enumerable: true });
  let shown: string;
  if (!found.isAccessor) {
    const indent = ctx.options.compact !== true || kind === 'list' ? 2 : 3;
    ctx.indentation += indent;
    shown = yield* show(ctx, found.value, depth + 1, false);
    if (indent === 3 && ctx.options.breakLength < shown.length) shown = `\n${' '.repeat(ctx.indentation)}${shown}`;
    ctx.indentation -= indent;
  } else {
    const label =
      found.get !== undefined ? (found.set !== undefined ? 'Getter/Setter' : 'Getter') : found.set !== undefined ? 'Setter' : undefined;
    if (label === undefined) shown = coloured(ctx, 'undefined', 'undefined');
    else if (ctx.options.getters && found.get !== undefined) {
      const value = yield* got(call(found.get, object, []));
      const text = yield* show(ctx, value, depth + 1, false);
      shown = isObject(value)
        ? `${coloured(ctx, `[${label}]`, 'special')} ${text}`
        : `${coloured(ctx, `[${label}:`, 'special')} ${text}${coloured(ctx, ']', 'special')}`;
    } else shown = coloured(ctx, `[${label}]`, 'special');
  }
  return `${keyText(ctx, key, found.enumerable)}: ${shown}`;
}

function keyText(ctx: Inspecting, key: Key, isEnumerable: boolean): string {
  const text =
    key instanceof JsSymbol
      ? coloured(ctx, symbolText(key), 'symbol')
      : key === '__proto__'
        ? "['__proto__']"
        : /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key)
          ? coloured(ctx, key, 'name')
          : coloured(ctx, quotedText(key), 'string');
  if (!isEnumerable) return `[${key instanceof JsSymbol ? symbolText(key) : key}]`;
  return text;
}

export const parentOf = (object: JsObject): JsObject | null => prototypeOfObject(object);
export const errorProto = (): JsObject => intrinsics().Error;
