/**
 * A thread of the program: what has been called and not yet come back, one on top of the other. A function of the program is a frame; a
 * function of the host that may wait or call is a generator that yields what it wants. Nothing of it stands on the host's own stack.
 */
import { reword } from '../versions/wording.ts';
import { bindFunction, bindNative } from './arguments.ts';
import { asRaised, exceptionType, fail, type Raised, typeError } from './exceptions.ts';
import { Frame, openCells } from './frame.ts';
import type { Interpreter } from './interpreter.ts';
import {
  type Args,
  ASYNC_GENERATOR,
  COROUTINE,
  classOf,
  GENERATOR,
  lookup,
  PyBuiltin,
  type PyException,
  PyFunction,
  PyGenerator,
  PyGeneric,
  PyInstance,
  PyMethod,
  PyType,
  PyWrapped,
  STATICMETHOD,
  STOP,
  type Stop,
  type Value,
} from './values.ts';

/** What a function of the host asks for: a system call, a call of the program's, or another function of the host. */
export type Request = Promise<unknown> | Call | Construct | Frame | Steps<unknown>;
export type Steps<T = Value> = Generator<Request, T, unknown>;

/** Calls a value, or goes on with a generator. */
export class Call {
  readonly fn: Value;
  readonly args: Args;
  /** For a generator: goes on with this value, or by raising this. */
  readonly resume: { readonly send: Value } | { readonly raise: Raised } | null;

  constructor(fn: Value, args: Args, resume: Call['resume'] = null) {
    this.fn = fn;
    this.args = args;
    this.resume = resume;
  }
}

/** Makes an object of a class, without asking the class's class. */
export class Construct {
  readonly type: PyType;
  readonly args: Args;

  constructor(type: PyType, args: Args) {
    this.type = type;
    this.args = args;
  }
}

export class HostCall {
  readonly steps: Steps<unknown>;
  /** What it goes on with. */
  value: unknown = undefined;
  error: unknown = undefined;
  hasError = false;
  /** What it gives is not wanted. */
  isSilent = false;

  constructor(steps: Steps<unknown>) {
    this.steps = steps;
  }
}

export type Activation = Frame | HostCall;

/** The result comes later: something has been put on top. */
export const PENDING = Symbol('pending');
export type Pending = typeof PENDING;

const NO_ARGS: readonly Value[] = [];
export const argsOf = (list: readonly Value[], named: ReadonlyMap<string, Value> | null = null): Args => ({ list, named });
export const EMPTY_ARGS: Args = { list: NO_ARGS, named: null };

export class Thread {
  readonly interpreter: Interpreter;
  readonly stack: Activation[] = [];
  /** Frames on the stack. */
  depth = 0;
  /** The loop has to look again: another activation is on top, or there is something to wait for. */
  isBroken = false;
  waiting: Promise<unknown> | null = null;
  /** Whether what was waited for is to be given on, or is but a turn that was over. */
  isAnswerWanted = false;
  /** What the generator returned that gave STOP. */
  returned: Value = null;
  result: unknown = undefined;
  error: Raised | null = null;
  ident = 0;
  isMain = false;
  /** Time that was used and not yet told. */
  debtNs = 0;
  name = 'MainThread';
  /** The frame that was last entered, also while functions of the host stand on it. */
  frame: Frame | null = null;

  constructor(interpreter: Interpreter) {
    this.interpreter = interpreter;
  }

  get sys(): Interpreter['sys'] {
    return this.interpreter.sys;
  }

  push(activation: Activation): void {
    this.stack.push(activation);
    this.isBroken = true;
  }

  pushFrame(frame: Frame): void {
    if (this.depth >= this.interpreter.recursionLimit) throw fail('RecursionError', 'maximum recursion depth exceeded');
    this.depth += 1;
    frame.back = this.frame;
    this.frame = frame;
    this.stack.push(frame);
    this.isBroken = true;
  }

  popFrame(): void {
    const frame = this.stack.pop();
    this.depth -= 1;
    if (frame instanceof Frame) this.frame = frame.back;
    this.isBroken = true;
  }

  /** Begins a call. The result, or PENDING. */
  enter(fn: Value, list: readonly Value[], named: ReadonlyMap<string, Value> | null = null): Value | Pending {
    if (fn instanceof PyFunction) return this.#enterFunction(fn, list, named);
    if (fn instanceof PyBuiltin) {
      const args = bindNative(fn, list, named);
      if (fn.call !== null) return fn.call(args, this);
      if (fn.steps !== null) return this.enterSteps(fn.steps(args, this));
    }
    if (fn instanceof PyMethod) return this.enter(fn.func, [fn.self, ...list], named);
    if (fn instanceof PyType) return this.#construct(fn, list, named);
    if (fn instanceof PyWrapped && fn.cls === STATICMETHOD) return this.enter(fn.func, list, named);
    if (fn instanceof PyGeneric) return this.enter(fn.origin, list, named);
    const own = fn instanceof PyInstance ? lookup(fn.cls, '__call__') : undefined;
    if (own === undefined) throw typeError(`'${classOf(fn).name}' object is not callable`);
    return this.enter(own, [fn, ...list], named);
  }

