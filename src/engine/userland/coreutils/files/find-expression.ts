/** find's expression as a function. Primaries are in a table; `-a`, `-o`, `!` and parentheses join them. */
import { isErrno } from '../../../kernel/errno.ts';
import type { FileType, Stat } from '../../../kernel/fs/types.ts';
import { quoted, type Tool } from '../../tool.ts';
import { strftime, zoneOf } from '../dates.ts';
import { unescape } from '../escapes.ts';
import { start, waitFor } from '../execute.ts';
import { globRegex } from '../globs.ts';
import { changeMode, modeText } from '../modes.ts';
import { confirmed } from './cp.ts';
import { entries } from './entries.ts';
import { findGid, findUid, groups, nameTables, users } from '../users.ts';

export class FindError extends Error {
  override readonly name = 'FindError';
}

export interface Found {
  readonly path: string;
  readonly name: string;
  readonly start: string;
  readonly depth: number;
  readonly stat: Stat;
  prune: boolean;
  quit: boolean;
}

type Test = (found: Found) => Promise<boolean> | boolean;

export interface Plan {
  readonly evaluate: Test;
  /** What `-exec … +` still has to run. */
  readonly finish: () => Promise<void>;
  readonly depthFirst: boolean;
  readonly minDepth: number;
  readonly maxDepth: number;
}

interface Parser {
  readonly tool: Tool;
  readonly words: readonly string[];
  at: number;
  hasAction: boolean;
  depthFirst: boolean;
  minDepth: number;
  maxDepth: number;
  readonly finishers: (() => Promise<void>)[];
}

export function parseExpression(tool: Tool, words: readonly string[]): Plan {
  const parser: Parser = { tool, words, at: 0, hasAction: false, depthFirst: false, minDepth: 0, maxDepth: Number.POSITIVE_INFINITY, finishers: [] };
  const test: Test = words.length === 0 ? () => true : or(parser);
  const extra = words[parser.at];
  if (extra !== undefined) throw new FindError(extra === ')' ? "you have too many ')'" : `paths must precede expression: \`${extra}'`);
  const print: Test = async ({ path }) => {
    await tool.out.write(`${path}\n`);
    return true;
  };
  const evaluate: Test = parser.hasAction ? test : async (found) => (await test(found)) && print(found);
  return {
    evaluate, depthFirst: parser.depthFirst, minDepth: parser.minDepth, maxDepth: parser.maxDepth,
    finish: async () => {
      for (const finish of parser.finishers) await finish();
    },
  };
}

function or(parser: Parser): Test {
  let left = and(parser);
  while (parser.words[parser.at] === '-o' || parser.words[parser.at] === '-or') {
    parser.at += 1;
    const [first, second] = [left, and(parser)];
    left = async (found) => (await first(found)) || second(found);
  }
  return left;
}

function and(parser: Parser): Test {
  let left = not(parser);
  for (let word = parser.words[parser.at]; word !== undefined && word !== '-o' && word !== '-or' && word !== ')'; word = parser.words[parser.at]) {
    if (word === '-a' || word === '-and') parser.at += 1;
    const [first, second] = [left, not(parser)];
    left = async (found) => (await first(found)) && second(found);
  }
  return left;
}

function not(parser: Parser): Test {
  const word = parser.words[parser.at];
  if (word === '!' || word === '-not') {
    parser.at += 1;
    const test = not(parser);
    return async (found) => !(await test(found));
  }
  if (word !== '(') return primary(parser);
  parser.at += 1;
  const test = or(parser);
  if (parser.words[parser.at] !== ')') throw new FindError(parser.tool.isBusybox ? "unmatched '('" : 'invalid expression; I was expecting to find a \')\' somewhere but did not see one.');
  parser.at += 1;
  return test;
}

const TYPES: Readonly<Record<string, FileType>> = { f: 'regular', d: 'directory', l: 'symlink', c: 'char-device', b: 'block-device', p: 'fifo', s: 'socket' };

