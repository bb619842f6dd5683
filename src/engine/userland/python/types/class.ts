/** `type`: how classes are made, and what can be asked of them. */
import { members, methodSteps, methods, staticMethods, steps } from '../library/define.ts';
import { noAttribute } from '../protocol/attributes.ts';
import { collect } from '../protocol/iterate.ts';
import { typeError } from '../runtime/exceptions.ts';
import { argsOf, Call, Construct, callWith, type Steps, type Thread } from '../runtime/thread.ts';
import {
  CLASSMETHOD,
  classOf,
  isSubclass,
  lookup,
  MAPPINGPROXY,
  NOT_IMPLEMENTED,
  OBJECT,
  PyCell,
  PyDict,
  PyFunction,
  PyGeneric,
  PyInstance,
  PyList,
  PyMember,
  PyTuple,
  PyType,
  PyWrapped,
  STATICMETHOD,
  TYPE,
  type Value,
} from '../runtime/values.ts';
import { namedOf } from './object.ts';

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
  const parents =
    bases.length === 0
      ? [OBJECT]
      : bases.map((one) => {
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
      throw typeError(
        'metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases',
      );
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
  if (meta instanceof PyType)
    meta = metaOf(
      meta,
      bases.filter((one) => one instanceof PyType),
    );
  const prepare = meta instanceof PyType ? lookup(meta, '__prepare__') : undefined;
  const tuple = new PyTuple(bases);
  const namespace =
    prepare === undefined
      ? new PyDict()
      : ((yield* callWith(
          prepare instanceof PyWrapped ? prepare.func : prepare,
          argsOf(
            prepare instanceof PyWrapped && prepare.cls === CLASSMETHOD ? [meta, name as Value, tuple] : [name as Value, tuple],
            named,
          ),
        )) as PyDict);
  const fn = body as PyFunction;
  const frame = thread.interpreter.frameOf(fn.code, fn.globals, namespace);
  frame.cells = [...fn.code.cells.map(() => new PyCell(undefined)), ...fn.cells];
  yield frame;
  if (bases.length !== asGiven.length || bases.some((one, at) => one !== asGiven[at]))
    namespace.set('__orig_bases__', new PyTuple(asGiven));
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
});
methods(TYPE, {
  '__init__(cls, *args, **kwargs)': () => null,
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
named(
  '__name__',
  (cls) => (cls as PyType).name,
  (cls, to) => {
    if (cls instanceof PyType) cls.name = String(to);
  },
);
named(
  '__qualname__',
  (cls) => (cls as PyType).qualname,
  (cls, to) => {
    if (cls instanceof PyType) cls.qualname = String(to);
  },
);
named(
  '__module__',
  (cls) => (cls as PyType).attrs.get('__module__') ?? 'builtins',
  (cls, to) => {
    if (cls instanceof PyType) cls.attrs.set('__module__', to ?? null);
  },
);
named(
  '__doc__',
  (cls) => {
    const own = (cls as PyType).attrs.get('__doc__');
    return own instanceof PyMember || own === undefined ? null : own;
  },
  (cls, to) => {
    if (cls instanceof PyType) cls.attrs.set('__doc__', to ?? null);
  },
);
named(
  '__annotations__',
  (cls) => {
    const type = cls as PyType;
    const own = type.attrs.get('__annotations__');
    if (own !== undefined) return own;
    const made = new PyDict();
    type.attrs.set('__annotations__', made);
    return made;
  },
  (cls, to) => {
    if (cls instanceof PyType) cls.attrs.set('__annotations__', to ?? null);
  },
);
named(
  '__abstractmethods__',
  (cls) => (cls as PyType).attrs.get('__abstractmethods__') ?? new PyTuple([]),
  (cls, to) => {
    if (cls instanceof PyType) cls.attrs.set('__abstractmethods__', to ?? null);
  },
);
