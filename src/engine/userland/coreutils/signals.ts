/** Signals by number and by name, as `kill -l` lists them on x86-64 and arm64. */
import type { Signal } from '../../kernel/sys.ts';

const NAMES: readonly Signal[] = [
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
const FIRST_REAL_TIME = 34;
const LAST_REAL_TIME = 64;

/** What kill(1) calls each signal, without SIG, from 1. */
export const SIGNAL_NAMES: readonly string[] = NAMES.map((name) => name.slice(3).replace(/^IO$/, 'POLL'));

export function signalNumber(signal: Signal): number {
  if (signal.startsWith('SIGRT')) return Number(signal.slice(5));
  return NAMES.indexOf(signal) + 1;
}

/** `9`, `KILL`, `SIGKILL`, `kill`; undefined if there is no such signal. Zero is null: only a question. */
export function parseSignal(text: string): Signal | null | undefined {
  if (/^\d+$/.test(text)) {
    const number = Number(text);
    if (number === 0) return null;
    if (number >= FIRST_REAL_TIME && number <= LAST_REAL_TIME) return `SIGRT${number}`;
    return NAMES[number - 1];
  }
  const name = text.toUpperCase().replace(/^SIG/, '');
  if (name === 'POLL') return 'SIGIO';
  const min = /^RTMIN(?:\+(\d+))?$/.exec(name);
  if (min) return `SIGRT${FIRST_REAL_TIME + Number(min[1] ?? 0)}`;
  return NAMES.find((known) => known === `SIG${name}`);
}