/** `+5`, `-5`, `5`: more than, less than, exactly. */
function amount(text: string): (value: number) => boolean {
  const count = Number(text.replace(/^[+-]/, ''));
  return text.startsWith('+') ? (value) => value > count : text.startsWith('-') ? (value) => value < count : (value) => value === count;
}

const SIZE_UNITS: Readonly<Record<string, number>> = { c: 1, w: 2, b: 512, k: 1024, M: 1024 ** 2, G: 1024 ** 3 };

function primary(parser: Parser): Test {
  const { tool } = parser;
  const word = parser.words[parser.at];
  if (word === undefined) throw new FindError('expected an expression');
  parser.at += 1;
  const argument = (): string => {
    const value = parser.words[parser.at];
    if (value === undefined) throw new FindError(tool.isBusybox ? `option requires an argument -- '${word}'`.replace(/^.*-- '(.*)'$/, "$1: missing argument") : `missing argument to \`${word}'`);
    parser.at += 1;
    return value;
  };
  return looks(parser, word, argument) ?? acts(parser, word, argument) ?? unknown(parser, word);
}

function unknown({ tool }: Parser, word: string): never {
  if (!word.startsWith('-')) throw new FindError(tool.isBusybox ? `unrecognized: ${word}` : `paths must precede expression: \`${word}'`);
  throw new FindError(tool.isBusybox ? `unrecognized: ${word}` : `unknown predicate \`${word}'`);
}

function looks(parser: Parser, word: string, argument: () => string): Test | undefined {
  const { tool } = parser;
  const { sys } = tool;
  const glob = (ignoreCase: boolean, of: (found: Found) => string): Test => {
    const regex = globRegex(argument(), { ignoreCase });
    return (found) => regex.test(of(found));
  };
  const age = (unitNs: bigint, of: (stat: Stat) => bigint): Test => {
    const fits = amount(argument());
    const now = sys.clock.nowNs();
    return ({ stat }) => fits(Number((now - of(stat)) / unitNs));
  };
  switch (word) {
    case '-true': return () => true;
    case '-false': return () => false;
    case '-name': return glob(false, ({ name }) => name);
    case '-iname': return glob(true, ({ name }) => name);
    case '-path': case '-wholename': return glob(false, ({ path }) => path);
    case '-ipath': return glob(true, ({ path }) => path);
    case '-lname': return glob(false, ({ path, stat }) => (stat.type === 'symlink' ? sys.path.readlink(path) : ''));
    case '-regex': {
      const regex = new RegExp(`^(?:${argument().replace(/\\([(){}|+?])/g, '$1')})$`);
      return ({ path }) => regex.test(path);
    }
    case '-type': case '-xtype': {
      const letters = argument().split(',');
      const bad = letters.find((letter) => TYPES[letter] === undefined);
      if (bad !== undefined) throw new FindError(tool.isBusybox ? `invalid argument '${bad}' to '${word}'` : `Unknown argument to ${word}: ${bad}`);
      return ({ stat }) => letters.some((letter) => TYPES[letter] === stat.type);
    }
    case '-empty': return ({ stat, path }) => (stat.type === 'regular' ? stat.sizeBytes === 0 : stat.type === 'directory' && entries(sys, path).length === 0);
    case '-size': {
      const match = /^([+-]?\d+)([cwbkMG]?)$/.exec(argument());
      if (!match) throw new FindError('Invalid argument to -size');
      const [fits, unit] = [amount(match[1] ?? '0'), SIZE_UNITS[match[2] || 'b'] ?? 512];
      return ({ stat }) => fits(Math.ceil(stat.sizeBytes / unit));
    }
    case '-mtime': return age(86_400_000_000_000n, ({ mtimeNs }) => mtimeNs);
    case '-atime': return age(86_400_000_000_000n, ({ atimeNs }) => atimeNs);
    case '-ctime': return age(86_400_000_000_000n, ({ ctimeNs }) => ctimeNs);
    case '-mmin': return age(60_000_000_000n, ({ mtimeNs }) => mtimeNs);
    case '-amin': return age(60_000_000_000n, ({ atimeNs }) => atimeNs);
    case '-cmin': return age(60_000_000_000n, ({ ctimeNs }) => ctimeNs);
    case '-newer': {
      const than = sys.path.stat(argument()).mtimeNs;
      return ({ stat }) => stat.mtimeNs > than;
    }
    case '-samefile': {
      const other = sys.path.stat(argument());
      return ({ stat }) => stat.ino === other.ino && stat.dev === other.dev;
    }
    case '-inum': case '-links': {
      const fits = amount(argument());
      return ({ stat }) => fits(word === '-inum' ? stat.ino : stat.nlink);
    }
    default: return owns(parser, word, argument) ?? limits(parser, word, argument);
  }
}

