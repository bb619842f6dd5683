/** Functions, methods, modules, code, frames: what can be asked of them. */
import type { Code } from '../compile/code.ts';
import { members, methods } from '../library/define.ts';
import { fail, typeError } from '../runtime/exceptions.ts';
import type { Frame } from '../runtime/frame.ts';
import type { Thread } from '../runtime/thread.ts';
import {
  ALIAS,
  BUILTIN_FUNCTION,
  CELL,
  CLASSMETHOD,
  CODE,
  classOf,
  ELLIPSIS,
  ELLIPSIS_TYPE,
  FRAME,
  FUNCTION,
  isSubclass,
  METHOD,
  MODULE,
  NONE,
  NOT_IMPLEMENTED,
  NOT_IMPLEMENTED_TYPE,
  PROPERTY,
  PyBuiltin,
  PyCell,
  PyDict,
  PyFunction,
  PyGeneric,
  PyMember,
  PyMethod,
  PyModule,
  PyProperty,
  PySuper,
  PyTraceback,
  PyTuple,
  PyType,
  PyWrapped,
  STATICMETHOD,
  SUPER,
  TRACEBACK,
  UNION,
  type Value,
} from '../runtime/values.ts';

function changeable(type: PyType, name: string, body: { readonly get: PyMember['get']; readonly set: PyMember['set'] }): void {
  type.attrs.set(name, new PyMember(name, type, body));
}

const f = (value: Value): PyFunction => value as PyFunction;
changeable(FUNCTION, '__name__', {
  get: (self) => f(self).name,
  set: (self, to) => {
    f(self).name = String(to);
  },
});
changeable(FUNCTION, '__qualname__', {
  get: (self) => f(self).qualname,
  set: (self, to) => {
    f(self).qualname = String(to);
  },
});
changeable(FUNCTION, '__module__', {
  get: (self) => f(self).module,
  set: (self, to) => {
    f(self).module = to ?? null;
  },
});
changeable(FUNCTION, '__doc__', {
  get: (self) => f(self).doc,
  set: (self, to) => {
    f(self).doc = to ?? null;
  },
});
changeable(FUNCTION, '__defaults__', {
  get: (self) => (f(self).defaults.length === 0 ? null : new PyTuple(f(self).defaults)),
  set: (self, to) => {
    f(self).defaults = to instanceof PyTuple ? to.items : [];
  },
});
changeable(FUNCTION, '__annotations__', {
  get: (self) => {
    f(self).annotations ??= new PyDict();
    return f(self).annotations;
  },
  set: (self, to) => {
    f(self).annotations = to instanceof PyDict ? to : null;
  },
});
changeable(FUNCTION, '__dict__', {
  get: (self) => {
    f(self).attrs ??= new PyDict();
    return f(self).attrs ?? null;
  },
  set: (self, to) => {
    f(self).attrs = to instanceof PyDict ? to : null;
  },
});
members(FUNCTION, {
  __code__: (self) => f(self).code,
  __globals__: (self) => f(self).globals,
  __closure__: (self) => (f(self).cells.length === 0 ? null : new PyTuple(f(self).cells)),
  __kwdefaults__: (self) => {
    const named = f(self).keywordDefaults;
    if (named === null) return null;
    const dict = new PyDict();
    for (const [key, value] of named) dict.set(key, value);
    return dict;
  },
});
methods(FUNCTION, {
  '__get__(self, instance, owner=None)': ([self, instance]) =>
    instance === null ? (self as Value) : new PyMethod(self as Value, instance as Value),
});
members(CELL, { cell_contents: (self) => (self as PyCell).v ?? null });

