/** `object` and `type`: what all classes have, and how classes are made. */
import { ownAttributes, plainAttribute, attributeNow, LATER, noAttribute, plainDeleteAttribute, plainSetAttribute } from '../protocol/attributes.ts';
import { collect } from '../protocol/iterate.ts';
import { hash } from '../protocol/keys.ts';
import { format } from '../protocol/format.ts';
import { plainRepr, str, repr } from '../protocol/text.ts';
import { typeError } from '../runtime/exceptions.ts';
import { argsOf, Call, callWith, Construct, type Steps, type Thread } from '../runtime/thread.ts';
import {
  type Args,
  classOf,
  CLASSMETHOD,
  isSubclass,
  lookup,
  NOT_IMPLEMENTED,
  OBJECT,
  PyBuiltin,
  PyCell,
  PyDict,
  PyFunction,
  PyInstance,
  PyList,
  PyMember,
  PyModule,
  PyTuple,
  PyType,
  PyWrapped,
  PyGeneric,
  STATICMETHOD,
  TYPE,
  type Value,
  MAPPINGPROXY,
  plain,
} from '../runtime/values.ts';
import { members, methods, methodSteps, staticMethods, steps } from '../library/define.ts';

OBJECT.make = (_, cls, { list, named }) => {
  const init = lookup(cls, '__init__');
  const hasInit = init !== undefined && !(init instanceof PyBuiltin);
  const hasNew = !(lookup(cls, '__new__') instanceof PyBuiltin);
  if (list.length + (named?.size ?? 0) > 0 && !hasInit && !hasNew) throw typeError(`${cls.name}() takes no arguments`);
  const missing = abstractOf(cls);
  if (missing.length > 0) {
    const words = missing.length === 1 ? 'method' : 'methods';
    throw typeError(`Can't instantiate abstract class ${cls.name} with abstract ${words} ${missing.join(', ')}`);
  }
  return new PyInstance(cls, { attrs: cls.hasSlots ? null : new PyDict() });
};

function abstractOf(cls: PyType): string[] {
  const all = cls.attrs.get('__abstractmethods__');
  return all instanceof PyList || all instanceof PyTuple ? all.items.map(String).sort() : [];
}

/** `__new__` of the interpreter's own classes: the nearest of them makes the object. */
export function makerOf(cls: PyType): PyType {
  const maker = cls.mro.find((one) => one.make !== null || one.makeSteps !== null);
  if (maker === undefined) throw typeError(`cannot create '${cls.name}' instances`);
  return maker;
}

function* makeNew(thread: Thread, args: Args): Steps {
  const [cls, ...list] = args.list;
  if (!(cls instanceof PyType)) throw typeError('object.__new__(X): X is not a type object');
  const maker = makerOf(cls);
  const rest = argsOf(maker === OBJECT ? [] : list, maker === OBJECT ? null : args.named);
  if (maker.make !== null) return maker.make(thread, cls, rest);
  return maker.makeSteps === null ? null : yield* maker.makeSteps(thread, cls, rest);
}

const namedOf = (value: Value): ReadonlyMap<string, Value> | null =>
  value instanceof PyDict && value.map.size > 0 ? new Map([...value.map.values()].map(({ k, v }) => [String(k), v] as const)) : null;

const NEW = steps('__new__(*args, **kwargs)', function* ([args, named], thread) {
  return yield* makeNew(thread, argsOf((args as PyTuple).items, namedOf(named ?? null)));
});
NEW.owner = OBJECT;
NEW.isStatic = true;
OBJECT.attrs.set('__new__', NEW);

