import type { Io } from './io.ts';
import { encodeText } from './text.ts';

const CANCELLED_STATUS = 130;
const PATIENCE = 3;
/** What `run`, `start` and `attach` hand on to the container. */
const FORWARDED = ['HUP', 'INT', 'QUIT', 'USR1', 'USR2', 'TERM', 'CONT', 'TSTP'] as const;

/** What ^C does to this command; the third time it ends the client in any case. */
export interface Interrupts {
  /** A status: the command ends with it. `stay`: it goes on. */
  behave(how: number | 'stay'): void;
  /** Does this at ^C and at TERM; other signals do what they do to any program. */
  onInterrupt(act: () => Promise<unknown>): void;
  /** As it was before anything was said of it. */
  release(): void;
  /** Hands every signal on; the name is without SIG. */
  forward(send: (signal: string) => Promise<unknown>): void;
}

/** Upstream: docker/cli cmd/docker forceExitAfter3TerminationSignals. */
export function watchInterrupts(io: Io): Interrupts {
  let how: number | 'stay' = CANCELLED_STATUS;
  let seen = 0;
  let send: ((signal: string) => Promise<unknown>) | undefined;
  const mode = io.stdin.isTerminal ? io.stdin.mode() : null;
  const end = (status: number): never => {
    if (mode !== null) io.stdin.setMode(mode);
    return io.exit(status);
  };
  const onSignal = (signal: string) => () => {
    io.spawn(async () => {
      if (signal === 'INT' || signal === 'TERM') seen++;
      if (seen >= PATIENCE) {
        await io.stderr.write(encodeText('\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n'));
        end(1);
      }
      await send?.(signal);
      if (how !== 'stay' && (signal === 'INT' || signal === 'TERM')) end(how);
    });
  };
  // A task that only waits takes the signals, so that none of the others is torn out of a read.
  const idle = io.queue();
  io.spawn(async () => {
    for (;;) await idle.wait();
  });
  io.onSignal('SIGINT', onSignal('INT'));
  io.onSignal('SIGTERM', onSignal('TERM'));
  return {
    behave: (next) => {
      how = next;
    },
    onInterrupt: (act) => {
      send = act;
    },
    release: () => {
      how = CANCELLED_STATUS;
      send = undefined;
    },
    forward: (next) => {
      send = next;
      // Who takes every signal takes this one too, and does not hand it on: the write that failed tells of it.
      io.onSignal('SIGPIPE', () => {});
      for (const signal of FORWARDED) if (signal !== 'INT' && signal !== 'TERM') io.onSignal(`SIG${signal}`, onSignal(signal));
    },
  };
}
