/** A process that runs Python: what all of its threads share. */
import type { Sys } from '../../../kernel/sys.ts';
import type { Code } from '../compile/code.ts';
import type { Place } from '../library/place.ts';
import { repr } from '../protocol/text.ts';
import type { Version } from '../versions/versions.ts';
import { Frame } from './frame.ts';
import { Memory } from './memory.ts';
import { drive } from './run.ts';
import { Signals } from './signals.ts';
import { argsOf, Call, HostCall, type Steps, Thread } from './thread.ts';
import { PyDict, PyModule, type Value } from './values.ts';

export interface InterpreterOptions {
  readonly version: Version;
  readonly place: Place;
  readonly flags: ReadonlySet<string>;
}

const FIRST_ADDRESS = 0x7f3a_5c00_0000;
const ADDRESS_STEP = 0x30;
const THREAD_IDENT_STEP = 0x0080_1000;

export class Interpreter {
  readonly sys: Sys;
  readonly options: InterpreterOptions;
  readonly version: Version;
  readonly builtins = new PyDict();
  readonly modules = new PyDict();
  readonly memory: Memory;
  readonly signals: Signals;
  readonly threads = new Set<Thread>();
  readonly main: Thread;
  recursionLimit = 1000;
  /** Containers whose text is being made: one inside of itself is shown as `[...]`. */
  readonly showing = new Set<Value>();
  /** Sources that came from no file, by the name that stands for it: tracebacks show their lines. */
  readonly sources = new Map<string, readonly string[]>();
  /** What modules of the library keep for this process. */
  readonly states = new Map<string, unknown>();
  readonly startNs: bigint;
  #lastAddress = FIRST_ADDRESS;
  readonly #addresses = new WeakMap<object, number>();
  #lastIdent = 0x7f3a_6000_0740;
  readonly #seed: number;

  constructor(sys: Sys, options: InterpreterOptions) {
    this.sys = sys;
    this.options = options;
    this.version = options.version;
    this.startNs = sys.clock.monotonicNs();
    this.memory = new Memory(sys, () => this.#roots());
    this.signals = new Signals(sys);
    this.#seed = sys.random.bytes(4).reduce((sum, byte) => sum * 256 + byte, 1);
    this.main = this.createThread('MainThread');
    this.main.isMain = true;
  }

  *#roots(): Iterable<unknown> {
    yield this.modules;
    for (const { stack } of this.threads) for (const one of stack) if (one instanceof Frame) yield one;
  }

  createThread(name: string): Thread {
    const thread = new Thread(this);
    thread.name = name;
    thread.ident = this.#lastIdent;
    this.#lastIdent += THREAD_IDENT_STEP;
    this.threads.add(thread);
    return thread;
  }

  /** What `id` shows: a place in memory that is an object's own. */
  address(value: object): number {
    let address = this.#addresses.get(value);
    if (address === undefined) {
      this.#lastAddress += ADDRESS_STEP;
      address = this.#lastAddress;
      this.#addresses.set(value, address);
    }
    return address;
  }

  /** Of a text: another one in each process, as long as PYTHONHASHSEED says nothing. */
  hashText(text: string): number {
    const wanted = this.sys.env.get('PYTHONHASHSEED');
    let hash = wanted === undefined || wanted === 'random' || wanted === '' ? this.#seed : Number(wanted);
    for (let at = 0; at < text.length; at += 1) hash = (hash * 1_000_003 + text.charCodeAt(at)) % 4_503_599_627_370_449;
    return hash;
  }

  /** What a module of the library keeps for this process. */
  state<T>(name: string, create: () => T): T {
    const known = this.states.get(name);
    if (known !== undefined) return known as T;
    const made = create();
    this.states.set(name, made);
    return made;
  }

  frameOf(code: Code, globals: PyDict, names: PyDict | null = null): Frame {
    const frame = new Frame(code, globals, this.builtins, new Array<Value | undefined>(code.locals.length).fill(undefined));
    frame.names = names;
    return frame;
  }

  /** The value of a line at the prompt. */
  *showLine(thread: Thread, value: Value): Steps<void> {
    const text = yield* repr(thread, value);
    yield new Call(this.builtins.get('print') ?? null, argsOf([text]));
    this.builtins.set('_', value);
  }

  /** Runs steps in a thread to their end. */
  async run(thread: Thread, steps: Steps<unknown>): Promise<unknown> {
    thread.push(new HostCall(steps));
    return drive(thread);
  }

  module(name: string): PyModule | null {
    const found = this.modules.get(name);
    return found instanceof PyModule ? found : null;
  }
}
