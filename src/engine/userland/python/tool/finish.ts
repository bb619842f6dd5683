/** How a program ends: its status, its last words, and the signal that kills it where one does. */
import { isErrno } from '../../../kernel/errno.ts';
import { encode } from '../../program-io.ts';
import { Stream } from '../library/streams.ts';
import { getAttribute } from '../protocol/attributes.ts';
import { str } from '../protocol/text.ts';
import { asRaised, Raised } from '../runtime/exceptions.ts';
import type { Interpreter } from '../runtime/interpreter.ts';
import { call, type Steps, type Thread } from '../runtime/thread.ts';
import { exceptionReport } from '../runtime/traceback.ts';
import { classOf, PyBuiltin, type PyException, PyInstance, PyTraceback, type Value } from '../runtime/values.ts';

/** The interpreter itself gives up, with its own words. */
export class Ended extends Error {
  override readonly name = 'Ended';
  readonly status: number;

  constructor(status: number, words: string) {
    super(words);
    this.status = status;
  }
}

const FLUSH_FAILED = 120;

export async function finish(interpreter: Interpreter, run: () => Promise<void>): Promise<number> {
  const { main, sys } = interpreter;
  let outcome: Outcome = { status: 0, isInterrupt: false };
  try {
    await run();
  } catch (error) {
    if (error instanceof Ended) {
      await sys.write(2, encode(error.message));
      return error.status;
    }
    outcome = (await interpreter.run(main, report(main, asRaised(error).exc))) as unknown as Outcome;
  }
  try {
    await interpreter.run(main, atExit(main));
  } catch (error) {
    outcome = (await interpreter.run(main, report(main, asRaised(error).exc))) as unknown as Outcome;
  }
  const flushed = await flushStreams(interpreter);
  if (outcome.isInterrupt) {
    // It dies by the signal, so that its parent sees what happened.
    sys.on('SIGINT', 'default');
    sys.kill(sys.pid, 'SIGINT');
    await sys.turn();
    return 130;
  }
  return flushed || outcome.status !== 0 ? outcome.status : FLUSH_FAILED;
}

interface Outcome {
  readonly status: number;
  readonly isInterrupt: boolean;
}

/** Prints an exception that nobody caught, and says how the program ends. */
function* report(thread: Thread, exc: PyException): Steps<Outcome> {
  if (exc.cls.mro.some(({ name }) => name === 'SystemExit')) return { status: yield* statusOf(thread, exc), isInterrupt: false };
  const sys = thread.interpreter.module('sys');
  const out = sys?.attrs.get('stdout') ?? null;
  if (out instanceof PyInstance && out.host instanceof Stream && !out.host.isClosed) yield* ignoring(out.host.flush(thread), out.host);
  const hook = sys?.attrs.get('excepthook') ?? null;
  if (hook instanceof PyBuiltin || hook === null) yield* writeError(thread, yield* exceptionReport(thread, exc, { isUncaught: true }));
  else yield* call(hook, exc.cls, exc, exc.trace === null ? null : new PyTraceback(exc.trace));
  return { status: 1, isInterrupt: exc.cls.name === 'KeyboardInterrupt' };
}

/** What `sys.exit(...)` was given. */
function* statusOf(thread: Thread, exc: PyException): Steps<number> {
  const code = exc.host?.code ?? exc.args.items[0] ?? null;
  if (code === null) return 0;
  if (typeof code === 'number') return code & 255;
  if (typeof code === 'boolean') return Number(code);
  yield* writeError(thread, `${yield* str(thread, code)}\n`);
  return 1;
}

export function* writeError(thread: Thread, text: string): Steps<void> {
  const file = thread.interpreter.module('sys')?.attrs.get('stderr') ?? null;
  if (file instanceof PyInstance && file.host instanceof Stream) {
    yield* ignoring(file.host.writeText(thread, text), file.host);
    if (!file.host.isClosed) yield* ignoring(file.host.flush(thread), file.host);
  } else if (file !== null) yield* call(yield* getAttribute(thread, file, 'write'), text);
}

/** Nobody may be left to read. */
function* ignoring(steps: Steps<void>, stream: Stream): Steps<void> {
  try {
    yield* steps;
  } catch (error) {
    if (!isErrno(error) && !(error instanceof Raised)) throw error;
    stream.discard();
  }
}

/** What was asked for at the end: threads are waited for, functions of `atexit` called. */
function* atExit(thread: Thread): Steps<void> {
  const threading = thread.interpreter.module('threading');
  const wait = threading?.attrs.get('_shutdown');
  if (wait !== undefined) yield* call(wait);
  const run = thread.interpreter.module('atexit')?.attrs.get('_run_exitfuncs');
  if (run !== undefined) yield* call(run);
}

async function flushStreams(interpreter: Interpreter): Promise<boolean> {
  const { main } = interpreter;
  for (const name of ['stdout', 'stderr']) {
    const file: Value = interpreter.module('sys')?.attrs.get(name) ?? null;
    if (!(file instanceof PyInstance) || !(file.host instanceof Stream) || file.host.isClosed) continue;
    const { host } = file;
    try {
      await interpreter.run(main, host.flush(main));
    } catch (error) {
      if (!(error instanceof Raised)) throw error;
      host.discard();
      await interpreter.run(
        main,
        writeError(
          main,
          `Exception ignored in: <_io.TextIOWrapper name='<${name}>' mode='w' encoding='utf-8'>\n${classOf(error.exc).name}: ${await lineOf(interpreter, error.exc)}\n`,
        ),
      );
      if (name === 'stdout') return false;
    }
  }
  return true;
}

async function lineOf(interpreter: Interpreter, exc: PyException): Promise<string> {
  return String(await interpreter.run(interpreter.main, str(interpreter.main, exc)));
}