function owns({ tool }: Parser, word: string, argument: () => string): Test | undefined {
  const { sys } = tool;
  switch (word) {
    case '-user': case '-uid': {
      const name = argument();
      const uid = findUid(sys, name);
      if (uid === undefined) throw new FindError(tool.isBusybox ? `unknown user ${name}` : `${quoted(name)} is not the name of a known user`);
      return ({ stat }) => stat.uid === uid;
    }
    case '-group': case '-gid': {
      const name = argument();
      const gid = findGid(sys, name);
      if (gid === undefined) throw new FindError(tool.isBusybox ? `unknown group ${name}` : `${quoted(name)} is not the name of an existing group`);
      return ({ stat }) => stat.gid === gid;
    }
    case '-nouser': return ({ stat }) => !users(sys).some(({ uid }) => uid === stat.uid);
    case '-nogroup': return ({ stat }) => !groups(sys).some(({ gid }) => gid === stat.gid);
    case '-perm': {
      const text = argument();
      const mode = changeMode(text.replace(/^[-/+]/, ''), { mode: 0, isDirectory: false, umask: 0 });
      if (mode === undefined) throw new FindError(`invalid mode ${quoted(text)}`);
      return ({ stat }) => (text.startsWith('-') ? (stat.mode & mode) === mode : text.startsWith('/') ? mode === 0 || (stat.mode & mode) !== 0 : stat.mode === mode);
    }
    case '-readable': return ({ path }) => sys.path.access(path, { read: true });
    case '-writable': return ({ path }) => sys.path.access(path, { write: true });
    case '-executable': return ({ path }) => sys.path.access(path, { execute: true });
    default: return undefined;
  }
}

function limits(parser: Parser, word: string, argument: () => string): Test | undefined {
  const always: Test = () => true;
  switch (word) {
    case '-maxdepth': parser.maxDepth = Number(argument()); return always;
    case '-mindepth': parser.minDepth = Number(argument()); return always;
    case '-depth': case '-d': parser.depthFirst = true; return always;
    case '-xdev': case '-mount': case '-noleaf': case '-follow': case '-daystart': case '-ignore_readdir_race': return always;
    case '-regextype': argument(); return always;
    default: return undefined;
  }
}

function acts(parser: Parser, word: string, argument: () => string): Test | undefined {
  const { tool } = parser;
  const writes = (end: string): Test => async ({ path }) => {
    await tool.out.write(path + end);
    return true;
  };
  if (/^-(print|print0|printf|exec|execdir|ok|delete|ls|quit)$/.test(word)) parser.hasAction ||= word !== '-quit';
  switch (word) {
    case '-print': return writes('\n');
    case '-print0': return writes('\0');
    case '-printf': {
      const format = unescape(argument(), { zeroOctal: false }).raw;
      return async (found) => {
        await tool.out.write(formatted(tool, format, found));
        return true;
      };
    }
    case '-ls': return async (found) => {
      await tool.out.write(formatted(tool, '%9i %6k %M %3n %-8u %-8g %8s %t %p\n', found));
      return true;
    };
    case '-prune': return (found) => (found.prune = true);
    case '-quit': return (found) => (found.quit = true);
    case '-delete':
      parser.depthFirst = true;
      return ({ path, stat }) => tool.attempt(() => (stat.type === 'directory' ? (path === '.' ? undefined : tool.sys.path.rmdir(path)) : tool.sys.path.unlink(path)), (reason) => (tool.isBusybox ? `${path}: ${reason}` : `cannot delete ${quoted(path)}: ${reason}`));
    case '-exec': case '-execdir': case '-ok': return executes(parser, word);
    default: return undefined;
  }
}

