import { isErrno } from '../../../kernel/errno.ts';
import { Output, rawOf, readAll, toRaw } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { execute } from './commands.ts';
import { type Cycle, Input, print } from './cycle.ts';
import { type Address, type Command, parseScript, SedError } from './script.ts';

const SPEC = {
  short: 'ne:f:Eri::suzl:',
  long: {
    quiet: 'n',
    silent: 'n',
    expression: 'e:',
    file: 'f:',
    'regexp-extended': 'E',
    'in-place': 'i::',
    separate: 's',
    unbuffered: 'u',
    'null-data': 'z',
    posix: 'posix',
    debug: 'debug',
  },
  usage: '[-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...',
  usageStatus: 1,
  package: '(GNU sed) 4.9',
};

export const sed: Utility = async (tool) => {
  if (tool.isBusybox && tool.args[0] === '--version') {
    await tool.out.write('This is not GNU sed version 4.0\n');
    return 0;
  }
  const options = await tool.options(SPEC);
  const operands = [...options.operands];
  const script = await scriptOf(tool, options.given, operands);
  if (script === null) {
    if (tool.isBusybox) return tool.wrongUsage(SPEC);
    await tool.out.write(`Usage: ${tool.name} [OPTION]... {script-only-if-no-other-script} [input-file]...\n`);
    return 1;
  }
  let commands: readonly Command[];
  try {
    commands = parseScript(script, { extended: options.has('E', 'r'), gnu: !tool.isBusybox });
  } catch (error) {
    if (!(error instanceof SedError)) throw error;
    return tool.die(
      tool.isBusybox
        ? busyboxWords(error.message)
        : error.at < 0
          ? `-e expression #1, char ${script.length}: ${error.message}`
          : `-e expression #1, char ${error.at}: ${error.message}`,
    );
  }
  if (options.has('u')) tool.out.lineBuffered = true;
  const quiet = options.has('n') || script.startsWith('#n\n');
  const suffix = options.value('i');
  const sets = suffix !== undefined || options.has('s') ? operands.map((path) => [path]) : [operands.length === 0 ? ['-'] : operands];
  for (const paths of sets) {
    const quit = await edit(tool, { commands, paths, quiet, suffix });
    if (quit !== null) return quit;
  }
  return 0;
};

/** Two of the parser's complaints as busybox words them. */
const busyboxWords = (message: string): string =>
  message.replace(/^unterminated .*/, "unmatched '/'").replace(/^unknown command: `(.*)'$/, 'unsupported command $1');

async function scriptOf(tool: Tool, given: readonly (readonly [string, string])[], operands: string[]): Promise<string | null> {
  const parts: string[] = [];
  for (const [key, value] of given) {
    if (key === 'e') parts.push(toRaw(value));
    if (key !== 'f') continue;
    const fd = await tool.openInput(value);
    if (fd === null) return tool.end(1);
    parts.push(rawOf(await readAll(tool.sys, fd)).replace(/\n$/, ''));
  }
  if (parts.length > 0) return parts.join('\n');
  const first = operands.shift();
  return first === undefined ? null : toRaw(first);
}

interface Edit {
  readonly commands: readonly Command[];
  readonly paths: readonly string[];
  readonly quiet: boolean;
  readonly suffix: string | undefined;
}

async function edit(tool: Tool, { commands, paths, quiet, suffix }: Edit): Promise<number | null> {
  const { sys } = tool;
  const input = new Input(tool, paths);
  await input.start();
  const [path = ''] = paths;
  if (suffix !== undefined && !isThere(tool, path)) return null;
  const temporary = suffix === undefined ? '' : temporaryFor(tool, path);
  const out =
    suffix === undefined
      ? tool.out
      : new Output(sys, await sys.open(temporary, { write: true, create: true, truncate: true }, sys.path.stat(path).mode));
  const cycle: Cycle = {
    tool,
    commands,
    quiet,
    input,
    out,
    pattern: '',
    hold: '',
    appended: [],
    substituted: false,
    lastRegex: null,
    terminated: true,
    files: new Map(),
    quit: null,
  };
  for (let line = await input.next(); line !== null; line = cycle.quit === null ? await input.next() : null) {
    cycle.pattern = line.line;
    cycle.terminated = line.terminated;
    while (await runCycle(cycle));
    await sys.turn();
  }
  for (const file of cycle.files.values()) await file.flush();
  if (suffix !== undefined) {
    await out.flush();
    if (suffix !== '') sys.path.rename(path, suffix.includes('*') ? suffix.replaceAll('*', path) : path + suffix);
    sys.fds.close(out.fd);
    return (await takePlace(tool, temporary, path)) ?? cycle.quit;
  }
  return cycle.quit;
}

function isThere({ sys }: Tool, path: string): boolean {
  try {
    sys.path.stat(path);
    return true;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** mkstemp(3)'s name of the file that will take the other's place. */
function temporaryFor({ sys, isBusybox }: Tool, path: string): string {
  const six = [...sys.random.bytes(6)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
  if (isBusybox) return path + six;
  const slash = path.lastIndexOf('/');
  return `${slash < 0 ? '.' : path.slice(0, slash)}/sed${six}`;
}

/** A status if that cannot be: a file that is mounted cannot be replaced. */
async function takePlace(tool: Tool, temporary: string, path: string): Promise<number | null> {
  try {
    tool.sys.path.rename(temporary, path);
    return null;
  } catch (error) {
    if (!isErrno(error)) throw error;
    tool.sys.path.unlink(temporary);
    const [what, status] = tool.isBusybox
      ? ([`can't move '${temporary}' to '${path}'`, 1] as const)
      : ([`cannot rename ${temporary}`, 4] as const);
    await tool.complain(`${what}: ${error.message}`, status);
    return status;
  }
}

