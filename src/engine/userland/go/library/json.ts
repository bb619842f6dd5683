/** `encoding/json`: values of any type as JSON, and back. */
import { callMethod, dispatch } from '../compile/selectors.ts';
import { bytesText, listOfBytes } from '../runtime/bytes.ts';
import type { Steps } from '../runtime/frame.ts';
import type { Goroutine } from '../runtime/goroutine.ts';
import { kept, wrap } from '../runtime/numbers.ts';
import { Boxed, Cell, GoMap, keyOf, Place, type Pointer, Slice, type Value, zeroOf } from '../runtime/values.ts';
import { typeText } from '../types/text.ts';
import {
  ANY,
  BOOL,
  basicOf,
  type Field,
  FLOAT64,
  mapOf,
  pointerTo,
  STRING,
  type StructType,
  sliceOf,
  type Type,
  UINT8,
  under,
} from '../types/types.ts';
import { formatFloat } from './floats.ts';
import { sortedEntries } from './format-composite.ts';
import { indented, type Json, JsonError, quoteJson, readJson } from './json-text.ts';
import type { LibraryPackage } from './packages.ts';
import { SOURCE as JSON_PACKAGE_SOURCE } from './source/json.ts';

/** What stands in the way of a value: the package's own sentence. */
class Unsuitable extends Error {
  override readonly name = 'Unsuitable';
}

interface Named {
  readonly name: string;
  readonly options: readonly string[];
  readonly field: Field;
  readonly path: readonly number[];
}

/** The fields of a structure by their names in JSON; embedded ones lie flat. */
function fieldsOf({ fields }: StructType, path: readonly number[] = []): readonly Named[] {
  return fields.flatMap((field, index): readonly Named[] => {
    const tag = /(?:^|\s)json:"((?:[^"\\]|\\.)*)"/.exec(field.tag)?.[1];
    const [name = '', ...options] = tag?.split(',') ?? [];
    const here = [...path, index];
    const inside = under(field.type);
    if (tag === '-' || (!/^\p{Lu}/u.test(field.name) && !field.embedded)) return [];
    if (field.embedded && name === '' && inside.kind === 'struct') return fieldsOf(inside, here);
    return /^\p{Lu}/u.test(field.name) ? [{ name: name || field.name, options, field, path: here }] : [];
  });
}

const at = (value: Value, path: readonly number[]): Value => path.reduce<Value>((of, index) => (of as Value[])[index], value);

function isEmpty(type: Type, value: Value): boolean {
  const below = under(type);
  if (below.kind === 'struct') return false;
  if (value instanceof Slice) return value.length === 0;
  if (value instanceof GoMap) return value.entries.size === 0;
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === false || value === 0 || value === '';
}

function numberText(value: Value, type: Type): string {
  const basic = basicOf(type);
  if (basic?.sort !== 'float') return String(value);
  const size = Math.abs(value as number);
  if (!Number.isFinite(size)) throw new Unsuitable(`json: unsupported value: ${formatFloat(value as number, 'g', -1, 64)}`);
  const isSmall = size !== 0 && (size < 1e-6 || size >= 1e21);
  return formatFloat(value as number, isSmall ? 'e' : 'f', -1, basic.bits).replace(/e-0(\d)$/, 'e-$1');
}

function* encode(goroutine: Goroutine, type: Type, value: Value): Steps<string> {
  const own = yield* ownJson(goroutine, type, value);
  if (own !== null) return own;
  const below = under(type);
  switch (below.kind) {
    case 'basic':
      if (below.sort === 'string') return quoteJson(value as string);
      return below.sort === 'bool' ? String(value) : numberText(value, type);
    case 'interface':
      return value instanceof Boxed ? yield* encode(goroutine, value.type, value.value) : 'null';
    case 'pointer':
      return value === null ? 'null' : yield* encode(goroutine, below.element, (value as Pointer).v);
    case 'struct': {
      const parts: string[] = [];
      for (const { name, options, field, path } of fieldsOf(below)) {
        const of = at(value, path);
        if ((options.includes('omitempty') || options.includes('omitzero')) && isEmpty(field.type, of)) continue;
        const text = yield* encode(goroutine, field.type, of);
        parts.push(`${quoteJson(name)}:${options.includes('string') && !text.startsWith('"') ? `"${text}"` : text}`);
      }
      return `{${parts.join(',')}}`;
    }
    case 'slice':
    case 'array': {
      if (value === null) return 'null';
      if (below.kind === 'slice' && basicOf(below.element)?.bits === 8) return `"${btoa(bytesText(value))}"`;
      const parts: string[] = [];
      for (const one of value instanceof Slice ? value.list() : (value as Value[]))
        parts.push(yield* encode(goroutine, below.element, one));
      return `[${parts.join(',')}]`;
    }
    case 'map': {
      if (!(value instanceof GoMap)) return 'null';
      const parts: [string, string][] = [];
      for (const [key, of] of sortedEntries(value)) parts.push([String(key), yield* encode(goroutine, below.element, of)]);
      return `{${parts
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .map(([key, text]) => `${quoteJson(key)}:${text}`)
        .join(',')}}`;
    }
    default:
      throw new Unsuitable(`json: unsupported type: ${typeText(type)}`);
  }
}

