/** The process's own settings. */
import { isErrno } from '../../../kernel/errno.ts';
import type { RlimitName } from '../../../kernel/sys.ts';
import { quoteForShell } from '../quote.ts';
import { setTrap } from '../run/set-trap.ts';
import type { Shell } from '../shell.ts';
import { parseSignal } from '../signal-names.ts';

/** `EXIT`, `0`, `INT`, `2` as the shell keeps them. */
function condition(text: string): string | undefined {
  return text === 'EXIT' || text === '0' ? 'EXIT' : (parseSignal(text) ?? undefined);
}

export async function trap(shell: Shell, argv: readonly string[]): Promise<number> {
  const words = argv.slice(argv[1] === '--' ? 2 : 1);
  const [action] = words;
  if (action === undefined) {
    for (const [name, text] of shell.traps) await shell.write(1, `trap -- ${quoteForShell(text)} ${name.replace(/^SIG/, '')}\n`);
    return 0;
  }
  const isReset = words.length === 1 || action === '-' || /^\d+$/.test(action);
  const names = words.length === 1 || /^\d+$/.test(action) ? words : words.slice(1);
  let status = 0;
  for (const name of names) {
    const known = condition(name);
    if (known !== undefined) setTrap(shell, known, isReset ? undefined : action);
    else {
      await (shell.dialect.name === 'dash'
        ? shell.write(2, `trap: ${shell.dialect.badTrap(name)}\n`)
        : shell.complain(shell.dialect.badTrap(name)));
      status = 1;
    }
  }
  return status;
}

export async function umask(shell: Shell, argv: readonly string[]): Promise<number> {
  const { sys } = shell;
  const [, word] = argv;
  if (word === undefined || word === '-S') {
    const mask = sys.umask();
    const bits = (shift: number): string => ['r', 'w', 'x'].filter((_, i) => ((mask >> shift) & (4 >> i)) === 0).join('');
    await shell.write(1, word === '-S' ? `u=${bits(6)},g=${bits(3)},o=${bits(0)}\n` : `${mask.toString(8).padStart(4, '0')}\n`);
    return 0;
  }
  if (/^[0-7]+$/.test(word)) sys.umask(Number.parseInt(word, 8) & 0o777);
  else if (/^\d+$/.test(word)) shell.fail(shell.dialect.illegalNumber(word));
  else sys.umask(symbolicMask(shell, word));
  return 0;
}

function symbolicMask(shell: Shell, text: string): number {
  let mode = ~shell.sys.umask() & 0o777;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause);
    if (match === null) return shell.fail(`Illegal mode: ${text}`);
    const [, who = '', operator, what = ''] = match;
    const bits = [...what].reduce((sum, letter) => sum | ({ r: 4, w: 2, x: 1 }[letter] ?? 0), 0);
    for (const [letter, shift] of [
      ['u', 6],
      ['g', 3],
      ['o', 0],
    ] as const) {
      if (who !== '' && !who.includes(letter) && !who.includes('a')) continue;
      if (operator === '+') mode |= bits << shift;
      else if (operator === '-') mode &= ~(bits << shift);
      else mode = (mode & ~(7 << shift)) | (bits << shift);
    }
  }
  return ~mode & 0o777;
}

export async function times(shell: Shell): Promise<number> {
  const { selfNs, childrenNs } = shell.sys.times();
  const digits = shell.dialect.name === 'dash' ? 6 : 3;
  const show = (ns: bigint): string => `${ns / 60_000_000_000n}m${(Number(ns % 60_000_000_000n) / 1e9).toFixed(digits)}s`;
  await shell.write(1, `${show(selfNs)} ${show(0n)}\n${show(childrenNs)} ${show(0n)}\n`);
  return 0;
}

interface Limit {
  readonly letter: string;
  readonly name: RlimitName;
  readonly factor: number;
  readonly label: string;
}

const LIMITS: readonly Limit[] = [
  { letter: 't', name: 'cpu', factor: 1, label: 'time(seconds)' },
  { letter: 'f', name: 'fsize', factor: 512, label: 'file(blocks)' },
  { letter: 'd', name: 'data', factor: 1024, label: 'data(kbytes)' },
  { letter: 's', name: 'stack', factor: 1024, label: 'stack(kbytes)' },
  { letter: 'c', name: 'core', factor: 512, label: 'coredump(blocks)' },
  { letter: 'm', name: 'rss', factor: 1024, label: 'memory(kbytes)' },
  { letter: 'l', name: 'memlock', factor: 1024, label: 'locked memory(kbytes)' },
  { letter: 'p', name: 'nproc', factor: 1, label: 'process' },
  { letter: 'n', name: 'nofile', factor: 1, label: 'nofiles' },
  { letter: 'v', name: 'as', factor: 1024, label: 'vmemory(kbytes)' },
  { letter: 'w', name: 'locks', factor: 1, label: 'locks' },
  { letter: 'e', name: 'nice', factor: 1, label: 'scheduling priority' },
  { letter: 'r', name: 'rtprio', factor: 1, label: 'rtprio' },
];

