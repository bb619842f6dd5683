/** /proc/sys: settings, a directory for each part of their names. */
import { Errno } from '../../errno.ts';
import type { ProcSource } from '../sources.ts';
import type { VirtualDirectory, VirtualEntry } from '../virtual.ts';

export function sysctlDirectory(source: () => ProcSource, prefix = ''): VirtualDirectory {
  const below = (): readonly string[] =>
    source()
      .sysctls()
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length));
  return {
    type: 'directory',
    mode: 0o555,
    names: () => [...new Set(below().map((name) => name.split('.', 1)[0] ?? ''))].sort(),
    entry: (name) =>
      entry(
        source,
        `${prefix}${name}`,
        below().some((other) => other.startsWith(`${name}.`)),
      ),
  };
}

function entry(source: () => ProcSource, name: string, isDirectory: boolean): VirtualEntry | undefined {
  if (isDirectory) return sysctlDirectory(source, `${name}.`);
  if (source().sysctl(name) === undefined) return undefined;
  return { type: 'regular', mode: 0o644, read: () => read(source(), name), write: (words) => source().setSysctl(name, words.trim()) };
}

function read(source: ProcSource, name: string): string {
  const value = source.sysctl(name);
  if (value === undefined) throw new Errno('ENOENT');
  return `${value}\n`;
}
