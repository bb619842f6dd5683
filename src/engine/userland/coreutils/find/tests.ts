/** find's tests: what a file's name, inode and directory are asked. */

import { isErrno } from '../../../kernel/errno.ts';
import type { FileType, Stat } from '../../../kernel/fs/types.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { compilePattern, matchPattern } from '../../sh/expand/pattern.ts';
import { entries } from '../files/entries.ts';
import { changeMode } from '../modes.ts';
import { compileRegex, RegexError } from '../regex.ts';
import { findGid, findUid, nameTables } from '../users.ts';
import type { Found, Step } from './search.ts';
import { type Comparison, compares, type Words } from './words.ts';

type Build = (words: Words, name: string) => Promise<Step>;

const TYPES: Readonly<Record<string, FileType>> = {
  f: 'regular',
  d: 'directory',
  l: 'symlink',
  b: 'block-device',
  c: 'char-device',
  p: 'fifo',
  s: 'socket',
};
const DAY_SECONDS = 86_400;
const NS_PER_SECOND = 1_000_000_000n;

const pattern =
  (textOf: (file: Found, sys: Sys) => string, { foldsCase = false }: { foldsCase?: boolean } = {}): Build =>
  async (words, name) => {
    const shape = (text: string): string => (foldsCase ? text.toLowerCase() : text);
    const compiled = compilePattern(shape(await words.argument(name)));
    return (file) => matchPattern(compiled, shape(textOf(file, words.search.tool.sys)));
  };

const nameOf = ({ name }: Found): string => name;
const pathOf = ({ path }: Found): string => path;
const targetOf = ({ path, stat }: Found, sys: Sys): string => (stat.type === 'symlink' ? sys.path.readlink(path) : '');

const FOLDS = { foldsCase: true };

/** The whole path must match. */
const regex =
  (ignoreCase: boolean): Build =>
  async (words, name) => {
    const text = await words.argument(name);
    const extended = /extended|egrep|awk/.test(words.regexType ?? '');
    try {
      // Of basic expressions emacs' kind differs in that + and ? repeat.
      const compiled = compileRegex(
        extended || words.isBusybox
          ? text
          : text.replace(/(\\.|\[[^\]]*\])|([+?])/g, (_, kept?: string, mark?: string) => kept ?? `\\${mark}`),
        { extended, ignoreCase },
      );
      const whole = new RegExp(`^(?:${compiled.source})$`, compiled.flags.replace('g', ''));
      return ({ path }) => whole.test(path);
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      return words.refuse(
        words.isBusybox
          ? `bad regex '${text}': Invalid regular expression`
          : `failed to compile regular expression '${text}': Invalid regular expression`,
      );
    }
  };

const type =
  (follows: boolean): Build =>
  async (words, name) => {
    const text = await words.argument(name);
    const letters = words.isBusybox ? [text] : text.split(',');
    const types: FileType[] = [];
    for (const letter of letters) {
      const found = TYPES[letter];
      if (found === undefined)
        return words.refuse(words.isBusybox ? `invalid argument '${text}' to '${name}'` : `Unknown argument to ${name}: ${letter}`);
      types.push(found);
    }
    return (file) => types.includes(follows ? followed(words.search.tool.sys, file).type : file.stat.type);
  };

function followed(sys: Sys, { path, stat }: Found): Stat {
  try {
    return sys.path.stat(path);
  } catch (error) {
    if (isErrno(error)) return stat;
    throw error;
  }
}

const number =
  (measure: (stat: Stat) => number): Build =>
  async (words, name) => {
    const comparison = await words.comparison(name);
    return ({ stat }) => compares(comparison, measure(stat));
  };

/** Begun units count. */
const size: Build = async (words) => {
  const { unitBytes, ...wanted } = await words.size();
  // busybox compares bytes, GNU's find the units that are begun.
  const units = (bytes: number): number => (words.isBusybox ? bytes / unitBytes : Math.ceil(bytes / unitBytes));
  return ({ stat }) => compares(wanted, units(stat.sizeBytes));
};

type TimeOf = (stat: Stat) => bigint;
const modified: TimeOf = ({ mtimeNs }) => mtimeNs;
const accessed: TimeOf = ({ atimeNs }) => atimeNs;
const changed: TimeOf = ({ ctimeNs }) => ctimeNs;

const ageSeconds = (words: Words, ns: bigint): number => Number(words.search.startedNs - ns) / Number(NS_PER_SECOND);

const days =
  (timeOf: TimeOf): Build =>
  async (words, name) => {
    const wanted = await words.comparison(name);
    return ({ stat }) => compares(wanted, Math.floor(ageSeconds(words, timeOf(stat)) / DAY_SECONDS));
  };

