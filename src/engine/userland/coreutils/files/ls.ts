import { isErrno } from '../../../kernel/errno.ts';
import { majorOf, minorOf } from '../../../kernel/fs/device-number.ts';
import type { Fd } from '../../../kernel/sys.ts';
import type { Options } from '../../options.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { strftime, zoneOf } from '../dates.ts';
import { modeText } from '../modes.ts';
import { busyboxSize, humanSize } from '../sizes.ts';
import { nameTables } from '../users.ts';
import { entries, joined } from './entries.ts';
import { colour, columns, evenColumns, indicator, type Listed, listed, sorted } from './list.ts';

const SPEC = {
  short: '1aAbBcCdfFgGhHiklLmnNopqQrRsStuUvw:xXZI:T:',
  long: {
    all: 'a',
    'almost-all': 'A',
    directory: 'd',
    classify: 'F::',
    'file-type': 'p',
    'human-readable': 'h',
    inode: 'i',
    'numeric-uid-gid': 'n',
    'no-group': 'G',
    reverse: 'r',
    recursive: 'R',
    size: 's',
    dereference: 'L',
    width: 'w:',
    color: 'color::',
    'full-time': 'full-time',
    'time-style': 'time-style:',
    'group-directories-first': 'dirs-first',
    sort: 'sort:',
    si: 'si',
    'quote-name': 'Q',
    literal: 'N',
    format: 'format:',
    time: 'time:',
    kibibytes: 'k',
    ignore: 'I:',
  },
  usage: '[-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...',
};
const HALF_YEAR_NS = 15_778_476n * 1_000_000_000n;

interface View {
  readonly tool: Tool;
  readonly options: Options;
  readonly isLong: boolean;
  readonly style: 'F' | 'p' | 'none';
  readonly isColoured: boolean;
  readonly names: ReturnType<typeof nameTables>;
  isFirst: boolean;
}

export const ls: Utility = async (tool) => {
  const options = await tool.options({ ...SPEC, usageStatus: tool.isBusybox ? 1 : 2 });
  const when = options.value('color');
  const view: View = {
    tool,
    options,
    isFirst: true,
    names: nameTables(tool.sys),
    isLong: options.has('l', 'g', 'o', 'n', 'full-time') && options.last('l', '1', 'C', 'x', 'm', 'g', 'o', 'n', 'full-time') !== 'C',
    style: options.has('F') ? 'F' : options.has('p') ? 'p' : 'none',
    isColoured: options.has('color') && (when === '' || when === 'always' || (when === 'auto' && tool.out.isTerminal)),
  };
  const { files, directories } = await operandsOf(view);
  if (files.length > 0) {
    await show(view, files, { isDirectory: false });
    view.isFirst = false;
  }
  const isTitled = options.has('R') || options.operands.length > 1;
  for (const directory of directories) await listDirectory(view, directory, isTitled);
  return 0;
};

async function operandsOf({ tool, options }: View): Promise<{ files: readonly Listed[]; directories: readonly Listed[] }> {
  const found: Listed[] = [];
  // A link that is named is followed to a directory, unless the listing says more of it than its name.
  const follow =
    options.has('L', 'H') || !options.has('l', 'F', 'g', 'o', 'n', ...(tool.isBusybox ? (['i', 's'] as const) : (['d'] as const)));
  for (const name of options.operands.length === 0 ? ['.'] : options.operands) {
    try {
      if (options.has('L')) tool.sys.path.stat(name);
      const itself = listed(tool.sys, { name, path: name, follow: options.has('L', 'H') });
      const reached = follow ? reachedFrom(tool, itself) : itself;
      found.push(reached.stat.type === 'directory' ? reached : itself);
    } catch (error) {
      if (!isErrno(error)) throw error;
      await tool.complain(
        tool.isBusybox ? `${name}: ${error.message}` : `cannot access ${quoted(name)}: ${error.message}`,
        tool.isBusybox ? 1 : 2,
      );
    }
  }
  const isListed = ({ stat }: Listed): boolean => stat.type === 'directory' && !options.has('d');
  return {
    files: sorted(
      found.filter((file) => !isListed(file)),
      options,
    ),
    directories: sorted(found.filter(isListed), options),
  };
}

/** Where a link leads. GNU's shows one that leads nowhere itself. */
function reachedFrom({ sys, isBusybox }: Tool, itself: Listed): Listed {
  try {
    return { ...itself, stat: sys.path.stat(itself.path), target: undefined };
  } catch (error) {
    if (!isBusybox && isErrno(error, 'ENOENT')) return itself;
    throw error;
  }
}

