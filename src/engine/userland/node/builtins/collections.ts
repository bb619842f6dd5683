/** `Map`, `Set`, their weak kinds, `WeakRef`. */
// biome-ignore-all lint/correctness/useYield: what could wait is a generator, though some need not.

import { listSteps } from '../compile/iteration.ts';
import { truthy } from '../runtime/convert.ts';
import { call, nativeSteps, prototypeOf } from '../runtime/functions.ts';
import type { Table } from '../runtime/inner.ts';
import { arrayOf, get, hide } from '../runtime/objects.ts';
import type { Intrinsics } from '../runtime/realm.ts';
import type { Steps } from '../runtime/steps.ts';
import { heap, isCallable, isObject, JsObject, JsSymbol, Property, SYMBOLS, UNSET, type Value } from '../runtime/values.ts';
import { intrinsics, realm } from '../runtime/vm.ts';
import { accessor, got, method, methods, stepsMethod, stepsMethods, tag } from './define.ts';
import { hostIterator } from './iterators.ts';

export const newTable = (): Table => ({ index: new Map(), entries: [] });

const keyOf = (key: Value): unknown => (key === 0 ? 0 : key);

export function put(table: Table, key: Value, value: Value): void {
  const known = table.index.get(keyOf(key));
  if (known !== undefined) {
    const entry = table.entries[known];
    if (entry) entry[1] = value;
    return;
  }
  heap.bytes += 40;
  table.index.set(keyOf(key), table.entries.length);
  table.entries.push([key === 0 ? 0 : key, value]);
}

export const find = (table: Table, key: Value): [Value, Value] | null => {
  const at = table.index.get(keyOf(key));
  return at === undefined ? null : (table.entries[at] ?? null);
};

function drop(table: Table, key: Value): boolean {
  const at = table.index.get(keyOf(key));
  if (at === undefined) return false;
  table.entries[at] = null;
  table.index.delete(keyOf(key));
  return true;
}

function tableOf(self: Value, kind: 'map' | 'set', name: string): Table {
  if (isObject(self) && self.inner !== null && self.inner.kind === kind && 'table' in self.inner) return self.inner.table;
  throw realm().typeError(
    `Method ${kind === 'map' ? 'Map' : 'Set'}.prototype.${name} called on incompatible receiver ${realm().show(self)}`,
  );
}

/** A constructor that is filled from what it is given. */
export function filled(name: string, key: keyof Intrinsics, begin: (object: JsObject) => void, add: string): JsObject {
  const proto = intrinsics()[key];
  const made = nativeSteps(name, 0, function* ([values], _, newTarget) {
    if (newTarget === undefined) throw realm().typeError(`Constructor ${name} requires 'new'`);
    const object = new JsObject(prototypeOf(newTarget, key));
    begin(object);
    if (values === undefined || values === null) return object;
    const adder = yield* got(get(object, add));
    for (const one of yield* listSteps(
      values,
      () =>
        `${typeof values === 'object' ? 'object' : `${typeof values} ${realm().show(values)}`} is not iterable (cannot read property Symbol(Symbol.iterator))`,
    )) {
      if (add === 'add') yield* got(call(adder, object, [one]));
      else {
        if (!isObject(one)) throw realm().typeError(`Iterator value ${realm().show(one)} is not an entry object`);
        yield* got(call(adder, object, [yield* got(get(one, '0')), yield* got(get(one, '1'))]));
      }
    }
    return object;
  });
  if (made.fn) made.fn = { ...made.fn, construct: 'native' };
  made.props.set('prototype', new Property({ value: proto }));
  hide(proto, 'constructor', made);
  tag(proto, SYMBOLS.toStringTag, name);
  hide(realm().global, name, made);
  return made;
}

function iterator(table: Table, proto: JsObject, kind: 'key' | 'value' | 'entry', shown: string): JsObject {
  let at = 0;
  const part = ([key, value]: readonly [Value, Value]): Value => (kind === 'entry' ? arrayOf([key, value]) : kind === 'key' ? key : value);
  const next = (): Value | typeof UNSET => {
    while (at < table.entries.length) {
      const entry = table.entries[at];
      at += 1;
      if (entry) return part(entry);
    }
    return UNSET;
  };
  return hostIterator(proto, shown, next, () => table.entries.slice(at).flatMap((entry) => (entry ? [part(entry)] : [])));
}