/** busybox has its own order, words and letters. */
const ASH_LIMITS: readonly Limit[] = [
  { letter: 'c', name: 'core', factor: 512, label: 'core file size (blocks)' },
  { letter: 'd', name: 'data', factor: 1024, label: 'data seg size (kb)' },
  { letter: 'e', name: 'nice', factor: 1, label: 'scheduling priority' },
  { letter: 'f', name: 'fsize', factor: 512, label: 'file size (blocks)' },
  { letter: 'i', name: 'sigpending', factor: 1, label: 'pending signals' },
  { letter: 'l', name: 'memlock', factor: 1024, label: 'max locked memory (kb)' },
  { letter: 'm', name: 'rss', factor: 1024, label: 'max memory size (kb)' },
  { letter: 'n', name: 'nofile', factor: 1, label: 'open files' },
  { letter: 'q', name: 'msgqueue', factor: 1, label: 'POSIX message queues (bytes)' },
  { letter: 'r', name: 'rtprio', factor: 1, label: 'real-time priority' },
  { letter: 's', name: 'stack', factor: 1024, label: 'stack size (kb)' },
  { letter: 't', name: 'cpu', factor: 1, label: 'cpu time (seconds)' },
  { letter: 'u', name: 'nproc', factor: 1, label: 'max user processes' },
  { letter: 'v', name: 'as', factor: 1024, label: 'virtual memory (kb)' },
  { letter: 'x', name: 'locks', factor: 1, label: 'file locks' },
];

export async function ulimit(shell: Shell, argv: readonly string[]): Promise<number> {
  const isAsh = shell.dialect.name === 'ash' && shell.dialect.own === undefined;
  const limits = isAsh ? ASH_LIMITS : LIMITS;
  const letters = argv
    .slice(1)
    .filter((word) => word.startsWith('-'))
    .map((word) => word.slice(1))
    .join('');
  const value = argv.slice(1).find((word) => !word.startsWith('-'));
  const shown = (limit: Limit): string => {
    const { soft, hard } = shell.sys.rlimit(limit.name);
    const number = letters.includes('H') ? hard : soft;
    return number === Number.POSITIVE_INFINITY ? 'unlimited' : String(Math.floor(number / limit.factor));
  };
  if (letters.includes('a')) {
    const labelOf = ({ letter, label }: Limit): string => (isAsh ? `${label.padEnd(32)}(-${letter})` : label.padEnd(20));
    for (const limit of limits) await shell.write(1, `${labelOf(limit)} ${shown(limit)}\n`);
    return 0;
  }
  const letter = [...letters].find((one) => one !== 'H' && one !== 'S') ?? 'f';
  const limit = limits.find((candidate) => candidate.letter === letter);
  if (limit === undefined && isAsh) {
    await shell.write(2, `ulimit: invalid option -- '${letter}'\n`);
    return 1;
  }
  if (limit === undefined) shell.fail(shell.dialect.illegalOption(`-${letter}`));
  if (value === undefined) await shell.write(1, `${shown(limit)}\n`);
  else setLimit(shell, limit, { value, letters });
  return 0;
}

function setLimit(shell: Shell, limit: Limit, { value, letters }: { value: string; letters: string }): void {
  if (!/^(\d+|unlimited)$/.test(value)) shell.fail(shell.dialect.name === 'dash' ? 'bad number' : `bad number`);
  const number = value === 'unlimited' ? Number.POSITIVE_INFINITY : Number(value) * limit.factor;
  const { soft, hard } = shell.sys.rlimit(limit.name);
  const isHard = letters.includes('H') || !letters.includes('S');
  const isSoft = letters.includes('S') || !letters.includes('H');
  try {
    shell.sys.rlimit(limit.name, { soft: isSoft ? number : soft, hard: isHard ? number : hard });
  } catch (error) {
    if (isErrno(error)) shell.fail(`error setting limit (${error.message})`);
    throw error;
  }
}
