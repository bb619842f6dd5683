/** `unshare`, `nsenter`, `lsns`: namespaces by hand. */
import { isErrno } from '../../../kernel/errno.ts';
import type { NamespaceKind, NamespaceRef } from '../../../kernel/sys.ts';
import type { Tool, Utility } from '../../tool.ts';
import { executeOrSay, statusOf, waitFor } from '../execute.ts';
import { nameTables } from '../users.ts';
import { commandOf, processes } from './processes.ts';

const KINDS: Readonly<Record<string, NamespaceKind>> = {
  m: 'mnt',
  u: 'uts',
  i: 'ipc',
  n: 'net',
  p: 'pid',
  U: 'user',
  C: 'cgroup',
  T: 'time',
};
const LONG = { mount: 'm::', uts: 'u::', ipc: 'i::', net: 'n::', pid: 'p::', user: 'U::', cgroup: 'C::', time: 'T::' };

const UNSHARE = {
  short: 'muinpUCTfrR:w:cS:G:',
  long: {
    ...LONG,
    fork: 'f',
    'map-root-user': 'r',
    'mount-proc': 'mount-proc::',
    root: 'R:',
    wd: 'w:',
    'map-current-user': 'c',
    'kill-child': 'kill-child::',
    propagation: 'propagation:',
    setuid: 'S:',
    setgid: 'G:',
  },
  stopsAtOperand: true,
  usage: '[OPTIONS] [PROG ARGS]',
  package: 'from util-linux 2.41',
};

/** As clone(2) has them. */
const CLONE_FLAGS: Readonly<Record<NamespaceKind, number>> = {
  time: 0x80,
  mnt: 0x20000,
  cgroup: 0x2000000,
  uts: 0x4000000,
  ipc: 0x8000000,
  user: 0x10000000,
  pid: 0x20000000,
  net: 0x40000000,
};

export const unshare: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options(UNSHARE);
  const mountsProc = options.has('mount-proc');
  const kinds = [
    ...Object.entries(KINDS)
      .filter(([letter]) => options.has(letter))
      .map(([, kind]) => kind),
    ...(mountsProc && !options.has('m') ? (['mnt'] as const) : []),
  ];
  try {
    sys.ns.unshare(kinds);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const flags = kinds.reduce((sum, kind) => sum + CLONE_FLAGS[kind], 0);
    return tool.die(`${tool.isBusybox ? `unshare(0x${flags.toString(16)})` : 'unshare failed'}: ${error.message}`);
  }
  const argv = options.operands.length === 0 ? [sys.env.get('SHELL') ?? '/bin/sh'] : options.operands;
  const run = async (self: typeof sys): Promise<number> => {
    if (options.has('R')) self.path.chroot(options.value('R') ?? '/');
    if (mountsProc)
      self.path.mount({
        type: 'proc',
        source: 'proc',
        target: options.value('mount-proc') || '/proc',
        flags: ['nosuid', 'nodev', 'noexec'],
      });
    if (options.has('w')) self.path.chdir(options.value('w') ?? '/');
    return executeOrSay(
      self,
      argv,
      (name, reason) => `${tool.name}: ${tool.isBusybox ? `can't execute '${name}'` : `failed to execute ${name}`}: ${reason}\n`,
    );
  };
  if (!options.has('f')) return run(sys);
  return statusOf(await waitFor(sys, sys.fork(run)));
};

const NSENTER = {
  short: 't:m::u::i::n::p::U::C::T::r::w::FaS:G:',
  long: { ...LONG, target: 't:', all: 'a', root: 'r::', wd: 'w::', 'no-fork': 'F', setuid: 'S:', setgid: 'G:' },
  stopsAtOperand: true,
  usage: '[OPTIONS] [PROG ARGS]',
  package: 'from util-linux 2.41',
};
/** What -a enters, in the order of util-linux: the mounts last, because they take /proc away. */
const ALL: readonly (readonly [string, NamespaceKind])[] = [
  ['U', 'user'],
  ['C', 'cgroup'],
  ['i', 'ipc'],
  ['u', 'uts'],
  ['n', 'net'],
  ['p', 'pid'],
  ['T', 'time'],
  ['m', 'mnt'],
];

