/** `repr` and `str`. */
import { typeError, valueError } from '../runtime/exceptions.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import {
  classOf,
  DICT_ITEMS,
  DICT_KEYS,
  ELLIPSIS,
  FROZENSET,
  lookup,
  NOT_IMPLEMENTED,
  PyBuiltin,
  PyByteArray,
  PyBytes,
  PyDict,
  PyException,
  PyFloat,
  PyInstance,
  PyList,
  PyRange,
  PySet,
  PySlice,
  PyTuple,
  PyView,
  TUPLE,
  type Value,
} from '../runtime/values.ts';
import { describe } from './describe.ts';
import { floatRepr } from './floats.ts';
import { ordered } from './set-order.ts';

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
// What is not printed as it is: control characters, surrogates, spaces other than the plain one, what is not assigned.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\\]|(?! )\p{Zs}/gu;
const MOST_DIGITS = 4300;

export function textRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(UNPRINTABLE, (char) => ESCAPED[char] ?? escapeCode(char.codePointAt(0) ?? 0));
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function escapeCode(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** `ascii(...)` of what `repr` gave. */
export const toAscii = (text: string): string => text.replace(/[^\0-\x7f]/gu, (char) => escapeCode(char.codePointAt(0) ?? 0));

export function bytesRepr(data: Uint8Array): string {
  let text = '';
  for (const byte of data) {
    const char = String.fromCharCode(byte);
    text += ESCAPED[char] ?? (byte < 32 || byte > 126 ? `\\x${byte.toString(16).padStart(2, '0')}` : char);
  }
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return `b${quote}${quote === "'" ? text.replaceAll("'", "\\'") : text}${quote}`;
}

/** Of plain values; undefined for those that have parts or a way of their own. */
export function reprNow(value: Value): string | undefined {
  switch (typeof value) {
    case 'string':
      return textRepr(value);
    case 'number':
      return String(value + 0);
    case 'bigint':
      return bigText(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
  }
  if (value === null) return 'None';
  if (value instanceof PyFloat) return floatRepr(value.v);
  if (value instanceof PyBytes) return bytesRepr(value.data);
  if (value === ELLIPSIS) return 'Ellipsis';
  return value === NOT_IMPLEMENTED ? 'NotImplemented' : undefined;
}

function bigText(value: bigint): string {
  const text = value.toString();
  if (text.length > MOST_DIGITS + (value < 0n ? 1 : 0))
    throw valueError(
      `Exceeds the limit (${MOST_DIGITS} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
    );
  return text;
}

export function* repr(thread: Thread, value: Value): Steps<string> {
  const now = reprNow(value);
  if (now !== undefined) return now;
  const type = classOf(value);
  const isNamed = value instanceof PyTuple && type !== TUPLE;
  if (!type.isBuiltin || value instanceof PyInstance || isNamed) {
    const own = lookup(type, '__repr__');
    const isInherited = own instanceof PyBuiltin && (own.owner?.name === 'object' || !(value instanceof PyInstance));
    if (own !== undefined && (!isInherited || (isNamed && own instanceof PyBuiltin && own.owner === type))) {
      const result = (yield new Call(own, argsOf([value]))) as Value;
      if (typeof result !== 'string') throw typeError(`__repr__ returned non-string (type ${classOf(result).name})`);
      return result;
    }
  }
  return yield* plainRepr(thread, value);
}

/** Without the methods of the value's class. */
export function* plainRepr(thread: Thread, value: Value): Steps<string> {
  const now = reprNow(value);
  if (now !== undefined) return now;
  const { showing } = thread.interpreter;
  if (
    value instanceof PyInstance &&
    value.worth !== undefined &&
    value.cls.mro.some(({ isBuiltin, name }) => isBuiltin && ['str', 'int', 'float'].includes(name))
  )
    return yield* repr(thread, value.worth);
  if (!isContainer(value)) return describe(thread, value);
  if (showing.has(value)) return value instanceof PyDict ? '{...}' : value instanceof PyTuple ? '(...)' : '[...]';
  showing.add(value);
  try {
    return (yield containerRepr(thread, value)) as string;
  } finally {
    showing.delete(value);
  }
}

type Container = PyList | PyTuple | PyDict | PySet | PyView | PyByteArray | PyRange | PySlice | PyException;
const isContainer = (value: Value): value is Container =>
  [PyList, PyTuple, PyDict, PySet, PyView, PyByteArray, PyRange, PySlice, PyException].some((one) => value instanceof one);

function* list(thread: Thread, items: Iterable<Value>): Steps<string> {
  const parts: string[] = [];
  for (const item of items) parts.push(reprNow(item) ?? (yield* repr(thread, item)));
  return parts.join(', ');
}

function* pairs(thread: Thread, dict: PyDict): Steps<string> {
  const parts: string[] = [];
  for (const { k, v } of dict.map.values())
    parts.push(`${reprNow(k) ?? (yield* repr(thread, k))}: ${reprNow(v) ?? (yield* repr(thread, v))}`);
  return parts.join(', ');
}

function* containerRepr(thread: Thread, value: Container): Steps<string> {
  if (value instanceof PyList) return `[${yield* list(thread, value.items)}]`;
  if (value instanceof PyTuple)
    return value.items.length === 1 ? `(${yield* list(thread, value.items)},)` : `(${yield* list(thread, value.items)})`;
  if (value instanceof PyDict)
    return value.cls.name === 'mappingproxy' ? `mappingproxy({${yield* pairs(thread, value)}})` : `{${yield* pairs(thread, value)}}`;
  if (value instanceof PySet) {
    const isSet = !value.cls.mro.includes(FROZENSET) && value.cls.isBuiltin;
    if (value.map.size === 0) return `${value.cls.name}()`;
    const inside = yield* list(thread, ordered(value).values.values());
    return isSet ? `{${inside}}` : `${value.cls.name}({${inside}})`;
  }
  if (value instanceof PyView) {
    const { cls, dict } = value;
    const items = [...dict.map.values()].map(({ k, v }) => (cls === DICT_KEYS ? k : cls === DICT_ITEMS ? new PyTuple([k, v]) : v));
    return `${cls.name}([${yield* list(thread, items)}])`;
  }
  if (value instanceof PyByteArray) return `bytearray(${bytesRepr(value.data)})`;
  if (value instanceof PyRange) return `range(${value.start}, ${value.stop}${value.step === 1 ? '' : `, ${value.step}`})`;
  if (value instanceof PySlice) return `slice(${yield* list(thread, [value.start, value.stop, value.step])})`;
  const { items } = value.args;
  return `${value.cls.name}(${yield* list(thread, items)})`;
}

/** Of plain values; undefined for others. */
export const strNow = (value: Value): string | undefined => (typeof value === 'string' ? value : reprNow(value));

export function* str(thread: Thread, value: Value): Steps<string> {
  const now = strNow(value);
  if (now !== undefined) return now;
  const own = lookup(classOf(value), '__str__');
  if (own !== undefined && !(own instanceof PyBuiltin && (own.owner?.name === 'object' || value instanceof PyException))) {
    const result = (yield new Call(own, argsOf([value]))) as Value;
    if (typeof result !== 'string') {
      if (result instanceof PyInstance && typeof result.worth === 'string') return result.worth;
      throw typeError(`__str__ returned non-string (type ${classOf(result).name})`);
    }
    return result;
  }
  if (value instanceof PyException) return yield* exceptionText(thread, value);
  if (value instanceof PyInstance && typeof value.worth === 'string') return value.worth;
  return yield* repr(thread, value);
}

/** What an exception says. */
export function* exceptionText(thread: Thread, exc: PyException): Steps<string> {
  const { items } = exc.args;
  const names = exc.cls.mro.map(({ name }) => name);
  if (names.includes('OSError') && items.length >= 2) {
    const about = exc.host?.filename ?? null;
    const second = exc.host?.filename2 ?? null;
    const text = `[Errno ${yield* str(thread, items[0] ?? null)}] ${yield* str(thread, items[1] ?? null)}`;
    if (about === null) return text;
    return `${text}: ${yield* repr(thread, about)}${second === null ? '' : ` -> ${yield* repr(thread, second)}`}`;
  }
  if (names.includes('KeyError') && items.length === 1) return yield* repr(thread, items[0] ?? null);
  if (names.includes('BaseExceptionGroup') && items.length === 2) {
    const count = items[1] instanceof PyTuple || items[1] instanceof PyList ? items[1].items.length : 0;
    return `${yield* str(thread, items[0] ?? null)} (${count} sub-exception${count === 1 ? '' : 's'})`;
  }
  if (names.includes('SyntaxError') && items.length > 0) return yield* str(thread, items[0] ?? null);
  if (exc.host?.text !== undefined && names.includes('UnicodeError')) return yield* str(thread, exc.host.text);
  if (items.length === 0) return '';
  return items.length === 1 ? yield* str(thread, items[0] ?? null) : yield* repr(thread, exc.args);
}
