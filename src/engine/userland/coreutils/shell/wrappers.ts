/** Programs that run another one with a setting that the model does not have, and small ones about links and hosts. */
import { isErrno } from '../../../kernel/errno.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { executeOrSay, isExecutable, start, waitFor } from '../execute.ts';
import { entries, joined } from '../files/entries.ts';
import { fileLines } from '../users.ts';
import { cannotRun } from './run.ts';

interface Wrapped {
  readonly short: string;
  readonly long?: Readonly<Record<string, string>>;
  readonly skip?: number;
}

/** Reads its own options and the operands before the command, and runs the command as it is. */
const wrapper =
  ({ short, long = {}, skip = 0 }: Wrapped): Utility =>
  async (tool) => {
    const options = await tool.options({ short, long, stopsAtOperand: true, usage: '[OPTIONS] PROG ARGS' });
    const command = options.operands.slice(skip);
    if (command.length === 0) return 0;
    return executeOrSay(tool.sys, command, cannotRun(tool));
  };

export const ionice: Utility = wrapper({ short: 'c:n:p:t', long: { class: 'c:', classdata: 'n:', pid: 'p:' } });
export const taskset: Utility = wrapper({ short: 'pac', long: { pid: 'p', 'cpu-list': 'c' }, skip: 1 });
export const stdbuf: Utility = wrapper({ short: 'i:o:e:', long: { input: 'i:', output: 'o:', error: 'e:' } });
export const setarch: Utility = wrapper({ short: 'vRBZLXIS3' });

/** Takes a file as a lock: whoever finds it taken waits. */
export const flock: Utility = async (tool) => {
  const options = await tool.options({
    short: 'xseunw:oc:F',
    long: { exclusive: 'x', shared: 's', unlock: 'u', nonblock: 'n', timeout: 'w:', close: 'o', command: 'c:' },
    stopsAtOperand: true,
    usage: '[-sxun] FD | { FILE [-c] PROG ARGS }',
  });
  const [path, ...command] = options.operands;
  if (path === undefined) return tool.wrongUsage({ short: '' }, undefined);
  if (/^\d+$/.test(path) && command.length === 0) return 0;
  tool.sys.fds.close(await tool.sys.open(path, { read: true, write: true, create: true }));
  const shellWords = command[0] === '-c' ? ['/bin/sh', ...command] : command;
  return executeOrSay(tool.sys, shellWords, cannotRun(tool));
};

export const link: Utility = async (tool) => {
  const [from, to] = tool.args;
  if (from === undefined || to === undefined)
    return tool.wrongUsage({ short: '', usage: 'FILE LINK' }, tool.isBusybox ? undefined : 'missing operand');
  await tool.attempt(
    () => tool.sys.path.link(from, to),
    (reason) =>
      tool.isBusybox
        ? `can't create link '${to}' to '${from}': ${reason}`
        : `cannot create link ${quoted(to)} to ${quoted(from)}: ${reason}`,
  );
  return 0;
};

export const hostid: Utility = async (tool) => {
  await tool.out.write('00000000\n');
  return 0;
};

export const nologin: Utility = async (tool) => {
  await tool.out.write(`This account is ${tool.isBusybox ? 'not available' : 'currently not available.'}\n`);
  return 1;
};

/** Executes the programs of a folder, one after the other, in the order of their names. */
export const runParts: Utility = async (tool) => {
  const options = await tool.options({
    short: 'a:u:v',
    long: { test: 'test', list: 'list', arg: 'a:', verbose: 'v', 'exit-on-error': 'stop', regex: 'regex:', report: 'report' },
    usage: '[-a ARG]... [-u UMASK] DIRECTORY',
  });
  const [directory = '.'] = options.operands;
  const names = await namesIn(tool, directory);
  for (const name of names) {
    const path = joined(directory, name);
    if (options.has('list') || (options.has('test') && isExecutable(tool.sys, path))) await tool.out.write(`${path}\n`);
    if (options.has('list', 'test') || !isExecutable(tool.sys, path)) continue;
    await tool.out.flush();
    const exited = await waitFor(
      tool.sys,
      start(tool.sys, [path, ...options.values('a')], { complain: (program, reason) => `${tool.name}: ${program}: ${reason}\n` }),
    );
    if (exited.status === 0) continue;
    await tool.complain(tool.isBusybox ? `${path} exited with code ${exited.status}` : `${path} exited with return code ${exited.status}`);
    if (options.has('stop')) break;
  }
  return 0;
};

