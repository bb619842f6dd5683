/** tar's words: what is to be done with which archive, and the operands with the directory each stands in. */
import { isErrno } from '../../../kernel/errno.ts';
import { OptionError, Options, parseOptions } from '../../options.ts';
import { decode, say } from '../../program-io.ts';
import type { Tool, UsageSpec } from '../../tool.ts';
import { joined } from '../files/entries.ts';

const SHORT = 'ctxruAdf:C:zjJZavphkmoOPT:X:wSlBib:V:';
const GNU_SPEC: UsageSpec = {
  short: SHORT,
  package: '(GNU tar) 1.34',
  long: {
    create: 'c',
    list: 't',
    extract: 'x',
    get: 'x',
    append: 'r',
    update: 'u',
    concatenate: 'A',
    diff: 'd',
    compare: 'd',
    file: 'f:',
    directory: 'C:',
    gzip: 'z',
    gunzip: 'z',
    ungzip: 'z',
    bzip2: 'j',
    xz: 'J',
    compress: 'Z',
    'auto-compress': 'a',
    verbose: 'v',
    'preserve-permissions': 'p',
    'same-permissions': 'p',
    dereference: 'h',
    'keep-old-files': 'k',
    'skip-old-files': 'skip',
    touch: 'm',
    'no-same-owner': 'o',
    'same-owner': 'same-owner',
    'no-same-permissions': 'no-perms',
    'to-stdout': 'O',
    'absolute-names': 'P',
    'files-from': 'T:',
    'exclude-from': 'X:',
    exclude: 'exclude:',
    'strip-components': 'strip:',
    'numeric-owner': 'numeric',
    owner: 'owner:',
    group: 'group:',
    mtime: 'mtime:',
    mode: 'mode:',
    sort: 'sort:',
    recursion: 'recursion',
    'no-recursion': 'no-recursion',
    overwrite: 'overwrite',
    'unlink-first': 'unlink',
    format: 'format:',
    sparse: 'S',
    xattrs: 'xattrs',
    acls: 'acls',
    selinux: 'selinux',
    'one-file-system': 'xdev',
    wildcards: 'wildcards',
    anchored: 'anchored',
    'no-auto-compress': 'no-auto',
    null: 'null',
    warning: 'warning:',
    'use-compress-program': 'I:',
    'full-time': 'full-time',
    totals: 'totals',
    'no-xattrs': 'no-xattrs',
    posix: 'posix',
  },
};
const DEBIAN_SPEC: UsageSpec = {
  short: 'ctxf:C:zjJZavphkmoO',
  usage: 'c|x|t [-ZzJjahmvokO] [-f TARFILE] [-C DIR] [FILE]...',
  long: {
    'strip-components': 'strip:',
    'numeric-owner': 'numeric',
    'no-recursion': 'no-recursion',
    'no-same-permissions': 'no-perms',
    overwrite: 'overwrite',
    list: 't',
    create: 'c',
    extract: 'x',
    get: 'x',
    file: 'f:',
    directory: 'C:',
    gzip: 'z',
    verbose: 'v',
    'to-stdout': 'O',
    dereference: 'h',
    'same-permissions': 'p',
    'no-same-owner': 'o',
    touch: 'm',
    'keep-old': 'k',
    'to-command': 'to-command:',
  },
};
/** Others are built with FEATURE_TAR_FROM, which Debian leaves out. */
const BUSYBOX_SPEC: UsageSpec = {
  ...DEBIAN_SPEC,
  short: `${DEBIAN_SPEC.short}T:X:`,
  long: { ...DEBIAN_SPEC.long, exclude: 'exclude:', 'exclude-from': 'X:', 'files-from': 'T:' },
};

function specOf(tool: Tool): UsageSpec {
  if (!tool.isBusybox) return GNU_SPEC;
  return tool.isDebianBusybox ? DEBIAN_SPEC : BUSYBOX_SPEC;
}

export const FATAL = 2;
const WRONG_CALL = 64;

export interface Operand {
  readonly name: string;
  /** Where it is looked for, as -C said; empty: where we are. */
  readonly directory: string;
}

export interface Call {
  readonly options: Options;
  readonly mode: 'c' | 't' | 'x' | 'r';
  readonly operands: readonly Operand[];
  /** The directory after all of -C. */
  readonly directory: string;
  readonly excludes: readonly string[];
  /** Null is the terminal's or pipe's own stream. */
  readonly archive: string | null;
}