  enterSteps(steps: Steps<unknown>): Pending {
    this.push(new HostCall(steps));
    return PENDING;
  }

  #enterFunction(fn: PyFunction, list: readonly Value[], named: ReadonlyMap<string, Value> | null): Value | Pending {
    const { code } = fn;
    const frame = new Frame(code, fn.globals, this.interpreter.builtins, bindFunction(fn, list, named));
    openCells(frame, fn.cells);
    if (code.kind === 'function') {
      this.pushFrame(frame);
      return PENDING;
    }
    const type = code.kind === 'generator' ? GENERATOR : code.kind === 'coroutine' ? COROUTINE : ASYNC_GENERATOR;
    const generator = new PyGenerator(type, frame, fn);
    frame.generator = generator;
    return generator;
  }

  #construct(cls: PyType, list: readonly Value[], named: ReadonlyMap<string, Value> | null): Value | Pending {
    const call = cls.cls.isBuiltin ? undefined : lookup(cls.cls, '__call__');
    if (call !== undefined && !(call instanceof PyBuiltin)) return this.enter(call, [cls, ...list], named);
    return this.construct(cls, list, named);
  }

  /** What `type.__call__` does. */
  construct(cls: PyType, list: readonly Value[], named: ReadonlyMap<string, Value> | null): Value | Pending {
    const args = argsOf(list, named);
    if (cls.isBuiltin) return this.#make(cls, cls, args);
    const make = lookup(cls, '__new__');
    const init = lookup(cls, '__init__');
    if (!(make instanceof PyBuiltin)) return this.enterSteps(newAndInit(this, { cls, args, make: make ?? null }));
    const maker = cls.mro.find((one) => one.make !== null || one.makeSteps !== null) ?? cls;
    if (init === undefined || init instanceof PyBuiltin) return this.#make(maker, cls, args);
    const made = maker.isFilledLater ? EMPTY_ARGS : args;
    if (maker.make === null) return this.enterSteps(newAndInit(this, { cls, args, make: make ?? null }));
    const self = maker.make(this, cls, made);
    if (!(init instanceof PyFunction) || init.code.kind !== 'function') return this.enterSteps(initialize(this, { self, init, args }));
    const frame = new Frame(init.code, init.globals, this.interpreter.builtins, bindFunction(init, [self, ...list], named));
    openCells(frame, init.cells);
    frame.result = self;
    frame.hasResult = true;
    this.pushFrame(frame);
    return PENDING;
  }

  #make(maker: PyType, cls: PyType, args: Args): Value | Pending {
    const found =
      maker.make === null && maker.makeSteps === null ? maker.mro.find((one) => one.make !== null || one.makeSteps !== null) : maker;
    if (found?.make) return found.make(this, cls, args);
    if (found?.makeSteps) return this.enterSteps(found.makeSteps(this, cls, args));
    throw typeError(`cannot create '${cls.name}' instances`);
  }

  /** Begins to run a generator until it yields, ends or raises. What comes then is given to what is below: a value, or STOP. */
  resume(generator: PyGenerator, how: { readonly send: Value } | { readonly raise: Raised }): Pending | Stop {
    const { frame } = generator;
    if (generator.state === 'running') {
      const word = generator.cls === GENERATOR ? 'generator' : 'coroutine';
      throw fail('ValueError', `${word} already executing`);
    }
    if (generator.state === 'done') {
      if ('raise' in how) throw how.raise;
      if (generator.cls === COROUTINE) throw fail('RuntimeError', 'cannot reuse already awaited coroutine');
      this.returned = null;
      return STOP;
    }
    const isFresh = generator.state === 'created';
    if (isFresh && 'send' in how && how.send !== null)
      throw typeError(`can't send non-None value to a just-started ${generator.cls === GENERATOR ? 'generator' : 'coroutine'}`);
    generator.state = 'running';
    this.pushFrame(frame);
    if ('raise' in how) {
      if (isFresh || !delegate(frame, how.raise)) this.unwind(how.raise);
    } else if (!isFresh) frame.push(how.send);
    return PENDING;
  }

  /** Gives a result to what is on top now. */
  deliver(value: unknown): void {
    const top = this.stack[this.stack.length - 1];
    if (top instanceof Frame) top.push(value as Value);
    else if (top !== undefined) top.value = value;
    else this.result = value;
  }

  /** The exception that is being handled here or further out. */
  get handling(): PyException | null {
    for (let at = this.stack.length - 1; at >= 0; at -= 1) {
      const one = this.stack[at];
      if (one instanceof Frame && one.handling !== null) return one.handling;
    }
    return null;
  }

  /** Carries an exception to the nearest handler. */
  unwind(thrown: unknown): void {
    this.isBroken = true;
    let error: Raised;
    try {
      error = asRaised(thrown);
    } catch (strange) {
      this.#passOn(strange);
      return;
    }
    if (error.isOwn) this.#word(error);
    if (!error.isAgain) this.#chain(error.exc);
    let isAgain = error.isAgain;
    this.isBroken = true;
    for (;;) {
      const top = this.stack[this.stack.length - 1];
      if (top === undefined) {
        this.error = error;
        return;
      }
      if (!(top instanceof Frame)) {
        top.error = error;
        top.hasError = true;
        return;
      }
      if (!isAgain) error.exc.trace = { code: top.code, frame: top, ip: Math.max(0, top.ip - 1), next: error.exc.trace };
      isAgain = false;
      const guard = top.guards.pop();
      if (guard !== undefined) {
        top.stack.length = guard.depth;
        top.stack.push(guard.handling, error.exc);
        top.handling = error.exc;
        top.ip = guard.handler;
        return;
      }
      this.popFrame();
      if (top.generator !== null) error = endGenerator(top.generator, error);
    }
  }

  /** What the interpreter says, in the words of its version. */
  #word(error: Raised): void {
    error.isOwn = false;
    const type = reword(error.exc, this.interpreter.version);
    if (type !== null) error.exc.cls = exceptionType(type);
  }

  /** What is no exception of the program's goes to the function of the host that waits for it. */
  #passOn(strange: unknown): void {
    for (let top = this.stack[this.stack.length - 1]; top !== undefined; top = this.stack[this.stack.length - 1]) {
      if (top instanceof Frame) this.popFrame();
      else {
        top.error = strange;
        top.hasError = true;
        return;
      }
    }
    throw strange;
  }

  /** The exception that was being handled when this one came. */
  #chain(exc: PyException): void {
    const { handling } = this;
    if (handling === null || handling === exc || exc.context !== null) return;
    // No circle: what is handled may itself have come from this one.
    for (let one: PyException | null = handling; one !== null; one = one.context)
      if (one.context === exc) {
        one.context = null;
        break;
      }
    exc.context = handling;
  }
}

