/** Goroutines: each is a task of the process. When all of them wait for each other, the program ends. */
import type { Sys } from '../../../kernel/sys.ts';
import { bytesOf, toRaw } from '../../program-io.ts';
import type { Received } from './channels.ts';
import { type Frame, invoke, type Steps, traceOf, type Wait } from './frame.ts';
import { Fatal, GoExit, GoPanic, type Trace } from './panic.ts';
import type { Value } from './values.ts';

/** What goroutines of one process share. */
export interface Process {
  readonly sys: Sys;
  /** When it began, on the monotonic clock. */
  readonly startNs: bigint;
  /** Goroutines that do not wait for another one. */
  running: number;
  /** All that there are. */
  count: number;
  /** Numbers that were given. */
  last: number;
  /** Somebody outside may wake one: signals are caught. */
  listens: boolean;
  main: Goroutine | null;
  /** Makes the text of a panic's value. */
  readonly describe: (goroutine: Goroutine, value: Value) => Steps<string>;
}

export interface Woken {
  readonly index: number;
  readonly received?: Received;
  readonly closed?: boolean;
}

export interface Parking {
  readonly isDone: boolean;
  wake(woken: Woken): void;
}

export class Goroutine {
  readonly id: number;
  readonly process: Process;
  top: Frame | null = null;
  depth = 0;
  /** What it waits for, while it does. */
  waiting = 'running';

  constructor(process: Process) {
    process.last += 1;
    this.id = process.last;
    this.process = process;
  }

  get sys(): Sys {
    return this.process.sys;
  }

  /** An integer from 0 to below `limit`. */
  random(limit: number): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.sys.random.bytes(4);
    return (((a * 256 + b) * 256 + c) * 256 + d) % limit;
  }
}

/** Runs a generator to its end: waits where it waits for a promise, and runs the functions that it calls, each on top of the one before. */
export async function drive<T>(steps: Steps<T>): Promise<T> {
  const callers: Steps<unknown>[] = [];
  let current: Steps<unknown> = steps;
  let step: () => IteratorResult<Wait, unknown> = () => current.next();
  const answer = (value: unknown): void => {
    step = () => current.next(value);
  };
  const fail = (error: unknown): void => {
    step = () => current.throw(error);
  };
  for (;;) {
    let next: IteratorResult<Wait, unknown>;
    try {
      next = step();
    } catch (error) {
      const caller = callers.pop();
      if (caller === undefined) throw error;
      current = caller;
      fail(error);
      continue;
    }
    if (next.done) {
      const caller = callers.pop();
      if (caller === undefined) return next.value as T;
      current = caller;
      answer(next.value);
    } else if ('then' in next.value) await next.value.then(answer, fail);
    else {
      callers.push(current);
      current = next.value;
      answer(undefined);
    }
  }
}

/** Waits for a system call and gives what it gave. */
export function* wait<T>(promise: Promise<T>): Steps<T> {
  return (yield promise) as T;
}

/** Sleeps until somebody wakes it; `enlist` says where. */
export function* park(goroutine: Goroutine, reason: string, enlist: (parking: Parking) => void): Steps<Woken> {
  const { process, sys } = goroutine;
  const queue = sys.queue();
  let woken: Woken | null = null;
  enlist({
    get isDone() {
      return woken !== null;
    },
    wake: (how) => {
      woken = how;
      process.running += 1;
      queue.wake();
    },
  });
  process.running -= 1;
  goroutine.waiting = reason;
  if (process.running === 0 && !process.listens) throw deadlock(goroutine);
  while (woken === null) yield queue.wait();
  goroutine.waiting = 'running';
  return woken;
}

function deadlock({ process: { main } }: Goroutine): Fatal {
  return new Fatal(
    `fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [${main?.waiting}]:\n${traceText(traceOf(main?.top ?? null))}`,
  );
}

/** Starts a goroutine. */
export function spawn(from: Goroutine, closure: Value, args: readonly Value[]): void {
  const { process } = from;
  const goroutine = new Goroutine(process);
  process.running += 1;
  process.count += 1;
  process.sys.thread(() => live(goroutine, invoke(goroutine, closure, args)));
}

/** The life of a goroutine, up to what ends the process. */
export async function live(goroutine: Goroutine, steps: Steps): Promise<void> {
  const { process } = goroutine;
  try {
    await drive(steps);
  } catch (error) {
    if (!(error instanceof GoExit)) await die(goroutine, error);
  }
  process.running -= 1;
  process.count -= 1;
  if (process.running === 0 && !process.listens && goroutine !== process.main && process.main?.waiting !== 'running')
    await die(goroutine, deadlock(goroutine));
}

const PANIC_STATUS = 2;

/** Prints what happened, and ends the process. Rejects with what is no error of the program. */
export async function die(goroutine: Goroutine, error: unknown): Promise<never> {
  const { sys, process } = goroutine;
  if (error instanceof Fatal) return end(sys, error.text.endsWith('\n') ? error.text : `${error.text}\n`);
  if (!(error instanceof GoPanic)) throw error;
  let text = '';
  for (let panic: GoPanic | null = error; panic !== null; panic = panic.before) {
    const said = await drive(process.describe(goroutine, panic.value));
    text = `${panic.before === null ? '' : '\t'}panic: ${said}${panic === error ? '' : ' [recovered]'}\n${text}`;
  }
  const isFault = text.includes('invalid memory address');
  const signal = isFault ? '[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x482a1c]\n' : '';
  return end(sys, `${text}${signal}\ngoroutine ${goroutine.id} [running]:\n${traceText(error.trace ?? [])}`);
}

async function end(sys: Sys, text: string): Promise<never> {
  await sys.write(2, bytesOf(text));
  return sys.exit(PANIC_STATUS);
}

/** As the runtime prints a stack; the offsets are those of no machine code. */
const traceText = (trace: Trace): string =>
  trace
    .map(
      ({ name, file, line }) =>
        `${toRaw(name)}(${name.startsWith('main.main') ? '' : '...'})\n\t${toRaw(file)}:${line} +0x${(line * 13 + 16).toString(16)}\n`,
    )
    .join('');
