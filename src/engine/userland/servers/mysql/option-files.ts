/** Option files: `/etc/my.cnf` and what it includes, by groups. Servers and clients read the same files. */

import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { textOf } from '../../net/text.ts';

export interface GivenOption {
  /** With dashes, as on a command line. */
  readonly name: string;
  readonly value?: string;
}

const USUAL = ['/etc/my.cnf', '/etc/mysql/my.cnf', '/usr/etc/my.cnf'];

function included(sys: Sys, folder: string): readonly string[] {
  try {
    return sys.path
      .readdir(folder)
      .map(({ name }) => name)
      .filter((name) => name.endsWith('.cnf'))
      .sort()
      .map((name) => `${folder.replace(/\/$/, '')}/${name}`);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

function read(sys: Sys, path: string, groups: readonly string[], depth = 0): readonly GivenOption[] {
  const text = textOf(sys, path);
  if (text === undefined || depth > 10) return [];
  let isWanted = false;
  return text.split('\n').flatMap((line): readonly GivenOption[] => {
    const trimmed = line.trim();
    if (trimmed === '' || /^[#;]/.test(trimmed)) return [];
    const [, directory] = /^!includedir\s+(\S+)/.exec(trimmed) ?? [];
    if (directory !== undefined) return included(sys, directory).flatMap((file) => read(sys, file, groups, depth + 1));
    const [, file] = /^!include\s+(\S+)/.exec(trimmed) ?? [];
    if (file !== undefined) return read(sys, file, groups, depth + 1);
    const [, group] = /^\[([^\]]+)\]/.exec(trimmed) ?? [];
    if (group !== undefined) {
      isWanted = groups.includes(group);
      return [];
    }
    if (!isWanted) return [];
    const [, name = '', value] = /^([^=\s]+)\s*(?:=\s*(.*))?$/.exec(trimmed.replace(/\s+#.*$/, '')) ?? [];
    const bare = value?.replace(/^(['"])(.*)\1$/, '$2');
    return [{ name: name.replaceAll('_', '-'), ...(bare === undefined ? {} : { value: bare }) }];
  });
}

export interface WithFiles {
  readonly fromFiles: readonly GivenOption[];
  /** The command line without the words that are about files. */
  readonly args: readonly string[];
}

/** What the files say for these groups; the first words of the command line may name other files. */
export function readOptionFiles(sys: Sys, args: readonly string[], groups: readonly string[]): WithFiles {
  let files: readonly string[] = [...USUAL, `${sys.env.get('HOME') ?? '/root'}/.my.cnf`];
  let at = 0;
  for (; at < args.length; at += 1) {
    const [, word = '', value = ''] =
      /^--(no-defaults|defaults-file|defaults-extra-file|defaults-group-suffix)(?:=(.*))?$/s.exec(args[at] ?? '') ?? [];
    if (word === '') break;
    if (word === 'no-defaults') files = [];
    if (word === 'defaults-file') files = [value];
    if (word === 'defaults-extra-file') files = [...files, value];
  }
  return { fromFiles: files.flatMap((file) => read(sys, file, groups)), args: args.slice(at) };
}
