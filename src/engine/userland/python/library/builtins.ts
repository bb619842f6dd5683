/** The functions that are there without an import. */
import { Code } from '../compile/code.ts';
import { compileSource, type Mode } from '../compile/module.ts';
import { integer, powerModulo } from '../protocol/arithmetic.ts';
import { deleteAttribute, findAttribute, getAttribute, setAttribute } from '../protocol/attributes.ts';
import { compare } from '../protocol/compare.ts';
import { format } from '../protocol/format.ts';
import { CALLABLE_ITERATOR, collect, iterator, next } from '../protocol/iterate.ts';
import { hash } from '../protocol/keys.ts';
import { binary } from '../protocol/operators.ts';
import { repr, toAscii } from '../protocol/text.ts';
import { length, truth } from '../protocol/truth.ts';
import { fail, typeError, valueError } from '../runtime/exceptions.ts';
import { argsOf, Call, call, type Steps, type Thread } from '../runtime/thread.ts';
import {
  classOf,
  isSubclass,
  lookup,
  PyBuiltin,
  PyBytes,
  PyDict,
  PyFunction,
  PyGeneric,
  PyInstance,
  PyIterator,
  PyList,
  PyMethod,
  PyModule,
  PyTuple,
  PyType,
  plain,
  STOP,
  TYPE,
  type Value,
} from '../runtime/values.ts';
import type { SourceWarning } from '../syntax/cursor.ts';
import { localsOf } from '../types/functions.ts';
import { sorted } from '../types/lists.ts';
import { namesOf } from '../types/object.ts';
import { fn, steps, textOf } from './define.ts';
import { writeTo } from './output.ts';
import { syntaxError } from './syntax-errors.ts';

/** Whether a value can be called. */
export function isCallable(value: Value): boolean {
  if (
    value instanceof PyFunction ||
    value instanceof PyBuiltin ||
    value instanceof PyMethod ||
    value instanceof PyType ||
    value instanceof PyGeneric
  )
    return true;
  return lookup(classOf(value), '__call__') !== undefined;
}

function* isInstanceOf(thread: Thread, value: Value, type: Value): Steps<boolean> {
  if (type instanceof PyTuple) {
    for (const one of type.items) if (yield* isInstanceOf(thread, value, one)) return true;
    return false;
  }
  if (type instanceof PyGeneric && type.origin === null) return yield* isInstanceOf(thread, value, new PyTuple(type.args));
  if (type === null) return value === null;
  if (!(type instanceof PyType)) {
    const check = lookup(classOf(type), '__instancecheck__');
    if (check === undefined || type instanceof PyGeneric)
      throw typeError('isinstance() arg 2 must be a type, a tuple of types, or a union');
    return yield* truth(thread, yield* call(check, type, value));
  }
  if (isSubclass(classOf(value), type)) return true;
  const own = type.cls === TYPE ? undefined : lookup(type.cls, '__instancecheck__');
  return own !== undefined && !(own instanceof PyBuiltin) && (yield* truth(thread, yield* call(own, type, value)));
}

function* isSubclassOf(thread: Thread, value: Value, type: Value): Steps<boolean> {
  if (!(value instanceof PyType)) throw typeError('issubclass() arg 1 must be a class');
  if (type instanceof PyTuple) {
    for (const one of type.items) if (yield* isSubclassOf(thread, value, one)) return true;
    return false;
  }
  if (type instanceof PyGeneric && type.origin === null) return yield* isSubclassOf(thread, value, new PyTuple(type.args));
  if (!(type instanceof PyType)) throw typeError('issubclass() arg 2 must be a class, a tuple of classes, or a union');
  if (isSubclass(value, type)) return true;
  const own = type.cls === TYPE ? undefined : lookup(type.cls, '__subclasscheck__');
  return own !== undefined && !(own instanceof PyBuiltin) && (yield* truth(thread, yield* call(own, type, value)));
}

function* best(thread: Thread, word: 'min' | 'max', args: readonly Value[]): Steps {
  const [list, key, otherwise] = args;
  const given = (list as PyTuple).items;
  if (given.length === 0) throw typeError(`${word} expected at least 1 argument, got 0`);
  const all = given.length === 1 ? yield* collect(thread, given[0] as Value) : given;
  let found: Value | undefined;
  let foundKey: Value = null;
  for (const one of all) {
    const own = key === null ? one : yield* call(key as Value, one);
    if (found === undefined || (yield* truth(thread, yield* compare(thread, word === 'min' ? '<' : '>', own, foundKey))))
      [found, foundKey] = [one, own];
  }
  if (found !== undefined) return found;
  if (otherwise === NOTHING) throw valueError(`${word}() iterable argument is empty`);
  return otherwise as Value;
}

