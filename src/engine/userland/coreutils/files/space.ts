/** How much room: `df`, `du`. */
import { isErrno } from '../../../kernel/errno.ts';
import type { MountInfo, Stat, StatFs } from '../../../kernel/fs/types.ts';
import type { Options } from '../../options.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { busyboxSize, humanSize } from '../sizes.ts';
import { entries, joined } from './entries.ts';

const DF = {
  short: 'ahHiklmPTt:x:',
  long: {
    all: 'a',
    'human-readable': 'h',
    si: 'H',
    inodes: 'i',
    local: 'l',
    portability: 'P',
    'print-type': 'T',
    type: 't:',
    'exclude-type': 'x:',
    total: 'total',
    output: 'output::',
    'block-size': 'B:',
  },
  usage: '[-PkmhTai] [-B SIZE] [-t TYPE] [FILESYSTEM]...',
};

interface Row {
  readonly mount: MountInfo;
  readonly space: StatFs;
}

export const df: Utility = async (tool) => {
  const options = await tool.options({ ...DF, short: `${DF.short}B:` });
  const { sys } = tool;
  const mounts = sys.path.mounts();
  const rows: Row[] = [];
  for (const path of options.operands) {
    await tool.attempt(
      () => {
        rows.push({ mount: mountOf(tool, mounts, path), space: sys.path.statfs(path) });
      },
      (reason) => (tool.isBusybox ? `${path}: can't find mount point` : `${path}: ${reason}`),
    );
  }
  if (options.operands.length === 0) rows.push(...allMounts(tool, mounts, options));
  if (rows.length === 0 && options.operands.length > 0) {
    if (tool.isBusybox) await printTable(tool, [], options);
    return 1;
  }
  await printTable(tool, rows, options);
  return 0;
};

