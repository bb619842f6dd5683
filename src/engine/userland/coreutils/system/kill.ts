/** Sending signals: `kill`, `killall`, `pkill`, `pgrep`, `pidof`. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Signal } from '../../../kernel/sys.ts';
import { say } from '../../program-io.ts';
import { Exit, type Tool, type Utility } from '../../tool.ts';
import { parseSignal, SIGNAL_NAMES } from '../signals.ts';
import { findUid } from '../users.ts';
import { type ProcessRow, processes } from './processes.ts';

/** `-9`, `-KILL`, `-s KILL`: the signal, and what is left of the words. */
async function takeSignal(tool: Tool, words: readonly string[]): Promise<{ signal: Signal | null; rest: readonly string[] }> {
  const [first = '', second = ''] = words;
  if (!first.startsWith('-') || first === '-' || first === '--')
    return { signal: 'SIGTERM', rest: first === '--' ? words.slice(1) : words };
  const isSeparate = first === '-s' || first === '--signal' || first === '-n';
  const text = isSeparate ? second : first.replace(/^--signal=/, '').replace(/^-s?(?=[A-Z0-9])/, '');
  const signal = parseSignal(text.replace(/^-/, ''));
  if (signal === undefined) {
    await say(
      tool.sys,
      2,
      tool.isBusybox
        ? `${tool.name}: bad signal name '${text.replace(/^-/, '')}'\n`
        : `${tool.name}: unknown signal ${text.replace(/^-/, '')}\n`,
    );
    throw new Exit(1);
  }
  return { signal, rest: words.slice(isSeparate ? 2 : 1) };
}

async function list(tool: Tool, words: readonly string[]): Promise<number> {
  const [word] = words;
  if (word !== undefined) {
    const number = Number(word) > 128 ? Number(word) - 128 : Number(word);
    await tool.out.write(
      /^\d+$/.test(word)
        ? `${SIGNAL_NAMES[number - 1] ?? number}\n`
        : `${SIGNAL_NAMES.indexOf(word.toUpperCase().replace(/^SIG/, '')) + 1}\n`,
    );
    return 0;
  }
  if (tool.isBusybox) for (const [at, name] of SIGNAL_NAMES.entries()) await tool.out.write(`${String(at + 1).padStart(2)}) ${name}\n`);
  else await tool.out.write(`${SIGNAL_NAMES.join(' ')}\n`);
  return 0;
}

export const kill: Utility = async (tool) => {
  const { args } = tool;
  if (args[0] === '-l' || args[0] === '-L' || args[0] === '--list') return list(tool, args.slice(1));
  const { signal, rest } = await takeSignal(tool, args);
  const targets = rest[0] === '--' ? rest.slice(1) : rest;
  if (targets.length === 0) return tool.isBusybox ? tool.die('you need to specify whom to kill') : usage(tool);
  for (const target of targets) {
    if (!/^-?\d+$/.test(target)) {
      await tool.complain(tool.isBusybox ? `invalid number '${target}'` : `failed to parse argument: '${target}'`);
      continue;
    }
    try {
      tool.sys.kill(Number(target), signal);
    } catch (error) {
      if (!isErrno(error)) throw error;
      await tool.complain(tool.isBusybox ? `can't kill pid ${target}: ${error.message}` : `(${target}): ${error.message}`);
    }
  }
  return 0;
};

async function usage(tool: Tool): Promise<never> {
  await say(tool.sys, 2, `\nUsage:\n ${tool.name} [options] <pid> [...]\n`);
  throw new Exit(1);
}

export const killall: Utility = async (tool) => {
  if (tool.args[0] === '-l') return list(tool, tool.args.slice(1));
  const words = tool.args.filter((word) => !/^-[qwvie]+$/.test(word));
  const isQuiet = tool.args.some((word) => /^-[a-z]*q/.test(word));
  const { signal, rest } = await takeSignal(tool, words);
  if (rest.length === 0) return tool.wrongUsage({ short: '', usage: '[-lq] [-SIG] PROCESS_NAME...' }, undefined);
  for (const name of rest) {
    const found = processes(tool.sys).filter((row) => isNamed(row, name) && row.pid !== tool.sys.pid);
    if (found.length === 0) {
      tool.status = 1;
      if (!isQuiet) await say(tool.sys, 2, tool.isBusybox ? `${tool.name}: ${name}: no process killed\n` : `${name}: no process found\n`);
    }
    for (const { pid } of found)
      await tool.attempt(
        () => tool.sys.kill(pid, signal),
        (reason) => (tool.isBusybox ? `can't kill pid ${pid}: ${reason}` : `${name}(${pid}): ${reason}`),
      );
  }
  return 0;
};

