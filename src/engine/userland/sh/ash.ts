/** busybox's shell: another dialect of the one interpreter, which most machines have in containers alone. */
import type { Program } from '../../kernel/sys.ts';
import { type Dialect, dashSyntax, expecting, type Place, quoted, shortReason } from './dialect.ts';
import { shellProgram } from './main.ts';
import type { SyntaxProblem } from './syntax/errors.ts';

/** What it looks in, and hands on, if nobody told it where to look. */
const DEFAULT_PATH = '/sbin:/usr/sbin:/bin:/usr/bin';

export const ash: Dialect = {
  name: 'ash',
  features: { extendedExpansions: true, guessesArithmetic: false, bothRedirect: true, functionKeyword: true },
  arithmetic: { hasSteps: true, isRecursive: true },
  execsLast: true,
  redirectStatus: 1,
  failureStatus: 2,
  echoHasOptions: true,
  hasPipefail: true,
  localKeepsValue: false,
  commandLineBase: 0,
  message: ashMessage,
  syntax: ({ problem }) => `syntax error: ${ashSyntax(problem)}`,
  notFound: (command) => `${command}: not found`,
  cannotOpen: (path, errno) => `can't open ${path}: ${shortReason(errno, 'no such file')}`,
  cannotCreate: (path, errno) => `can't create ${path}: ${shortReason(errno, 'nonexistent directory')}`,
  parameterNotSet: (name) => `${name}: parameter not set`,
  readOnly: (name) => `${name}: is read only`,
  badName: (name) => `${name}: bad variable name`,
  badSubstitution: () => 'syntax error: bad substitution',
  arithmeticSyntax: () => 'arithmetic syntax error',
  divisionByZero: () => 'divide by zero',
  illegalNumber: (text) => `Illegal number: ${text}`,
  cannotChangeDirectory: (path, errno) => `can't cd to ${path}: ${errno}`,
  cannotRead: (path, errno) => `can't open '${path}': ${errno.message}`,
  badTrap: (signal) => `${signal}: invalid signal specification`,
  illegalOption: (option) => `illegal option ${option}`,
  execOptions: 'a',
  noSuchJob: (job) => `${job}: no such job`,
  cannotFork: (errno) => `can't fork: ${errno}`,
  ordered,
};

const BUCKETS = 39;

/** The bucket of ash's table of variables that a name falls into. */
function bucketOf(name: string): number {
  let sum = name.charCodeAt(0) << 4;
  for (let at = 0; at < name.length; at += 1) sum += name.charCodeAt(at);
  return sum % BUCKETS;
}

/** Those that are there before any other. */
const FIRST = ['PATH'];

function ordered(environment: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const rank = (name: string): number => bucketOf(name) * 2 + (FIRST.includes(name) ? 0 : 1);
  return new Map([...environment].sort(([a], [b]) => rank(a) - rank(b)));
}

function ashMessage(place: Place, text: string): string {
  const line = place.isInteractive ? '' : `line ${place.line}: `;
  const speaks = place.builtin !== undefined ? `${place.builtin}: ${line}` : place.isScript ? line : '';
  return `${place.name}: ${speaks}${text}`;
}

function ashSyntax(problem: SyntaxProblem): string {
  if (problem.kind === 'unexpected') return `unexpected ${quoted(problem)}${expecting(problem.expecting)}`;
  const text = dashSyntax(problem);
  return problem.kind === 'unterminated-backquote' ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/** The shell as a program; `own`: what it says and has as one of busybox's applets. */
export const ashShell = (own: Pick<Dialect, 'banner' | 'inPlace' | 'hasApplet'> = {}): Program => {
  const program = shellProgram({ ...ash, ...own });
  return (sys) => {
    if (!sys.env.has('PATH')) sys.env.set('PATH', DEFAULT_PATH);
    return program(sys);
  };
};
