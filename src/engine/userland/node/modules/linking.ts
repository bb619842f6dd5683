/** Which name of a module is which variable of which other. */
import type { Identifier, Literal, Program } from 'acorn';
import type { ImportRef } from '../compile/names.ts';
import { namesOf } from '../compile/scope.ts';
import type { CompiledModule } from '../compile/script.ts';
import { enumerableKeys } from '../runtime/objects.ts';
import type { Steps } from '../runtime/steps.ts';
import { placeOf, writeStack } from '../runtime/traces.ts';
import { type Exotic, JsObject, type Key, PASS, Property, type Result, SYMBOLS, Thrown, UNSET, type Value } from '../runtime/values.ts';
import { realm, type Scope, type SourceFile } from '../runtime/vm.ts';
import { framed } from './commonjs.ts';
import { ESM_LINK_FRAMES } from './esm-frames.ts';

export interface Record_ {
  readonly url: string;
  readonly kind: 'module' | 'commonjs' | 'builtin';
  readonly exports: Map<string, ImportRef>;
  /** Modules whose names are all exported again. */
  readonly stars: Record_[];
  scope: Scope;
  readonly requests: Map<string, Record_>;
  load: (() => Steps) | null;
  start: (() => Result) | null;
  promise: JsObject | null;
  isLinked: boolean;
  namespace: JsObject | null;
  order: number;
  /** What a module of CommonJS exports, and under which name it was asked for. */
  values?: Value;
  wanted?: { readonly specifier: string };
}

/** Says which variable a name is; whoever asked for it before is told. */
function offer({ exports }: Record_, name: string, ref: ImportRef): void {
  const before = exports.get(name);
  if (before === undefined) exports.set(name, ref);
  else {
    before.scope = ref.scope;
    before.slot = ref.slot;
  }
}

export const refOf = (scope: Scope, slot: number): ImportRef => ({ scope, slot });

interface Imported {
  readonly source: string;
  readonly names: readonly { readonly local: string; readonly name: string | null; readonly at: number }[];
}

const textOf = (node: Identifier | Literal): string => (node.type === 'Identifier' ? node.name : String(node.value));