methods(OBJECT, {
  '__init__(self, *args, **kwargs)': () => null,
  '__eq__(self, other, /)': ([a, b]) => (a === b ? true : NOT_IMPLEMENTED),
  '__ne__(self, other, /)': ([a, b]) => (a === b ? false : NOT_IMPLEMENTED),
  '__reduce__(self)': () => {
    throw typeError('this model does not pickle objects');
  },
  '__dir__(self)': ([self], thread) => new PyList(namesOf(self as Value, thread)),
  '__sizeof__(self)': () => 56,
});
methodSteps(OBJECT, {
  *'__repr__(self)'([self], thread) {
    return yield* plainRepr(thread, self as Value);
  },
  *'__str__(self)'([self], thread) {
    return typeof plain(self as Value) === 'string' && lookup(classOf(self as Value), '__repr__') instanceof PyBuiltin ? (plain(self as Value) as string) : yield* repr(thread, self as Value);
  },
  *'__format__(self, spec)'([self, spec], thread) {
    return yield* format(thread, plain(self as Value) === self ? yield* str(thread, self as Value) : plain(self as Value), String(spec));
  },
  *'__hash__(self)'([self], thread) {
    const value = self as Value;
    return value instanceof PyInstance && value.worth === undefined ? Math.floor(thread.interpreter.address(value) / 16) : yield* hash(thread, plain(value));
  },
  *'__getattribute__(self, name, /)'([self, name], thread) {
    const value = self as Value;
    if (!classOf(value).hasGetAttribute) {
      const now = attributeNow(thread, value, String(name));
      if (now === undefined) throw noAttribute(value, String(name));
      if (now !== LATER) return now;
    }
    return yield* plainAttribute(thread, value, String(name));
  },
  *'__setattr__(self, name, value, /)'([self, name, value], thread) {
    yield* plainSetAttribute(thread, self as Value, String(name), value as Value);
    return null;
  },
  *'__delattr__(self, name, /)'([self, name], thread) {
    yield* plainDeleteAttribute(thread, self as Value, String(name));
    return null;
  },
});
const INIT_SUBCLASS = new PyWrapped(CLASSMETHOD, steps('__init_subclass__(cls, **kwargs)', function* ([cls, named]) {
  if (named instanceof PyDict && named.map.size > 0) throw typeError(`${(cls as PyType).name}.__init_subclass__() takes no keyword arguments`);
  return null;
}));
OBJECT.attrs.set('__init_subclass__', INIT_SUBCLASS);
OBJECT.attrs.set('__class__', new PyMember('__class__', OBJECT, {
  get: (self) => classOf(self),
  set: (self, to) => {
    if (self instanceof PyInstance && to instanceof PyType) self.cls = to;
  },
}));
OBJECT.attrs.set('__dict__', new PyMember('__dict__', OBJECT, {
  get: (self) => {
    const attrs = ownAttributes(self);
    if (attrs === null) throw noAttribute(self, '__dict__');
    return attrs;
  },
}));
OBJECT.attrs.set('__doc__', new PyMember('__doc__', OBJECT, { get: (self) => docOf(self), set: (self, to) => {
  if (self instanceof PyFunction) self.doc = to ?? null;
  else if (to !== undefined) ownAttributes(self)?.set('__doc__', to);
} }));

function docOf(self: Value): Value {
  if (self instanceof PyFunction) return self.doc;
  if (self instanceof PyModule || self instanceof PyInstance) {
    const own = self.attrs?.get('__doc__');
    if (own !== undefined) return own;
  }
  const type = classOf(self);
  const found = type.attrs.get('__doc__');
  return typeof found === 'string' ? found : null;
}

/** Names that `dir` shows. */
export function namesOf(value: Value, _: Thread): string[] {
  const names = new Set<string>();
  const add = (dict: PyDict | null | undefined): void => {
    for (const { k } of dict?.map.values() ?? []) names.add(String(k));
  };
  if (value instanceof PyType) for (const one of value.mro) add(one.attrs);
  else {
    add(ownAttributes(value));
    if (!(value instanceof PyModule)) for (const one of classOf(value).mro) add(one.attrs);
  }
  return [...names].sort((a, b) => (a < b ? -1 : 1));
}

// Classes.

TYPE.makeSteps = function* (thread, meta, { list, named }) {
  if (list.length === 1 && meta === TYPE) return classOf(list[0] as Value);
  const [name, bases, namespace] = list;
  if (typeof name !== 'string' || !(bases instanceof PyTuple) || !(namespace instanceof PyDict))
    throw typeError('type.__new__() takes exactly 3 arguments (name, bases, dict)');
  return yield* createClass(thread, { meta, name, bases: bases.items, namespace, named });
};

interface ClassOptions {
  readonly meta: PyType;
  readonly name: string;
  readonly bases: readonly Value[];
  readonly namespace: PyDict;
  readonly named: ReadonlyMap<string, Value> | null;
}

function* createClass(thread: Thread, { meta, name, bases, namespace, named }: ClassOptions): Steps {
  const parents = bases.length === 0 ? [OBJECT] : bases.map((one) => {
    if (!(one instanceof PyType)) throw typeError(`bases must be types`);
    if (one.isFinal) throw typeError(`type '${one.name}' is not an acceptable base type`);
    return one;
  });
  const type = new PyType(name, parents, { cls: metaOf(meta, parents), isBuiltin: false });
  type.mro = linearize(type, parents);
  for (const parent of parents) parent.children.push(type);
  for (const [key, { k, v }] of namespace.map) if (k !== '__classcell__' && k !== '__qualname__') type.attrs.map.set(key, { k, v });
  const qualname = namespace.get('__qualname__');
  if (typeof qualname === 'string') type.qualname = qualname;
  const cell = namespace.get('__classcell__');
  if (cell !== undefined) (cell as PyCell).v = type;
  finish(type);
  for (const { k, v } of [...type.attrs.map.values()]) yield* nameDescriptor(type, String(k), v);
  yield* tellParent(thread, type, named);
  return type;
}