/** `-mmin 5` is a time that began five minutes ago with GNU, and ends then with busybox. */
const minutes =
  (timeOf: TimeOf): Build =>
  async (words, name) => {
    const wanted = await words.comparison(name);
    const count = (seconds: number, sign: Comparison['sign']): number =>
      words.isBusybox ? Math.floor(seconds / 60) : sign === '' ? Math.ceil(seconds / 60) : seconds / 60;
    return ({ stat }) => compares(wanted, count(ageSeconds(words, timeOf(stat)), wanted.sign));
  };

async function otherFile(words: Words, name: string): Promise<Stat> {
  const path = await words.argument(name);
  const { sys } = words.search.tool;
  try {
    return words.search.followLinks === 'never' && !words.isBusybox ? sys.path.lstat(path) : sys.path.stat(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return words.refuse(words.isBusybox ? `can't stat '${path}': ${error.message}` : `'${path}': ${error.message}`);
  }
}

const newer =
  (timeOf: TimeOf): Build =>
  async (words, name) => {
    const other = await otherFile(words, name);
    return ({ stat }) => timeOf(stat) > other.mtimeNs;
  };

const sameFile: Build = async (words, name) => {
  const other = await otherFile(words, name);
  return ({ stat }) => stat.ino === other.ino && stat.dev === other.dev;
};

const perm: Build = async (words, name) => {
  const text = await words.argument(name);
  const [, sign = '', symbolic = ''] = /^([-/+]?)(.*)$/s.exec(text) ?? [];
  const change = { mode: 0, isDirectory: false, umask: 0 };
  const wanted = changeMode(symbolic, change) ?? changeMode(text, change);
  if (wanted === undefined) return words.refuse(`invalid mode '${text}'`);
  return ({ stat }) => {
    if (sign === '-') return (stat.mode & wanted) === wanted;
    return sign === '' ? stat.mode === wanted : wanted === 0 || (stat.mode & wanted) !== 0;
  };
};

const user: Build = async (words, name) => {
  const text = await words.argument(name);
  const uid = findUid(words.search.tool.sys, text);
  if (uid === undefined) return words.refuse(words.isBusybox ? `unknown user ${text}` : `'${text}' is not the name of a known user`);
  return ({ stat }) => stat.uid === uid;
};

const group: Build = async (words, name) => {
  const text = await words.argument(name);
  const gid = findGid(words.search.tool.sys, text);
  if (gid === undefined) return words.refuse(words.isBusybox ? `unknown group ${text}` : `'${text}' is not the name of an existing group`);
  return ({ stat }) => stat.gid === gid;
};

const nobody =
  (table: 'user' | 'group'): Build =>
  async (words) => {
    const names = nameTables(words.search.tool.sys);
    return ({ stat }) => (table === 'user' ? names.user(stat.uid) === String(stat.uid) : names.group(stat.gid) === String(stat.gid));
  };

const empty: Build = async (words) => {
  const { sys } = words.search.tool;
  return ({ path, stat }) => {
    if (stat.type === 'regular') return stat.sizeBytes === 0;
    try {
      return stat.type === 'directory' && entries(sys, path).length === 0;
    } catch (error) {
      if (isErrno(error)) return false;
      throw error;
    }
  };
};

const access =
  (want: { read?: boolean; write?: boolean; execute?: boolean }): Build =>
  async (words) =>
  ({ path }) =>
    words.search.tool.sys.path.access(path, want);
const constant =
  (value: boolean): Build =>
  async () =>
  () =>
    value;

export const TESTS: Readonly<Record<string, Build>> = {
  '-name': pattern(nameOf),
  '-iname': pattern(nameOf, FOLDS),
  '-path': pattern(pathOf),
  '-wholename': pattern(pathOf),
  '-ipath': pattern(pathOf, FOLDS),
  '-iwholename': pattern(pathOf, FOLDS),
  '-lname': pattern(targetOf),
  '-ilname': pattern(targetOf, FOLDS),
  '-regex': regex(false),
  '-iregex': regex(true),
  '-type': type(false),
  '-xtype': type(true),
  '-size': size,
  '-empty': empty,
  '-perm': perm,
  '-user': user,
  '-group': group,
  '-uid': number(({ uid }) => uid),
  '-gid': number(({ gid }) => gid),
  '-nouser': nobody('user'),
  '-nogroup': nobody('group'),
  '-links': number(({ nlink }) => nlink),
  '-inum': number(({ ino }) => ino),
  '-samefile': sameFile,
  '-newer': newer(modified),
  '-anewer': newer(accessed),
  '-cnewer': newer(changed),
  '-mtime': days(modified),
  '-atime': days(accessed),
  '-ctime': days(changed),
  '-mmin': minutes(modified),
  '-amin': minutes(accessed),
  '-cmin': minutes(changed),
  '-readable': access({ read: true }),
  '-writable': access({ write: true }),
  '-executable': access({ execute: true }),
  '-true': constant(true),
  '-false': constant(false),
};
