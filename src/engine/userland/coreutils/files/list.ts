/** What `ls` shows, as data: which files, in which order, with which words. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/types.ts';
import type { Sys } from '../../../kernel/sys.ts';
import type { Options } from '../../options.ts';
import { compareVersions } from '../text/sort.ts';

export interface Listed {
  readonly name: string;
  /** How to reach it. */
  readonly path: string;
  readonly stat: Stat;
  /** What a symbolic link points to. */
  readonly target: string | undefined;
}

export function listed(sys: Sys, { name, path, follow }: { name: string; path: string; follow: boolean }): Listed {
  const stat = follow ? followed(sys, path) : sys.path.lstat(path);
  return { name, path, stat, target: stat.type === 'symlink' ? targetOf(sys, path) : undefined };
}

/** A link that leads nowhere is shown itself. */
function followed(sys: Sys, path: string): Stat {
  try {
    return sys.path.stat(path);
  } catch (error) {
    if (isErrno(error)) return sys.path.lstat(path);
    throw error;
  }
}

function targetOf(sys: Sys, path: string): string {
  try {
    return sys.path.readlink(path);
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}

const bytewise = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** The order that the options ask for; by name in the C locale. */
export function sorted(files: readonly Listed[], options: Options): readonly Listed[] {
  if (options.has('f', 'U')) return files;
  const byName = (left: Listed, right: Listed): number => bytewise(left.name, right.name);
  const key = options.last('S', 't', 'X', 'v');
  const time = (file: Listed): bigint => (options.has('u') ? file.stat.atimeNs : options.has('c') ? file.stat.ctimeNs : file.stat.mtimeNs);
  const compare = (left: Listed, right: Listed): number => {
    if (key === 'S') return right.stat.sizeBytes - left.stat.sizeBytes || byName(left, right);
    if (key === 't') return time(right) > time(left) ? 1 : time(right) < time(left) ? -1 : byName(left, right);
    if (key === 'X') return bytewise(extension(left.name), extension(right.name)) || byName(left, right);
    if (key === 'v') return compareVersions(left.name, right.name);
    return byName(left, right);
  };
  const result = [...files].sort(compare);
  return options.has('r') ? result.reverse() : result;
}

const extension = (name: string): string => (name.includes('.') ? name.slice(name.lastIndexOf('.')) : '');

/** `/`, `*`, `@`, `|`, `=` after a name. */
export function indicator({ type, mode }: Pick<Stat, 'type' | 'mode'>, style: 'F' | 'p' | 'none'): string {
  if (style === 'none') return '';
  if (type === 'directory') return '/';
  if (style === 'p') return '';
  if (type === 'symlink') return '@';
  if (type === 'fifo') return '|';
  if (type === 'socket') return '=';
  return type === 'regular' && (mode & 0o111) !== 0 ? '*' : '';
}

const BLUE = '01;34';
/** The colours that GNU's ls and busybox's share, by type. */
export function colour({ type, mode }: Pick<Stat, 'type' | 'mode'>): string | undefined {
  switch (type) {
    case 'directory':
      return (mode & 0o1002) === 0o1002 ? '30;42' : BLUE;
    case 'symlink':
      return '01;36';
    case 'fifo':
      return '33';
    case 'socket':
      return '01;35';
    case 'char-device':
    case 'block-device':
      return '01;33';
    default:
      return (mode & 0o4000) !== 0 ? '37;41' : (mode & 0o111) !== 0 ? '01;32' : undefined;
  }
}

interface Cell {
  readonly text: string;
  readonly width: number;
}

/** As busybox: every column is as wide as the longest name. */
export function evenColumns(names: readonly Cell[], screenWidth: number): readonly string[] {
  const columnWidth = Math.max(...names.map(({ width }) => width)) + 2;
  const count = Math.max(1, Math.floor(screenWidth / columnWidth));
  const rows = Math.ceil(names.length / count);
  return Array.from({ length: rows }, (_, row) => {
    const cells = names.filter((_cell, at) => at % rows === row);
    return cells.map(({ text, width }, at) => (at === cells.length - 1 ? text : text + ' '.repeat(columnWidth - width))).join('');
  });
}

/** Arranges names in columns, down first, as wide as the terminal allows. */
export function columns(names: readonly Cell[], screenWidth: number): readonly string[] {
  for (let rows = 1; rows <= names.length; rows += 1) {
    const count = Math.ceil(names.length / rows);
    const widths = Array.from({ length: count }, (_, column) =>
      Math.max(...names.slice(column * rows, (column + 1) * rows).map(({ width }) => width)),
    );
    const total = widths.reduce((sum, width, at) => sum + Math.max(3, at === count - 1 ? width : width + 2), 0);
    if (total >= screenWidth && rows < names.length) continue;
    return Array.from({ length: rows }, (_, row) => {
      let line = '';
      for (let column = 0; column < count; column += 1) {
        const cell = names[column * rows + row];
        if (cell === undefined) continue;
        const isLastCell = names[(column + 1) * rows + row] === undefined;
        line += cell.text + (isLastCell ? '' : ' '.repeat((widths[column] ?? 0) + 2 - cell.width));
      }
      return line;
    });
  }
  return [];
}