function metaOf(meta: PyType, parents: readonly PyType[]): PyType {
  let winner = meta;
  for (const { cls } of parents) {
    if (isSubclass(winner, cls)) continue;
    if (!isSubclass(cls, winner))
      throw typeError('metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases');
    winner = cls;
  }
  return winner;
}

function finish(type: PyType): void {
  const { attrs, mro } = type;
  for (const name of ['__init_subclass__', '__class_getitem__']) {
    const found = attrs.get(name);
    if (found instanceof PyFunction) attrs.set(name, new PyWrapped(CLASSMETHOD, found));
  }
  const make = attrs.get('__new__');
  if (make instanceof PyFunction) attrs.set('__new__', new PyWrapped(STATICMETHOD, make));
  if (attrs.has('__eq__') && !attrs.has('__hash__')) attrs.set('__hash__', null);
  type.hasGetAttribute = mro.some((one) => one !== OBJECT && one.attrs.has('__getattribute__'));
  type.hasSetAttribute = mro.some((one) => one !== OBJECT && (one.attrs.has('__setattr__') || one.attrs.has('__delattr__')));
  if (!attrs.has('__doc__')) attrs.set('__doc__', null);
  slots(type);
}

/** `__slots__`: attributes that lie in the object, and no others. */
function slots(type: PyType): void {
  const own = type.attrs.get('__slots__');
  if (own === undefined) return;
  const names = own instanceof PyTuple || own instanceof PyList ? own.items.map(String) : [String(own)];
  const others = type.mro.slice(1).every((one) => one === OBJECT || one.hasSlots || one.isBuiltin);
  type.hasSlots = others && !names.includes('__dict__');
  if (!type.hasSlots) return;
  for (const name of names) type.attrs.set(name, slotMember(type, name));
}

const slotValues = new WeakMap<object, Map<string, Value>>();

function slotMember(owner: PyType, name: string): PyMember {
  return new PyMember(name, owner, {
    get: (self) => {
      const value = slotValues.get(self as object)?.get(name);
      if (value === undefined) throw noAttribute(self, name);
      return value;
    },
    set: (self, value) => {
      const all = slotValues.get(self as object) ?? new Map<string, Value>();
      slotValues.set(self as object, all);
      if (value !== undefined) all.set(name, value);
      else if (!all.delete(name)) throw noAttribute(self, name);
    },
  });
}

function* nameDescriptor(type: PyType, name: string, value: Value): Steps<void> {
  if (!(value instanceof PyInstance)) return;
  const tell = lookup(value.cls, '__set_name__');
  if (tell !== undefined) yield new Call(tell, argsOf([value, type, name]));
}

function* tellParent(_: Thread, type: PyType, named: ReadonlyMap<string, Value> | null): Steps<void> {
  for (const one of type.mro.slice(1)) {
    const hook = one.attrs.get('__init_subclass__');
    if (!(hook instanceof PyWrapped)) continue;
    if (one !== OBJECT || (named?.size ?? 0) > 0) yield* callWith(hook.func, argsOf([type], named));
    return;
  }
}

/** The order in which attributes are looked for (C3). */
function linearize(type: PyType, parents: readonly PyType[]): PyType[] {
  const lists = [...parents.map(({ mro }) => [...mro]), [...parents]];
  const result: PyType[] = [type];
  while (lists.some((list) => list.length > 0)) {
    const next = lists.find(([head]) => head !== undefined && !lists.some((list) => list.indexOf(head) > 0))?.[0];
    if (next === undefined)
      throw typeError(`Cannot create a consistent method resolution\norder (MRO) for bases ${parents.map(({ name }) => name).join(', ')}`);
    result.push(next);
    for (const list of lists) if (list[0] === next) list.shift();
  }
  return result;
}