export async function readCall(tool: Tool): Promise<Call> {
  const parsed = await parse(tool);
  const options = new Options(parsed.given, []);
  const mode = await modeOf(tool, options);
  const file = options.value('f');
  const listed = options.values('T').flatMap((path) => linesOf(tool, path));
  return {
    options,
    mode,
    directory: parsed.directory,
    archive: file === undefined || file === '-' ? null : file,
    // busybox goes to the last -C before anything else.
    operands: [
      ...parsed.operands.map((operand) => (tool.isBusybox ? { ...operand, directory: parsed.directory } : operand)),
      ...listed.map((name) => ({ name, directory: parsed.directory })),
    ],
    excludes: [...options.values('exclude'), ...options.values('X').flatMap((path) => linesOf(tool, path))],
  };
}

const linesOf = ({ sys }: Tool, path: string): readonly string[] =>
  decode(sys.path.readFile(path))
    .split('\n')
    .filter((line) => line !== '');

async function parse(tool: Tool): Promise<{ given: (readonly [string, string])[]; operands: Operand[]; directory: string }> {
  const spec = specOf(tool);
  const given: (readonly [string, string])[] = [];
  const operands: Operand[] = [];
  let directory = '';
  let rest: readonly string[] = await oldStyle(tool, tool.args);
  for (;;) {
    const part = await parsePart(tool, rest, spec);
    for (const [key, value] of part.given) if (key === 'C') directory = value.startsWith('/') ? value : joined(directory, value);
    given.push(...part.given);
    const [name, ...after] = part.operands;
    if (name === undefined) return { given, operands, directory };
    operands.push({ name, directory });
    rest = after;
  }
}

async function parsePart(tool: Tool, args: readonly string[], spec: UsageSpec): Promise<Options> {
  if (args[0] === '--help' || args[0] === '--version') return tool.options(spec, args.slice(0, 1));
  try {
    return parseOptions(args, { ...spec, stopsAtOperand: true });
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return wrong(tool, error.message, WRONG_CALL);
  }
}

/** `cvf FILE`: the first word's letters are options, and the words after it their values, in turn. */
async function oldStyle(tool: Tool, args: readonly string[]): Promise<readonly string[]> {
  const [first, ...rest] = args;
  if (first === undefined || first.startsWith('-')) return args;
  const words: string[] = [];
  for (const letter of first) {
    words.push(`-${letter}`);
    if (!SHORT.includes(`${letter}:`)) continue;
    const value = rest.shift();
    if (value === undefined)
      await wrong(tool, tool.isBusybox ? `option requires an argument -- '${letter}'` : `Old option '${letter}' requires an argument.`);
    else words.push(value);
  }
  return [...words, ...rest];
}

async function modeOf(tool: Tool, options: Options): Promise<Call['mode']> {
  const modes = [...new Set(options.given.map(([key]) => key).filter((key) => ['c', 't', 'x', 'r', 'u', 'A', 'd'].includes(key)))];
  const [mode] = modes;
  if (tool.isBusybox && modes.length !== 1) return tool.wrongUsage(specOf(tool));
  if (mode === undefined) return wrong(tool, "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options");
  if (modes.length > 1) return wrong(tool, "You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option");
  if (mode === 'c' || mode === 't' || mode === 'x' || mode === 'r') return mode;
  return tool.die(`-${mode} is not there yet`, FATAL);
}

/** GNU's tar has a hint of its own. */
export async function wrong(tool: Tool, message: string, status = FATAL): Promise<never> {
  if (tool.isBusybox) return tool.wrongUsage(specOf(tool), message);
  await tool.warn(message);
  await say(tool.sys, 2, `Try '${tool.name} --help' or '${tool.name} --usage' for more information.\n`);
  return tool.end(status);
}

/** Nothing can be done any more. */
export async function fatal(tool: Tool, gnu: string, busybox: string): Promise<never> {
  if (tool.isBusybox) return tool.die(busybox);
  await tool.warn(gnu);
  return tool.die('Error is not recoverable: exiting now', FATAL);
}

/** Goes where -C says. */
export async function enter(tool: Tool, directory: string): Promise<void> {
  if (directory === '') return;
  try {
    tool.sys.path.chdir(directory);
  } catch (error) {
    if (!isErrno(error)) throw error;
    await fatal(tool, `${directory}: Cannot open: ${error.message}`, `can't change directory to '${directory}': ${error.message}`);
  }
}

/** How a run that has complained ends. */
export async function verdict(tool: Tool, mode: Call['mode']): Promise<number> {
  if (tool.status === 0) return 0;
  if (!tool.isBusybox) return tool.die('Exiting with failure status due to previous errors', FATAL);
  return mode === 'c' ? tool.die('error exit delayed from previous errors') : tool.status;
}
