/** The signals: their numbers on x86-64 and what they do to a process that has not said otherwise (signal(7)). */
import type { Signal } from '../sys.ts';

export type DefaultAction = 'terminate' | 'core' | 'stop' | 'continue' | 'ignore';

/** From 1, without the real-time ones. */
export const SIGNALS: readonly Signal[] = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGKILL',
  'SIGUSR1',
  'SIGSEGV',
  'SIGUSR2',
  'SIGPIPE',
  'SIGALRM',
  'SIGTERM',
  'SIGSTKFLT',
  'SIGCHLD',
  'SIGCONT',
  'SIGSTOP',
  'SIGTSTP',
  'SIGTTIN',
  'SIGTTOU',
  'SIGURG',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGVTALRM',
  'SIGPROF',
  'SIGWINCH',
  'SIGIO',
  'SIGPWR',
  'SIGSYS',
];

const OTHERS: ReadonlyMap<Signal, DefaultAction> = new Map<Signal, DefaultAction>([
  ['SIGQUIT', 'core'],
  ['SIGILL', 'core'],
  ['SIGTRAP', 'core'],
  ['SIGABRT', 'core'],
  ['SIGBUS', 'core'],
  ['SIGFPE', 'core'],
  ['SIGSEGV', 'core'],
  ['SIGXCPU', 'core'],
  ['SIGXFSZ', 'core'],
  ['SIGSYS', 'core'],
  ['SIGSTOP', 'stop'],
  ['SIGTSTP', 'stop'],
  ['SIGTTIN', 'stop'],
  ['SIGTTOU', 'stop'],
  ['SIGCONT', 'continue'],
  ['SIGCHLD', 'ignore'],
  ['SIGURG', 'ignore'],
  ['SIGWINCH', 'ignore'],
]);

export const FIRST_REALTIME = 34;
export const LAST_REALTIME = 64;

/** What `signal` does by default. */
export function defaultAction(signal: Signal): DefaultAction {
  return OTHERS.get(signal) ?? 'terminate';
}

/** The number of a signal: SIGHUP is 1, SIGRT0 is 34. */
export function signalNumber(signal: Signal): number {
  const index = SIGNALS.indexOf(signal);
  return index >= 0 ? index + 1 : FIRST_REALTIME + Number(signal.slice('SIGRT'.length));
}

/** The signal with this number, or undefined. */
export function signalOfNumber(number: number): Signal | undefined {
  if (number >= FIRST_REALTIME && number <= LAST_REALTIME) return `SIGRT${number - FIRST_REALTIME}`;
  return SIGNALS[number - 1];
}

/** Whether a process can neither catch nor ignore it. */
export function isUncatchable(signal: Signal): boolean {
  return signal === 'SIGKILL' || signal === 'SIGSTOP';
}
