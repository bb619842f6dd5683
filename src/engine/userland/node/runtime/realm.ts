/** What one process of node has: its objects, its queues, its memory. */
import type { Sys } from '../../../kernel/sys.ts';
import type { InspectOptions } from '../library/inspect.ts';
import { boxed } from './boxes.ts';
import { native } from './functions.ts';
import type { Memory } from './memory.ts';
import { remove } from './objects.ts';
import type { PromiseState } from './promises.ts';
import { type Steps, start } from './steps.ts';
import { captureTrace, messageOf, readStack, writeStack } from './traces.ts';
import {
  heap,
  INSPECT,
  JsObject,
  JsSymbol,
  type Key,
  type PENDING,
  PROMISIFY,
  Property,
  type Result,
  SYMBOLS,
  Thrown,
  type Value,
} from './values.ts';
import { type Frame, type Scope, type SourceFile, vm } from './vm.ts';

export const ERROR_TYPES = [
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'EvalError',
  'URIError',
  'AggregateError',
] as const;
export type ErrorType = (typeof ERROR_TYPES)[number];

const NAMES = [
  'object', 'function', 'array', 'string', 'number', 'boolean', 'bigint', 'symbol', 'promise', 'map', 'set', 'weakmap', 'weakset', 'weakref',
  'iterator', 'asyncIterator', 'arrayIterator', 'mapIterator', 'setIterator', 'stringIterator', 'regexpIterator', 'helperIterator', 'generator',
  'asyncGenerator', 'generatorFunction', 'asyncGeneratorFunction', 'asyncFunction', 'regexp', 'date', 'buffer', 'sharedBuffer', 'view', 'typed',
  'Uint8Array', 'Uint8ClampedArray', 'Int8Array', 'Uint16Array', 'Int16Array', 'Uint32Array', 'Int32Array', 'Float32Array', 'Float64Array',
  'BigInt64Array', 'BigUint64Array', 'nodeBuffer', 'finalization',
] as const; // biome-ignore format: a list of names
export type Intrinsics = Readonly<Record<(typeof NAMES)[number] | ErrorType, JsObject>>;

function makeIntrinsics(): Intrinsics {
  const object = new JsObject(null);
  const made: Record<string, JsObject> = { object };
  for (const name of [...NAMES, ...ERROR_TYPES]) made[name] ??= new JsObject(object);
  for (const name of ERROR_TYPES) if (name !== 'Error') (made[name] as JsObject).proto = made.Error ?? null;
  for (const name of ['arrayIterator', 'mapIterator', 'setIterator', 'stringIterator', 'regexpIterator', 'helperIterator', 'generator'])
    (made[name] as JsObject).proto = made.iterator ?? null;
  (made.asyncGenerator as JsObject).proto = made.asyncIterator ?? null;
  for (const name of NAMES) if (/^(Uint|Int|Float|Big)/.test(name)) (made[name] as JsObject).proto = made.typed ?? null;
  (made.nodeBuffer as JsObject).proto = made.Uint8Array ?? null;
  for (const name of ['generatorFunction', 'asyncGeneratorFunction', 'asyncFunction'])
    (made[name] as JsObject).proto = made.function ?? null;
  (made.array as JsObject).items = [];
  return made as Intrinsics;
}

export type Job = () => Result;

/** What the library puts in place. */
export interface Hooks {
  importFrom: (file: SourceFile, specifier: Value) => Result;
  inspect: (value: Value) => string;
  inspectFunction: JsObject | null;
  inspectOptions: (options: InspectOptions, depth: number) => Value;
  /** The object that the script has for a timer. */
  timerOf: (timer: object) => Value;
}

