/** Attributes: how they are found, set and deleted. */
import { fail, Raised, typeError } from '../runtime/exceptions.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import {
  CLASSMETHOD,
  classOf,
  lookup,
  PyBuiltin,
  PyDict,
  PyException,
  PyFunction,
  PyGeneric,
  PyInstance,
  PyList,
  PyMember,
  PyMethod,
  PyModule,
  type PyObject,
  PyProperty,
  PySet,
  PySuper,
  PyTuple,
  PyType,
  PyWrapped,
  STATICMETHOD,
  TYPE,
  type Value,
} from '../runtime/values.ts';

/** Code of the program has to run for it. */
export const LATER = Symbol('later');
export type Later = typeof LATER;

/** The attributes that an object has of its own. */
export function ownAttributes(value: Value): PyDict | null {
  if (value instanceof PyInstance || value instanceof PyType || value instanceof PyModule) return value.attrs;
  if (typeof value === 'object' && value !== null) return (value as PyObject).attrs ?? null;
  return null;
}

/** What a class's attribute is for an object of it. */
function bind(found: Value, self: Value, type: PyType): Value | Later {
  if (found instanceof PyFunction) return new PyMethod(found, self);
  if (found instanceof PyBuiltin) return found.isStatic || found.owner === null ? found : new PyMethod(found, self);
  if (found instanceof PyWrapped)
    return found.cls === STATICMETHOD || found.cls !== CLASSMETHOD ? found.func : new PyMethod(found.func, type);
  if (found instanceof PyProperty) return LATER;
  if (found instanceof PyInstance && !found.cls.isBuiltin && lookup(found.cls, '__get__') !== undefined) return LATER;
  return found;
}

/** An attribute that is there at once; undefined if there is none. */
export function attributeNow(thread: Thread, value: Value, name: string): Value | Later | undefined {
  if (value instanceof PyInstance) return ofInstance(thread, value, name);
  if (value instanceof PyType) return ofType(thread, value, name);
  if (value instanceof PyModule) return ofModule(thread, value, name);
  if (value instanceof PySuper) return ofSuper(thread, value, name);
  if (value instanceof PyGeneric) return lookupSpecial(thread, value, name) ?? attributeNow(thread, value.origin, name);
  const type = classOf(value);
  const found = lookup(type, name);
  if (found instanceof PyMember) return found.get(value, thread);
  // A method has what its function has.
  const holder = value instanceof PyMethod ? value.func : value;
  const own = typeof holder === 'object' && holder !== null ? (holder as PyObject).attrs?.map.get(name) : undefined;
  if (own !== undefined) return own.v;
  if (found !== undefined) return bind(found, value, type);
  return type.isBuiltin || lookup(type, '__getattr__') === undefined ? undefined : LATER;
}

function lookupSpecial(thread: Thread, value: PyObject, name: string): Value | undefined {
  const found = lookup(value.cls, name);
  if (found instanceof PyMember) return found.get(value, thread);
  return found instanceof PyBuiltin && name !== '__init__' && name !== '__new__' && value.cls.attrs.has(name)
    ? new PyMethod(found, value)
    : undefined;
}

function ofInstance(thread: Thread, value: PyInstance, name: string): Value | Later | undefined {
  const type = value.cls;
  if (type.hasGetAttribute) return LATER;
  const found = lookup(type, name);
  if (found !== undefined) {
    if (found instanceof PyMember) return found.get(value, thread);
    if (found instanceof PyProperty) return LATER;
    if (found instanceof PyInstance && !found.cls.isBuiltin && lookup(found.cls, '__set__') !== undefined) return LATER;
  }
  const own = value.attrs?.map.get(name);
  if (own !== undefined) return own.v;
  if (found !== undefined) return bind(found, value, type);
  return lookup(type, '__getattr__') === undefined ? undefined : LATER;
}