/** What a program imports; a name of null is the whole namespace. */
export function importsOf(program: Program): Imported[] {
  return program.body.flatMap((node): Imported[] => {
    if (node.type === 'ImportDeclaration')
      return [
        {
          source: String(node.source.value),
          names: node.specifiers.map((one) => ({
            local: one.local.name,
            name: one.type === 'ImportDefaultSpecifier' ? 'default' : one.type === 'ImportNamespaceSpecifier' ? null : textOf(one.imported),
            at: one.start,
          })),
        },
      ];
    if ((node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') && node.source)
      return [{ source: String(node.source.value), names: [] }];
    return [];
  });
}

/** Names that an object of CommonJS or of node offers to `import { … }`. */
export const importedNames = (exports: JsObject): string[] => enumerableKeys(exports).filter((name) => name !== 'default');

export function* linkImports(record: Record_, compiled: CompiledModule, file: SourceFile): Steps {
  const { program, scope } = compiled;
  const own = (name: string): ImportRef => {
    const slot = scope.names.get(name)?.slot ?? 0;
    const held = record.scope.slots[slot] as unknown;
    return typeof held === 'object' && held !== null && 'slot' in held ? (held as ImportRef) : refOf(record.scope, slot);
  };
  for (const { source, names } of importsOf(program))
    for (const { local, name, at } of names) {
      const target = record.requests.get(source);
      if (target === undefined) continue;
      const slot = scope.names.get(local)?.slot ?? 0;
      if (name === null) record.scope.slots[slot] = namespaceOf(target);
      else record.scope.slots[slot] = bound(target, name, { specifier: source, file, at }) as unknown as Value;
    }
  for (const node of program.body) {
    if (node.type === 'ExportDefaultDeclaration') {
      const { declaration } = node;
      const name =
        (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') && declaration.id
          ? declaration.id.name
          : '*default*';
      offer(record, 'default', own(name));
    } else if (node.type === 'ExportAllDeclaration') {
      const target = record.requests.get(String(node.source.value));
      if (target === undefined) continue;
      if (node.exported) {
        record.scope.slots.push(namespaceOf(target));
        offer(record, textOf(node.exported), refOf(record.scope, record.scope.slots.length - 1));
      } else record.stars.push(target);
    } else if (node.type === 'ExportNamedDeclaration') {
      const { declaration } = node;
      const names = declaration
        ? declaration.type === 'VariableDeclaration'
          ? declaration.declarations.flatMap(({ id }) => namesOf(id))
          : [declaration.id.name]
        : [];
      for (const name of names) offer(record, name, own(name));
      const target = node.source ? record.requests.get(String(node.source.value)) : undefined;
      for (const one of node.specifiers) {
        const local = textOf(one.local);
        offer(
          record,
          textOf(one.exported),
          target ? bound(target, local, { specifier: String(node.source?.value), file, at: one.start }) : own(local),
        );
      }
    }
  }
  record.isLinked = true;
  return undefined;
}

export function findExport(record: Record_, name: string, seen: Set<Record_> = new Set()): ImportRef | null {
  const own = record.exports.get(name);
  if (own !== undefined) return own;
  if (seen.has(record)) return null;
  seen.add(record);
  for (const star of name === 'default' ? [] : record.stars) {
    const found = findExport(star, name, seen);
    if (found !== null) return found;
  }
  if (record.kind !== 'commonjs') return null;
  // A module of CommonJS says its names when it runs.
  record.scope.slots.push(UNSET);
  const ref = refOf(record.scope, record.scope.slots.length - 1);
  record.exports.set(name, ref);
  return ref;
}

interface Asked {
  readonly specifier: string;
  readonly file: SourceFile;
  readonly at: number;
}

function bound(target: Record_, name: string, { specifier, file, at }: Asked): ImportRef {
  if (target.kind === 'commonjs') target.wanted = { specifier };
  const found = findExport(target, name);
  if (found !== null) return found;
  if (!target.isLinked && target.kind === 'module') {
    // A circle: the name comes when that module has been linked.
    const late: ImportRef = { scope: target.scope, slot: 0 };
    target.exports.set(name, late);
    return late;
  }
  const error = framed('SyntaxError', `The requested module '${specifier}' does not provide an export named '${name}'`, []);
  writeStack(
    error,
    [`SyntaxError: The requested module '${specifier}' does not provide an export named '${name}'`, ...ESM_LINK_FRAMES].join('\n'),
  );
  if (error.inner?.kind === 'error') error.inner.place = { ...placeOf(file, at), width: 1, isTight: true };
  throw new Thrown(error);
}

function allNames(record: Record_, seen: Set<Record_> = new Set()): string[] {
  if (seen.has(record)) return [];
  seen.add(record);
  const own = [...record.exports.keys()];
  if (record.kind === 'commonjs' && record.values instanceof JsObject)
    for (const name of importedNames(record.values)) if (!own.includes(name)) own.push(name);
  for (const star of record.stars) for (const name of allNames(star, seen)) if (name !== 'default' && !own.includes(name)) own.push(name);
  return own.sort();
}

const NAMESPACE: Exotic = {
  own(object, key) {
    if (typeof key !== 'string' || object.inner?.kind !== 'namespace') return PASS;
    const record = records.get(object);
    if (record === undefined || !allNames(record).includes(key)) return undefined;
    const ref = findExport(record, key);
    const value = ref === null ? undefined : ref.scope.slots[ref.slot];
    if (value === UNSET && record.kind === 'module') throw realm().referenceError(`Cannot access '${key}' before initialization`);
    const held = value === UNSET && record.values instanceof JsObject ? (record.values.props.get(key) as Value) : (value as Value);
    return new Property({ value: held, writable: true, enumerable: true });
  },
  assign(_, key) {
    throw realm().typeError(
      `Cannot assign to read only property '${typeof key === 'string' ? key : 'Symbol()'}' of object '[object Module]'`,
    );
  },
  remove: () => false,
  keys: (object): Key[] => allNames(records.get(object) as Record_),
};
const records = new WeakMap<JsObject, Record_>();

export function namespaceOf(record: Record_): JsObject {
  if (record.namespace !== null) return record.namespace;
  if (record.kind === 'commonjs') findExport(record, 'default');
  const object = new JsObject(null);
  object.inner = { kind: 'namespace', names: [] };
  object.exotic = NAMESPACE;
  object.extensible = false;
  object.props.set(SYMBOLS.toStringTag, new Property({ value: 'Module' }));
  records.set(object, record);
  record.namespace = object;
  return object;
}