export class Realm {
  readonly sys: Sys;
  readonly intrinsics = makeIntrinsics();
  readonly global = new JsObject(this.intrinsics.object);
  /** Microtasks. */
  readonly jobs: Job[] = [];
  /** Promises that were rejected, and nobody listens. */
  readonly rejected = new Set<PromiseState>();
  readonly symbols = new Map<string, JsSymbol>([
    ['nodejs.util.inspect.custom', INSPECT],
    ['nodejs.util.promisify.custom', PROMISIFY],
  ]);
  /** Variables of modules, which live as long as the process. */
  readonly scopes: Scope[] = [];
  /** What waits for its time. */
  held: () => readonly unknown[] = () => [];
  /** Numbers of timers and the like. */
  lastId = 0;
  #memory: Memory | null = null;
  #top: Frame | null = null;
  /** Memory that was taken and not yet told: a process that waits may say nothing to the kernel. */
  #untold = 0;
  /** How `stack` of an error is read and set. */
  get stackAccessors(): { readonly get: JsObject; readonly set: JsObject } {
    this.#stackAccessors ??= {
      get: native('', 0, (_, self) => (self instanceof JsObject ? readStack(self) : undefined)),
      set: native('', 1, ([text], self) => {
        if (self instanceof JsObject) writeStack(self, text);
        return undefined;
      }),
    };
    return this.#stackAccessors;
  }
  #stackAccessors: { readonly get: JsObject; readonly set: JsObject } | null = null;
  #walker: unknown;
  hooks: Hooks = {
    importFrom: () => undefined,
    inspect: (value) => messageOf(value),
    inspectFunction: null,
    inspectOptions: () => undefined,
    timerOf: () => undefined,
  };

  constructor(sys: Sys) {
    this.sys = sys;
  }

  get memory(): Memory {
    if (this.#memory === null) throw new Error('No memory yet');
    return this.#memory;
  }
  set memory(memory: Memory) {
    this.#memory = memory;
  }

  /** The processor is this script's. */
  enter(): void {
    vm.realm = this;
    vm.top = this.#top;
    vm.nest = 0;
    vm.insisting = 0;
    heap.bytes = this.#untold;
  }

  /** A new turn: no function stands anywhere. */
  forget(): void {
    this.#top = null;
  }

  /** Another's turn. */
  leave(): void {
    this.#top = vm.top;
    this.#untold = heap.bytes;
    heap.bytes = 0;
    vm.realm = null;
    vm.top = null;
  }

  error(type: ErrorType, message: string): JsObject {
    const error = new JsObject(this.intrinsics[type]);
    captureTrace(error, null);
    error.props.set('message', new Property({ value: message, writable: true, configurable: true }));
    return error;
  }

  typeError(message: string): Thrown {
    return new Thrown(this.error('TypeError', message));
  }
  rangeError(message: string): Thrown {
    return new Thrown(this.error('RangeError', message));
  }
  referenceError(message: string): Thrown {
    return new Thrown(this.error('ReferenceError', message));
  }
  /** An error of the library, with its code. */
  coded(type: ErrorType, code: string, message: string): Thrown {
    const error = this.error(type, message);
    captureTrace(error, `${type} [${code}]: ${message}`);
    error.props.set('code', code);
    return new Thrown(error);
  }
  /** What the model has not: said in the script's own kind of error. */
  absent(what: string): Thrown {
    return new Thrown(this.error('Error', `This model of Node.js has no ${what}`));
  }

  /** A value as V8 shows it in a message. */
  show(value: Value): string {
    return messageOf(value);
  }

  box(value: Exclude<Value, undefined | null | JsObject>): JsObject {
    return boxed(value);
  }

  thrown(type: ErrorType, message: string): Thrown {
    return new Thrown(this.error(type, message));
  }

  setGlobal(name: string, value: Value): void {
    this.global.props.set(name, new Property({ value, writable: true, configurable: true }));
  }

  /** Whether arrays are still walked through as the language does it. */
  plainArrays(): boolean {
    const now = this.intrinsics.array.props.get(SYMBOLS.iterator);
    this.#walker ??= now;
    return now === this.#walker;
  }

  deleteProperty(object: Value, key: Key, strict: boolean): boolean {
    if (object === undefined || object === null) throw this.typeError('Cannot convert undefined or null to object');
    if (!(object instanceof JsObject)) return true;
    const done = remove(object, key);
    if (!done && strict)
      throw this.typeError(`Cannot delete property '${typeof key === 'string' ? key : 'Symbol()'}' of ${this.show(object)}`);
    return done;
  }

  dynamicImport(file: SourceFile, specifier: Value): Result {
    return this.hooks.importFrom(file, specifier);
  }

  /** A value as `util.inspect` shows it, where nothing can be waited for. */
  inspect(value: Value): string {
    return this.hooks.inspect(value);
  }
  get inspectFunction(): JsObject | null {
    return this.hooks.inspectFunction;
  }
  inspectOptions(options: InspectOptions, depth: number): Value {
    return this.hooks.inspectOptions(options, depth);
  }
  runSteps<T>(steps: Steps<T>): T | typeof PENDING {
    return start(steps);
  }

  symbolFor(name: string): JsSymbol {
    const known = this.symbols.get(name);
    if (known !== undefined) return known;
    const made = new JsSymbol(name);
    this.symbols.set(name, made);
    return made;
  }
}
