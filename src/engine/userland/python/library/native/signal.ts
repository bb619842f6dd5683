/** `signal`. */
import type { Signal } from '../../../../kernel/sys.ts';
import { osError, typeError, valueError } from '../../runtime/exceptions.ts';
import type { Interpreter } from '../../runtime/interpreter.ts';
import { INTERRUPT, interrupt, SIGNAL_NUMBERS, signalName } from '../../runtime/signals.ts';
import { plain, type Value } from '../../runtime/values.ts';
import { isCallable } from '../builtins.ts';
import { fn, moduleOf, steps } from '../define.ts';
import { rest } from '../waiting.ts';

const [SIG_DFL, SIG_IGN] = [0, 1];
const DEFAULT_INT = fn('default_int_handler(signalnum, frame, /)', () => {
  throw interrupt();
});

function nameOf(value: Value | undefined): Signal {
  const name = signalName(Number(plain(value ?? null)));
  if (name === undefined) throw valueError('signal number out of range');
  return name;
}

function current({ signals }: Interpreter, signal: Signal): Value {
  const handler = signals.handler(signal);
  if (handler === 'default') return SIG_DFL;
  if (handler === 'ignore') return SIG_IGN;
  return handler === INTERRUPT ? DEFAULT_INT : (handler as Value);
}

function set(interpreter: Interpreter, signal: Signal, handler: Value): Value {
  if (signal === 'SIGKILL' || signal === 'SIGSTOP') throw osError({ code: 'EINVAL', number: 22, message: 'Invalid argument' });
  const before = current(interpreter, signal);
  const own = plain(handler);
  if (own === SIG_DFL) interpreter.signals.leave(signal, 'default');
  else if (own === SIG_IGN) interpreter.signals.leave(signal, 'ignore');
  else if (handler === DEFAULT_INT) interpreter.signals.handle(signal, INTERRUPT);
  else if (isCallable(handler)) interpreter.signals.handle(signal, handler);
  else throw typeError('signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object');
  return before;
}

export const create = (_: Interpreter) =>
  moduleOf('_signal', {
    functions: [
      fn('_signal(signalnum, handler, /)', ([number, handler], thread) => {
        if (!thread.isMain) throw valueError('signal only works in main thread of the main interpreter');
        return set(thread.interpreter, nameOf(number), handler as Value);
      }),
      fn('_getsignal(signalnum, /)', ([number], { interpreter }) => current(interpreter, nameOf(number))),
      DEFAULT_INT,
      steps('pause()', function* (_args, thread) {
        const { sys, signals } = thread.interpreter;
        const queue = sys.queue();
        if (signals.isPending) yield* signals.deliver(thread);
        else yield* rest(thread, queue);
        return null;
      }),
      fn('_alarm(seconds, /)', ([delay], { interpreter }) => alarm(interpreter, Number(delay))),
    ],
    values: { _numbers: null, SIG_DFL, SIG_IGN, NSIG: 65, ...SIGNAL_NUMBERS },
  });

/** A timer that sends SIGALRM; a new one takes the place of the one before. */
function alarm(interpreter: Interpreter, delay: number): Value {
  const state = interpreter.state('alarm', () => ({ round: 0, endNs: 0 }));
  const nowNs = Number(interpreter.sys.clock.monotonicNs());
  const left = Math.max(0, Math.ceil((state.endNs - nowNs) / 1e9));
  state.round += 1;
  const { round } = state;
  state.endNs = delay > 0 ? nowNs + delay * 1e9 : 0;
  if (delay > 0)
    interpreter.sys.thread(async () => {
      await interpreter.sys.queue().wait(delay * 1000);
      if (state.round !== round) return;
      interpreter.sys.kill(interpreter.sys.pid, 'SIGALRM');
      // This thread may be the one that the signal was given to: it has to make another call.
      await interpreter.sys.sleep(0);
    });
  return left;
}