function* forEach([fn, thisArg]: readonly Value[], self: Value, table: Table): Steps {
  if (!isCallable(fn)) throw realm().typeError(`${realm().show(fn)} is not a function`);
  for (let at = 0; at < table.entries.length; at += 1) {
    const entry = table.entries[at];
    if (entry) yield* got(call(fn, thisArg, [entry[1], entry[0], self]));
  }
  return undefined;
}

function setUpMap(): void {
  const proto = intrinsics().map;
  const map = filled(
    'Map',
    'map',
    (object) => {
      object.inner = { kind: 'map', table: newTable() };
    },
    'set',
  );
  accessor(map, SYMBOLS.species, (self) => self);
  stepsMethod(map, 'groupBy', 2, function* ([values, fn]) {
    const object = new JsObject(proto);
    const table = newTable();
    object.inner = { kind: 'map', table };
    let index = 0;
    for (const value of yield* listSteps(values, () => 'not iterable')) {
      const key = yield* got(call(fn, undefined, [value, index++]));
      const group = find(table, key);
      if (group) (group[1] as JsObject).items?.push(value);
      else put(table, key, arrayOf([value]));
    }
    return object;
  });
  methods(proto, {
    get: [1, ([key], self) => find(tableOf(self, 'map', 'get'), key)?.[1]],
    set: [
      2,
      ([key, value], self) => {
        put(tableOf(self, 'map', 'set'), key, value);
        return self;
      },
    ],
    has: [1, ([key], self) => find(tableOf(self, 'map', 'has'), key) !== null],
    delete: [1, ([key], self) => drop(tableOf(self, 'map', 'delete'), key)],
    clear: [0, (_, self) => clear(tableOf(self, 'map', 'clear'))],
    keys: [0, (_, self) => iterator(tableOf(self, 'map', 'keys'), intrinsics().mapIterator, 'key', 'Map Iterator')],
    values: [0, (_, self) => iterator(tableOf(self, 'map', 'values'), intrinsics().mapIterator, 'value', 'Map Iterator')],
    entries: [0, (_, self) => iterator(tableOf(self, 'map', 'entries'), intrinsics().mapIterator, 'entry', 'Map Entries')],
  });
  hide(proto, SYMBOLS.iterator, get(proto, 'entries') as Value);
  accessor(proto, 'size', (self) => tableOf(self, 'map', 'size').index.size);
  stepsMethod(proto, 'forEach', 1, (args, self) => forEach(args, self, tableOf(self, 'map', 'forEach')));
}

function clear(table: Table): undefined {
  for (let at = 0; at < table.entries.length; at += 1) table.entries[at] = null;
  table.index.clear();
}

const membersOf = (table: Table): Value[] => table.entries.flatMap((entry) => (entry ? [entry[0]] : []));

function setOf(values: readonly Value[]): JsObject {
  const made = new JsObject(intrinsics().set);
  const table = newTable();
  for (const value of values) put(table, value, value);
  made.inner = { kind: 'set', table };
  return made;
}

