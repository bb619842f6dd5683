/** Functions of JSON. */
import { isDecimal, toNumber } from '../../../sql/decimal.ts';
import type { SqlType } from '../ast.ts';
import { plain } from '../errors.ts';
import { jsonText, memberAt, parsedJson } from '../json.ts';
import { BIGINT, JSON_TYPE, LONG_TEXT, TEXT } from '../types.ts';
import { toText, truth, type Value } from '../values.ts';
import type { SqlFunction } from './types.ts';

const text = (value: Value | undefined): string => (value === null || value === undefined ? '' : toText(value));

function parsed(value: Value | undefined, name: string): unknown {
  const found = parsedJson(text(value));
  if (found === undefined)
    throw plain(3141, '22032', `Invalid JSON text in argument 1 to function ${name}: "Invalid value." at position 0.`);
  return found;
}

/** A value of SQL as one of JSON. */
function jsonOf(value: Value, type: SqlType | undefined): unknown {
  if (value === null) return null;
  if (type?.base === 'json') return parsedJson(text(value));
  if (typeof value === 'bigint' || typeof value === 'number') return Number(value);
  return isDecimal(value) ? toNumber(value) : text(value);
}

const orNull = (found: unknown): Value => (found === undefined ? null : jsonText(found));

function kindOf(value: unknown): string {
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return 'ARRAY';
  if (typeof value === 'number') return Number.isInteger(value) ? 'INTEGER' : 'DOUBLE';
  return typeof value === 'object' ? 'OBJECT' : typeof value === 'boolean' ? 'BOOLEAN' : 'STRING';
}

/** A copy in which something stands at the path. */
function replaced(value: unknown, path: string, next: unknown): unknown {
  const [, key, index, rest = ''] = /^(?:\.(?:"?)(\w+)(?:"?)|\[(\d+)\])(.*)$/.exec(path) ?? [];
  if (key === undefined && index === undefined) return next;
  if (index !== undefined && Array.isArray(value)) {
    const copy: unknown[] = [...(value as unknown[])];
    copy[Math.min(Number(index), copy.length)] = replaced(copy[Number(index)], rest, next);
    return copy;
  }
  if (key === undefined || typeof value !== 'object' || value === null) return value;
  return { ...value, [key]: replaced((value as Record<string, unknown>)[key], rest, next) };
}

function setAll(values: readonly Value[], types: readonly SqlType[], when: (isThere: boolean) => boolean): Value {
  let whole = parsed(values[0], 'json_set');
  for (let i = 1; i + 1 < values.length; i += 2) {
    const path = text(values[i]);
    if (when(memberAt(whole, path) !== undefined)) whole = replaced(whole, path.slice(1), jsonOf(values[i + 1] ?? null, types[i + 1]));
  }
  return jsonText(whole);
}

export const JSON_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  json_extract: {
    counts: [2, 100],
    result: JSON_TYPE,
    nullable: true,
    run: ([value, ...paths]) => {
      const whole = parsed(value, 'json_extract');
      if (paths.length === 1) return orNull(memberAt(whole, text(paths[0])));
      return jsonText(paths.map((path) => memberAt(whole, text(path))).filter((found) => found !== undefined));
    },
  },
  json_unquote: {
    counts: [1, 1],
    result: LONG_TEXT,
    run: ([value]) => {
      const found = parsedJson(text(value));
      return typeof found === 'string' ? found : text(value);
    },
  },
  json_value: {
    counts: [2, 2],
    result: TEXT,
    nullable: true,
    run: ([value, path]) => {
      const found = memberAt(parsed(value, 'json_value'), text(path));
      return found === undefined || found === null ? null : typeof found === 'string' ? found : jsonText(found);
    },
  },
  json_object: {
    counts: [0, 1000],
    result: JSON_TYPE,
    takesNulls: true,
    nullable: false,
    run: (values, { types }) =>
      jsonText(
        Object.fromEntries(
          values.flatMap((value, i) => (i % 2 === 0 ? [[text(value), jsonOf(values[i + 1] ?? null, types[i + 1])] as const] : [])),
        ),
      ),
  },
  json_array: {
    counts: [0, 1000],
    result: JSON_TYPE,
    takesNulls: true,
    nullable: false,
    run: (values, { types }) => jsonText(values.map((value, i) => jsonOf(value, types[i]))),
  },
  json_quote: { counts: [1, 1], result: TEXT, run: ([value]) => JSON.stringify(text(value)) },
  json_valid: { counts: [1, 1], result: BIGINT, run: ([value]) => truth(parsedJson(text(value)) !== undefined) },
  json_length: {
    counts: [1, 2],
    result: BIGINT,
    nullable: true,
    run: ([value, path]) => {
      const found = path === undefined ? parsed(value, 'json_length') : memberAt(parsed(value, 'json_length'), text(path));
      if (found === undefined) return null;
      return BigInt(typeof found === 'object' && found !== null ? Object.keys(found).length : 1);
    },
  },
  json_keys: {
    counts: [1, 1],
    result: JSON_TYPE,
    nullable: true,
    run: ([value]) => {
      const found = parsed(value, 'json_keys');
      return typeof found === 'object' && found !== null && !Array.isArray(found)
        ? jsonText(Object.keys(parsedJson(jsonText(found)) ?? {}))
        : null;
    },
  },
  json_type: { counts: [1, 1], result: TEXT, run: ([value]) => kindOf(parsed(value, 'json_type')) },
  json_contains: {
    counts: [2, 2],
    result: BIGINT,
    run: ([value, candidate]) => {
      const [whole, wanted] = [parsed(value, 'json_contains'), parsed(candidate, 'json_contains')];
      const inside = Array.isArray(whole) ? (whole as unknown[]) : [whole];
      return truth(inside.some((one) => jsonText(one) === jsonText(wanted)) || jsonText(whole) === jsonText(wanted));
    },
  },
  json_set: { counts: [3, 100], result: JSON_TYPE, takesNulls: true, run: (values, { types }) => setAll(values, types, () => true) },
  json_insert: {
    counts: [3, 100],
    result: JSON_TYPE,
    takesNulls: true,
    run: (values, { types }) => setAll(values, types, (isThere) => !isThere),
  },
  json_replace: {
    counts: [3, 100],
    result: JSON_TYPE,
    takesNulls: true,
    run: (values, { types }) => setAll(values, types, (isThere) => isThere),
  },
};