/** One pass over the script. True: again with what is left, without reading (`D`). */
async function runCycle(cycle: Cycle): Promise<boolean> {
  let again = false;
  let isDeleted = false;
  for (let at = 0; at < cycle.commands.length; at += 1) {
    const command = cycle.commands[at];
    if (command === undefined || command.name === '}' || command.name === ':') continue;
    if (selects(cycle, command) === command.negated) {
      if (command.name === '{') at = command.target;
      continue;
    }
    const result = await execute(cycle, command);
    await cycle.tool.sys.turn();
    if (result === 'jump') at = command.target - 1;
    if (result === 'delete' || result === 'again') {
      isDeleted = true;
      again = result === 'again';
    }
    if (result !== 'next' && result !== 'jump') break;
  }
  if (!isDeleted && !cycle.quiet) await print(cycle, cycle.pattern, cycle.terminated);
  for (const append of cycle.appended.splice(0)) await append();
  return again && cycle.quit === null;
}

function selects(cycle: Cycle, { from, to, range }: Command): boolean {
  if (from === undefined) return true;
  if (to === undefined) return fits(cycle, from);
  const { number } = cycle.input;
  if (!range.isOpen) {
    if (!(from.kind === 'line' && from.line === 0) && !fits(cycle, from)) return false;
    if (from.kind === 'line' && from.line === 0 && number > 1) return false;
    range.end =
      to.kind === 'line'
        ? to.line
        : to.kind === 'plus'
          ? number + to.lines
          : to.kind === 'multiple'
            ? Math.ceil(number / Math.max(1, to.of)) * to.of
            : Number.POSITIVE_INFINITY;
    range.isOpen = range.end > number;
    if (from.kind === 'line' && from.line === 0 && to.kind === 'regex') range.isOpen = !fits(cycle, to);
    return true;
  }
  if (to.kind === 'regex' || to.kind === 'last') range.isOpen = !fits(cycle, to);
  else range.isOpen = number < range.end;
  return true;
}

function fits(cycle: Cycle, address: Address): boolean {
  const { number, isLast } = cycle.input;
  switch (address.kind) {
    case 'line':
      return number === address.line;
    case 'last':
      return isLast;
    case 'step':
      return address.step === 0 ? number === address.first : number >= address.first && (number - address.first) % address.step === 0;
    case 'regex': {
      const regex = address.regex ?? cycle.lastRegex;
      cycle.lastRegex = regex;
      if (regex === null) return false;
      regex.lastIndex = 0;
      return regex.test(cycle.pattern);
    }
    default:
      return false;
  }
}