function setUpSet(): void {
  const proto = intrinsics().set;
  const set = filled(
    'Set',
    'set',
    (object) => {
      object.inner = { kind: 'set', table: newTable() };
    },
    'add',
  );
  accessor(set, SYMBOLS.species, (self) => self);
  const own = (self: Value, name: string): Table => tableOf(self, 'set', name);
  methods(proto, {
    add: [
      1,
      ([value], self) => {
        put(own(self, 'add'), value, value);
        return self;
      },
    ],
    has: [1, ([value], self) => find(own(self, 'has'), value) !== null],
    delete: [1, ([value], self) => drop(own(self, 'delete'), value)],
    clear: [0, (_, self) => clear(own(self, 'clear'))],
    values: [0, (_, self) => iterator(own(self, 'values'), intrinsics().setIterator, 'value', 'Set Iterator')],
    entries: [0, (_, self) => iterator(own(self, 'entries'), intrinsics().setIterator, 'entry', 'Set Entries')],
    union: [1, ([other], self) => setOf([...membersOf(own(self, 'union')), ...membersOf(own(other, 'union'))])],
    intersection: [1, ([other], self) => setOf(membersOf(own(self, 'intersection')).filter((one) => find(own(other, 'has'), one)))],
    difference: [1, ([other], self) => setOf(membersOf(own(self, 'difference')).filter((one) => !find(own(other, 'has'), one)))],
    symmetricDifference: [
      1,
      ([other], self) => {
        const [a, b] = [own(self, 'symmetricDifference'), own(other, 'has')];
        return setOf([...membersOf(a).filter((one) => !find(b, one)), ...membersOf(b).filter((one) => !find(a, one))]);
      },
    ],
    isSubsetOf: [1, ([other], self) => membersOf(own(self, 'isSubsetOf')).every((one) => find(own(other, 'has'), one) !== null)],
    isSupersetOf: [1, ([other], self) => membersOf(own(other, 'has')).every((one) => find(own(self, 'isSupersetOf'), one) !== null)],
    isDisjointFrom: [1, ([other], self) => !membersOf(own(self, 'isDisjointFrom')).some((one) => find(own(other, 'has'), one))],
  });
  hide(proto, 'keys', get(proto, 'values') as Value);
  hide(proto, SYMBOLS.iterator, get(proto, 'values') as Value);
  accessor(proto, 'size', (self) => own(self, 'size').index.size);
  stepsMethod(proto, 'forEach', 1, (args, self) => forEach(args, self, own(self, 'forEach')));
}

function setUpWeak(): void {
  for (const [name, key, kind, add] of [
    ['WeakMap', 'weakmap', 'weakmap', 'set'],
    ['WeakSet', 'weakset', 'weakset', 'add'],
  ] as const) {
    const proto = intrinsics()[key];
    filled(
      name,
      key,
      (object) => {
        object.inner = { kind, map: new WeakMap() };
      },
      add,
    );
    const own = (self: Value): WeakMap<JsObject | JsSymbol, Value> => {
      if (isObject(self) && (self.inner?.kind === 'weakmap' || self.inner?.kind === 'weakset')) return self.inner.map;
      throw realm().typeError(`Method ${name}.prototype.${add} called on incompatible receiver ${realm().show(self)}`);
    };
    const weakly = (value: Value): JsObject | JsSymbol => {
      if (isObject(value) || value instanceof JsSymbol) return value;
      throw realm().typeError(`Invalid value used ${kind === 'weakmap' ? 'as weak map key' : 'in weak set'}`);
    };
    const isHeld = (value: Value): value is JsObject | JsSymbol => isObject(value) || value instanceof JsSymbol;
    methods(proto, {
      has: [1, ([value], self) => isHeld(value) && own(self).has(value)],
      delete: [1, ([value], self) => isHeld(value) && own(self).delete(value)],
    });
    method(proto, add, kind === 'weakmap' ? 2 : 1, ([value, held], self) => {
      own(self).set(weakly(value), held);
      return self;
    });
    if (kind === 'weakmap') method(proto, 'get', 1, ([value], self) => (isHeld(value) ? own(self).get(value) : undefined));
  }
  const ref = intrinsics().weakref;
  filled('WeakRef', 'weakref', () => undefined, 'add');
  const made = nativeSteps('WeakRef', 1, function* ([target], _, newTarget) {
    const object = new JsObject(prototypeOf(newTarget, 'weakref'));
    object.inner = { kind: 'weakref', target };
    return object;
  });
  if (made.fn) made.fn = { ...made.fn, construct: 'native' };
  made.props.set('prototype', new Property({ value: ref }));
  hide(ref, 'constructor', made);
  hide(realm().global, 'WeakRef', made);
  method(ref, 'deref', 0, (_, self) => (isObject(self) && self.inner?.kind === 'weakref' ? self.inner.target : undefined));
  filled('FinalizationRegistry', 'finalization', () => undefined, 'register');
  stepsMethods(intrinsics().finalization, {
    *register() {
      return undefined;
    },
    *unregister() {
      return false;
    },
  });
}

export function setUpCollections(): void {
  setUpMap();
  setUpSet();
  setUpWeak();
}

export const isTrue = truthy;
