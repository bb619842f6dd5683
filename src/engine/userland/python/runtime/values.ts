/**
 * What a program of Python holds. None is null, truth is a boolean, an integer is a number as long as it is a safe one (a bigint
 * otherwise), text is a string; all else is an object with a class. Nothing of the host can be reached from any of them: members are
 * looked up in these tables alone.
 */
import type { Code } from '../compile/code.ts';
import {
  BOOL,
  BUILTIN_FUNCTION,
  BYTEARRAY,
  BYTES,
  CELL,
  ELLIPSIS_TYPE,
  FLOAT,
  FUNCTION,
  INT,
  type Key,
  LIST,
  METHOD,
  MODULE,
  NONE,
  NOT_IMPLEMENTED_TYPE,
  PyDict,
  type PyType,
  RANGE,
  SET,
  SLICE,
  STR,
  TRACEBACK,
  TUPLE,
} from './classes.ts';
import type { Frame } from './frame.ts';
import type { Steps, Thread } from './thread.ts';

export * from './classes.ts';
export * from './descriptors.ts';

export type Value = null | boolean | number | bigint | string | PyObject;

export interface PyObject {
  readonly cls: PyType;
  /** Attributes of its own, where it can have any. */
  attrs?: PyDict | null;
}

/** What `next` gives at the end. */
export const STOP = Symbol('stop');
export type Stop = typeof STOP;

export class PyFloat {
  readonly cls: PyType;
  readonly v: number;

  constructor(v: number, cls: PyType = FLOAT) {
    this.v = v;
    this.cls = cls;
  }
}

export class PyBytes {
  readonly cls: PyType;
  readonly data: Uint8Array;

  constructor(data: Uint8Array, cls: PyType = BYTES) {
    this.data = data;
    this.cls = cls;
  }
}

export class PyByteArray {
  readonly cls: PyType = BYTEARRAY;
  data: Uint8Array;

  constructor(data: Uint8Array) {
    this.data = data;
  }
}

export class PyList {
  readonly cls: PyType;
  attrs: PyDict | null = null;
  items: Value[];

  constructor(items: Value[], cls: PyType = LIST) {
    this.items = items;
    this.cls = cls;
  }
}

export class PyTuple {
  readonly cls: PyType;
  attrs: PyDict | null = null;
  readonly items: readonly Value[];

  constructor(items: readonly Value[], cls: PyType = TUPLE) {
    this.items = items;
    this.cls = cls;
  }
}

/** set and frozenset. */
export class PySet {
  readonly cls: PyType;
  attrs: PyDict | null = null;
  readonly map = new Map<Key, Value>();

  constructor(cls: PyType = SET) {
    this.cls = cls;
  }
}

export class PySlice {
  readonly cls = SLICE;
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;

  constructor(start: Value, stop: Value, step: Value) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

export class PyRange {
  readonly cls = RANGE;
  readonly start: number;
  readonly stop: number;
  readonly step: number;

  constructor(start: number, stop: number, step: number) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  get length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }
}

export class PyCell {
  readonly cls = CELL;
  v: Value | undefined;

  constructor(v: Value | undefined) {
    this.v = v;
  }
}

export class PyFunction {
  readonly cls = FUNCTION;
  attrs: PyDict | null = null;
  readonly code: Code;
  readonly globals: PyDict;
  readonly cells: readonly PyCell[];
  defaults: readonly Value[];
  keywordDefaults: ReadonlyMap<string, Value> | null;
  name: string;
  qualname: string;
  doc: Value;
  module: Value;
  annotations: PyDict | null = null;

  constructor(
    code: Code,
    globals: PyDict,
    options: { cells: readonly PyCell[]; defaults: readonly Value[]; keywordDefaults: ReadonlyMap<string, Value> | null },
  ) {
    this.code = code;
    this.globals = globals;
    this.cells = options.cells;
    this.defaults = options.defaults;
    this.keywordDefaults = options.keywordDefaults;
    this.name = code.name;
    this.qualname = code.qualname;
    this.doc = code.doc;
    this.module = globals.get('__name__') ?? null;
  }
}

/** How a function of the interpreter takes its arguments: in the order of its signature. */
export type Native = (args: Value[], thread: Thread) => Value;
export type NativeSteps = (args: Value[], thread: Thread) => Steps;

export class PyBuiltin {
  readonly cls = BUILTIN_FUNCTION;
  readonly name: string;
  readonly signature: Signature;
  readonly call: Native | null;
  readonly steps: NativeSteps | null;
  /** For methods: the class that has it. */
  owner: PyType | null = null;
  /** Is a plain function in a class too, and gets no `self`. */
  isStatic = false;
  module: string | null = null;
  doc: string | null = null;

  constructor(name: string, signature: Signature, body: { call?: Native; steps?: NativeSteps }) {
    this.name = name;
    this.signature = signature;
    this.call = body.call ?? null;
    this.steps = body.steps ?? null;
  }
}