/** A generator that waits for another one hands on what is raised. */
function delegate(frame: Frame, error: Raised): boolean {
  const { ops, args } = frame.code;
  const at = frame.ip - 1;
  if (ops[at] !== YIELD_OP() || args[at] !== 1) return false;
  frame.throwing = error;
  // The jump back to SEND follows.
  frame.push(null);
  return true;
}

let yieldOp = -1;
/** The number of YIELD: the compiler's table says it. */
export const setYieldOp = (number: number): void => {
  yieldOp = number;
};
const YIELD_OP = (): number => yieldOp;

/** A generator has ended by an exception. */
function endGenerator(generator: PyGenerator, error: Raised): Raised {
  generator.state = 'done';
  const { name } = error.exc.cls;
  const isStop = name === 'StopIteration' || (generator.cls === ASYNC_GENERATOR && name === 'StopAsyncIteration');
  if (!isStop) return error;
  const word = generator.cls === GENERATOR ? 'generator' : generator.cls === COROUTINE ? 'coroutine' : 'async generator';
  const changed = fail('RuntimeError', `${word} raised ${name}`);
  changed.exc.cause = error.exc;
  changed.exc.context = error.exc;
  changed.exc.isContextHidden = true;
  return changed;
}

interface NewOptions {
  readonly cls: PyType;
  readonly args: Args;
  readonly make: Value;
}

/** `__new__`, and `__init__` if that gave an object of the class. */
function* newAndInit(thread: Thread, { cls, args, make }: NewOptions): Steps {
  const isFilled = make instanceof PyBuiltin && cls.mro.some((one) => one.isFilledLater);
  const self = (yield new Call(make, isFilled ? argsOf([cls]) : argsOf([cls, ...args.list], args.named))) as Value;
  if (!classOf(self).mro.includes(cls)) return self;
  const init = lookup(classOf(self), '__init__');
  if (init === undefined || (init instanceof PyBuiltin && !cls.mro.some((one) => one.isFilledLater))) return self;
  return yield* initialize(thread, { self, init, args });
}

function* initialize(_: Thread, { self, init, args }: { readonly self: Value; readonly init: Value; readonly args: Args }): Steps {
  yield new Call(init, argsOf([self, ...args.list], args.named));
  return self;
}

/** Calls a value of the program from a function of the host. */
export function* call(fn: Value, ...list: readonly Value[]): Steps {
  return (yield new Call(fn, argsOf(list))) as Value;
}

export function* callWith(fn: Value, args: Args): Steps {
  return (yield new Call(fn, args)) as Value;
}

/** Waits for a system call. */
export function* wait<T>(promise: Promise<T>): Steps<T> {
  return (yield promise) as T;
}