function ofType(thread: Thread, type: PyType, name: string): Value | Later | undefined {
  const meta = lookup(type.cls, name);
  if (meta instanceof PyMember) return meta.get(type, thread);
  if (meta instanceof PyProperty) return LATER;
  const found = lookup(type, name);
  if (found !== undefined) {
    if (found instanceof PyWrapped) return found.cls === CLASSMETHOD ? new PyMethod(found.func, type) : found.func;
    if (found instanceof PyInstance && !found.cls.isBuiltin && lookup(found.cls, '__get__') !== undefined) return LATER;
    return found;
  }
  if (meta !== undefined) return bind(meta, type, type.cls);
  return type.cls.isBuiltin || lookup(type.cls, '__getattr__') === undefined ? undefined : LATER;
}

function ofModule(thread: Thread, module: PyModule, name: string): Value | Later | undefined {
  const own = module.attrs.map.get(name);
  if (own !== undefined) return own.v;
  const found = lookup(module.cls, name);
  if (found instanceof PyMember) return found.get(module, thread);
  if (module.attrs.has('__getattr__')) return LATER;
  return found === undefined ? undefined : bind(found, module, module.cls);
}

function ofSuper(_: Thread, value: PySuper, name: string): Value | Later | undefined {
  if (name === '__class__') return value.cls;
  const { mro } = value.of;
  for (const type of mro.slice(mro.indexOf(value.from) + 1)) {
    const found = type.attrs.get(name);
    if (found === undefined) continue;
    if (value.self instanceof PyType && value.of === value.self) {
      if (found instanceof PyWrapped) return found.cls === CLASSMETHOD ? new PyMethod(found.func, value.self) : found.func;
      if (found instanceof PyFunction) return found;
    }
    return found instanceof PyMember ? found.get(value.self, _) : bind(found, value.self, value.of);
  }
  return undefined;
}

/** The error for an attribute that is not there. */
export function noAttribute(value: Value, name: string): Raised {
  const message =
    value instanceof PyModule
      ? `module '${String(value.attrs.get('__name__'))}' has no attribute '${name}'`
      : value instanceof PyType
        ? `type object '${value.name}' has no attribute '${name}'`
        : value instanceof PySuper
          ? `'super' object has no attribute '${name}'`
          : `'${classOf(value).name}' object has no attribute '${name}'`;
  const raised = fail('AttributeError', message);
  raised.exc.host = { name, obj: value };
  return raised;
}

/** An attribute, if code of the program has to run for it. Raises AttributeError. */
export function* attributeLater(thread: Thread, value: Value, name: string): Steps {
  const type = classOf(value);
  const getter = type.hasGetAttribute ? lookup(type, '__getattribute__') : undefined;
  if (!(getter instanceof PyFunction)) return yield* plainAttribute(thread, value, name);
  try {
    return (yield new Call(getter, argsOf([value, name]))) as Value;
  } catch (error) {
    const fallback = lookup(type, '__getattr__');
    if (!(error instanceof Raised) || error.exc.cls.name !== 'AttributeError' || fallback === undefined) throw error;
    return (yield new Call(fallback, argsOf([value, name]))) as Value;
  }
}