/** What `MarshalJSON`, `MarshalText` or `Error` of the type itself says; null if it has none. */
function* ownJson(goroutine: Goroutine, type: Type, value: Value): Steps<string | null> {
  const isNil = value === null && under(type).kind === 'pointer';
  const isPointed = under(type).kind !== 'pointer' && under(type).kind !== 'interface';
  for (const name of ['MarshalJSON', 'MarshalText']) {
    const holder = dispatch(type, name)
      ? new Boxed(type, value)
      : isPointed && dispatch(pointerTo(type), name)
        ? new Boxed(pointerTo(type), new Cell(value))
        : null;
    if (holder === null || under(type).kind === 'interface') continue;
    if (isNil) return 'null';
    const [bytes, error] = (yield* callMethod(goroutine, holder, { name, args: [] })) as Value[];
    if (error instanceof Boxed) {
      const message = yield* callMethod(goroutine, error, { name: 'Error', args: [] });
      throw new Unsuitable(`json: error calling ${name} for type ${typeText(type)}: ${String(message)}`);
    }
    return name === 'MarshalText' ? quoteJson(bytesText(bytes)) : bytesText(bytes);
  }
  return null;
}

const kindOf = (json: Json): string => {
  if (json === null) return 'null';
  if (typeof json === 'boolean') return 'bool';
  if ('number' in json) return `number${/^-?\d+$/.test(json.number) ? '' : ` ${json.number}`}`;
  return 'text' in json ? 'string' : 'members' in json ? 'object' : 'array';
};

const MAP_ANY = mapOf(STRING, ANY);
const SLICE_ANY = sliceOf(ANY);

function plain(json: Json): Value {
  if (json === null) return null;
  if (typeof json === 'boolean') return new Boxed(BOOL, json);
  if ('number' in json) return new Boxed(FLOAT64, Number(json.number));
  if ('text' in json) return new Boxed(STRING, json.text);
  if (!('members' in json)) return new Boxed(SLICE_ANY, new Slice(json.map(plain)));
  const map = new GoMap();
  for (const [key, value] of json.members) map.entries.set(key, [key, plain(value)]);
  return new Boxed(MAP_ANY, map);
}

interface Into {
  readonly type: Type;
  readonly pointer: Pointer;
  /** How an error names the place: `Item.Price`. */
  readonly where: string;
  readonly strict: boolean;
  /** The first mismatch, which does not stop the rest. */
  readonly problems: string[];
}

function* decode(goroutine: Goroutine, json: Json, into: Into): Steps<void> {
  const { type, pointer } = into;
  const below = under(type);
  const wrong = (): void =>
    void into.problems.push(
      `json: cannot unmarshal ${kindOf(json)} into Go ${into.where === '' ? 'value' : `struct field ${into.where}`} of type ${typeText(type)}`,
    );
  if (dispatch(pointerTo(type), 'UnmarshalJSON') && below.kind !== 'interface') {
    const error = yield* callMethod(goroutine, new Boxed(pointerTo(type), pointer), {
      name: 'UnmarshalJSON',
      args: [listOfBytes(textOf(json))],
    });
    if (error instanceof Boxed) into.problems.push(String(yield* callMethod(goroutine, error, { name: 'Error', args: [] })));
    return;
  }
  if (json === null) {
    if (['pointer', 'interface', 'map', 'slice'].includes(below.kind)) pointer.v = null;
    return;
  }
  switch (below.kind) {
    case 'interface':
      if (below.methods.length > 0) return wrong();
      pointer.v = plain(json);
      return;
    case 'pointer': {
      if (pointer.v === null) pointer.v = new Cell(zeroOf(below.element)());
      return yield* decode(goroutine, json, { ...into, type: below.element, pointer: pointer.v as Pointer });
    }
    case 'basic':
      return decodeBasic(json, into) ? undefined : wrong();
    case 'struct':
      return typeof json === 'object' && 'members' in json
        ? yield* decodeStruct(goroutine, json.members, { ...into, struct: below })
        : wrong();
    case 'map': {
      if (typeof json !== 'object' || !('members' in json)) return wrong();
      const map = pointer.v instanceof GoMap ? pointer.v : new GoMap();
      pointer.v = map;
      const isNumber = basicOf(below.index)?.sort === 'int';
      for (const [name, one] of json.members) {
        const cell = new Cell(zeroOf(below.element)());
        yield* decode(goroutine, one, { ...into, type: below.element, pointer: cell });
        const key = isNumber ? Number(name) : name;
        map.entries.set(keyOf(below.index)(key), [key, cell.v]);
      }
      return;
    }
    case 'slice': {
      if (typeof json === 'object' && 'text' in json && below.element.key === UINT8.key) {
        pointer.v = listOfBytes(atob(json.text));
        return;
      }
      if (!Array.isArray(json)) return wrong();
      const list: Value[] = [];
      for (const one of json as readonly Json[]) {
        const cell = new Cell(zeroOf(below.element)());
        yield* decode(goroutine, one, { ...into, type: below.element, pointer: cell });
        list.push(cell.v);
      }
      pointer.v = new Slice(list);
      return;
    }
    default:
      return wrong();
  }
}

