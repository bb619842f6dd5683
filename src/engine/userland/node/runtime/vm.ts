/** The processor of scripts: which one runs now, and in which function it stands. */
import type { Sys } from '../../../kernel/sys.ts';
import type { Intrinsics, Realm } from './realm.ts';
import { type Held, suspend, taken } from './steps.ts';
import { heap, type JsObject, PENDING, type Slot, type Value } from './values.ts';

/** Variables of a function or block. */
export class Scope {
  readonly slots: Slot[];
  readonly parent: Scope | null;

  constructor(parent: Scope | null, slots: Slot[]) {
    this.parent = parent;
    this.slots = slots;
  }
}

/** What code was compiled from. */
export interface SourceFile {
  /** As in stack traces: a path, a URL, `node:events`. */
  readonly name: string;
  readonly text: string;
  /** The lines' first characters. */
  lines: number[] | null;
  /** `import` of a name, relative to this file. */
  readonly importer: ((specifier: string) => Value | typeof PENDING) | null;
  /** `import.meta` */
  readonly meta: (() => JsObject) | null;
}

/** A function that is being called. */
export class Frame {
  scope: Scope;
  self: Slot;
  readonly args: readonly Value[];
  readonly fn: JsObject | null;
  readonly newTarget: JsObject | undefined;
  /** Null in an async function that has waited: nobody is there any more. */
  caller: Frame | null;
  depth: number;
  /** The function that `this` and `arguments` are of: the one around an arrow function. */
  readonly top: Frame;
  readonly file: SourceFile;
  /** Where in the source it stands. */
  at = 0;
  /** What `return` gives. */
  result: Value = undefined;
  /** The promise of an async function. */
  promise: JsObject | null = null;
  /** A function of the library that it is calling, and on what: such functions have no frame of their own. */
  native: JsObject | null = null;
  nativeSelf: Value = undefined;
  nativeNew = false;
  name: string;

  constructor(init: {
    scope: Scope;
    self: Slot;
    args: readonly Value[];
    fn: JsObject | null;
    newTarget: JsObject | undefined;
    caller: Frame | null;
    top: Frame | null;
    file: SourceFile;
    name: string;
  }) {
    this.scope = init.scope;
    this.self = init.self;
    this.args = init.args;
    this.fn = init.fn;
    this.newTarget = init.newTarget;
    this.caller = init.caller;
    this.depth = init.caller === null ? 1 : init.caller.depth + 1;
    this.top = init.top ?? this;
    this.file = init.file;
    this.name = init.name;
  }
}

/** Turns that are charged at once, and what one costs. */
const TURNS = 64;
const TURN_NS = 40;
const MEMORY_STEP_BYTES = 256 * 1024;
/** So long code may go on where it cannot be interrupted. */
const MAX_INSISTING_TURNS = 20_000_000;

interface Vm {
  realm: Realm | null;
  top: Frame | null;
  /** Functions on the host's stack. */
  nest: number;
  left: number;
  insisting: number;
  insisted: number;
}
export const vm: Vm = { realm: null, top: null, nest: 0, left: TURNS, insisting: 0, insisted: 0 };

export function realm(): Realm {
  if (vm.realm === null) throw new Error('No script runs');
  return vm.realm;
}
export const intrinsics = (): Intrinsics => realm().intrinsics;
export const sys = (): Sys => realm().sys;

/** A turn of a loop, or a call. Gives a promise if others come first. */
export function turn(): void | Promise<void> {
  vm.left -= 1;
  if (vm.left > 0) return;
  vm.left = TURNS;
  const now = realm();
  if (vm.insisting > 0) {
    vm.insisted += TURNS;
    if (vm.insisted > MAX_INSISTING_TURNS) throw now.rangeError('This model interrupts no loop that goes on for so long in here');
    return;
  }
  if (heap.bytes > MEMORY_STEP_BYTES) now.memory.settle();
  return now.sys.charge(TURNS * TURN_NS);
}

/** Runs what would have to wait to its end at once: for the few places that cannot. */
export function insist<T>(result: T | typeof PENDING): T {
  if (result !== PENDING) return result;
  vm.insisting += 1;
  try {
    return insistOn(taken()) as T;
  } finally {
    vm.insisting -= 1;
    if (vm.insisting === 0) vm.insisted = 0;
  }
}

function insistOn(from: Held): unknown {
  const stack = [from.steps];
  let wait = from.wait;
  let answer: { readonly isError: boolean; readonly value: unknown } = { isError: false, value: undefined };
  for (;;) {
    if (wait !== null) {
      if (!('steps' in wait)) {
        if ('then' in wait) answer = { isError: false, value: undefined };
        else throw new Error('A signal where none can be');
        wait = null;
        continue;
      }
      stack.push(wait.steps);
      ({ wait } = wait);
      answer = { isError: false, value: undefined };
      continue;
    }
    const current = stack.at(-1);
    if (current === undefined) {
      if (answer.isError) throw answer.value;
      return answer.value;
    }
    try {
      const next = answer.isError ? current.throw(answer.value) : current.next(answer.value);
      if (next.done) {
        stack.pop();
        answer = { isError: false, value: next.value };
      } else wait = next.value;
    } catch (error) {
      stack.pop();
      answer = { isError: true, value: error };
    }
  }
}

/** Waits for a system call; what is done with its value is done then. */
export function waitFor<T, B>(promise: Promise<T>, go: (value: T) => B | typeof PENDING): typeof PENDING {
  return suspend(
    (function* () {
      const value = (yield promise) as T;
      const result = go(value);
      return result === PENDING ? yield taken() : result;
    })(),
  );
}