/** What `object.__getattribute__` does. */
export function* plainAttribute(thread: Thread, value: Value, name: string): Steps {
  const type = value instanceof PySuper ? value.of : classOf(value);
  const self = value instanceof PySuper ? value.self : value;
  const found =
    value instanceof PySuper
      ? inMroAfter(value, name)
      : (lookup(type, name) ?? (value instanceof PyType ? lookup(value, name) : undefined));
  if (found instanceof PyProperty) {
    if (found.get === null) throw fail('AttributeError', `property '${name}' of '${type.name}' object has no getter`);
    if (lookup(type, '__getattr__') === undefined) return (yield new Call(found.get, argsOf([self]))) as Value;
    try {
      return (yield new Call(found.get, argsOf([self]))) as Value;
    } catch (error) {
      if (!(error instanceof Raised) || error.exc.cls.name !== 'AttributeError') throw error;
    }
  } else if (found instanceof PyInstance) {
    const own = ownAttributes(value)?.get(name);
    const get = lookup(found.cls, '__get__');
    const isData = lookup(found.cls, '__set__') !== undefined;
    if (get !== undefined && (isData || own === undefined || value instanceof PyType))
      return (yield new Call(
        get,
        argsOf([found, value instanceof PyType && lookup(type, name) !== found ? null : self, value instanceof PyType ? value : type]),
      )) as Value;
    if (own !== undefined) return own;
  }
  if (type.hasGetAttribute) {
    if (found instanceof PyMember) return found.get(value, thread);
    const own = ownAttributes(value)?.get(name);
    if (own !== undefined) return own;
    const bound = found === undefined ? undefined : bind(found, value, type);
    if (bound !== undefined && bound !== LATER) return bound;
    throw noAttribute(value, name);
  }
  const fallback = value instanceof PyModule ? value.attrs.get('__getattr__') : lookup(type, '__getattr__');
  if (fallback === undefined) throw noAttribute(value, name);
  return (yield new Call(fallback, argsOf(value instanceof PyModule ? [name] : [value, name]))) as Value;
}

