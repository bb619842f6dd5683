/** `sed`: the editor that sees a stream once. Parsing is in script.ts; here is the cycle. */
import { isErrno } from '../../../kernel/errno.ts';
import { LineReader, Output, readAll, rawOf, toRaw, toText } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { type Address, type Command, parseScript, SedError, type Substitution } from './script.ts';

const SPEC = {
  short: 'ne:f:Eri::suzl:', long: { quiet: 'n', silent: 'n', expression: 'e:', file: 'f:', 'regexp-extended': 'E', 'in-place': 'i::', separate: 's', unbuffered: 'u', 'null-data': 'z', posix: 'posix', debug: 'debug' },
  usage: '[-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...', usageStatus: 1, package: '(GNU sed) 4.9',
};

interface Cycle {
  readonly tool: Tool;
  readonly commands: readonly Command[];
  readonly quiet: boolean;
  readonly input: Input;
  out: Output;
  pattern: string;
  hold: string;
  appended: (() => Promise<void>)[];
  substituted: boolean;
  lastRegex: RegExp | null;
  /** Whether the line at hand had an end in the file. */
  terminated: boolean;
  readonly files: Map<string, Output>;
  quit: number | null;
}

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
    commands = parseScript(script, { extended: options.has('E', 'r') });
  } catch (error) {
    if (!(error instanceof SedError)) throw error;
    return tool.die(tool.isBusybox ? busyboxWords(error.message) : error.at < 0 ? `-e expression #1, char ${script.length}: ${error.message}` : `-e expression #1, char ${error.at}: ${error.message}`);
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
const busyboxWords = (message: string): string => message.replace(/^unterminated .*/, "unmatched '/'").replace(/^unknown command: `(.*)'$/, 'unsupported command $1');

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

/** The files' lines one after the other, with one line of foresight: `$` must be known. */
class Input {
  readonly #tool: Tool;
  readonly #paths: string[];
  #reader: LineReader | null = null;
  #fd = -1;
  #ahead: { line: string; terminated: boolean } | null = null;
  number = 0;

  constructor(tool: Tool, paths: readonly string[]) {
    this.#tool = tool;
    this.#paths = [...paths];
  }

  async start(): Promise<void> {
    this.#ahead = await this.#read();
  }

  get isLast(): boolean {
    return this.#ahead === null;
  }

  async next(): Promise<{ line: string; terminated: boolean } | null> {
    const line = this.#ahead;
    if (line === null) return null;
    this.#ahead = await this.#read();
    this.number += 1;
    return line;
  }

  async #read(): Promise<{ line: string; terminated: boolean } | null> {
    for (;;) {
      if (this.#reader === null && !(await this.#open())) return null;
      try {
        const line = (await this.#reader?.next()) ?? null;
        if (line !== null) return { line, terminated: this.#reader?.terminated ?? true };
      } catch (error) {
        if (!isErrno(error)) throw error;
        await this.#tool.complain(this.#tool.isBusybox ? `read error: ${error.message}` : `couldn't read: ${error.message}`, 2);
      }
      if (this.#fd > 0) this.#tool.sys.fds.close(this.#fd);
      this.#reader = null;
    }
  }

  async #open(): Promise<boolean> {
    for (let path = this.#paths.shift(); path !== undefined; path = this.#paths.shift()) {
      try {
        this.#fd = path === '-' ? 0 : await this.#tool.sys.open(path, { read: true });
        this.#reader = new LineReader(this.#tool.sys, this.#fd);
        return true;
      } catch (error) {
        if (!isErrno(error)) throw error;
        await this.#tool.complain(this.#tool.isBusybox ? `${path}: ${error.message}` : `can't read ${path}: ${error.message}`, this.#tool.isBusybox ? 1 : 2);
      }
    }
    return false;
  }
}

interface Edit { readonly commands: readonly Command[]; readonly paths: readonly string[]; readonly quiet: boolean; readonly suffix: string | undefined }

async function edit(tool: Tool, { commands, paths, quiet, suffix }: Edit): Promise<number | null> {
  const { sys } = tool;
  const input = new Input(tool, paths);
  await input.start();
  const [path = ''] = paths;
  const temporary = `${path}.sed${sys.pid}`;
  const out = suffix === undefined ? tool.out : new Output(sys, await sys.open(temporary, { write: true, create: true, truncate: true }, sys.path.stat(path).mode));
  const cycle: Cycle = { tool, commands, quiet, input, out, pattern: '', hold: '', appended: [], substituted: false, lastRegex: null, terminated: true, files: new Map(), quit: null };
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
    sys.path.rename(temporary, path);
    sys.fds.close(out.fd);
  }
  return cycle.quit;
}

const print = (cycle: Cycle, text: string, terminated = true): Promise<void> => cycle.out.raw(text + (terminated ? '\n' : ''));

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
    range.end = to.kind === 'line' ? to.line : to.kind === 'plus' ? number + to.lines : to.kind === 'multiple' ? Math.ceil(number / Math.max(1, to.of)) * to.of : Number.POSITIVE_INFINITY;
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
    case 'line': return number === address.line;
    case 'last': return isLast;
    case 'step': return address.step === 0 ? number === address.first : number >= address.first && (number - address.first) % address.step === 0;
    case 'regex': {
      const regex = address.regex ?? cycle.lastRegex;
      cycle.lastRegex = regex;
      if (regex === null) return false;
      regex.lastIndex = 0;
      return regex.test(cycle.pattern);
    }
    default: return false;
  }
}

type After = 'next' | 'jump' | 'delete' | 'again' | 'end';

