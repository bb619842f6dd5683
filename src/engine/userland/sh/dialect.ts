/**
 * In what shells differ: their sentences, some statuses, and what each knows beyond POSIX; and dash, which the host's shell is. The
 * interpreter asks here and never for a shell's name. Upstream: dash's src/error.c and its callers; busybox's shell/ash.c; bash's own for `bash`.
 */
import type { Program } from '../../kernel/sys.ts';
import type { Builtin } from './builtins/index.ts';
import type { OwnState, Shell } from './shell.ts';
import type { SyntaxFailure, SyntaxProblem } from './syntax/errors.ts';
import type { Features } from './syntax/source.ts';

export type DialectName = 'dash' | 'ash' | 'bash';

/** What a dialect does by code of its own, loaded with the dialect: all that only bash has. */
export interface OwnDialect {
  /** The state of a new shell. */
  begin(): OwnState;
  /** Null: a builtin of this name is not there, though other shells have it. Undefined: as in other shells. */
  builtin(shell: Shell, name: string): Builtin | null | undefined;
  readonly builtinNames: readonly string[];
  /** Assigns to what is more than a text (arrays, integers, references). False: an ordinary variable. */
  assign(shell: Shell, name: string, value: string): boolean;
  /** Variables that the shell makes up when asked, and elements of arrays by their written name. */
  special(shell: Shell, name: string): string | undefined;
  /** Makes `name` an array of these values. */
  assignList(shell: Shell, name: string, values: readonly string[]): void;
  /** What follows the complaint of a wrong call, on a line of its own. */
  usage(builtin: string): string;
  /** `$-`. */
  letters(shell: Shell): string;
  /** Path names by the shell's options; undefined: as everywhere. */
  glob(shell: Shell, pattern: string): readonly string[] | undefined;
  /** What a pattern without a match becomes; undefined: itself. */
  noMatch(shell: Shell, text: string): readonly string[] | undefined;
  /** All lines that tell of a mistake in `text`. */
  syntax(shell: Shell, failure: SyntaxFailure, text: string): string;
  /** One word as `set -x` shows it. */
  traced(word: string): string;
  /** What a backslash in a prompt stands for, where only this dialect knows it. */
  prompt(shell: Shell, letter: string): string | undefined;
  /** An interactive shell begins, and ends. */
  enter(shell: Shell): void;
  leave(shell: Shell): void;
  /** The files to read before the first prompt. */
  profile(shell: Shell): readonly string[];
  /** The line after history's expansions (`!!`), and whether any was made; null: there is no such event, and it was said. */
  recall(shell: Shell, line: string): Promise<{ readonly text: string; readonly isChanged: boolean } | null>;
}

export interface ArithmeticDialect {
  /** `++`, `--`, `**` and the comma. */
  readonly hasSteps: boolean;
  /** A variable's value may be an expression. */
  readonly isRecursive: boolean;
  /** `a[i]`. */
  readonly hasArrays?: boolean;
}

export interface Place {
  /** `$0`. */
  readonly name: string;
  readonly line: number;
  /** The builtin that speaks. */
  readonly builtin?: string;
  /** The text comes from a script's file, not from `-c` or a terminal. */
  readonly isScript: boolean;
  readonly isInteractive: boolean;
}