function inMroAfter(value: PySuper, name: string): Value | undefined {
  const { mro } = value.of;
  for (const type of mro.slice(mro.indexOf(value.from) + 1)) {
    const found = type.attrs.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An attribute. Raises AttributeError. */
export function* getAttribute(thread: Thread, value: Value, name: string): Steps {
  const now = attributeNow(thread, value, name);
  if (now === undefined) throw noAttribute(value, name);
  return now === LATER ? yield* attributeLater(thread, value, name) : now;
}

/** An attribute, or undefined. */
export function* findAttribute(thread: Thread, value: Value, name: string): Steps<Value | undefined> {
  const now = attributeNow(thread, value, name);
  if (now !== LATER) return now;
  try {
    return yield* attributeLater(thread, value, name);
  } catch (error) {
    if (error instanceof Raised && error.exc.cls.mro.some(({ name: one }) => one === 'AttributeError')) return undefined;
    throw error;
  }
}

/** A method of the class, bound: special methods are looked up there alone. */
export function special(value: Value, name: string): Value | undefined {
  const type = classOf(value);
  const found = lookup(type, name);
  if (found === undefined || found === null) return undefined;
  const bound = bind(found, value, type);
  return bound === LATER ? undefined : bound;
}

/** … and that cannot be made. */
function notSettable(value: Value, name: string): Raised {
  const raised = noAttribute(value, name);
  raised.exc.args = new PyTuple([`${String(raised.exc.args.items[0])} and no __dict__ for setting new attributes`]);
  raised.exc.host = {};
  return raised;
}

/** Sets an attribute if no code of the program has to run; LATER otherwise. */
export function setAttributeNow(value: Value, name: string, to: Value): Later | undefined {
  const type = classOf(value);
  if (type.hasSetAttribute) return LATER;
  if (value instanceof PyType) {
    if (value.isBuiltin) throw typeError(`cannot set '${name}' attribute of immutable type '${value.name}'`);
    if (lookup(value.cls, name) instanceof PyProperty) return LATER;
    if (name === '__name__') value.name = String(to);
    else value.attrs.set(name, to);
    noteSpecial(value, name);
    return undefined;
  }
  const found = lookup(type, name);
  if (found !== undefined) {
    if (found instanceof PyProperty) return LATER;
    if (found instanceof PyMember) {
      if (found.set === null) throw fail('AttributeError', `attribute '${name}' of '${type.name}' objects is not writable`);
      found.set(value, to);
      return undefined;
    }
    if (found instanceof PyInstance && lookup(found.cls, '__set__') !== undefined) return LATER;
  }
  const attrs = writable(value);
  if (attrs === null) {
    if (found !== undefined) throw fail('AttributeError', `'${type.name}' object attribute '${name}' is read-only`);
    throw notSettable(value, name);
  }
  attrs.set(name, to);
  return undefined;
}

/** Classes are asked in their own way once they have such a method. */
export function noteSpecial(type: PyType, name: string): void {
  const isGet = name === '__getattribute__';
  if (!isGet && name !== '__setattr__' && name !== '__delattr__') return;
  const tell = (one: PyType): void => {
    if (isGet) one.hasGetAttribute = true;
    else one.hasSetAttribute = true;
    one.children.forEach(tell);
  };
  tell(type);
}

/** The attributes of an object that can have any. */
function writable(value: Value): PyDict | null {
  if (value instanceof PyModule) return value.attrs;
  if (value instanceof PyInstance) return value.attrs;
  const isOpen =
    value instanceof PyException ||
    value instanceof PyFunction ||
    ((value instanceof PyDict || value instanceof PyList || value instanceof PyTuple || value instanceof PySet) && !value.cls.isBuiltin);
  if (!isOpen) return null;
  value.attrs ??= new PyDict();
  return value.attrs;
}

export function* setAttribute(thread: Thread, value: Value, name: string, to: Value): Steps<void> {
  if (setAttributeNow(value, name, to) === LATER) yield* setAttributeLater(thread, value, name, to);
}

export function* setAttributeLater(thread: Thread, value: Value, name: string, to: Value): Steps<void> {
  const type = classOf(value);
  const own = type.hasSetAttribute ? lookup(type, '__setattr__') : undefined;
  if (own instanceof PyFunction) yield new Call(own, argsOf([value, name, to]));
  else yield* plainSetAttribute(thread, value, name, to);
}

/** What `object.__setattr__` does. */
export function* plainSetAttribute(_: Thread, value: Value, name: string, to: Value): Steps<void> {
  const type = classOf(value);
  const found = lookup(type, name);
  if (found instanceof PyProperty) {
    if (found.set === null) throw fail('AttributeError', `property '${name}' of '${type.name}' object has no setter`);
    yield new Call(found.set, argsOf([value, to]));
    return;
  }
  const set = found instanceof PyInstance ? lookup(found.cls, '__set__') : undefined;
  if (set !== undefined) {
    yield new Call(set, argsOf([found as Value, value, to]));
    return;
  }
  const attrs = writable(value) ?? (value instanceof PyType && !value.isBuiltin ? value.attrs : null);
  if (found instanceof PyMember && found.set !== null) found.set(value, to);
  else if (attrs === null) throw notSettable(value, name);
  else attrs.set(name, to);
}

export function* deleteAttribute(thread: Thread, value: Value, name: string): Steps<void> {
  const type = classOf(value);
  const own = type.hasSetAttribute ? lookup(type, '__delattr__') : undefined;
  if (own instanceof PyFunction) {
    yield new Call(own, argsOf([value, name]));
    return;
  }
  yield* plainDeleteAttribute(thread, value, name);
}

export function* plainDeleteAttribute(_: Thread, value: Value, name: string): Steps<void> {
  const type = classOf(value);
  const found = lookup(type, name);
  if (found instanceof PyProperty) {
    if (found.delete === null) throw fail('AttributeError', `property '${name}' of '${type.name}' object has no deleter`);
    yield new Call(found.delete, argsOf([value]));
    return;
  }
  const remove = found instanceof PyInstance ? lookup(found.cls, '__delete__') : undefined;
  if (remove !== undefined) {
    yield new Call(remove, argsOf([found as Value, value]));
    return;
  }
  if (found instanceof PyMember && found.set !== null && type !== TYPE) {
    found.set(value, undefined);
    return;
  }
  if (ownAttributes(value)?.delete(name) !== true)
    throw writable(value) === null && !(value instanceof PyType) ? notSettable(value, name) : noAttribute(value, name);
}
