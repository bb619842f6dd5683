/** Exceptions as objects, and generators. */

import { members, methodSteps, methods } from '../library/define.ts';
import { noAttribute } from '../protocol/attributes.ts';
import { PyAsyncStep } from '../protocol/awaiting.ts';
import { derive, matchesException, membersOf, split } from '../protocol/exceptions.ts';
import { advance, close, exceptionOf } from '../protocol/generators.ts';
import { str } from '../protocol/text.ts';
import { exceptionType, Raised } from '../runtime/exceptions.ts';
import { call } from '../runtime/thread.ts';
import {
  ASYNC_GENERATOR,
  BASE_EXCEPTION,
  COROUTINE,
  GENERATOR,
  isSubclass,
  PyException,
  PyFunction,
  type PyGenerator,
  PyList,
  PyMember,
  PyTraceback,
  PyTuple,
  type PyType,
  type Value,
} from '../runtime/values.ts';

const OS_ERROR = exceptionType('OSError');
const GROUP = exceptionType('BaseExceptionGroup');
/** Numbers of errors with a class of their own. */
const BY_NUMBER: Readonly<Record<number, string>> = {
  1: 'PermissionError',
  2: 'FileNotFoundError',
  3: 'ProcessLookupError',
  4: 'InterruptedError',
  10: 'ChildProcessError',
  11: 'BlockingIOError',
  13: 'PermissionError',
  17: 'FileExistsError',
  20: 'NotADirectoryError',
  21: 'IsADirectoryError',
  32: 'BrokenPipeError',
  103: 'ConnectionAbortedError',
  104: 'ConnectionResetError',
  110: 'TimeoutError',
  111: 'ConnectionRefusedError',
};

BASE_EXCEPTION.make = (_, cls, { list, named }) => {
  let type = cls;
  if (cls === OS_ERROR && list.length >= 2) {
    const special = BY_NUMBER[Number(list[0])];
    if (special !== undefined) type = exceptionType(special);
  }
  const isOs = isSubclass(type, OS_ERROR) && list.length >= 2;
  const exc = new PyException(type, isOs ? list.slice(0, 2) : list);
  if (isOs) exc.host = { filename: list[2] ?? null, filename2: list[4] ?? null };
  if (named !== null) exc.host = { ...exc.host, ...Object.fromEntries(named) };
  return exc;
};
methods(BASE_EXCEPTION, {
  '__init__(self, *args, **kwargs)': ([self, args]) => {
    const exc = self as PyException;
    if (!isSubclass(exc.cls, OS_ERROR) || (args as PyTuple).items.length < 2) exc.args = args as PyTuple;
    return null;
  },
  'with_traceback(self, tb)': ([self, tb]) => {
    (self as PyException).trace = tb instanceof PyTraceback ? tb.trace : null;
    return self as Value;
  },
  'add_note(self, note)': ([self, note], { interpreter }) => {
    if (!interpreter.version.has.notes) throw noAttribute(self as Value, 'add_note');
    const exc = self as PyException;
    const notes = exc.host?.notes;
    exc.host = { ...exc.host, notes: new PyList([...(notes instanceof PyList ? notes.items : []), note as Value]) };
    return null;
  },
});
methodSteps(BASE_EXCEPTION, {
  *'__str__(self)'([self], thread) {
    return yield* str(thread, self as Value);
  },
});

const e = (value: Value): PyException => value as PyException;
function property(type: PyType, name: string, get: (exc: PyException) => Value, set: (exc: PyException, to: Value) => void): void {
  type.attrs.set(name, new PyMember(name, type, { get: (self) => get(e(self)), set: (self, to) => set(e(self), to ?? null) }));
}
property(
  BASE_EXCEPTION,
  'args',
  (exc) => exc.args,
  (exc, to) => {
    exc.args = to instanceof PyTuple ? to : new PyTuple([]);
  },
);
property(
  BASE_EXCEPTION,
  '__cause__',
  (exc) => exc.cause,
  (exc, to) => {
    exc.cause = to;
    exc.isContextHidden = true;
  },
);
property(
  BASE_EXCEPTION,
  '__context__',
  (exc) => exc.context,
  (exc, to) => {
    exc.context = to instanceof PyException ? to : null;
  },
);
property(
  BASE_EXCEPTION,
  '__suppress_context__',
  (exc) => exc.isContextHidden,
  (exc, to) => {
    exc.isContextHidden = to === true;
  },
);
property(
  BASE_EXCEPTION,
  '__traceback__',
  (exc) => (exc.trace === null ? null : new PyTraceback(exc.trace)),
  (exc, to) => {
    exc.trace = to instanceof PyTraceback ? to.trace : null;
  },
);
members(BASE_EXCEPTION, { __notes__: (self) => e(self).host?.notes ?? new PyList([]) });

/** Attributes that some exceptions have, by where they come from. */
function known(name: string, attribute: string, get: (exc: PyException) => Value): void {
  const type = exceptionType(name);
  property(
    type,
    attribute,
    (exc) => exc.attrs?.get(attribute) ?? get(exc),
    (exc, to) => {
      exc.host = { ...exc.host, [attribute]: to };
    },
  );
}
const hostOf =
  (name: string) =>
  (exc: PyException): Value =>
    exc.host?.[name] ?? null;
