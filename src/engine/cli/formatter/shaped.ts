/** Documents as values of Go's types, by the tables of `go-types.ts`: what a template finds, prints and is told of them. */
import { showDuration } from '../flags/duration.ts';
import { NamedText, NilPointer, type Struct, struct, typedList, typedMap } from '../template/index.ts';
import { GO_STRUCTS, TEXT_TYPES } from './go-types.ts';

type Document = Readonly<Record<string, unknown>>;
type Convert = (value: unknown) => unknown;

const ZERO_TIME = '0001-01-01T00:00:00Z';

/** As Go's `String()` writes it: `2026-01-15 09:00:00.5 +0000 UTC`. */
const goTime = (text: string): string => text.replace('T', ' ').replace(/Z$/, ' +0000 UTC');

/** A moment, with what a template may ask of it. */
export const time = (text: string): Struct => ({
  ...struct('time.Time', { IsZero: () => text === ZERO_TIME }, () => JSON.stringify(text)),
  text: goTime(text),
});

/** A span of time prints in its units, and is a number in JSON. */
const span = (ns: number): Struct => ({ ...struct('time.Duration', {}, () => String(ns)), text: showDuration(ns) });

/** A struct that prints as text; one that is not set prints a sentence, and is empty in JSON. */
const told = (type: string, text: string, unset: string): Struct => ({
  ...struct(type, {}, () => JSON.stringify(text)),
  text: text === '' ? unset : text,
});

/** Bytes that print as they are written. */
const hardwareAddress = (text: string): readonly unknown[] =>
  typedList(text === '' ? [] : text.split(':').map((byte) => Number.parseInt(byte, 16)), { name: 'network.HardwareAddr', text });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
const whole: Convert = (value) => numberOf(value);
const long: Convert = (value) => BigInt(numberOf(value));

const PLAIN: Readonly<Record<string, Convert>> = {
  string: textOf,
  bool: (value) => value === true,
  int: whole,
  uint: whole,
  uint16: whole,
  int64: long,
  uint64: long,
  'struct {}': () => struct('struct {}', {}, () => '{}'),
  'time.Time': (value) => time(textOf(value) || ZERO_TIME),
  'time.Duration': (value) => span(numberOf(value)),
  'netip.Addr': (value) => told('netip.Addr', textOf(value), 'invalid IP'),
  'netip.Prefix': (value) => told('netip.Prefix', textOf(value), 'invalid Prefix'),
  'network.HardwareAddr': (value) => hardwareAddress(textOf(value)),
};

/** A value of the document as one of the type. What the document leaves out is the type's zero. */
export function shaped(value: unknown, type: string): unknown {
  const isNothing = value === null || value === undefined;
  if (type.startsWith('*')) return isNothing ? new NilPointer(type) : pointer(value, type);
  const [, key = '', element = ''] = /^(?:map\[([\w.]+)\]|\[\d*\])(.+)$/.exec(type) ?? [];
  if (type.startsWith('map['))
    return typedMap(Object.fromEntries(Object.entries(value ?? {}).map(([name, item]) => [name, shaped(item, element)])), {
      name: type,
      ...(key === 'string' ? {} : { key }),
      ...(element.startsWith('*') ? { pointers: true } : {}),
      isNil: isNothing,
    });
  if (type.startsWith('['))
    return typedList(
      (isNothing ? [] : (value as readonly unknown[])).map((item) => shaped(item, element)),
      { name: type, isNil: isNothing },
    );
  if (GO_STRUCTS.has(type)) return structOf((value ?? {}) as Document, type);
  if (TEXT_TYPES.has(type)) return new NamedText(type, textOf(value));
  return PLAIN[type]?.(value) ?? value ?? null;
}

function pointer(value: unknown, type: string): unknown {
  const base = type.slice(1);
  if (GO_STRUCTS.has(base)) return { ...structOf(value as Document, base), type };
  return { ...struct(type, {}, () => JSON.stringify(value)), text: String(value) };
}

function structOf(document: Document, type: string): Struct {
  const fields = new Map<string, unknown>();
  const shown: unknown[] = [];
  for (const { key, name, type: of, isEmbedded } of GO_STRUCTS.get(type) ?? []) {
    const value = isEmbedded ? structOf(document, of) : shaped(document[key], of);
    shown.push(value);
    fields.set(name, value);
    if (isEmbedded) for (const [promoted, inner] of (value as Struct).fields) fields.set(promoted, inner);
  }
  const whole = { ...struct(type, fields, () => JSON.stringify(document)), shown };
  return type === 'units.Ulimit' ? { ...whole, text: `${document.Name}=${document.Soft}:${document.Hard}` } : whole;
}