export const nsenter: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options(NSENTER);
  const target = options.value('t');
  if (target !== undefined && !/^\d+$/.test(target))
    return tool.die(tool.isBusybox ? `invalid number '${target}'` : `failed to parse pid: '${target}'`);
  const refs: NamespaceRef[] = [];
  for (const [letter, kind] of ALL) {
    if (!options.has(letter) && !(options.has('a') && kind !== 'user')) continue;
    const file = options.value(letter) ?? '';
    const path = file === '' ? `/proc/${target}/ns/${kind}` : file;
    if (target === undefined && file === '')
      return tool.die(tool.isBusybox ? 'no target PID' : `neither filename nor target pid supplied for ns/${kind}`);
    try {
      const { ino: inode } = sys.path.stat(path);
      if (!options.has('a') || sys.ns.of(kind).inode !== inode) refs.push({ kind, inode });
    } catch (error) {
      if (!isErrno(error)) throw error;
      return tool.die(
        tool.isBusybox ? `can't open '${path}': No such file or directory` : `cannot open ${path}: No such file or directory`,
      );
    }
  }
  try {
    for (const ref of refs) sys.ns.setns(ref);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return tool.die(
      tool.isBusybox ? `setns(): ${error.message}` : `reassociate to namespace 'ns/${refs[0]?.kind ?? ''}' failed: ${error.message}`,
    );
  }
  const argv = options.operands.length === 0 ? [sys.env.get('SHELL') ?? '/bin/sh'] : options.operands;
  const run = (self: typeof sys): Promise<number> =>
    executeOrSay(
      self,
      argv,
      (name, reason) => `${tool.name}: ${tool.isBusybox ? `can't execute '${name}'` : `failed to execute ${name}`}: ${reason}\n`,
    );
  const forks = refs.some(({ kind }) => kind === 'pid') && !options.has('F');
  return forks ? statusOf(await waitFor(sys, sys.fork(run))) : run(sys);
};

export const lsns: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options({
    short: 't:p:lnro:',
    long: { type: 't:', task: 'p:', list: 'l', noheadings: 'n', output: 'o:' },
    package: 'from util-linux 2.41',
  });
  const names = nameTables(sys);
  const found = new Map<number, { kind: NamespaceKind; count: number; pid: number; user: string; command: string; isAsked: boolean }>();
  for (const row of processes(sys)) {
    const isAsked = !options.has('p') || row.pid === Number(options.value('p'));
    for (const kind of ['time', 'cgroup', 'pid', 'user', 'uts', 'ipc', 'net', 'mnt'] as const) {
      if (options.has('t') && options.value('t') !== kind) continue;
      const inode = inodeOf(tool, kind, row.pid);
      if (inode === undefined) continue;
      const known = found.get(inode);
      if (known) Object.assign(known, { count: known.count + 1, isAsked: known.isAsked || isAsked });
      else found.set(inode, { kind, count: 1, pid: row.pid, user: names.user(row.euid), command: commandOf(row), isAsked });
    }
  }
  const rows = [...found]
    .filter(([, { isAsked }]) => isAsked)
    .sort(([left], [right]) => left - right)
    .map(([inode, { kind, count, pid, user, command }]) => [String(inode), kind, String(count), String(pid), user, command]);
  const table = options.has('n') ? rows : [['NS', 'TYPE', 'NPROCS', 'PID', 'USER', 'COMMAND'], ...rows];
  const width = (column: number): number => Math.max(0, ...table.map((row) => (row[column] ?? '').length));
  for (const [inode = '', kind = '', count = '', pid = '', user = '', command = ''] of table)
    await tool.out.write(
      `${inode.padStart(width(0))} ${kind.padEnd(width(1))} ${count.padStart(width(2))} ${pid.padStart(width(3))} ${user.padEnd(width(4))} ${command}\n`,
    );
  return 0;
};

/** Undefined if the process is gone, or somebody else's. */
function inodeOf({ sys }: Tool, kind: NamespaceKind, pid: number): number | undefined {
  try {
    return Number(/\d+/.exec(sys.path.readlink(`/proc/${pid}/ns/${kind}`))?.[0]);
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}
