/** Reading and writing by paths. */
import type { Json } from './syntax.ts';
import { compare, equal, isArray, isObject, JqError, typeOf } from './values.ts';

export function indexed(value: Json, key: Json): Json {
  if (value === null && (key === null || typeof key === 'string' || typeof key === 'number')) return null;
  if (isObject(value) && typeof key === 'string') return Object.hasOwn(value, key) ? (value[key] ?? null) : null;
  if (isArray(value) && typeof key === 'number')
    return value[Math.floor(key) < 0 ? value.length + Math.floor(key) : Math.floor(key)] ?? null;
  if (isArray(value) && isArray(key))
    return key.length === 0
      ? null
      : value.map((_, i) => i).filter((i) => key.every((item, at) => equal(value[i + at] ?? null, item) && i + at < value.length));
  if (isObject(key)) return slice(value, key.start ?? null, key.end ?? null);
  const shown = typeof key === 'string' ? `string "${key}"` : typeOf(key);
  throw new JqError(`Cannot index ${typeOf(value)} with ${shown}`);
}

function bounds(length: number, from: Json, to: Json): readonly [number, number] {
  const place = (at: Json, fallback: number, round: (n: number) => number): number => {
    if (at === null) return fallback;
    if (typeof at !== 'number') throw new JqError('Start and end indices of an array slice must be numbers');
    const index = round(at);
    return Math.max(0, Math.min(index < 0 ? length + index : index, length));
  };
  const start = place(from, 0, Math.floor);
  return [start, Math.max(start, place(to, length, Math.ceil))];
}

export function slice(value: Json, from: Json, to: Json): Json {
  if (value === null) return null;
  if (typeof value === 'string') {
    const chars = [...value];
    const [start, end] = bounds(chars.length, from, to);
    return chars.slice(start, end).join('');
  }
  if (!isArray(value)) throw new JqError(`Cannot index ${typeOf(value)} with object`);
  const [start, end] = bounds(value.length, from, to);
  return value.slice(start, end);
}

export const getPath = (value: Json, path: readonly Json[]): Json =>
  path.reduce<Json>((at, key) => (at === null ? null : indexed(at, key)), value);

/** `value` with something else at the path. */
export function setPath(value: Json, path: readonly Json[], change: (old: Json) => Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  const inner = setPath(indexed(value, key), rest, change);
  if (isObject(key)) {
    const list = value === null ? [] : value;
    if (!isArray(list) || !isArray(inner)) throw new JqError('A slice of an array can only be assigned another array');
    const [start, end] = bounds(list.length, key.start ?? null, key.end ?? null);
    return [...list.slice(0, start), ...inner, ...list.slice(end)];
  }
  if (typeof key === 'string') return { ...(isObject(value) ? value : {}), [key]: inner };
  const list = isArray(value) ? [...value] : [];
  const at = Number(key) < 0 ? list.length + Number(key) : Number(key);
  if (at < 0) throw new JqError('Out of bounds negative array index');
  if (at > 5_000_000) throw new JqError('Array index too large');
  while (list.length < at) list.push(null);
  list[at] = inner;
  return list;
}

export function deletePath(value: Json, path: readonly Json[]): Json {
  const [key, ...rest] = path;
  if (key === undefined || value === null) return null;
  if (rest.length > 0) return getPath(value, [key]) === null ? value : setPath(value, [key], (old) => deletePath(old, rest));
  if (isObject(value) && typeof key === 'string') {
    const { [key]: _, ...others } = value;
    return others;
  }
  if (isArray(value) && typeof key === 'number') return value.filter((_, i) => i !== (key < 0 ? value.length + key : key));
  if (isArray(value) && isObject(key)) {
    const [start, end] = bounds(value.length, key.start ?? null, key.end ?? null);
    return [...value.slice(0, start), ...value.slice(end)];
  }
  throw new JqError(`Cannot delete field at ${isArray(value) ? 'array' : 'object'} index of ${typeOf(value)}`);
}

/** Later paths first, so that the earlier ones stay true. */
export const deleteAll = (value: Json, paths: readonly (readonly Json[])[]): Json =>
  [...paths].sort((a, b) => compare(b, a)).reduce<Json>((result, path) => deletePath(result, path), value);