members(METHOD, {
  __self__: (self) => (self as PyMethod).self,
  __func__: (self) => (self as PyMethod).func,
  __name__: (self) => nameOf((self as PyMethod).func),
  __qualname__: (self) => qualnameOf((self as PyMethod).func),
  __doc__: (self) => docOf((self as PyMethod).func),
  __module__: (self) => ((self as PyMethod).func instanceof PyFunction ? f((self as PyMethod).func).module : null),
  __code__: (self) => ((self as PyMethod).func instanceof PyFunction ? f((self as PyMethod).func).code : null),
  __dict__: (self) => ((self as PyMethod).func as PyFunction).attrs ?? new PyDict(),
  __annotations__: (self) => ((self as PyMethod).func as PyFunction).annotations ?? new PyDict(),
  __defaults__: (self) => new PyTuple(((self as PyMethod).func as PyFunction).defaults ?? []),
});
const nameOf = (fn: Value): Value => (fn instanceof PyFunction || fn instanceof PyBuiltin || fn instanceof PyType ? fn.name : '?');
const qualnameOf = (fn: Value): Value => (fn instanceof PyFunction ? fn.qualname : nameOf(fn));
const docOf = (fn: Value): Value => (fn instanceof PyFunction || fn instanceof PyBuiltin ? fn.doc : null);

members(BUILTIN_FUNCTION, {
  __name__: (self) => (self as PyBuiltin).name,
  __qualname__: (self) => (self as PyBuiltin).name,
  __doc__: (self) => (self as PyBuiltin).doc,
  __module__: (self) => (self as PyBuiltin).module ?? 'builtins',
  __self__: () => null,
  __objclass__: (self) => (self as PyBuiltin).owner,
});

methods(MODULE, { '__init__(self, *args)': () => null });
MODULE.make = (_, __, { list }) => {
  const module = new PyModule(String(list[0] ?? ''));
  module.attrs.set('__doc__', list[1] ?? null);
  return module;
};
members(MODULE, { __dict__: (self) => (self as PyModule).attrs });

members(CODE, {
  co_name: (self) => (self as Code).name,
  co_qualname: (self) => (self as Code).qualname,
  co_filename: (self) => (self as Code).file,
  co_firstlineno: (self) => (self as Code).firstLine,
  co_argcount: (self) => (self as Code).positional,
  co_posonlyargcount: (self) => (self as Code).positionalOnly,
  co_kwonlyargcount: (self) => (self as Code).keywordOnly,
  co_varnames: (self) => new PyTuple((self as Code).locals.filter((name) => !name.startsWith('.'))),
  co_flags: (self) => {
    const { hasRest, hasKeywords, kind } = self as Code;
    return (
      (hasRest ? 4 : 0) +
      (hasKeywords ? 8 : 0) +
      (kind === 'generator' ? 32 : kind === 'coroutine' ? 128 : kind === 'async-generator' ? 512 : 0)
    );
  },
});

/** The line that a frame is at. */
export const lineOf = (frame: Frame): number => frame.code.places[Math.max(0, frame.ip - 1)]?.line ?? frame.code.firstLine;

members(FRAME, {
  f_code: (self) => (self as Frame).code,
  f_lineno: (self) => lineOf(self as Frame),
  f_back: (self) => (self as Frame).back,
  f_globals: (self) => (self as Frame).globals,
  f_builtins: (self) => (self as Frame).builtins,
  f_locals: (self) => localsOf(self as Frame),
});

/** What `locals()` gives. */
export function localsOf(frame: Frame): PyDict {
  if (frame.names !== null) return frame.names;
  if (frame.code.hasNamespace) return frame.globals;
  const dict = new PyDict();
  frame.code.locals.forEach((name, index) => {
    const value = frame.locals[index];
    if (value !== undefined && !name.startsWith('.')) dict.set(name, value);
  });
  [...frame.code.cells, ...frame.code.free].forEach((name, index) => {
    const value = frame.cells[index]?.v;
    if (value !== undefined) dict.set(name, value);
  });
  return dict;
}