export interface Dialect {
  readonly name: DialectName;
  readonly own?: OwnDialect;
  /** What an interactive shell begins with. */
  readonly banner?: string;
  /** The environment in the order in which programs get it. */
  readonly ordered?: (environment: ReadonlyMap<string, string>) => ReadonlyMap<string, string>;
  /** Programs that this shell has in itself and runs without becoming another one: busybox's NOEXEC applets. */
  readonly inPlace?: (name: string) => Promise<Program | undefined>;
  /** Whether it has a program in itself, which then comes before what PATH finds. */
  readonly hasApplet?: (name: string) => boolean;
  readonly features: Features;
  readonly arithmetic: ArithmeticDialect;
  /** The last command of `-c` takes the shell's place instead of becoming its child. */
  readonly execsLast: boolean;
  readonly redirectStatus: number;
  /** Of what gives up a command. */
  readonly failureStatus: number;
  readonly echoHasOptions: boolean;
  /** What its options are called, beyond POSIX's. */
  readonly hasPipefail: boolean;
  /** `local x` leaves x the value that it had outside. */
  readonly localKeepsValue: boolean;
  /** A line's number when nothing but `-c` has been read: ash counts from 0. */
  readonly commandLineBase: number;
  message(place: Place, text: string): string;
  syntax(failure: SyntaxFailure): string;
  notFound(command: string): string;
  cannotOpen(path: string, errno: { code: string; message: string }): string;
  cannotCreate(path: string, errno: { code: string; message: string }): string;
  parameterNotSet(name: string): string;
  readOnly(name: string): string;
  badName(name: string): string;
  badSubstitution(text: string): string;
  /** `rest`: the text from where it is wrong. */
  arithmeticSyntax(detail: string, text: string, rest: string): string;
  divisionByZero(text: string): string;
  illegalNumber(text: string): string;
  cannotChangeDirectory(path: string, errno: string): string;
  cannotRead(path: string, errno: { code: string; message: string }): string;
  badTrap(signal: string): string;
  illegalOption(option: string): string;
  /** Letters that `exec` takes. */
  readonly execOptions: string;
  noSuchJob(job: string): string;
  cannotFork(errno: string): string;
}

export const shortReason = (errno: { code: string; message: string }, missing: string): string =>
  errno.code === 'ENOENT' || errno.code === 'ENOTDIR' ? missing : errno.message;

export const dash: Dialect = {
  name: 'dash',
  features: { extendedExpansions: false, guessesArithmetic: false, bothRedirect: false, functionKeyword: false },
  arithmetic: { hasSteps: false, isRecursive: false },
  execsLast: false,
  redirectStatus: 2,
  failureStatus: 2,
  echoHasOptions: false,
  hasPipefail: false,
  localKeepsValue: true,
  commandLineBase: 1,
  message: (place, text) => `${place.name}: ${place.line}: ${place.builtin === undefined ? '' : `${place.builtin}: `}${text}`,
  syntax: ({ problem }) => `Syntax error: ${dashSyntax(problem)}`,
  notFound: (command) => `${command}: not found`,
  cannotOpen: (path, errno) => `cannot open ${path}: ${shortReason(errno, 'No such file')}`,
  cannotCreate: (path, errno) => `cannot create ${path}: ${shortReason(errno, 'Directory nonexistent')}`,
  parameterNotSet: (name) => `${name}: parameter not set`,
  readOnly: (name) => `${name}: is read only`,
  badName: (name) => `${name}: bad variable name`,
  badSubstitution: () => 'Bad substitution',
  arithmeticSyntax: (detail, text) => `arithmetic expression: ${detail}: "${text}"`,
  divisionByZero: (text) => `arithmetic expression: division by zero: "${text}"`,
  illegalNumber: (text) => `Illegal number: ${text}`,
  cannotChangeDirectory: (path) => `can't cd to ${path}`,
  cannotRead: (path, errno) => `cannot open ${path}: ${shortReason(errno, 'No such file')}`,
  badTrap: (signal) => `${signal}: bad trap`,
  illegalOption: (option) => `Illegal option ${option}`,
  execOptions: '',
  noSuchJob: (job) => `No such job: ${job}`,
  cannotFork: () => 'Cannot fork',
};

export const quoted = (problem: { token: string; isName: boolean }): string => (problem.isName ? problem.token : `"${problem.token}"`);
export const expecting = (word: string | undefined): string =>
  word === undefined ? '' : ` (expecting ${word === 'word' ? word : `"${word}"`})`;

export function dashSyntax(problem: SyntaxProblem): string {
  switch (problem.kind) {
    case 'unexpected':
      return `${quoted(problem)} unexpected${expecting(problem.expecting)}`;
    case 'unterminated-quote':
      return 'Unterminated quoted string';
    case 'unterminated-backquote':
      return 'EOF in backquote substitution';
    case 'missing-brace':
      return "Missing '}'";
    case 'missing-parentheses':
      return "Missing '))'";
    case 'bad-for-variable':
      return 'Bad for loop variable';
    case 'bad-function-name':
      return 'Bad function name';
    case 'bad-fd':
    case 'bad-condition':
      return 'Bad fd number';
  }
}