/** `class NAME(bases): body` */
export const BUILD_CLASS = steps('__build_class__(func, name, /, *bases, **kwargs)', function* ([body, name, given, kwargs], thread) {
  const named = new Map(namedOf(kwargs ?? null) ?? []);
  const asGiven = (given as PyTuple).items;
  const bases: Value[] = [];
  for (const one of asGiven) bases.push(...(yield* basesOf(thread, one, new PyTuple(asGiven))));
  let meta: Value = named.get('metaclass') ?? (bases[0] instanceof PyType ? bases[0].cls : TYPE);
  named.delete('metaclass');
  if (meta instanceof PyType) meta = metaOf(meta, bases.filter((one) => one instanceof PyType));
  const prepare = meta instanceof PyType ? lookup(meta, '__prepare__') : undefined;
  const tuple = new PyTuple(bases);
  const namespace =
    prepare === undefined
      ? new PyDict()
      : ((yield* callWith(prepare instanceof PyWrapped ? prepare.func : prepare, argsOf(prepare instanceof PyWrapped && prepare.cls === CLASSMETHOD ? [meta, name as Value, tuple] : [name as Value, tuple], named))) as PyDict);
  const fn = body as PyFunction;
  const frame = thread.interpreter.frameOf(fn.code, fn.globals, namespace);
  frame.cells = [...fn.code.cells.map(() => new PyCell(undefined)), ...fn.cells];
  yield frame;
  if (bases.length !== asGiven.length || bases.some((one, at) => one !== asGiven[at])) namespace.set('__orig_bases__', new PyTuple(asGiven));
  return yield* callWith(meta, argsOf([name as Value, tuple, namespace], named));
});

function* basesOf(thread: Thread, base: Value, all: PyTuple): Steps<Value[]> {
  if (base instanceof PyType) return [base];
  if (base instanceof PyGeneric && base.origin instanceof PyType) return [base.origin];
  const entries = lookup(classOf(base), '__mro_entries__');
  if (entries === undefined) return [base];
  return yield* collect(thread, (yield new Call(entries, argsOf([base, all]))) as Value);
}

methodSteps(TYPE, {
  *'__call__(cls, *args, **kwargs)'([cls, args, named]) {
    return (yield new Construct(cls as PyType, argsOf((args as PyTuple).items, namedOf(named ?? null)))) as Value;
  },
  *'__init__(cls, *args, **kwargs)'() {
    return null;
  },
});
methods(TYPE, {
  'mro(cls)': ([cls]) => new PyList([...(cls as PyType).mro]),
  '__subclasses__(cls)': ([cls]) => new PyList([...(cls as PyType).children]),
  '__instancecheck__(cls, instance)': ([cls, instance]) => isSubclass(classOf(instance as Value), cls as PyType),
  '__subclasscheck__(cls, other)': ([cls, other]) => isSubclass(other as PyType, cls as PyType),
  '__or__(self, other, /)': () => NOT_IMPLEMENTED,
});
staticMethods(TYPE, { '__prepare__(*args, **kwargs)': () => new PyDict() });
TYPE.attrs.delete('__prepare__');
TYPE.attrs.delete('__or__');

members(TYPE, {
  __mro__: (cls) => new PyTuple((cls as PyType).mro),
  __bases__: (cls) => new PyTuple((cls as PyType).bases),
  __base__: (cls) => (cls as PyType).bases[0] ?? null,
  __dict__: (cls) => {
    const copy = new PyDict();
    for (const [key, { k, v }] of (cls as PyType).attrs.map) copy.map.set(key, { k, v });
    copy.cls = MAPPINGPROXY;
    return copy;
  },
  __class__: (cls) => (cls as PyType).cls,
});
function named(name: string, get: PyMember['get'], set: PyMember['set']): void {
  TYPE.attrs.set(name, new PyMember(name, TYPE, { get, set }));
}
named('__name__', (cls) => (cls as PyType).name, (cls, to) => {
  if (cls instanceof PyType) cls.name = String(to);
});
named('__qualname__', (cls) => (cls as PyType).qualname, (cls, to) => {
  if (cls instanceof PyType) cls.qualname = String(to);
});
named('__module__', (cls) => (cls as PyType).attrs.get('__module__') ?? 'builtins', (cls, to) => {
  if (cls instanceof PyType) cls.attrs.set('__module__', to ?? null);
});
named('__doc__', (cls) => {
  const own = (cls as PyType).attrs.get('__doc__');
  return own instanceof PyMember || own === undefined ? null : own;
}, (cls, to) => {
  if (cls instanceof PyType) cls.attrs.set('__doc__', to ?? null);
});
named('__annotations__', (cls) => {
  const type = cls as PyType;
  const own = type.attrs.get('__annotations__');
  if (own !== undefined) return own;
  const made = new PyDict();
  type.attrs.set('__annotations__', made);
  return made;
}, (cls, to) => {
  if (cls instanceof PyType) cls.attrs.set('__annotations__', to ?? null);
});
named('__abstractmethods__', (cls) => (cls as PyType).attrs.get('__abstractmethods__') ?? new PyTuple([]), (cls, to) => {
  if (cls instanceof PyType) cls.attrs.set('__abstractmethods__', to ?? null);
});
