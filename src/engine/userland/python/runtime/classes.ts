/** Classes, dicts, and the classes that the interpreter itself has. */
import type { Steps, Thread } from './thread.ts';
import type { Value } from './values.ts';

export class PyType {
  /** The metaclass. */
  cls: PyType;
  name: string;
  bases: readonly PyType[];
  mro: readonly PyType[] = [];
  readonly attrs = new PyDict();
  /** A class of the interpreter's own: its attributes cannot be set. */
  readonly isBuiltin: boolean;
  /** Makes a new object of this class or of one below it: the nearest in the MRO is asked. */
  make: ((thread: Thread, cls: PyType, args: Args) => Value) | null = null;
  /** The same, where it may wait. */
  makeSteps: ((thread: Thread, cls: PyType, args: Args) => Steps) | null = null;
  /** `__init__` takes the arguments, if a class below has one of its own. */
  isFilledLater = false;
  /** Cannot be a base. */
  isFinal = false;
  /** Objects of it have no attributes of their own. */
  hasSlots = false;
  /** Attributes are asked for in its own way, or set, or called. */
  hasGetAttribute = false;
  hasSetAttribute = false;
  qualname: string;
  /** What classes of the program are known below it. */
  readonly children: PyType[] = [];

  constructor(name: string, bases: readonly PyType[], { cls, isBuiltin = true }: { cls?: PyType; isBuiltin?: boolean } = {}) {
    this.name = name;
    this.qualname = name;
    this.bases = bases;
    this.isBuiltin = isBuiltin;
    this.cls = cls ?? (this as PyType);
  }
}

/** Arguments of a call. */
export interface Args {
  readonly list: readonly Value[];
  readonly named: ReadonlyMap<string, Value> | null;
}

/** What stands for a key in a host's map: equal keys of Python have equal ones. */
export type Key = null | boolean | number | bigint | string | object;
export interface Entry {
  readonly k: Value;
  v: Value;
}

export class PyDict {
  cls: PyType = BUILTIN.dict;
  attrs: PyDict | null = null;
  readonly map = new Map<Key, Entry>();
  /** By a plain name, which is its own key. */
  get(name: string): Value | undefined {
    return this.map.get(name)?.v;
  }

  set(name: string, value: Value): void {
    const entry = this.map.get(name);
    if (entry === undefined) this.map.set(name, { k: name, v: value });
    else entry.v = value;
  }

  has(name: string): boolean {
    return this.map.has(name);
  }

  delete(name: string): boolean {
    return this.map.delete(name);
  }
}

/** The classes that values of the host's own kinds have; filled where each is described. */
export const BUILTIN: Record<string, PyType> & { dict: PyType; type: PyType; object: PyType } = {} as never;

function base(name: string, parents: readonly PyType[] = [BUILTIN.object]): PyType {
  const type = new PyType(name, parents, { cls: BUILTIN.type });
  BUILTIN[name] = type;
  type.mro = [type, ...(parents[0]?.mro ?? [])];
  return type;
}

// The first three need each other.
BUILTIN.dict = undefined as never;
export const OBJECT = base('object', []);
OBJECT.mro = [OBJECT];
export const TYPE = base('type', [OBJECT]);
export const DICT = base('dict', [OBJECT]);
for (const type of [OBJECT, TYPE, DICT]) {
  type.cls = TYPE;
  type.attrs.cls = DICT;
}
export const NONE = base('NoneType');
export const INT = base('int');
export const BOOL = base('bool', [INT]);
export const FLOAT = base('float');
export const COMPLEX = base('complex');
export const STR = base('str');
export const BYTES = base('bytes');
export const BYTEARRAY = base('bytearray');
export const LIST = base('list');
export const TUPLE = base('tuple');
export const SET = base('set');
export const FROZENSET = base('frozenset');
export const SLICE = base('slice');
export const RANGE = base('range');
export const FUNCTION = base('function');
export const BUILTIN_FUNCTION = base('builtin_function_or_method');
export const METHOD = base('method');
export const MODULE = base('module');
export const GENERATOR = base('generator');
export const COROUTINE = base('coroutine');
export const ASYNC_GENERATOR = base('async_generator');
export const CODE = base('code');
export const TRACEBACK = base('traceback');
export const FRAME = base('frame');
export const PROPERTY = base('property');
export const STATICMETHOD = base('staticmethod');
export const CLASSMETHOD = base('classmethod');
export const SUPER = base('super');
export const ELLIPSIS_TYPE = base('ellipsis');
export const NOT_IMPLEMENTED_TYPE = base('NotImplementedType');
export const CELL = base('cell');
export const MAPPINGPROXY = base('mappingproxy');
export const DICT_KEYS = base('dict_keys');
export const DICT_VALUES = base('dict_values');
export const DICT_ITEMS = base('dict_items');
export const MEMBER = base('member_descriptor');
export const UNION = base('UnionType');
export const ALIAS = base('GenericAlias');
export const BASE_EXCEPTION = base('BaseException');
for (const type of [NONE, BOOL, SLICE, RANGE, FUNCTION, BUILTIN_FUNCTION, METHOD, GENERATOR, ELLIPSIS_TYPE, NOT_IMPLEMENTED_TYPE])
  type.isFinal = true;

/** A class of the interpreter that is made later. */
export const builtinType = (name: string, parent: PyType = OBJECT): PyType => {
  const type = new PyType(name, [parent], { cls: parent.cls });
  type.mro = [type, ...parent.mro];
  return type;
};
