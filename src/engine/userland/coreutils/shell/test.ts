/** `test` and `[`: POSIX's rules by the number of arguments for up to four, and the grammar with -a and -o above. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/types.ts';
import type { Sys } from '../../../kernel/sys.ts';
import type { Tool, Utility } from '../../tool.ts';

export class TestSyntax extends Error {
  override readonly name = 'TestSyntax';
  /** The word at which it was expected to end. */
  readonly extra?: string;

  constructor(message: string, extra?: string) {
    super(message);
    if (extra !== undefined) this.extra = extra;
  }
}

/** In what `[[` of a shell differs from `[`. */
export interface Rules {
  readonly and: string;
  readonly or: string;
  same(left: string, right: string): boolean;
  matches(left: string, right: string): boolean;
}

const POSIX: Rules = {
  and: '-a',
  or: '-o',
  same: (left, right) => left === right,
  matches: (_left, right) => {
    throw new TestSyntax(`invalid integer '${right}'`);
  },
};

/** What the words mean: true or false; throws TestSyntax. For the shells' built-in `test` too. */
export function evaluate(sys: Sys, words: readonly string[], rules: Rules = POSIX): boolean {
  const parser: Parser = { sys, words, rules, at: 0 };
  if (words.length === 0) return false;
  if (words.length === 1) return words[0] !== '';
  if (words.length === 2 && words[0] === '!') return words[1] === '';
  if (words.length === 3 && isBinary(words[1])) return binary(parser, words[0] ?? '', words[1] ?? '', words[2] ?? '');
  if (words.length === 4 && words[0] === '!') return !evaluate(sys, words.slice(1), rules);
  const value = or(parser);
  const extra = words[parser.at];
  if (extra !== undefined)
    throw new TestSyntax(
      words.length === 2
        ? `${words[0]}: unary operator expected`
        : words.length <= 3
          ? `${words[1]}: binary operator expected`
          : `extra argument '${extra}'`,
      extra,
    );
  return value;
}

interface Parser {
  readonly sys: Sys;
  readonly words: readonly string[];
  readonly rules: Rules;
  at: number;
}

const BINARY = ['=', '==', '!=', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef', '=~'];
const isBinary = (word: string | undefined): boolean => word !== undefined && BINARY.includes(word);
const UNARY = /^-[bcdefghkLnOGprsStuwxz]$/;

function or(parser: Parser): boolean {
  let value = and(parser);
  while (parser.words[parser.at] === parser.rules.or) {
    parser.at += 1;
    const right = and(parser);
    value = value || right;
  }
  return value;
}

function and(parser: Parser): boolean {
  let value = not(parser);
  while (parser.words[parser.at] === parser.rules.and) {
    parser.at += 1;
    const right = not(parser);
    value = value && right;
  }
  return value;
}

function not(parser: Parser): boolean {
  if (parser.words[parser.at] !== '!' || parser.at + 1 >= parser.words.length) return primary(parser);
  parser.at += 1;
  return !not(parser);
}

function primary(parser: Parser): boolean {
  const { words } = parser;
  const word = words[parser.at];
  if (word === undefined) throw new TestSyntax('argument expected');
  if (isBinary(words[parser.at + 1]) && words[parser.at + 2] !== undefined) {
    parser.at += 3;
    return binary(parser, word, words[parser.at - 2] ?? '', words[parser.at - 1] ?? '');
  }
  if (word === '(') {
    parser.at += 1;
    const value = or(parser);
    if (words[parser.at] !== ')') throw new TestSyntax("')' expected");
    parser.at += 1;
    return value;
  }
  const operand = words[parser.at + 1];
  if (UNARY.test(word) && operand !== undefined) {
    parser.at += 2;
    return unary(parser.sys, word, operand);
  }
  parser.at += 1;
  return word !== '';
}

function binary({ sys, rules }: Parser, left: string, operator: string, right: string): boolean {
  switch (operator) {
    case '=':
    case '==':
      return rules.same(left, right);
    case '!=':
      return !rules.same(left, right);
    case '=~':
      return rules.matches(left, right);
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '-nt':
      return mtime(sys, left) > mtime(sys, right);
    case '-ot':
      return mtime(sys, left) < mtime(sys, right);
    case '-ef':
      return sameFile(sys, left, right);
    default:
      return compare(integer(left), operator, integer(right));
  }
}

function compare(left: bigint, operator: string, right: bigint): boolean {
  switch (operator) {
    case '-eq':
      return left === right;
    case '-ne':
      return left !== right;
    case '-lt':
      return left < right;
    case '-le':
      return left <= right;
    case '-gt':
      return left > right;
    case '-ge':
      return left >= right;
    default:
      throw new TestSyntax(`${operator}: unknown operator`);
  }
}

function integer(text: string): bigint {
  const digits = text.trim();
  if (!/^[+-]?\d+$/.test(digits)) throw new TestSyntax(`invalid integer '${text}'`);
  return BigInt(digits.replace(/^\+/, ''));
}

function statOrNull(sys: Sys, path: string, follow = true): Stat | null {
  try {
    return follow ? sys.path.stat(path) : sys.path.lstat(path);
  } catch (error) {
    if (isErrno(error)) return null;
    throw error;
  }
}

const mtime = (sys: Sys, path: string): bigint => statOrNull(sys, path)?.mtimeNs ?? -1n;

function sameFile(sys: Sys, left: string, right: string): boolean {
  const [one, two] = [statOrNull(sys, left), statOrNull(sys, right)];
  return one !== null && two !== null && one.dev === two.dev && one.ino === two.ino;
}

const TYPES: Readonly<Record<string, Stat['type']>> = {
  '-b': 'block-device',
  '-c': 'char-device',
  '-d': 'directory',
  '-f': 'regular',
  '-p': 'fifo',
  '-S': 'socket',
};
const MODES: Readonly<Record<string, number>> = { '-u': 0o4000, '-g': 0o2000, '-k': 0o1000 };

function unary(sys: Sys, operator: string, operand: string): boolean {
  if (operator === '-n') return operand !== '';
  if (operator === '-z') return operand === '';
  if (operator === '-t') return /^\d+$/.test(operand) && sys.fds.has(Number(operand)) && sys.fds.isatty(Number(operand));
  if (operator === '-h' || operator === '-L') return statOrNull(sys, operand, false)?.type === 'symlink';
  const stat = statOrNull(sys, operand);
  if (stat === null) return false;
  const type = TYPES[operator];
  if (type !== undefined) return stat.type === type;
  const bits = MODES[operator];
  if (bits !== undefined) return (stat.mode & bits) !== 0;
  switch (operator) {
    case '-s':
      return stat.sizeBytes > 0;
    case '-r':
      return sys.path.access(operand, { read: true });
    case '-w':
      return sys.path.access(operand, { write: true });
    case '-x':
      return sys.path.access(operand, { execute: true });
    case '-O':
      return stat.uid === sys.ids.get().euid;
    case '-G':
      return stat.gid === sys.ids.get().egid;
    default:
      return true;
  }
}

async function answer(tool: Tool, words: readonly string[]): Promise<number> {
  try {
    return evaluate(tool.sys, words) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestSyntax)) throw error;
    await tool.warn(tool.isBusybox ? error.message.replace(/^invalid integer '(.*)'$/s, "bad number '$1'") : error.message);
    return 2;
  }
}

export const test: Utility = (tool) => answer(tool, tool.args);

export const bracket: Utility = async (tool) => {
  if (tool.args.at(-1) === ']') return answer(tool, tool.args.slice(0, -1));
  await tool.warn(tool.isBusybox ? 'missing ]' : "missing ']'");
  return 2;
};
