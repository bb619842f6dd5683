/** What is special about each kind of object when it is shown. */
// biome-ignore-all lint/correctness/useYield: what could wait is a generator, though some need not.
import { dateText } from '../builtins/date.ts';
import { got } from '../builtins/define.ts';
import { isProxy } from '../runtime/objects.ts';
import type { Steps } from '../runtime/steps.ts';
import { isObject, type JsObject, JsSymbol, type Key, Property, type Slot, UNSET, type Value } from '../runtime/values.ts';
import { constructorOf, type Inspecting, prefixOf, show } from './inspect.ts';
import { errorText } from './inspect-errors.ts';
import { coloured, numberText, quotedText, symbolText } from './inspect-text.ts';

export interface Shown {
  readonly object: JsObject;
  readonly name: string | null;
  readonly tag: string;
  readonly keys: Key[];
  readonly depth: number;
}

/** The braces, what stands before them, and the entries that are no properties. */
export interface Form {
  readonly base: string;
  readonly open: string;
  readonly close: string;
  readonly isList: boolean;
  readonly parts: () => Steps<string[]>;
}

function* none(): Steps<string[]> {
  return [];
}

const braces = (open: string, parts: () => Steps<string[]> = none, base = ''): Form => ({ base, open, close: '}', isList: false, parts });

export function* entriesOf(ctx: Inspecting, shown: Shown): Steps<Form | string> {
  const { object, name, tag, keys, depth } = shown;
  if (object.items !== null) {
    const { items } = object;
    const prefix = name !== 'Array' || tag !== '' ? prefixOf(name, tag, 'Array', `(${items.length})`) : '';
    if (items.length === 0 && keys.length === 0) return `${prefix}[]`;
    return { base: '', open: `${prefix}[`, close: ']', isList: true, parts: () => listParts(ctx, items, depth) };
  }
  if (object.fn !== null) {
    const base = functionText(object, name, tag);
    return keys.length === 0 ? coloured(ctx, base, 'special') : braces('{', none, base);
  }
  const { inner } = object;
  switch (inner?.kind) {
    case 'map':
    case 'set':
    case 'typed':
    case 'iterator':
    case 'buffer':
      return collection(ctx, shown);
    case 'error': {
      const base = yield* errorText(ctx, object, { keys, depth });
      return keys.length === 0 ? base : braces('{', none, base);
    }
    default:
      return yield* rest(ctx, shown);
  }
}

function collection(ctx: Inspecting, { object, name, tag, keys, depth }: Shown): Form | string {
  const { inner } = object;
  if (inner?.kind === 'map' || inner?.kind === 'set') {
    const size = inner.table.index.size;
    const prefix = prefixOf(name, tag, inner.kind === 'map' ? 'Map' : 'Set', `(${size})`);
    if (size === 0 && keys.length === 0) return `${prefix}{}`;
    return braces(`${prefix}{`, () => tableParts(ctx, inner, depth));
  }
  if (inner?.kind === 'typed') {
    const values = Array.from(inner.view as ArrayLike<number>);
    const prefix = prefixOf(name, tag, inner.type, `(${values.length})`);
    if (values.length === 0 && keys.length === 0) return `${prefix}[]`;
    return { base: '', open: `${prefix}[`, close: ']', isList: true, parts: () => listParts(ctx, values, depth) };
  }
  if (inner?.kind === 'buffer') {
    const bytes = new Uint8Array(inner.bytes);
    const hex = [...bytes.subarray(0, 50)].map((one) => one.toString(16).padStart(2, '0')).join(' ');
    const more = bytes.length > 50 ? ` ... ${bytes.length - 50} more byte${bytes.length > 51 ? 's' : ''}` : '';
    return braces(`${prefixOf(name, tag, 'ArrayBuffer')}{`, function* () {
      return [
        `${coloured(ctx, '[Uint8Contents]', 'special')}: <${hex}${more}>`,
        `[byteLength]: ${coloured(ctx, String(bytes.length), 'number')}`,
      ];
    });
  }
  const shown = inner?.kind === 'iterator' ? inner.tag : 'Iterator';
  if (shown === 'Array Iterator' || shown === 'String Iterator' || shown === 'RegExp String Iterator') return `Object [${shown}] {}`;
  const preview = inner?.kind === 'iterator' ? (inner.preview?.() ?? []) : [];
  return braces(`[${shown}] {`, () => listParts(ctx, preview, depth));
}

function* rest(ctx: Inspecting, shown: Shown): Steps<Form | string> {
  const { object, name, tag, keys, depth } = shown;
  const { inner } = object;
  switch (inner?.kind) {
    case 'regexp': {
      const base = coloured(ctx, `/${inner.source}/${inner.flags}`, 'regexp');
      return keys.length === 0 || depth > ctx.options.depth ? base : braces('{', none, base);
    }
    case 'date': {
      const text = Number.isNaN(inner.ms) ? dateText(inner.ms) : new Date(inner.ms).toISOString();
      const base = coloured(ctx, name === 'Date' ? text : `${prefixOf(name, tag, 'Date')}${text}`, 'date');
      return keys.length === 0 ? base : braces('{', none, base);
    }
    case 'primitive':
      return boxedForm(ctx, shown, inner.value);
    case 'promise':
      return braces(`${prefixOf(name, tag, 'Promise')}{`, function* () {
        const { status, value } = inner.promise;
        if (status === 'pending') return [coloured(ctx, '<pending>', 'special')];
        ctx.indentation += 2;
        const text = yield* show(ctx, value, depth + 1, false);
        ctx.indentation -= 2;
        return [status === 'rejected' ? `${coloured(ctx, '<rejected>', 'special')} ${text}` : text];
      });
    case 'weakmap':
    case 'weakset':
      return braces(`${prefixOf(name, tag, inner.kind === 'weakmap' ? 'WeakMap' : 'WeakSet')}{`, function* () {
        return [coloured(ctx, '<items unknown>', 'special')];
      });
    case 'arguments':
      return keys.length === 0 ? '[Arguments] {}' : braces('[Arguments] {');
    case 'namespace':
      return braces(`[Module: null prototype] {`);
    case 'generator':
      return keys.length === 0 ? `Object [${inner.generator.isAsync ? 'AsyncGenerator' : 'Generator'}] {}` : braces(`Object [Generator] {`);
    default:
      return plainForm(shown);
  }
}