function executes(parser: Parser, word: string): Test {
  const { tool, words } = parser;
  const from = parser.at;
  const end = words.findIndex((part, at) => at >= from && (part === ';' || (part === '+' && words[at - 1] === '{}')));
  if (end < 0) throw new FindError(tool.isBusybox ? `-exec CMD must end by ';'`.replace('-exec', word) : `missing argument to \`${word}'`);
  const command = words.slice(from, end);
  parser.at = end + 1;
  const complain = (name: string, reason: string): string => (tool.isBusybox ? `${tool.name}: ${name}: ${reason}\n` : `${tool.name}: ${quoted(name)}: ${reason}\n`);
  const runs = async (argv: readonly string[]): Promise<boolean> => {
    await tool.out.flush();
    const exited = await waitFor(tool.sys, start(tool.sys, argv, { complain }));
    return exited.status === 0;
  };
  if (words[end] === ';') {
    return async ({ path }) => {
      const argv = command.map((part) => part.replaceAll('{}', path));
      if (word === '-ok' && !(await confirmed(tool, `< ${argv.join(' ')} > ? `))) return false;
      return runs(argv);
    };
  }
  const collected: string[] = [];
  parser.finishers.push(async () => {
    if (collected.length > 0 && !(await runs([...command.slice(0, -1), ...collected]))) tool.status = 1;
  });
  return ({ path }) => {
    collected.push(path);
    return true;
  };
}

/** GNU's -printf. */
function formatted(tool: Tool, format: string, { path, name, start: from, depth, stat }: Found): string {
  const names = nameTables(tool.sys);
  const zone = zoneOf(tool.sys.env.get('TZ'));
  const target = (): string => {
    try {
      return stat.type === 'symlink' ? tool.sys.path.readlink(path) : '';
    } catch (error) {
      if (isErrno(error)) return '';
      throw error;
    }
  };
  const table: Readonly<Record<string, () => string>> = {
    p: () => path, f: () => name, h: () => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'), P: () => path.slice(from.length).replace(/^\//, ''), H: () => from, d: () => String(depth),
    s: () => String(stat.sizeBytes), k: () => String(Math.ceil(stat.allocatedBytes / 1024)), b: () => String(stat.allocatedBytes / 512), m: () => stat.mode.toString(8), M: () => modeText(stat), n: () => String(stat.nlink), i: () => String(stat.ino),
    u: () => names.user(stat.uid), U: () => String(stat.uid), g: () => names.group(stat.gid), G: () => String(stat.gid), y: () => ({ regular: 'f', directory: 'd', symlink: 'l', 'char-device': 'c', 'block-device': 'b', fifo: 'p', socket: 's' })[stat.type],
    l: target, t: () => strftime('%a %b %e %H:%M:%S.%N0 %Y', stat.mtimeNs, zone), '%': () => '%',
  };
  return format.replace(/%([-0]?)(\d*)(?:(T)(.)|([a-zA-Z%]))/g, (source, left: string, width: string, _time: string | undefined, timeLetter: string | undefined, letter = '') => {
    const text = timeLetter === undefined ? table[letter]?.() : timeLetter === '@' ? `${stat.mtimeNs / 1_000_000_000n}.${String(stat.mtimeNs % 1_000_000_000n).padStart(9, '0')}0` : strftime(`%${timeLetter}`, stat.mtimeNs, zone);
    if (text === undefined) return source;
    return left === '-' ? text.padEnd(Number(width)) : text.padStart(Number(width));
  });
}