/** Stands where nothing was given, and None would mean something. */
export const NOTHING: Value = new PyInstance(new PyType('nothing', [], {}), { attrs: null });

function radix(value: Value, prefix: string, base: number): string {
  const number = integer(plain(value));
  if (number === null) throw typeError(`'${classOf(value).name}' object cannot be interpreted as an integer`);
  return `${number < 0 ? '-' : ''}${prefix}${(number < 0 ? -number : number).toString(base)}`;
}

function* sumOf(thread: Thread, values: Value, start: Value): Steps {
  if (typeof start === 'string') throw typeError("sum() can't sum strings [use ''.join(seq) instead]");
  let total: Value = start;
  for (const one of yield* collect(thread, values)) {
    if (typeof total === 'number' && typeof one === 'number' && Number.isSafeInteger(total + one)) total += one;
    else total = yield* binary(thread, '+', total, one);
  }
  return total;
}

function* roundValue(value: Value, digits: Value): Steps {
  const own = lookup(classOf(value), '__round__');
  if (own === undefined) throw typeError(`type ${classOf(value).name} doesn't define __round__ method`);
  return (yield new Call(own, argsOf(digits === null ? [value] : [value, digits]))) as Value;
}

export const DEFAULTS = { NOTHING };

interface TextOptions {
  readonly file: string;
  readonly mode: Mode;
  readonly warnings?: SourceWarning[];
}

/** As compileText, and says what is hardly meant. */
export function* compileAloud(thread: Thread, source: string, options: TextOptions): Steps<Code> {
  const warnings: SourceWarning[] = [];
  const code = compileText(thread, source, { ...options, warnings });
  const file = thread.interpreter.module('sys')?.attrs.get('stderr') ?? null;
  const lines = source.split('\n');
  const isShown = file !== null && (thread.sys.env.get('PYTHONWARNINGS') ?? '') !== 'ignore';
  for (const { message, line } of isShown ? warnings : [])
    yield* writeTo(thread, file, `${options.file}:${line}: SyntaxWarning: ${message}\n  ${(lines[line - 1] ?? '').trim()}\n`);
  return code;
}

/** The code of a source; a mistake in it is a SyntaxError. */
export function compileText(thread: Thread, source: string, { file, mode, warnings = [] }: TextOptions): Code {
  const { version } = thread.interpreter;
  try {
    return compileSource(source, { file, mode, version, warnings });
  } catch (error) {
    throw syntaxError(error, { source, file, version });
  } finally {
    if (file.startsWith('<')) thread.interpreter.sources.set(file, source.split('\n'));
  }
}

function* runCode(thread: Thread, args: readonly Value[], mode: Mode): Steps {
  const [source, globals, locals] = args;
  const text = source instanceof PyBytes ? String.fromCharCode(...source.data) : source;
  const code = source instanceof Code ? source : yield* compileAloud(thread, textOf(text as Value), { file: '<string>', mode });
  const { frame } = thread;
  const space = globals instanceof PyDict ? globals : (frame?.globals ?? new PyDict());
  if (!space.has('__builtins__')) space.set('__builtins__', thread.interpreter.module('builtins'));
  const names =
    locals instanceof PyDict
      ? locals
      : globals instanceof PyDict || frame === null
        ? null
        : frame.code.hasNamespace
          ? frame.names
          : localsOf(frame);
  const result = (yield thread.interpreter.frameOf(code, space, names)) as Value;
  return mode === 'eval' ? result : null;
}