function plainForm({ object, name, tag, keys }: Shown): Form | string {
  if (name === 'Object' && !isProxy(object)) {
    const open = tag === '' ? '{' : `${prefixOf(name, tag, 'Object')}{`;
    return keys.length === 0 ? `${open}}` : braces(open);
  }
  const prefix = prefixOf(name, tag, 'Object');
  return keys.length === 0 ? `${prefix}{}` : braces(`${prefix}{`);
}

function boxedForm(ctx: Inspecting, { name, tag, keys, object }: Shown, value: Value): Form | string {
  const type =
    typeof value === 'string'
      ? 'String'
      : typeof value === 'number'
        ? 'Number'
        : typeof value === 'boolean'
          ? 'Boolean'
          : typeof value === 'bigint'
            ? 'BigInt'
            : 'Symbol';
  const own = name === type ? '' : name === null ? ' (null prototype)' : ` (${name})`;
  const text =
    value instanceof JsSymbol
      ? symbolText(value)
      : typeof value === 'string'
        ? quotedText(value)
        : typeof value === 'number'
          ? numberText(value)
          : `${String(value)}${type === 'BigInt' ? 'n' : ''}`;
  const base = `[${type}${own}: ${text}]${tag !== '' && tag !== name ? ` [${tag}]` : ''}`;
  const shown = type === 'String' ? keys.filter((key) => typeof key !== 'string' || !/^\d+$/.test(key)) : keys;
  keys.splice(0, keys.length, ...shown);
  void object;
  return shown.length === 0 ? coloured(ctx, base, type.toLowerCase() as 'string') : braces('{', none, base);
}

function functionText(object: JsObject, name: string | null, tag: string): string {
  const { fn } = object;
  const found = object.props.get('name');
  const own = fn !== null && !fn.isReady ? fn.name : found instanceof Property ? found.value : found;
  const shown = typeof own === 'string' ? own : '';
  if (fn?.isClass) {
    const parent = object.proto;
    const parentName = parent !== null && parent.fn !== null ? (parent.fn.isReady ? parent.props.get('name') : parent.fn.name) : '';
    const extendsName = parentName instanceof Property ? parentName.value : parentName;
    const heritage =
      name === null ? ' extends [null prototype]' : typeof extendsName === 'string' && extendsName !== '' ? ` extends ${extendsName}` : '';
    return `[class ${shown === '' ? '(anonymous)' : shown}${name !== 'Function' && name !== null ? ` [${name}]` : ''}${tag !== '' && name !== tag ? ` [${tag}]` : ''}${heritage}]`;
  }
  const type = {
    function: 'Function',
    async: 'AsyncFunction',
    generator: 'GeneratorFunction',
    'async generator': 'AsyncGeneratorFunction',
    class: 'class',
  }[fn?.kind ?? 'function'];
  const base = `[${type}${name === null ? ' (null prototype)' : ''}${shown === '' ? ' (anonymous)' : `: ${shown}`}]`;
  const extra = name !== type && name !== null && name !== 'Function' ? ` ${name}` : '';
  return `${base}${extra}${tag !== '' && name !== tag ? ` [${tag}]` : ''}`;
}

function* listParts(ctx: Inspecting, items: readonly Slot[], depth: number): Steps<string[]> {
  const most = Math.min(Math.max(0, ctx.options.maxArrayLength), items.length);
  const parts: string[] = [];
  ctx.indentation += 2;
  let at = 0;
  while (at < items.length && parts.length < most) {
    const item = items[at];
    if (item === UNSET) {
      let end = at;
      while (end < items.length && items[end] === UNSET) end += 1;
      parts.push(coloured(ctx, `<${end - at} empty item${end - at > 1 ? 's' : ''}>`, 'undefined'));
      at = end;
    } else {
      parts.push(yield* show(ctx, item as Value, depth + 1, false));
      at += 1;
    }
  }
  ctx.indentation -= 2;
  const left = items.length - at;
  if (left > 0) parts.push(`... ${left} more item${left > 1 ? 's' : ''}`);
  return parts;
}

function* tableParts(
  ctx: Inspecting,
  inner: Extract<NonNullable<JsObject['inner']>, { kind: 'map' | 'set' }>,
  depth: number,
): Steps<string[]> {
  const parts: string[] = [];
  const most = ctx.options.maxArrayLength;
  let left = 0;
  ctx.indentation += 2;
  for (const entry of inner.table.entries) {
    if (entry === null) continue;
    if (parts.length >= most) {
      left += 1;
      continue;
    }
    const key = yield* show(ctx, entry[0], depth + 1, false);
    parts.push(inner.kind === 'set' ? key : `${key} => ${yield* show(ctx, entry[1], depth + 1, false)}`);
  }
  ctx.indentation -= 2;
  if (left > 0) parts.push(`... ${left} more item${left > 1 ? 's' : ''}`);
  return parts;
}

export const nameOf = (object: JsObject): string | null => constructorOf(object).name;
export const isValueObject = isObject;
export const gotten = got;
