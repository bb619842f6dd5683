/** `object` and `type`: what all classes have, and how classes are made. */

import { fn, methodSteps, methods, steps } from '../library/define.ts';
import {
  attributeNow,
  LATER,
  noAttribute,
  ownAttributes,
  plainAttribute,
  plainDeleteAttribute,
  plainSetAttribute,
} from '../protocol/attributes.ts';
import { format } from '../protocol/format.ts';
import { hash } from '../protocol/keys.ts';
import { plainRepr, repr, str } from '../protocol/text.ts';
import { typeError } from '../runtime/exceptions.ts';
import { argsOf, type Steps, type Thread } from '../runtime/thread.ts';
import {
  type Args,
  CLASSMETHOD,
  classOf,
  lookup,
  NOT_IMPLEMENTED,
  OBJECT,
  PyBuiltin,
  PyDict,
  PyFunction,
  PyInstance,
  PyList,
  PyMember,
  PyModule,
  PyTuple,
  PyType,
  PyWrapped,
  plain,
  type Value,
} from '../runtime/values.ts';

OBJECT.make = (_, cls, { list, named }) => {
  const init = lookup(cls, '__init__');
  const hasInit = init !== undefined && !(init instanceof PyBuiltin);
  const hasNew = !(lookup(cls, '__new__') instanceof PyBuiltin);
  if (list.length + (named?.size ?? 0) > 0 && !hasInit && !hasNew) throw typeError(`${cls.name}() takes no arguments`);
  const missing = abstractOf(cls);
  if (missing.length > 0) {
    const words = missing.length === 1 ? 'method' : 'methods';
    throw typeError(
      `Can't instantiate abstract class ${cls.name} without an implementation for abstract ${words} ${missing.map((one) => `'${one}'`).join(', ')}`,
    );
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

export const namedOf = (value: Value): ReadonlyMap<string, Value> | null =>
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
    return typeof plain(self as Value) === 'string' && lookup(classOf(self as Value), '__repr__') instanceof PyBuiltin
      ? (plain(self as Value) as string)
      : yield* repr(thread, self as Value);
  },
  *'__format__(self, spec)'([self, spec], thread) {
    return yield* format(thread, plain(self as Value) === self ? yield* str(thread, self as Value) : plain(self as Value), String(spec));
  },
  *'__hash__(self)'([self], thread) {
    const value = self as Value;
    return value instanceof PyInstance && value.worth === undefined
      ? Math.floor(thread.interpreter.address(value) / 16)
      : yield* hash(thread, plain(value));
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
const INIT_SUBCLASS = new PyWrapped(
  CLASSMETHOD,
  fn('__init_subclass__(cls, **kwargs)', ([cls, named]) => {
    if (named instanceof PyDict && named.map.size > 0)
      throw typeError(`${(cls as PyType).name}.__init_subclass__() takes no keyword arguments`);
    return null;
  }),
);
OBJECT.attrs.set('__init_subclass__', INIT_SUBCLASS);
OBJECT.attrs.set(
  '__class__',
  new PyMember('__class__', OBJECT, {
    get: (self) => classOf(self),
    set: (self, to) => {
      if (self instanceof PyInstance && to instanceof PyType) self.cls = to;
    },
  }),
);
OBJECT.attrs.set(
  '__dict__',
  new PyMember('__dict__', OBJECT, {
    get: (self) => {
      const attrs = ownAttributes(self);
      if (attrs === null) throw noAttribute(self, '__dict__');
      return attrs;
    },
  }),
);
OBJECT.attrs.set(
  '__doc__',
  new PyMember('__doc__', OBJECT, {
    get: (self) => docOf(self),
    set: (self, to) => {
      if (self instanceof PyFunction) self.doc = to ?? null;
      else if (to !== undefined) ownAttributes(self)?.set('__doc__', to);
    },
  }),
);

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
