/** Functions: those of scripts, and those of the library. */
import { type Held, type Steps, start, suspend, taken } from './steps.ts';
import { isCallable, isObject, JsObject, PENDING, Property, type Result, type Value } from './values.ts';
import { type Frame, intrinsics, realm, type Scope, turn, vm } from './vm.ts';

export type Native = (args: readonly Value[], self: Value, newTarget: JsObject | undefined) => Result;
export type NativeSteps = (args: readonly Value[], self: Value, newTarget: JsObject | undefined) => Steps;

/** How a function is called. */
export interface FunctionInfo {
  name: string;
  readonly length: number;
  /** Runs it; the frame that calls is `vm.top`. */
  readonly call: (fn: JsObject, self: Value, args: readonly Value[], newTarget: JsObject | undefined) => Result;
  /** `base` makes the new object before the call, `native` makes it itself, `derived` leaves that to `super()`. */
  readonly construct: 'none' | 'base' | 'derived' | 'native';
  readonly isClass: boolean;
  /** Which function prints as what. */
  readonly kind: 'function' | 'async' | 'generator' | 'async generator' | 'class';
  /** Its text, as `toString` gives it; null for the library's. */
  readonly source: (() => string) | null;
  /** Properties of its own are made when somebody looks. */
  isReady: boolean;
  /** The variables around it, and the function whose `this` it has, if it has none of its own. */
  readonly scope: Scope | null;
  readonly outer: Frame | null;
  /** What `super` is relative to. */
  home: JsObject | null;
  /** Of a class: what its instances begin with. */
  fields: ((self: JsObject) => Result) | null;
}

/** Gives a function the properties that each has. */
export function ready(object: JsObject): void {
  const { fn } = object;
  if (fn === null || fn.isReady) return;
  fn.isReady = true;
  const own = [...object.props];
  object.props.clear();
  object.props.set('length', new Property({ value: fn.length, configurable: true }));
  object.props.set('name', new Property({ value: fn.name, configurable: true }));
  for (const [key, value] of own) object.props.set(key, value);
  if (object.props.has('prototype')) return;
  if (fn.construct === 'base' || fn.construct === 'derived') {
    const prototype = new JsObject(intrinsics().object);
    prototype.props.set('constructor', new Property({ value: object, writable: true, configurable: true }));
    object.props.set('prototype', new Property({ value: prototype, writable: true }));
  } else if (fn.kind === 'generator' || fn.kind === 'async generator') {
    const proto = fn.kind === 'generator' ? intrinsics().generator : intrinsics().asyncGenerator;
    object.props.set('prototype', new Property({ value: new JsObject(proto), writable: true }));
  }
}

/** A function of the library. */
export function native(name: string, length: number, run: Native, construct: 'none' | 'native' = 'none'): JsObject {
  const object = new JsObject(intrinsics().function);
  object.fn = {
    name,
    length,
    call: (_, self, args, newTarget) => run(args, self, newTarget),
    construct,
    isClass: false,
    kind: 'function',
    source: null,
    isReady: false,
    scope: null,
    outer: null,
    home: null,
    fields: null,
  };
  return object;
}

/** One that may have to wait. */
export const nativeSteps = (name: string, length: number, run: NativeSteps): JsObject =>
  native(name, length, (args, self, newTarget) => start(run(args, self, newTarget)));

/** Calls on the host's stack; deeper ones begin a new one. */
const MAX_NEST = 48;
/** As deep as V8's stack goes with small functions. */
const MAX_DEPTH = 10_470;

/** Calls a function. */
export function call(fn: Value, self: Value, args: readonly Value[]): Result {
  if (!isCallable(fn) || fn.fn === null) throw realm().typeError(`${realm().show(fn)} is not a function`);
  return enter(fn, self, args, undefined);
}

export function* calling(fn: Value, self: Value, args: readonly Value[]): Steps {
  const result = call(fn, self, args);
  return result === PENDING ? ((yield taken()) as Value) : result;
}

function enter(fn: JsObject, self: Value, args: readonly Value[], newTarget: JsObject | undefined): Result {
  const info = fn.fn;
  if (info === null) throw realm().typeError('not a function');
  const caller = vm.top;
  if (vm.nest >= MAX_NEST) return suspend(afresh(fn, self, args, newTarget, caller));
  if (caller !== null && caller.depth > MAX_DEPTH) throw realm().rangeError('Maximum call stack size exceeded');
  const passed = turn();
  if (passed) return suspend(afresh(fn, self, args, newTarget, caller), passed);
  vm.nest += 1;
  const isNative = info.source === null && caller !== null;
  if (isNative) note(caller, fn, self, newTarget !== undefined);
  try {
    const result = info.call(fn, self, args, newTarget);
    if (result === PENDING) return suspend(ending(taken(), caller));
    if (isNative) caller.native = null;
    return result;
  } finally {
    vm.nest -= 1;
    vm.top = caller;
  }
}

function note(caller: Frame, fn: JsObject, self: Value, isNew: boolean): void {
  caller.native = fn;
  caller.nativeSelf = self;
  caller.nativeNew = isNew;
}

/** A call with the host's stack to itself. */
function* afresh(fn: JsObject, self: Value, args: readonly Value[], newTarget: JsObject | undefined, caller: Frame | null): Steps {
  const nest = vm.nest;
  vm.nest = 0;
  vm.top = caller;
  let result: Result;
  try {
    result = fn.fn === null ? undefined : enter(fn, self, args, newTarget);
  } finally {
    vm.nest = nest;
  }
  if (result === PENDING) result = (yield taken()) as Value;
  vm.top = caller;
  return result;
}

function* ending(held: Held, caller: Frame | null): Steps {
  try {
    return (yield held) as Value;
  } finally {
    vm.top = caller;
    if (caller !== null) caller.native = null;
  }
}

/** `new fn(...args)` */
export function construct(fn: Value, args: readonly Value[], newTarget?: JsObject): Result {
  if (!isCallable(fn) || fn.fn === null || fn.fn.construct === 'none') throw realm().typeError(`${realm().show(fn)} is not a constructor`);
  const target = newTarget ?? fn;
  if (fn.fn.construct !== 'base') return enter(fn, undefined, args, target);
  const self = new JsObject(prototypeOf(target, 'object'));
  if (fn.fn.fields !== null) {
    const made = fn.fn.fields(self);
    if (made === PENDING) return suspend(constructLate(taken(), fn, { self, args, target }));
  }
  const result = enter(fn, self, args, target);
  if (result === PENDING) return suspend(constructed(taken(), self));
  return isObject(result) ? result : self;
}

function* constructLate(
  held: Held,
  fn: JsObject,
  { self, args, target }: { self: JsObject; args: readonly Value[]; target: JsObject },
): Steps {
  yield held;
  const result = enter(fn, self, args, target);
  if (result === PENDING) return yield* constructed(taken(), self);
  return isObject(result) ? result : self;
}

function* constructed(held: Held, self: JsObject): Steps {
  const result = (yield held) as Value;
  return isObject(result) ? result : self;
}

export function* constructing(fn: Value, args: readonly Value[]): Steps {
  const result = construct(fn, args);
  return result === PENDING ? ((yield taken()) as Value) : result;
}

/** What an object that `new` makes inherits from. */
export function prototypeOf(newTarget: JsObject | undefined, fallback: keyof ReturnType<typeof intrinsics>): JsObject {
  if (newTarget !== undefined) {
    ready(newTarget);
    const stored = newTarget.props.get('prototype');
    const value = stored instanceof Property ? stored.value : stored;
    if (isObject(value)) return value;
  }
  return intrinsics()[fallback];
}