async function execute(cycle: Cycle, command: Command): Promise<After> {
  const { tool, input } = cycle;
  switch (command.name) {
    case '{': return 'next';
    case 's': return command.substitution === undefined ? 'next' : substitute(cycle, command.substitution);
    case 'y': cycle.pattern = [...cycle.pattern].map((char) => command.map?.get(char) ?? char).join(''); return 'next';
    case 'p': await print(cycle, cycle.pattern); return 'next';
    case 'P': await print(cycle, cycle.pattern.split('\n', 1)[0] ?? ''); return 'next';
    case 'd': return 'delete';
    case 'D':
      if (!cycle.pattern.includes('\n')) return 'delete';
      cycle.pattern = cycle.pattern.slice(cycle.pattern.indexOf('\n') + 1);
      return 'again';
    case 'g': cycle.pattern = cycle.hold; return 'next';
    case 'G': cycle.pattern += `\n${cycle.hold}`; return 'next';
    case 'h': cycle.hold = cycle.pattern; return 'next';
    case 'H': cycle.hold += `\n${cycle.pattern}`; return 'next';
    case 'x': [cycle.pattern, cycle.hold] = [cycle.hold, cycle.pattern]; return 'next';
    case 'z': cycle.pattern = ''; return 'next';
    case '=': await cycle.out.raw(`${input.number}\n`); return 'next';
    case 'a': cycle.appended.push(() => cycle.out.raw(command.text)); return 'next';
    case 'i': await cycle.out.raw(command.text); return 'next';
    case 'c':
      if (command.to === undefined || command.negated || !command.range.isOpen) await cycle.out.raw(command.text);
      return 'delete';
    case 'n': return nextLine(cycle, false);
    case 'N': return nextLine(cycle, true);
    case 'q': case 'Q':
      cycle.quit = Number(command.text || 0);
      return command.name === 'q' ? 'end' : 'delete';
    case 'b': return 'jump';
    case 't': case 'T': {
      const isTaken = cycle.substituted === (command.name === 't');
      cycle.substituted = false;
      return isTaken ? 'jump' : 'next';
    }
    case 'l': await print(cycle, unambiguous(cycle.pattern)); return 'next';
    case 'r': cycle.appended.push(() => copyFile(cycle, command.text)); return 'next';
    case 'w': await writeTo(cycle, command.text, `${cycle.pattern}\n`); return 'next';
    default: return tool.die(`unsupported command ${command.name}`);
  }
}

async function nextLine(cycle: Cycle, append: boolean): Promise<After> {
  if (cycle.input.isLast) {
    cycle.quit = 0;
    return 'end';
  }
  if (!append && !cycle.quiet) await print(cycle, cycle.pattern, cycle.terminated);
  if (!append) for (const pending of cycle.appended.splice(0)) await pending();
  const next = await cycle.input.next();
  cycle.pattern = append ? `${cycle.pattern}\n${next?.line ?? ''}` : (next?.line ?? '');
  cycle.terminated = next?.terminated ?? true;
  return 'next';
}

async function substitute(cycle: Cycle, substitution: Substitution): Promise<After> {
  const regex = substitution.regex ?? cycle.lastRegex;
  cycle.lastRegex = regex;
  if (regex === null) return cycle.tool.die(cycle.tool.isBusybox ? 'no previous regexp' : '-e expression #1, char 0: no previous regular expression');
  let result = '';
  let at = 0;
  let seen = 0;
  let changed = false;
  for (const match of cycle.pattern.matchAll(regex)) {
    // An empty match right after another one does not count.
    if (match[0] === '' && match.index === at && seen > 0) continue;
    seen += 1;
    if (seen < substitution.nth) continue;
    result += cycle.pattern.slice(at, match.index) + replacement(substitution, match);
    at = match.index + match[0].length;
    changed = true;
    if (!substitution.global) break;
  }
  if (!changed) return 'next';
  cycle.pattern = result + cycle.pattern.slice(at);
  cycle.substituted = true;
  if (substitution.print) await print(cycle, cycle.pattern);
  if (substitution.file !== undefined) await writeTo(cycle, substitution.file, `${cycle.pattern}\n`);
  return 'next';
}

function replacement({ replacement: parts }: Substitution, match: RegExpMatchArray): string {
  let text = '';
  let fold: 'U' | 'L' | 'E' = 'E';
  let once: 'u' | 'l' | null = null;
  for (const part of parts) {
    if (typeof part === 'object') {
      if (part.fold === 'u' || part.fold === 'l') once = part.fold;
      else fold = part.fold;
      continue;
    }
    let piece = typeof part === 'number' ? (match[part] ?? '') : part;
    if (fold === 'U') piece = piece.toUpperCase();
    if (fold === 'L') piece = piece.toLowerCase();
    if (once !== null && piece !== '') {
      piece = (once === 'u' ? piece.slice(0, 1).toUpperCase() : piece.slice(0, 1).toLowerCase()) + piece.slice(1);
      once = null;
    }
    text += piece;
  }
  return text;
}

const NAMED: Readonly<Record<string, string>> = { '\\': '\\\\', '\x07': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v' };

function unambiguous(text: string): string {
  const whole = [...text].map((char) => NAMED[char] ?? (/[ -~]/.test(char) ? char : `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`)).join('');
  return `${whole.replace(/(.{69})(?=.)/g, '$1\\\n')}$`;
}

async function copyFile(cycle: Cycle, path: string): Promise<void> {
  try {
    await cycle.out.bytes(cycle.tool.sys.path.readFile(toText(path)));
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

async function writeTo(cycle: Cycle, path: string, text: string): Promise<void> {
  if (path === '/dev/stdout') return cycle.out.raw(text);
  let file = cycle.files.get(path);
  if (file === undefined) {
    file = new Output(cycle.tool.sys, await cycle.tool.sys.open(toText(path), { write: true, create: true, truncate: true }));
    cycle.files.set(path, file);
  }
  await file.raw(text);
}