export interface Signature {
  readonly names: readonly string[];
  /** Can only be given by place. */
  readonly positionalOnly: number;
  readonly positional: number;
  readonly required: number;
  readonly defaults: readonly (Value | undefined)[];
  readonly rest: number;
  readonly keywords: number;
}

export class PyMethod {
  readonly cls = METHOD;
  readonly func: Value;
  readonly self: Value;

  constructor(func: Value, self: Value) {
    this.func = func;
    this.self = self;
  }
}

/** An object of a class of the program, or of one that the library describes. */
export class PyInstance {
  cls: PyType;
  attrs: PyDict | null;
  /** What it is worth, if its class comes from str, int or float. */
  readonly worth: Value | undefined;
  /** What belongs to the library. */
  host: unknown = undefined;

  constructor(cls: PyType, { worth, attrs = new PyDict() }: { worth?: Value; attrs?: PyDict | null } = {}) {
    this.cls = cls;
    this.worth = worth;
    this.attrs = attrs;
  }
}

export class PyModule {
  readonly cls = MODULE;
  readonly attrs = new PyDict();

  constructor(name: string) {
    this.attrs.set('__name__', name);
  }
}

/** An iterator of the interpreter's own. */
export class PyIterator {
  readonly cls: PyType;
  readonly next: (() => Value | Stop) | null;
  readonly steps: ((thread: Thread) => Steps<Value | Stop>) | null;
  /** Answers `__length_hint__` and the like. */
  readonly of: Value;

  constructor(cls: PyType, body: { next?: () => Value | Stop; steps?: (thread: Thread) => Steps<Value | Stop>; of?: Value }) {
    this.cls = cls;
    this.next = body.next ?? null;
    this.steps = body.steps ?? null;
    this.of = body.of ?? null;
  }
}

/** A generator, a coroutine, or an asynchronous generator. */
export class PyGenerator {
  readonly cls: PyType;
  readonly frame: Frame;
  state: 'created' | 'suspended' | 'running' | 'done' = 'created';
  name: string;
  qualname: string;

  constructor(cls: PyType, frame: Frame, { name, qualname }: { name: string; qualname: string }) {
    this.cls = cls;
    this.frame = frame;
    this.name = name;
    this.qualname = qualname;
  }
}

/** A view of a dict. */
export class PyView {
  readonly cls: PyType;
  readonly dict: PyDict;

  constructor(cls: PyType, dict: PyDict) {
    this.cls = cls;
    this.dict = dict;
  }
}

export interface Trace {
  readonly code: Code;
  readonly frame: Frame;
  readonly ip: number;
  next: Trace | null;
}

export class PyTraceback {
  readonly cls = TRACEBACK;
  readonly trace: Trace;

  constructor(trace: Trace) {
    this.trace = trace;
  }
}

export class PyException {
  cls: PyType;
  attrs: PyDict | null = null;
  args: PyTuple;
  cause: Value = null;
  context: PyException | null = null;
  isContextHidden = false;
  trace: Trace | null = null;
  /** What some kinds know besides: a file's name, a place in a source. */
  host: Readonly<Record<string, Value>> | null = null;

  constructor(cls: PyType, args: readonly Value[]) {
    this.cls = cls;
    this.args = new PyTuple(args);
  }
}

class Singleton {
  readonly cls: PyType;

  constructor(cls: PyType) {
    this.cls = cls;
  }
}
export const ELLIPSIS: PyObject = new Singleton(ELLIPSIS_TYPE);
export const NOT_IMPLEMENTED: PyObject = new Singleton(NOT_IMPLEMENTED_TYPE);
/** `list[int]`, `X | Y`. */
export class PyGeneric {
  readonly cls: PyType;
  readonly origin: Value;
  readonly args: readonly Value[];

  constructor(cls: PyType, origin: Value, args: readonly Value[]) {
    this.cls = cls;
    this.origin = origin;
    this.args = args;
  }
}

export function classOf(value: Value): PyType {
  switch (typeof value) {
    case 'object':
      return value === null ? NONE : value.cls;
    case 'string':
      return STR;
    case 'boolean':
      return BOOL;
    default:
      return INT;
  }
}

/** What a value of a class below str, int or float is worth; itself otherwise. */
export const plain = (value: Value): Value => (value instanceof PyInstance && value.worth !== undefined ? value.worth : value);
export const isSubclass = (type: PyType, of: PyType): boolean => type === of || type.mro.includes(of);
export const isInstance = (value: Value, of: PyType): boolean => isSubclass(classOf(value), of);

/** An attribute of a class or of what it comes from. */
export function lookup(type: PyType, name: string): Value | undefined {
  for (const one of type.mro) {
    const entry = one.attrs.map.get(name);
    if (entry !== undefined) return entry.v;
  }
  return undefined;
}

/** An integer in the form that all integers have. */
export const normal = (value: bigint): number | bigint => {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
};