/** Where several are mounted over each other the last one is seen; file systems without room are not shown. */
function allMounts({ sys, isBusybox }: Tool, mounts: readonly MountInfo[], options: Options): readonly Row[] {
  const rows: Row[] = [];
  const seen = new Set<string>();
  for (const mount of mounts) {
    if (options.has('t') && !options.values('t').includes(mount.type)) continue;
    if (options.values('x').includes(mount.type)) continue;
    try {
      const space = sys.path.statfs(mount.target);
      if (space.totalBytes === 0 && !options.has('a')) continue;
      const key = `${mount.source}:${mount.type}:${space.totalBytes}`;
      // GNU shows each device once; the one with the shorter mount point comes first in the table.
      if (!isBusybox && mount.source.startsWith('/') && seen.has(key) && !options.has('a')) continue;
      seen.add(key);
      rows.push({ mount, space });
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
  return rows;
}

function mountOf({ sys }: Tool, mounts: readonly MountInfo[], path: string): MountInfo {
  const real = sys.path.realpath(path);
  const found = mounts.filter(({ target }) => real === target || real.startsWith(target === '/' ? '/' : `${target}/`));
  const best = found.reduce<MountInfo | undefined>(
    (longest, mount) => (longest === undefined || mount.target.length >= longest.target.length ? mount : longest),
    undefined,
  );
  return best ?? { id: 0, parentId: 0, source: 'none', target: '/', type: 'none', options: [] };
}

/** GNU rounds up, busybox to the nearest. */
function percent({ isBusybox }: Tool, used: number, free: number): string {
  if (used + free === 0) return '-';
  const share = (used * 100) / (used + free);
  return `${isBusybox ? Math.round(share) : Math.ceil(share)}%`;
}

async function printTable(tool: Tool, rows: readonly Row[], options: Options): Promise<void> {
  const isHuman = options.has('h', 'H');
  const unit =
    options.has('m') || options.value('B') === 'M' || options.value('B') === '1M' ? 1024 ** 2 : options.value('B') === '1' ? 1 : 1024;
  const size = (bytes: number): string =>
    isHuman ? (tool.isBusybox ? busyboxSize(bytes) : humanSize(bytes, options.has('H') ? 1000 : 1024)) : String(Math.ceil(bytes / unit));
  const header = isHuman
    ? 'Size'
    : unit === 1024 ** 2
      ? '1M-blocks'
      : unit === 1
        ? '1B-blocks'
        : options.has('P')
          ? '1024-blocks'
          : '1K-blocks';
  const cells = rows.map(({ mount, space }) => {
    const used = space.totalBytes - space.freeBytes;
    const usedInodes = space.totalInodes - space.freeInodes;
    const numbers = options.has('i')
      ? [String(space.totalInodes), String(usedInodes), String(space.freeInodes), percent(tool, usedInodes, space.freeInodes)]
      : [size(space.totalBytes), size(used), size(space.freeBytes), percent(tool, used, space.freeBytes)];
    return [mount.source, mount.type, ...numbers, mount.target];
  });
  const titles = options.has('i')
    ? ['Filesystem', 'Type', 'Inodes', 'IUsed', 'IFree', 'IUse%', 'Mounted on']
    : [
        'Filesystem',
        'Type',
        header,
        'Used',
        tool.isBusybox || !isHuman ? 'Available' : 'Avail',
        options.has('P') ? 'Capacity' : 'Use%',
        'Mounted on',
      ];
  const table = [titles, ...cells].map((row) => (options.has('T') ? row : row.filter((_, at) => at !== 1)));
  for (const line of tool.isBusybox
    ? busyboxTable(table, { hasType: options.has('T'), isPortable: options.has('P') })
    : gnuTable(table, options.has('T')))
    await tool.out.write(`${line}\n`);
}

function gnuTable(table: readonly (readonly string[])[], hasType: boolean): readonly string[] {
  const last = (table[0]?.length ?? 1) - 1;
  const minimum = (column: number): number => (column === 0 ? 14 : hasType && column === 1 ? 4 : column === last - 1 ? 4 : 5);
  const widths = Array.from({ length: last }, (_, column) => Math.max(minimum(column), ...table.map((row) => (row[column] ?? '').length)));
  return table.map((row) =>
    row
      .map((cell, column) =>
        column === last
          ? cell
          : column === 0 || (hasType && column === 1)
            ? cell.padEnd(widths[column] ?? 0)
            : cell.padStart(widths[column] ?? 0),
      )
      .join(' '),
  );
}

/** Columns of a fixed width; a long device name stands on a line of its own. */
function busyboxTable(
  table: readonly (readonly string[])[],
  { hasType, isPortable }: { hasType: boolean; isPortable: boolean },
): readonly string[] {
  return table.flatMap((row, at) => {
    const [source = '', ...rest] = row;
    const type = hasType ? `${(rest.shift() ?? '').padEnd(10)} ` : '';
    const [size = '', used = '', available = '', use = '', mounted = ''] = rest;
    // The head's unit takes the room of a blank and of what is used, up to that column's own name.
    const sizes = at === 0 ? size.padStart(9).padEnd(15) + used : `${size.padStart(9)} ${used.padStart(9)}`;
    const numbers = `${type}${sizes} ${available.padStart(9)} ${use.padStart(4)} ${mounted}`;
    return source.length > 20 && !isPortable ? [source, `${''.padEnd(20)} ${numbers}`] : [`${source.padEnd(20)} ${numbers}`];
  });
}

const DU = {
  short: 'abcd:hHklLmsxS0',
  long: {
    all: 'a',
    bytes: 'b',
    total: 'c',
    'max-depth': 'd:',
    'human-readable': 'h',
    dereference: 'L',
    summarize: 's',
    'one-file-system': 'x',
    'separate-dirs': 'S',
    'apparent-size': 'apparent',
    exclude: 'exclude:',
  },
  usage: '[-aHLdclsxhmk] [FILE]...',
};

interface Use {
  readonly tool: Tool;
  readonly options: Options;
  readonly maxDepth: number;
  readonly seen: Set<string>;
  readonly print: (bytes: number, path: string) => Promise<void>;
}

export const du: Utility = async (tool) => {
  const options = await tool.options(DU);
  const isApparent = options.has('b', 'apparent');
  const text = (bytes: number): string => {
    if (options.has('h')) return tool.isBusybox ? busyboxSize(bytes) : humanSize(bytes);
    return String(Math.ceil(bytes / (options.has('b') ? 1 : options.has('m') ? 1024 ** 2 : 1024)));
  };
  const use: Use = {
    tool,
    options,
    seen: new Set(),
    maxDepth: options.has('s') ? 0 : Number(options.value('d') ?? Number.POSITIVE_INFINITY),
    print: async (bytes, path) => tool.out.write(`${text(bytes)}\t${path}\n`),
  };
  let total = 0;
  for (const path of options.operands.length === 0 ? ['.'] : options.operands) {
    await tool.attempt(
      async () => {
        total += await measure(use, { path, depth: 0, isApparent });
      },
      (reason) => (tool.isBusybox ? `${path}: ${reason}` : `cannot access ${quoted(path)}: ${reason}`),
    );
  }
  if (options.has('c')) await use.print(total, 'total');
  return 0;
};

/** The bytes below a path; each inode counts once. */
async function measure(use: Use, { path, depth, isApparent }: { path: string; depth: number; isApparent: boolean }): Promise<number> {
  const { tool, options } = use;
  const stat: Stat = options.has('L') ? tool.sys.path.stat(path) : tool.sys.path.lstat(path);
  const key = `${stat.dev}:${stat.ino}`;
  if (stat.type !== 'directory' && stat.nlink > 1 && !options.has('l')) {
    if (use.seen.has(key)) return 0;
    use.seen.add(key);
  }
  let bytes = isApparent ? stat.sizeBytes : stat.allocatedBytes;
  if (stat.type === 'directory') {
    await tool.attempt(
      async () => {
        for (const { name } of entries(tool.sys, path))
          bytes += await measure(use, { path: joined(path, name), depth: depth + 1, isApparent });
      },
      (reason) => (tool.isBusybox ? `can't open '${path}': ${reason}` : `cannot read directory ${quoted(path)}: ${reason}`),
    );
  }
  await tool.sys.turn();
  if (depth === 0 || (depth <= use.maxDepth && (stat.type === 'directory' || options.has('a')))) await use.print(bytes, path);
  return bytes;
}