function decodeBasic(json: Json, { type, pointer }: Into): boolean {
  const basic = basicOf(type);
  if (typeof json === 'boolean' && basic?.sort === 'bool') pointer.v = json;
  else if (typeof json === 'object' && json !== null && 'text' in json && basic?.sort === 'string') pointer.v = json.text;
  else if (typeof json === 'object' && json !== null && 'number' in json && basic?.sort === 'float') pointer.v = Number(json.number);
  else if (typeof json === 'object' && json !== null && 'number' in json && basic?.sort === 'int' && /^-?\d+$/.test(json.number)) {
    const value = kept(BigInt(json.number));
    if (wrap(basic, value) !== value) return false;
    pointer.v = value;
  } else return false;
  return true;
}

function* decodeStruct(
  goroutine: Goroutine,
  members: readonly (readonly [string, Json])[],
  into: Into & { readonly struct: StructType },
): Steps<void> {
  const fields = fieldsOf(into.struct);
  const owner = into.type.kind === 'named' ? into.type.name : '';
  for (const [name, one] of members) {
    const found = fields.find((field) => field.name === name) ?? fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
    if (found === undefined) {
      if (into.strict) into.problems.push(`json: unknown field ${quoteJson(name)}`);
      continue;
    }
    const holder = at(into.pointer.v, found.path.slice(0, -1)) as Value[];
    const where = `${into.where === '' ? owner : into.where}.${found.name}`;
    yield* decode(goroutine, one, { ...into, type: found.field.type, pointer: new Place(holder, found.path.at(-1) ?? 0), where });
  }
}

/** Read JSON as text again. */
function textOf(json: Json): string {
  if (json === null || typeof json === 'boolean') return String(json);
  if ('number' in json) return json.number;
  if ('text' in json) return quoteJson(json.text, false);
  if ('members' in json) return `{${json.members.map(([key, value]) => `${quoteJson(key, false)}:${textOf(value)}`).join(',')}}`;
  return `[${json.map(textOf).join(',')}]`;
}

/** A JSON error's sentence; throws what is none. */
function sentence(error: unknown): string {
  if (error instanceof JsonError || error instanceof Unsuitable) return error.message;
  throw error;
}

function* unmarshal(
  goroutine: Goroutine,
  text: string,
  target: Value,
  { strict = false, at: start = 0, whole = true } = {},
): Steps<Value[]> {
  try {
    if (!(target instanceof Boxed) || under(target.type).kind !== 'pointer' || target.value === null)
      return [`json: Unmarshal(${target instanceof Boxed ? `non-pointer ${typeText(target.type)}` : 'nil'})`, start];
    const { value, end } = readJson(text, { at: start, whole });
    const problems: string[] = [];
    const { element } = under(target.type) as { readonly element: Type };
    yield* decode(goroutine, value, { type: element, pointer: target.value as Pointer, where: '', strict, problems });
    return [problems[0] ?? '', end];
  } catch (error) {
    return [sentence(error), start];
  }
}

export const JSON_PACKAGE: LibraryPackage = {
  source: JSON_PACKAGE_SOURCE,
  natives: {
    now: { indent: ([text, prefix, gap]) => indented(text as string, prefix as string, gap as string) },
    steps: {
      *encode([boxed], goroutine): Steps {
        try {
          return [boxed instanceof Boxed ? yield* encode(goroutine, boxed.type, boxed.value) : 'null', ''];
        } catch (error) {
          return ['', sentence(error)];
        }
      },
      *decode([text, target, strict, start, whole], goroutine): Steps {
        return yield* unmarshal(goroutine, text as string, target ?? null, {
          strict: strict === true,
          at: Number(start),
          whole: whole === true,
        });
      },
    },
  },
};
