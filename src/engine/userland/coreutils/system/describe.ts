/** `lscpu`, `lsblk`, `findmnt`: what the machine is made of; `man`, and what cannot be unpacked here. */
import type { MountInfo } from '../../../kernel/fs/types.ts';
import { decode } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';

export const lscpu: Utility = async (tool) => {
  await tool.options({ short: 'aebcpxyJ', usage: '[-a]', package: 'from util-linux 2.38.1' });
  const info = decode(tool.sys.path.readFile('/proc/cpuinfo'));
  const field = (name: string): string => new RegExp(`^${name}\\s*:\\s*(.*)$`, 'm').exec(info)?.[1] ?? '-';
  const count = [...info.matchAll(/^processor\s*:/gm)].length;
  const rows: readonly (readonly [string, string])[] = [
    ['Architecture:', tool.sys.uname.machine],
    ['  CPU op-mode(s):', '32-bit, 64-bit'],
    ['  Byte Order:', 'Little Endian'],
    ['CPU(s):', String(count)],
    ['  On-line CPU(s) list:', count > 1 ? `0-${count - 1}` : '0'],
    ['Vendor ID:', field('vendor_id')],
    ['  Model name:', field('model name')],
    ['    CPU family:', field('cpu family')],
    ['    Model:', field('model')],
    ['    Thread(s) per core:', '1'],
    ['    Core(s) per socket:', String(count)],
    ['    Socket(s):', '1'],
  ];
  await tool.out.write(
    rows
      .filter(([, value]) => value !== '-')
      .map(([name, value]) => `${name.padEnd(33)}${value}\n`)
      .join(''),
  );
  return 0;
};

export const lsblk: Utility = async (tool) => {
  await tool.options({ short: 'abdfmpnlo:JrtS', usage: '[-a]', package: 'from util-linux 2.38.1' });
  return tool.die('failed to access sysfs directory: /sys/dev/block: No such file or directory', 32);
};

const FIND_SPEC = {
  short: 'alno:rt:T:M:JSDAmkcpfuR',
  long: {
    list: 'l',
    all: 'A',
    noheadings: 'n',
    output: 'o:',
    raw: 'r',
    types: 't:',
    target: 'T:',
    mountpoint: 'M:',
    kernel: 'k',
    'first-only': 'f',
  },
  usage: '[-l] [-n] [-o LIST] [-t TYPE] [DEVICE|MOUNTPOINT]',
  package: 'from util-linux 2.38.1',
};

const COLUMNS: Readonly<Record<string, (mount: MountInfo) => string>> = {
  TARGET: (mount) => mount.target,
  SOURCE: (mount) => mount.source,
  FSTYPE: (mount) => mount.type,
  OPTIONS: (mount) => mount.options.join(','),
};

export const findmnt: Utility = async (tool) => {
  const options = await tool.options(FIND_SPEC);
  const names = (options.value('o') ?? 'TARGET,SOURCE,FSTYPE,OPTIONS').toUpperCase().split(',');
  const unknown = names.find((name) => COLUMNS[name] === undefined);
  if (unknown !== undefined) return tool.die(`unknown column: ${unknown.toLowerCase()}`);
  const wanted = options.value('M') ?? options.operands[0];
  const inside = options.value('T');
  const types = options.value('t')?.split(',');
  const all = tool.sys.path.mounts().filter((mount) => types === undefined || types.includes(mount.type));
  const found =
    wanted !== undefined
      ? all.filter((mount) => mount.target === wanted || mount.source === wanted).slice(-1)
      : inside !== undefined
        ? [mountOf(tool, all, inside)].flat()
        : all;
  if (found.length === 0) return 1;
  const isTree = wanted === undefined && inside === undefined && !options.has('l', 'r') && types === undefined;
  const placed = isTree ? treeOf(found) : found.map((mount) => ({ mount, drawn: mount.target }));
  const rows = placed.map(({ mount, drawn }) => names.map((name) => (name === 'TARGET' ? drawn : (COLUMNS[name]?.(mount) ?? ''))));
  const shown = options.has('n') ? rows : [names, ...rows];
  const widths = names.map((_, i) => Math.max(...shown.map((row) => [...(row[i] ?? '')].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === row.length - 1 || options.has('r') ? cell : cell + ' '.repeat((widths[i] ?? 0) - [...cell].length)))
      .join(' ');
  await tool.out.write(shown.map((row) => `${line(row)}\n`).join(''));
  return 0;
};

/** The mount that a path lies in. */
function mountOf(tool: Tool, all: readonly MountInfo[], path: string): readonly MountInfo[] {
  const real = tool.sys.path.realpath(path);
  const holds = (target: string): boolean => target === '/' || real === target || real.startsWith(`${target}/`);
  const inside = all.filter(({ target }) => holds(target)).sort((a, b) => b.target.length - a.target.length);
  return inside.slice(0, 1);
}

interface Placed {
  readonly mount: MountInfo;
  /** The target, with the branches that lead to it. */
  readonly drawn: string;
}

/** Mounts under those that they are mounted on. */
function treeOf(mounts: readonly MountInfo[]): readonly Placed[] {
  const below = (mount: MountInfo, stem: string): readonly Placed[] => {
    const inside = mounts.filter(({ id, parentId }) => parentId === mount.id && id !== mount.id);
    return inside.flatMap((child, i) => {
      const isLast = i === inside.length - 1;
      return [{ mount: child, drawn: `${stem}${isLast ? '└─' : '├─'}${child.target}` }, ...below(child, `${stem}${isLast ? '  ' : '│ '}`)];
    });
  };
  const roots = mounts.filter(({ id, parentId }) => parentId === id || !mounts.some((other) => other.id === parentId));
  return roots.flatMap((mount) => [{ mount, drawn: mount.target }, ...below(mount, '')]);
}

export const man: Utility = async (tool) => {
  const words = tool.args.filter((arg) => !arg.startsWith('-') && !/^\d$/.test(arg));
  if (words.length === 0) {
    await tool.out.write("What manual page do you want?\nFor example, try 'man man'.\n");
    return 1;
  }
  await tool.out.flush();
  await tool.sys.write(2, new TextEncoder().encode(words.map((word) => `No manual entry for ${word}\n`).join('')));
  await tool.sys.write(2, new TextEncoder().encode(`No manual pages are installed on this machine: try '${words[0]} --help'.\n`));
  return 16;
};

/** Compression of which this model has no code. */
export const unsupportedCompression: Utility = async (tool) =>
  tool.die('this format is not supported by this model: use gzip or plain tar');