async function listDirectory(view: View, { path }: Pick<Listed, 'path'>, isTitled: boolean): Promise<void> {
  const { tool, options } = view;
  const { sys } = tool;
  let names: readonly string[];
  let open: Fd;
  try {
    open = await sys.open(path, { read: true, directory: true, closeOnExec: true });
    names = entries(sys, path).map(({ name }) => name);
  } catch (error) {
    if (!isErrno(error)) throw error;
    await tool.complain(
      tool.isBusybox ? `can't open '${path}': ${error.message}` : `cannot open directory ${quoted(path)}: ${error.message}`,
      tool.isBusybox ? 1 : 2,
    );
    return;
  }
  const shown = names.filter((name) => options.has('a', 'A', 'f') || !name.startsWith('.'));
  const all = options.has('a', 'f') ? ['.', '..', ...shown] : shown;
  const files: Listed[] = [];
  for (const name of all) {
    try {
      files.push(listed(sys, { name, path: joined(path, name), follow: options.has('L') }));
    } catch (error) {
      if (!isErrno(error)) throw error;
      await tool.complain(
        tool.isBusybox ? `${joined(path, name)}: ${error.message}` : `cannot access ${quoted(joined(path, name))}: ${error.message}`,
      );
    }
  }
  sys.fds.close(open);
  if (isTitled) await tool.out.write(`${view.isFirst ? '' : '\n'}${path}:\n`);
  view.isFirst = false;
  const order = sorted(files, options);
  await show(view, options.has('dirs-first') ? [...order.filter(isDirectory), ...order.filter((file) => !isDirectory(file))] : order, {
    isDirectory: true,
  });
  if (!options.has('R')) return;
  for (const file of order)
    if (file.stat.type === 'directory' && file.name !== '.' && file.name !== '..') await listDirectory(view, file, true);
}

const isDirectory = ({ stat }: Listed): boolean => stat.type === 'directory';

async function show(view: View, files: readonly Listed[], { isDirectory: ofDirectory }: { isDirectory: boolean }): Promise<void> {
  const { tool, options, isLong } = view;
  const blocks = files.reduce((sum, { stat }) => sum + stat.allocatedBytes / 1024, 0);
  if (ofDirectory && (isLong || options.has('s')))
    await tool.out.write(`total ${options.has('h') ? humanSize(blocks * 1024) : Math.ceil(blocks)}\n`);
  if (isLong) return showLong(view, files);
  const cells = files.map((file) => {
    const text = `${options.has('i') ? `${file.stat.ino} ` : ''}${options.has('s') ? `${Math.ceil(file.stat.allocatedBytes / 1024)} ` : ''}${nameOf(view, file)}`;
    return { text, width: visibleWidth(text) };
  });
  const isInColumns = options.last('1', 'C', 'x', 'm') === 'C' || (tool.out.isTerminal && options.last('1', 'C', 'm') === undefined);
  if (options.last('1', 'C', 'm') === 'm') return void (await tool.out.write(`${cells.map(({ text }) => text).join(', ')}\n`));
  const screen = Number((tool.out.isTerminal && tool.sys.tty.size(1).columns) || (tool.sys.env.get('COLUMNS') ?? 80));
  const width = Number(options.value('w') ?? (tool.isBusybox ? screen - 1 : screen));
  const layOut = tool.isBusybox ? evenColumns : columns;
  for (const line of isInColumns ? layOut(cells, width) : cells.map(({ text }) => text)) await tool.out.write(`${line}\n`);
}

/** Wide characters take two columns. */
function visibleWidth(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
  return [...text.replace(/\x1b\[[0-9;]*m/g, '')].reduce(
    (sum, char) =>
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(char) ? 2 : 1),
    0,
  );
}

function nameOf({ tool, options, isColoured, style }: View, { name, stat }: Listed): string {
  const needsQuotes = !tool.isBusybox && tool.out.isTerminal && !options.has('N') && !/^[\p{L}\p{N}_@%+:,./~-]+$/u.test(name);
  const text = options.has('Q') ? `"${name}"` : needsQuotes ? quoted(name) : name;
  const code = isColoured ? colour(stat) : undefined;
  return (
    (code === undefined
      ? text
      : tool.isBusybox
        ? `\x1b[${code.replace(/^01;/, '1;')}m${text}\x1b[m`
        : `\x1b[0m\x1b[${code}m${text}\x1b[0m`) + indicator(stat, style)
  );
}

