/** Files of the client's machine as tar entries, and back. */
import { CliError, errorCode, systemError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { baseName, dirName } from '../../path.ts';
import type { TarEntry } from '../../tar/tar.ts';

/** A file or a folder with all below it, under `name` in the archive. A file's second name is a link to its first. */
export function packPath(io: Io, path: string, name: string, seen: Map<string, string> = new Map()): readonly TarEntry[] {
  const stat = io.files.lstat(path);
  if (stat === null) throw new CliError(`lstat ${path}: no such file or directory`);
  const common = {
    mode: stat.mode & 0o7777,
    uid: stat.uid,
    gid: stat.gid,
    mtimeSeconds: Number(stat.mtimeNs / 1_000_000_000n),
    linkName: '',
    bytes: new Uint8Array(),
  };
  if (stat.type === 'symlink') return [{ ...common, name, type: 'symlink', linkName: io.files.readlink(path) }];
  const first = stat.shared === undefined ? undefined : seen.get(stat.shared);
  if (first !== undefined) return [{ ...common, name, type: 'link', linkName: first }];
  if (stat.shared !== undefined) seen.set(stat.shared, name);
  if (stat.type === 'file') return [{ ...common, name, type: 'file', bytes: io.files.read(path) }];
  if (stat.special !== undefined) return [{ ...common, name, type: 'other', special: stat.special }];
  if (stat.type !== 'directory') return [];
  const children = [...io.files.readdir(path)].sort().flatMap((child) => packPath(io, `${path}/${child}`, `${name}/${child}`, seen));
  return [{ ...common, name: `${name}/`, type: 'directory' }, ...children];
}

/** Writes the entries below `root`, which stands for the archive's first name. */
export function unpackTo(io: Io, root: string, entries: readonly TarEntry[]): void {
  const base = baseOf(entries);
  for (const entry of entries) {
    const name = entry.name.replace(/^\.\//, '').replace(/\/+$/, '');
    const rest = base === '.' ? (name === '.' ? '' : name) : name.slice(base.length).replace(/^\/+/, '');
    if (rest.split('/').includes('..')) throw new CliError(`invalid name in archive: ${entry.name}`);
    writeEntry(io, rest === '' ? root : `${root}/${rest}`, entry);
  }
}

/** The name that all entries share: that of the source, or `.` for the content of a folder. */
export function baseOf(entries: readonly TarEntry[]): string {
  const first = entries[0]?.name ?? '';
  return first.startsWith('./') || first === '.' ? '.' : (first.split('/')[0] ?? '');
}

function writeEntry(io: Io, path: string, entry: TarEntry): void {
  try {
    const there = io.files.lstat(path);
    if (entry.type === 'directory') {
      if (there?.type !== 'directory') io.files.mkdir(path, { recursive: true, mode: entry.mode & 0o7777 });
      return;
    }
    if (there?.type === 'directory') throw new CliError(`cannot overwrite directory ${JSON.stringify(path)} with non-directory`);
    if (there !== null) io.files.remove(path);
    if (entry.type === 'symlink') io.files.symlink(entry.linkName, path);
    else if (entry.type === 'link') io.files.link(`${dirName(path)}/${baseName(entry.linkName)}`, path);
    else if (entry.special !== undefined) io.files.mknod(path, entry.special, entry.mode & 0o7777);
    else io.files.write(path, entry.bytes, entry.mode & 0o7777);
    if (entry.type === 'file') io.files.utimes(path, BigInt(entry.mtimeSeconds) * 1_000_000_000n);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CliError(`open ${path}: ${systemError(error)}`);
  }
}
