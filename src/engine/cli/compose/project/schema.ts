/** Checks a file against the Compose specification's schema; the deepest thing that is wrong is named. Upstream: compose-go schema. */
import { SPECIFICATION } from './specification.ts';
import { isList, isMapping, type Mapping, type Value } from './value.ts';

export interface Schema {
  /** JSON's names of types: one of them it has to be. */
  readonly types?: readonly string[];
  /** Which fields a mapping has; others are refused unless `rest` takes them. Those that begin with x- are always taken. */
  readonly fields?: Readonly<Record<string, Schema>>;
  readonly rest?: Schema;
  readonly names?: RegExp;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly values?: readonly string[];
  /** An expression that matches somewhere in a text. */
  readonly pattern?: string;
  readonly oneOf?: readonly Schema[];
}

interface Fault {
  readonly path: readonly string[];
  readonly sentence: string;
  readonly depth: number;
}

/** The sentence about what is wrong, with its place in front, or undefined. */
export function schemaFault(file: Mapping): string | undefined {
  const fault = check(file, SPECIFICATION, []);
  return fault === undefined ? undefined : `${fault.path.join('.')} ${fault.sentence}`;
}

function check(value: Value, schema: Schema, path: readonly string[]): Fault | undefined {
  if (schema.oneOf !== undefined) return checkOneOf(value, schema.oneOf, path);
  if (schema.types !== undefined && !schema.types.some((type) => hasType(value, type)))
    return fault(path, `must be a ${readable(schema.types)}`);
  if (schema.values !== undefined && typeof value === 'string' && !schema.values.includes(value))
    return fault(path, `value must be one of ${schema.values.map((one) => `'${one}'`).join(', ')}`);
  if (schema.pattern !== undefined && typeof value === 'string' && !new RegExp(schema.pattern).test(value))
    return fault(path, `'${value}' does not match pattern '${schema.pattern}'`);
  if (isMapping(value)) return checkMapping(value, schema, path);
  if (isList(value) && schema.items !== undefined) {
    const { items } = schema;
    return deepest(value.map((item, i) => check(item, items, [...path, String(i)])));
  }
  return undefined;
}

function checkOneOf(value: Value, schemas: readonly Schema[], path: readonly string[]): Fault | undefined {
  const faults = schemas.map((schema) => check(value, schema, path));
  return faults.includes(undefined) ? undefined : deepest(faults);
}

function checkMapping(value: Mapping, schema: Schema, path: readonly string[]): Fault | undefined {
  if (schema.fields === undefined && schema.rest === undefined) return undefined;
  const faults: (Fault | undefined)[] = [];
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name));
  if (missing.length > 0)
    faults.push(fault(path, `missing propert${missing.length === 1 ? 'y' : 'ies'} ${missing.map((name) => `'${name}'`).join(', ')}`));
  const unknown: string[] = [];
  for (const [name, item] of Object.entries(value)) {
    const field = schema.fields?.[name] ?? (schema.names === undefined || schema.names.test(name) ? schema.rest : undefined);
    if (field !== undefined) faults.push(check(item, field, [...path, name]));
    else if (!name.startsWith('x-')) unknown.push(name);
  }
  if (unknown.length > 0) {
    const names = unknown.map((name) => `'${name}'`).join(', ');
    faults.push({ path, sentence: `additional properties ${names} not allowed`, depth: path.length + 1 });
  }
  return deepest(faults);
}

const fault = (path: readonly string[], sentence: string): Fault => ({ path, sentence, depth: path.length });

function deepest(faults: readonly (Fault | undefined)[]): Fault | undefined {
  return faults.reduce((best, one) => (one !== undefined && (best === undefined || one.depth > best.depth) ? one : best), undefined);
}

function hasType(value: Value, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return isList(value);
  if (type === 'object') return isMapping(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function readable(types: readonly string[]): string {
  const words = types.map((type) => (type === 'object' ? 'mapping' : type));
  if (words.length === 1) return words[0] ?? '';
  const sorted = [...words].sort();
  return `${sorted.slice(0, -1).join(', ')} or ${sorted.at(-1)}`;
}