/** busybox reads links when it prints them, after it has closed the directory. */
async function withTargets({ tool }: View, files: readonly Listed[]): Promise<readonly Listed[]> {
  if (!tool.isBusybox) return files;
  const read: Listed[] = [];
  for (const file of files) {
    if (file.stat.type !== 'symlink') {
      read.push(file);
      continue;
    }
    try {
      read.push({ ...file, target: tool.sys.path.readlink(file.path) });
    } catch (error) {
      if (!isErrno(error)) throw error;
      await tool.warn(`${file.path}: cannot read link: ${error.message}`);
      read.push({ ...file, target: undefined });
    }
  }
  return read;
}

async function showLong(view: View, files: readonly Listed[]): Promise<void> {
  const { tool, options, names } = view;
  const isNumeric = options.has('n');
  const rows = (await withTargets(view, files)).map((file) => {
    const { stat } = file;
    return {
      file,
      cells: {
        inode: options.has('i') ? String(stat.ino) : '',
        blocks: options.has('s') ? String(Math.ceil(stat.allocatedBytes / 1024)) : '',
        links: String(stat.nlink),
        user: options.has('g') ? '' : isNumeric ? String(stat.uid) : names.user(stat.uid),
        group: options.has('o', 'G') ? '' : isNumeric ? String(stat.gid) : names.group(stat.gid),
        size: sizeText(view, file),
      },
    };
  });
  const width = (key: keyof (typeof rows)[number]['cells']): number => Math.max(0, ...rows.map(({ cells }) => cells[key].length));
  const w = tool.isBusybox
    ? { inode: 7, blocks: 6, links: 4, user: 8, group: 8, size: options.has('h') ? 7 : 9 }
    : {
        inode: width('inode'),
        blocks: width('blocks'),
        links: width('links'),
        user: width('user'),
        group: width('group'),
        size: width('size'),
      };
  for (const { file, cells } of rows) {
    const parts = [
      cells.inode === '' ? '' : `${cells.inode.padStart(w.inode)} `,
      cells.blocks === '' ? '' : `${cells.blocks.padStart(w.blocks)} `,
      modeText(file.stat),
      ' ',
      cells.links.padStart(w.links),
      ' ',
      cells.user === '' && options.has('g') ? '' : `${cells.user.padEnd(w.user)} `,
      options.has('o', 'G') ? '' : `${cells.group.padEnd(w.group)} `,
      cells.size.padStart(w.size),
      ' ',
      timeText(view, file),
      ' ',
      nameOf(view, file),
      file.target === undefined ? '' : ` -> ${file.target}`,
    ];
    await tool.out.write(`${parts.join('')}\n`);
  }
}

function sizeText({ tool, options }: View, { stat }: Listed): string {
  if (stat.type === 'char-device' || stat.type === 'block-device') {
    const [major, minor] = [majorOf(stat.rdev), minorOf(stat.rdev)];
    return tool.isBusybox ? `${String(major).padStart(4)},${String(minor).padStart(4)}` : `${major}, ${String(minor).padStart(3)}`;
  }
  if (options.has('h')) return tool.isBusybox ? busyboxSize(stat.sizeBytes) : humanSize(stat.sizeBytes);
  return String(stat.sizeBytes);
}

/** Files older than half a year (or from the future) show their year. */
function timeText({ tool, options }: View, { stat }: Listed): string {
  const ns = options.has('u') ? stat.atimeNs : options.has('c') ? stat.ctimeNs : stat.mtimeNs;
  const zone = zoneOf(tool.sys.env.get('TZ'));
  const style = options.has('full-time') ? 'full-iso' : options.value('time-style');
  if (style === 'full-iso') return strftime(tool.isBusybox ? '%Y-%m-%d %H:%M:%S %z' : '%Y-%m-%d %H:%M:%S.%N %z', ns, zone);
  if (style === 'long-iso') return strftime('%Y-%m-%d %H:%M', ns, zone);
  if (style?.startsWith('+') === true) return strftime(style.slice(1), ns, zone);
  const ageNs = tool.sys.clock.nowNs() - ns;
  const isRecent = ageNs < HALF_YEAR_NS && ageNs > (tool.isBusybox ? -900_000_000_000n : 0n);
  return strftime(isRecent || (ageNs <= 0n && ageNs > -1_000_000_000n) ? '%b %e %H:%M' : '%b %e  %Y', ns, zone);
}