export const BUILTIN_FUNCTIONS: readonly PyBuiltin[] = [
  steps('abs(x, /)', function* ([x]) {
    const own = lookup(classOf(x as Value), '__abs__');
    if (own === undefined) throw typeError(`bad operand type for abs(): '${classOf(x as Value).name}'`);
    return yield* call(own, x as Value);
  }),
  steps('all(iterable, /)', function* ([all], thread) {
    const it = yield* iterator(thread, all as Value);
    for (let one = yield* next(thread, it); one !== STOP; one = yield* next(thread, it)) if (!(yield* truth(thread, one))) return false;
    return true;
  }),
  steps('any(iterable, /)', function* ([all], thread) {
    const it = yield* iterator(thread, all as Value);
    for (let one = yield* next(thread, it); one !== STOP; one = yield* next(thread, it)) if (yield* truth(thread, one)) return true;
    return false;
  }),
  steps('ascii(obj, /)', function* ([value], thread) {
    return toAscii(yield* repr(thread, value as Value));
  }),
  fn('bin(number, /)', ([value]) => radix(value as Value, '0b', 2)),
  fn('oct(number, /)', ([value]) => radix(value as Value, '0o', 8)),
  fn('hex(number, /)', ([value]) => radix(value as Value, '0x', 16)),
  fn('callable(obj, /)', ([value]) => isCallable(value as Value)),
  fn('chr(i, /)', ([code]) => {
    const number = integer(plain(code as Value));
    if (number === null) throw typeError(`'${classOf(code as Value).name}' object cannot be interpreted as an integer`);
    if (number < 0 || number > 0x10ffff) throw valueError('chr() arg not in range(0x110000)');
    return String.fromCodePoint(Number(number));
  }),
  fn('ord(c, /)', ([char]) => {
    const text = plain(char as Value);
    if (text instanceof PyBytes && text.data.length === 1) return text.data[0] ?? 0;
    if (typeof text !== 'string') throw typeError(`ord() expected string of length 1, but ${classOf(char as Value).name} found`);
    if ([...text].length !== 1) throw typeError(`ord() expected a character, but string of length ${[...text].length} found`);
    return text.codePointAt(0) ?? 0;
  }),
  steps('divmod(x, y, /)', function* ([x, y], thread) {
    return new PyTuple([yield* binary(thread, '//', x as Value, y as Value), yield* binary(thread, '%', x as Value, y as Value)]);
  }),
  steps('pow(base, exp, mod=None)', function* ([base, exp, mod], thread) {
    if (mod === null) return yield* binary(thread, '**', base as Value, exp as Value);
    return powerModulo(integer(base as Value) ?? 0, integer(exp as Value) ?? 0, integer(mod as Value) ?? 0);
  }),
  steps('round(number, ndigits=None)', function* ([value, digits]) {
    return yield* roundValue(value as Value, digits as Value);
  }),
  steps('sum(iterable, /, start=0)', function* ([values, start], thread) {
    return yield* sumOf(thread, values as Value, start as Value);
  }),
  steps(
    'min(*args, key=None, default=NOTHING)',
    function* (args, thread) {
      return yield* best(thread, 'min', args);
    },
    DEFAULTS,
  ),
  steps(
    'max(*args, key=None, default=NOTHING)',
    function* (args, thread) {
      return yield* best(thread, 'max', args);
    },
    DEFAULTS,
  ),
  steps('len(obj, /)', function* ([value], thread) {
    return yield* length(thread, value as Value);
  }),
  steps('repr(obj, /)', function* ([value], thread) {
    return yield* repr(thread, value as Value);
  }),
  steps("format(value, format_spec='', /)", function* ([value, spec], thread) {
    return yield* format(thread, value as Value, textOf(spec));
  }),
  steps('hash(obj, /)', function* ([value], thread) {
    return yield* hash(thread, value as Value);
  }),
  fn('id(obj, /)', ([value], thread) =>
    typeof value === 'object' && value !== null ? thread.interpreter.address(value) : thread.interpreter.hashText(String(value)),
  ),
  steps(
    'iter(object, sentinel=NOTHING, /)',
    function* ([value, sentinel], thread) {
      if (sentinel === NOTHING) return yield* iterator(thread, value as Value);
      return new PyIterator(CALLABLE_ITERATOR, {
        steps: function* (own) {
          const one = yield* call(value as Value);
          return (yield* truth(own, yield* compare(own, '==', one, sentinel as Value))) ? STOP : one;
        },
      });
    },
    DEFAULTS,
  ),
  steps(
    'next(iterator, default=NOTHING, /)',
    function* ([it, otherwise], thread) {
      const value = yield* next(thread, it as Value);
      if (value !== STOP) return value;
      if (otherwise === NOTHING) {
        const raised = fail('StopIteration', '');
        raised.exc.args = new PyTuple(thread.returned === null ? [] : [thread.returned]);
        throw raised;
      }
      return otherwise as Value;
    },
    DEFAULTS,
  ),
  steps('sorted(iterable, /, *, key=None, reverse=False)', function* ([all, key, reverse], thread) {
    return new PyList(
      yield* sorted(thread, yield* collect(thread, all as Value), {
        key: key as Value,
        isReversed: yield* truth(thread, reverse as Value),
      }),
    );
  }),
  steps('reversed(sequence, /)', function* ([value], thread) {
    const own = lookup(classOf(value as Value), '__reversed__');
    if (own !== undefined && own !== null) return yield* call(own, value as Value);
    if (
      classOf(value as Value).name === 'set' ||
      (lookup(classOf(value as Value), '__getitem__') === undefined && !(value instanceof PyTuple) && typeof value !== 'string')
    )
      throw typeError(`'${classOf(value as Value).name}' object is not reversible`);
    const items = (yield* collect(thread, value as Value)).reverse();
    let at = 0;
    return new PyIterator(CALLABLE_ITERATOR, {
      next: () => {
        at += 1;
        return at > items.length ? STOP : (items[at - 1] as Value);
      },
    });
  }),
  steps('isinstance(obj, class_or_tuple, /)', function* ([value, type], thread) {
    return yield* isInstanceOf(thread, value as Value, type as Value);
  }),
  steps('issubclass(cls, class_or_tuple, /)', function* ([value, type], thread) {
    return yield* isSubclassOf(thread, value as Value, type as Value);
  }),
  steps(
    'getattr(object, name, default=NOTHING, /)',
    function* ([value, name, otherwise], thread) {
      if (otherwise === NOTHING) return yield* getAttribute(thread, value as Value, textOf(name, 'attribute name'));
      return (yield* findAttribute(thread, value as Value, textOf(name, 'attribute name'))) ?? (otherwise as Value);
    },
    DEFAULTS,
  ),
  steps('hasattr(obj, name, /)', function* ([value, name], thread) {
    return (yield* findAttribute(thread, value as Value, textOf(name))) !== undefined;
  }),
  steps('setattr(obj, name, value, /)', function* ([value, name, to], thread) {
    yield* setAttribute(thread, value as Value, textOf(name), to as Value);
    return null;
  }),
  steps('delattr(obj, name, /)', function* ([value, name], thread) {
    yield* deleteAttribute(thread, value as Value, textOf(name));
    return null;
  }),
  fn('globals()', (_, thread) => thread.frame?.globals ?? new PyDict()),
  fn('locals()', (_, thread) => (thread.frame === null ? new PyDict() : localsOf(thread.frame))),
  steps(
    'vars(object=NOTHING, /)',
    function* ([value], thread) {
      if (value === NOTHING) return thread.frame === null ? new PyDict() : localsOf(thread.frame);
      const found = yield* findAttribute(thread, value as Value, '__dict__');
      if (found === undefined) throw typeError('vars() argument must have __dict__ attribute');
      return found;
    },
    DEFAULTS,
  ),
  steps(
    'dir(object=NOTHING, /)',
    function* ([value], thread) {
      if (value === NOTHING)
        return new PyList(
          [...(thread.frame === null ? new PyDict() : localsOf(thread.frame)).map.values()].map(({ k }) => String(k)).sort(),
        );
      const own = value instanceof PyModule ? value.attrs.get('__dir__') : lookup(classOf(value as Value), '__dir__');
      if (own !== undefined && !(own instanceof PyBuiltin))
        return new PyList(
          yield* sorted(thread, yield* collect(thread, value instanceof PyModule ? yield* call(own) : yield* call(own, value as Value)), {
            key: null,
            isReversed: false,
          }),
        );
      return new PyList(namesOf(value as Value, thread));
    },
    DEFAULTS,
  ),
  steps('exec(source, globals=None, locals=None, /)', function* (args, thread) {
    return yield* runCode(thread, args, 'exec');
  }),
  steps('eval(source, globals=None, locals=None, /)', function* (args, thread) {
    return yield* runCode(thread, args, 'eval');
  }),
  fn('compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1)', ([source, file, mode], thread) =>
    compileText(thread, textOf(source), { file: String(file), mode: mode as Mode }),
  ),
];