async function namesIn(tool: Tool, directory: string): Promise<readonly string[]> {
  try {
    return entries(tool.sys, directory)
      .map(({ name }) => name)
      .filter((name) => /^[\w-]+$/.test(name))
      .sort();
  } catch (error) {
    if (!isErrno(error)) throw error;
    return tool.die(
      tool.isBusybox ? `can't open '${directory}': ${error.message}` : `failed to open directory ${directory}: ${error.message}`,
    );
  }
}

export const factor: Utility = async (tool) => {
  const words = tool.args.length > 0 ? [...tool.args] : [];
  if (words.length === 0) await tool.eachLine([], async (line) => void words.push(...line.split(/\s+/).filter((word) => word !== '')));
  for (const word of words) {
    if (!/^\d+$/.test(word)) {
      if (tool.isBusybox) return tool.wrongUsage({ short: '', usage: '[NUMBER]...' });
      await tool.complain(`${quoted(word)} is not a valid positive integer`);
      continue;
    }
    const factors: number[] = [];
    let rest = Number(word);
    for (let divisor = 2; divisor * divisor <= rest; divisor += 1) {
      for (; rest % divisor === 0; rest /= divisor) factors.push(divisor);
      await tool.sys.turn();
    }
    if (rest > 1) factors.push(rest);
    await tool.out.write(`${word}: ${factors.join(' ')}`.trimEnd());
    await tool.out.write('\n');
  }
  return 0;
};

/** The shells' own list of where programs, sources and manuals may be. */
export const whereis: Utility = async (tool) => {
  const places = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/bin', '/sbin'];
  for (const name of tool.args.filter((word) => !word.startsWith('-'))) {
    const found = [
      ...new Set(
        places
          .map((place) => `${place}/${name}`)
          .filter((path) => isExecutable(tool.sys, path))
          .map((path) => tool.sys.path.realpath(path)),
      ),
    ];
    await tool.out.write(`${[`${name}:`, ...found].join(' ')}\n`);
  }
  return 0;
};

export const locale: Utility = async (tool) => {
  if (tool.args.includes('-a')) {
    await tool.out.write('C\nC.utf8\nPOSIX\n');
    return 0;
  }
  const { env } = tool.sys;
  const lang = env.get('LANG') ?? '';
  const all = env.get('LC_ALL') ?? '';
  const names = [
    'LC_CTYPE',
    'LC_NUMERIC',
    'LC_TIME',
    'LC_COLLATE',
    'LC_MONETARY',
    'LC_MESSAGES',
    'LC_PAPER',
    'LC_NAME',
    'LC_ADDRESS',
    'LC_TELEPHONE',
    'LC_MEASUREMENT',
    'LC_IDENTIFICATION',
  ];
  await tool.out.write(
    `LANG=${lang}\nLANGUAGE=\n${names.map((name) => `${name}=${env.get(name) ?? `"${all || lang || 'POSIX'}"`}\n`).join('')}LC_ALL=${all}\n`,
  );
  return 0;
};

const LIMITS: Readonly<Record<string, string>> = {
  PAGE_SIZE: '4096',
  PAGESIZE: '4096',
  ARG_MAX: '2097152',
  CLK_TCK: '100',
  LONG_BIT: '64',
  OPEN_MAX: '1024',
  PATH_MAX: '4096',
  NAME_MAX: '255',
};

export const getconf: Utility = async (tool) => {
  const [name = ''] = tool.args;
  const cpus = fileLines(tool.sys, '/proc/cpuinfo').filter((line) => line.startsWith('processor')).length || 1;
  const value = name === '_NPROCESSORS_ONLN' || name === '_NPROCESSORS_CONF' ? String(cpus) : LIMITS[name];
  if (value === undefined) return tool.die(`Unrecognized variable \`${name}'`, 2);
  await tool.out.write(`${value}\n`);
  return 0;
};