const argument =
  (index: number, name: string) =>
  (exc: PyException): Value =>
    exc.host?.[name] ?? exc.args.items[index] ?? null;
known('OSError', 'errno', (exc) => exc.host?.errno ?? (exc.args.items.length >= 2 ? (exc.args.items[0] ?? null) : null));
known('OSError', 'strerror', (exc) => exc.host?.strerror ?? (exc.args.items.length >= 2 ? (exc.args.items[1] ?? null) : null));
known('OSError', 'filename', hostOf('filename'));
known('OSError', 'filename2', hostOf('filename2'));
known('SystemExit', 'code', argument(0, 'code'));
known('StopIteration', 'value', argument(0, 'value'));
known('AttributeError', 'name', hostOf('name'));
known('AttributeError', 'obj', hostOf('obj'));
known('NameError', 'name', hostOf('name'));
known('ImportError', 'name', hostOf('name'));
known('ImportError', 'path', hostOf('path'));
known('ImportError', 'msg', argument(0, 'msg'));
for (const name of ['filename', 'lineno', 'offset', 'text', 'end_lineno', 'end_offset']) known('SyntaxError', name, hostOf(name));
known('SyntaxError', 'msg', argument(0, 'msg'));
for (const [name, index] of [
  ['encoding', 0],
  ['object', 1],
  ['start', 2],
  ['end', 3],
  ['reason', 4],
] as const)
  known('UnicodeError', name, argument(index, name));

members(GROUP, { message: (self) => e(self).args.items[0] ?? '', exceptions: (self) => new PyTuple(membersOf(e(self))) });
methods(GROUP, {
  'derive(self, excs)': ([self, excs]) => derive(e(self as Value), (excs as PyList).items),
});
methodSteps(GROUP, {
  *'split(self, condition)'([self, condition]) {
    const chosen = new Set<PyException>();
    for (const one of allOf(e(self as Value)))
      if (condition instanceof PyFunction ? (yield* call(condition, one)) === true : matchesException(one, condition as Value))
        chosen.add(one);
    return new PyTuple([...split(e(self as Value), (one) => chosen.has(one))]);
  },
  *'subgroup(self, condition)'([self, condition]) {
    const chosen = new Set<PyException>();
    for (const one of allOf(e(self as Value)))
      if (condition instanceof PyFunction ? (yield* call(condition, one)) === true : matchesException(one, condition as Value))
        chosen.add(one);
    return split(e(self as Value), (one) => chosen.has(one))[0];
  },
});

function allOf(group: PyException): PyException[] {
  return [group, ...membersOf(group).flatMap((one) => (one instanceof PyException ? allOf(one) : []))];
}

// Generators and coroutines.

for (const type of [GENERATOR, COROUTINE]) {
  methods(type, { '__iter__(self)': ([self]) => self as Value, '__await__(self)': ([self]) => self as Value });
  methodSteps(type, {
    *'send(self, value, /)'([self, value], thread) {
      return yield* advance(thread, self as PyGenerator, { send: value as Value });
    },
    *'__next__(self)'([self], thread) {
      return yield* advance(thread, self as PyGenerator, { send: null });
    },
    *'throw(self, typ, val=None, tb=None, /)'([self, type_, value], thread) {
      const exc = yield* exceptionOf(
        thread,
        value instanceof PyException ? value : (type_ as Value),
        value === null ? [] : [value as Value],
      );
      return yield* advance(thread, self as PyGenerator, { raise: new Raised(exc) });
    },
    *'close(self)'([self], thread) {
      return yield* close(thread, self as PyGenerator);
    },
  });
  const g = (self: Value): PyGenerator => self as PyGenerator;
  members(type, {
    __name__: (self) => g(self).name,
    __qualname__: (self) => g(self).qualname,
    gi_frame: (self) => (g(self).state === 'done' ? null : g(self).frame),
    gi_running: (self) => g(self).state === 'running',
    cr_frame: (self) => (g(self).state === 'done' ? null : g(self).frame),
    cr_running: (self) => g(self).state === 'running',
    cr_await: () => null,
  });
}
GENERATOR.attrs.delete('__await__');
COROUTINE.attrs.delete('__iter__');

methods(ASYNC_GENERATOR, {
  '__aiter__(self)': ([self]) => self as Value,
  '__anext__(self)': ([self]) => new PyAsyncStep(self as PyGenerator, { send: null }),
  'asend(self, value, /)': ([self, value]) => new PyAsyncStep(self as PyGenerator, { send: value as Value }),
});
methodSteps(ASYNC_GENERATOR, {
  *'athrow(self, typ, /)'([self, type], thread) {
    return new PyAsyncStep(self as PyGenerator, { raise: new Raised(yield* exceptionOf(thread, type as Value)) });
  },
  *'aclose(self)'([self], thread) {
    return new PyAsyncStep(self as PyGenerator, { raise: new Raised(yield* exceptionOf(thread, exceptionType('GeneratorExit'))) });
  },
});
