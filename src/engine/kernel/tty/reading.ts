/** Whether a terminal's keyboard has a listener: for whoever draws the terminal and would rather not type into the void. */
import { Process } from '../process/process.ts';
import { Task } from '../process/task.ts';
import type { Fd } from '../sys.ts';
import { type Tty, TtyEnd } from './tty.ts';

export interface Reading {
  /** How many bytes were typed so far. */
  readonly typedBytes: number;
  /** All of that was read, what came of it was drawn, and a program of the foreground waits for more. */
  readonly isAwaited: boolean;
  /** Each key goes to the program as it comes; else whole lines do. */
  readonly isRaw: boolean;
}

/** How the terminal is read whose master is that descriptor of the process; null if it is none. */
export function readingOf({ fds }: Process, fd: Fd): Reading | null {
  const file = fds.has(fd) ? fds.file(fd) : null;
  if (!(file instanceof TtyEnd)) return null;
  const { tty } = file;
  const isAwaited = !tty.poll('slave').readable && isDrawn(tty) && isListenedTo(tty);
  return { typedBytes: tty.typedBytes, isAwaited, isRaw: !tty.mode.canonical };
}

/** Whoever draws it has taken everything, and sleeps. */
const isDrawn = (tty: Tty): boolean => !tty.poll('master').readable && [...tty.masterChanged.waiters].length > 0;

const isListenedTo = ({ slaveChanged, foreground }: Tty): boolean =>
  [...slaveChanged.waiters].some(
    (waiter) =>
      waiter instanceof Task &&
      waiter.owner instanceof Process &&
      !waiter.owner.isStopped &&
      (foreground === null || waiter.owner.group === foreground),
  );