const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const isNamed = ({ name, argv }: ProcessRow, wanted: string): boolean =>
  name === wanted.slice(0, 15) || (argv[0] !== undefined && (argv[0] === wanted || base(argv[0]) === base(wanted)));

export const pidof: Utility = async (tool) => {
  const options = await tool.options({ short: 'sco:x', long: { 'single-shot': 's' }, usage: '[OPTIONS] [NAME]...' });
  const found = processes(tool.sys)
    .filter((row) => row.pid !== tool.sys.pid && options.operands.some((name) => isNamed(row, name)))
    .map(({ pid }) => pid)
    .filter((pid) => !options.values('o').includes(String(pid)))
    .reverse();
  if (found.length > 0) await tool.out.write(`${(options.has('s') ? found.slice(0, 1) : found).join(' ')}\n`);
  return found.length > 0 ? 0 : 1;
};

const MATCH = {
  short: 'lafvxonceiP:g:u:U:s:t:d:',
  long: {
    full: 'f',
    'list-name': 'l',
    'list-full': 'a',
    inverse: 'v',
    exact: 'x',
    oldest: 'o',
    newest: 'n',
    count: 'c',
    echo: 'e',
    'ignore-case': 'i',
    parent: 'P:',
    pgroup: 'g:',
    euid: 'u:',
    uid: 'U:',
    session: 's:',
    delimiter: 'd:',
    signal: 'signal:',
  },
  usage: '[-flanovx] [-s SID|-P PPID|PATTERN]',
  usageStatus: 2,
  package: 'from procps-ng 4.0.4',
};

interface Matched {
  readonly rows: readonly ProcessRow[];
  readonly options: Awaited<ReturnType<Tool['options']>>;
}

async function match(tool: Tool, args: readonly string[]): Promise<Matched> {
  const { sys } = tool;
  const options = await tool.options(MATCH, args);
  const [pattern] = options.operands;
  const hasFilter = options.has('P', 'g', 'u', 'U', 's', 't');
  if (pattern === undefined && !hasFilter) return tool.wrongUsage(MATCH, tool.isBusybox ? undefined : 'no matching criteria specified');
  const regex = new RegExp(options.has('x') ? `^(?:${pattern ?? ''})$` : (pattern ?? ''), options.has('i') ? 'i' : '');
  const numbers = (key: string): readonly number[] => options.values(key).flatMap((text) => text.split(',').map(Number));
  const uids = [...options.values('u'), ...options.values('U')].flatMap((text) => text.split(',')).map((name) => findUid(sys, name) ?? -1);
  const rows = processes(sys).filter((row) => {
    if (row.pid === sys.pid) return false;
    const fits =
      (pattern === undefined || regex.test(options.has('f') && row.argv.length > 0 ? row.argv.join(' ') : row.name)) &&
      (!options.has('P') || numbers('P').includes(row.ppid)) &&
      (!options.has('g') || numbers('g').includes(row.pgid)) &&
      (!options.has('s') || numbers('s').includes(row.sid)) &&
      (uids.length === 0 || uids.includes(row.euid));
    return fits !== options.has('v');
  });
  const byAge = [...rows].sort((left, right) => left.startTicks - right.startTicks || left.pid - right.pid);
  return { options, rows: options.has('o') ? byAge.slice(0, 1) : options.has('n') ? byAge.slice(-1) : rows };
}

export const pgrep: Utility = async (tool) => {
  const { rows, options } = await match(tool, tool.args);
  const text = (row: ProcessRow): string =>
    options.has('a')
      ? `${row.pid} ${row.argv.length === 0 ? `[${row.name}]` : row.argv.join(' ')}`
      : options.has('l')
        ? `${row.pid} ${options.has('f') && tool.isBusybox ? row.argv.join(' ') : row.name}`
        : String(row.pid);
  if (options.has('c')) await tool.out.write(`${rows.length}\n`);
  else if (rows.length > 0) await tool.out.write(`${rows.map(text).join(options.value('d') ?? '\n')}\n`);
  return rows.length > 0 ? 0 : 1;
};

export const pkill: Utility = async (tool) => {
  const words = [...tool.args];
  const at = words.findIndex((word) => /^-([0-9]+|[A-Z][A-Z0-9+]+)$/.test(word) || word.startsWith('--signal'));
  const taken = at < 0 ? [] : words.splice(at, words[at] === '--signal' ? 2 : 1);
  const { signal } = await takeSignal(tool, taken);
  const { rows, options } = await match(tool, words);
  for (const { pid, name } of rows) {
    if (options.has('e')) await tool.out.write(`${name} killed (pid ${pid})\n`);
    await tool.attempt(
      () => tool.sys.kill(pid, signal),
      (reason) => `killing pid ${pid} failed: ${reason}`,
    );
  }
  return rows.length > 0 ? 0 : 1;
};