const trace = (self: Value): PyTraceback['trace'] => (self as PyTraceback).trace;
members(TRACEBACK, {
  tb_frame: (self) => trace(self).frame,
  tb_lineno: (self) => trace(self).code.places[trace(self).ip]?.line ?? 0,
  tb_next: (self) => {
    const { next } = trace(self);
    return next === null ? null : new PyTraceback(next);
  },
});

PROPERTY.make = (_, cls, { list, named }) => {
  const [get = named?.get('fget') ?? null, set = named?.get('fset') ?? null, remove = named?.get('fdel') ?? null, doc = named?.get('doc')] =
    list;
  return new PyProperty(get, set, { delete: remove, doc: doc ?? (get instanceof PyFunction ? get.doc : null), cls });
};
const p = (value: Value | undefined): PyProperty => value as PyProperty;
methods(PROPERTY, {
  'getter(self, fget, /)': ([self, get]) =>
    new PyProperty(get as Value, p(self).set, { delete: p(self).delete, doc: p(self).doc, cls: p(self).cls }),
  'setter(self, fset, /)': ([self, set]) =>
    new PyProperty(p(self).get, set as Value, { delete: p(self).delete, doc: p(self).doc, cls: p(self).cls }),
  'deleter(self, fdel, /)': ([self, remove]) =>
    new PyProperty(p(self).get, p(self).set, { delete: remove as Value, doc: p(self).doc, cls: p(self).cls }),
});
members(PROPERTY, {
  fget: (self) => p(self).get,
  fset: (self) => p(self).set,
  fdel: (self) => p(self).delete,
  __doc__: (self) => p(self).doc,
  __isabstractmethod__: (self) =>
    p(self).get instanceof PyFunction && (p(self).get as PyFunction).attrs?.get('__isabstractmethod__') === true,
});

for (const type of [STATICMETHOD, CLASSMETHOD]) {
  type.make = (_, cls, { list }) => new PyWrapped(cls, list[0] ?? null);
  members(type, {
    __func__: (self) => (self as PyWrapped).func,
    __wrapped__: (self) => (self as PyWrapped).func,
    __name__: (self) => nameOf((self as PyWrapped).func),
    __isabstractmethod__: (self) => {
      const { func } = self as PyWrapped;
      return func instanceof PyFunction && func.attrs?.get('__isabstractmethod__') === true;
    },
  });
}

SUPER.make = (thread, _, { list }) => {
  const [from, self] = list.length === 0 ? callerOf(thread) : list;
  if (!(from instanceof PyType) || self === undefined) throw typeError('super() argument 1 must be a type');
  if (self instanceof PyType && isSubclass(self, from)) return new PySuper(from, self, self);
  if (!isSubclass(classOf(self), from)) throw typeError('super(type, obj): obj must be an instance or subtype of type');
  return new PySuper(from, self, classOf(self));
};

/** The class and the first argument of the method that calls. */
function callerOf(thread: Thread): readonly Value[] {
  const { frame } = thread;
  if (frame === null) throw typeError('super(): no arguments');
  const at = frame.code.free.indexOf('__class__');
  const cls = frame.cells[frame.code.cells.length + at]?.v;
  if (at < 0 || cls === undefined) throw fail('RuntimeError', 'super(): __class__ cell not found');
  const cell = frame.code.cellParams.indexOf(0);
  const self = cell >= 0 ? frame.cells[cell]?.v : frame.locals[0];
  return [cls, self ?? null];
}

NONE.make = () => null;
ELLIPSIS_TYPE.make = () => ELLIPSIS;
NOT_IMPLEMENTED_TYPE.make = () => NOT_IMPLEMENTED;
ALIAS.make = (_, cls, { list }) => new PyGeneric(cls, list[0] ?? null, list[1] instanceof PyTuple ? list[1].items : [list[1] ?? null]);
for (const type of [ALIAS, UNION])
  members(type, {
    __origin__: (self) => (self as PyGeneric).origin,
    __args__: (self) => new PyTuple((self as PyGeneric).args),
  });
CELL.make = (_, __, { list }) => new PyCell(list[0]);
