/** What each command of a sed script does (POSIX sed, and GNU's additions). */
import { isErrno } from '../../../kernel/errno.ts';
import { Output, toText } from '../../program-io.ts';
import { type Cycle, print } from './cycle.ts';
import type { Command, Substitution } from './script.ts';

/** How a pass goes on after a command. */
export type After = 'next' | 'jump' | 'delete' | 'again' | 'end';

/** What moves text between the pattern space and the hold space; false if the command is another. */
function changeSpaces(cycle: Cycle, name: string): boolean {
  switch (name) {
    case 'g':
      cycle.pattern = cycle.hold;
      return true;
    case 'G':
      cycle.pattern += `\n${cycle.hold}`;
      return true;
    case 'h':
      cycle.hold = cycle.pattern;
      return true;
    case 'H':
      cycle.hold += `\n${cycle.pattern}`;
      return true;
    case 'x':
      [cycle.pattern, cycle.hold] = [cycle.hold, cycle.pattern];
      return true;
    case 'z':
      cycle.pattern = '';
      return true;
    default:
      return false;
  }
}

/** Does one command of the script. */
export async function execute(cycle: Cycle, command: Command): Promise<After> {
  const { tool, input } = cycle;
  if (changeSpaces(cycle, command.name)) return 'next';
  switch (command.name) {
    case '{':
      return 'next';
    case 's':
      return command.substitution === undefined ? 'next' : substitute(cycle, command.substitution);
    case 'y':
      cycle.pattern = [...cycle.pattern].map((char) => command.map?.get(char) ?? char).join('');
      return 'next';
    case 'p':
      await print(cycle, cycle.pattern);
      return 'next';
    case 'P':
      await print(cycle, cycle.pattern.split('\n', 1)[0] ?? '');
      return 'next';
    case 'd':
      return 'delete';
    case 'D':
      if (!cycle.pattern.includes('\n')) return 'delete';
      cycle.pattern = cycle.pattern.slice(cycle.pattern.indexOf('\n') + 1);
      return 'again';
    case '=':
      await cycle.out.raw(`${input.number}\n`);
      return 'next';
    case 'a':
      cycle.appended.push(() => cycle.out.raw(command.text));
      return 'next';
    case 'i':
      await cycle.out.raw(command.text);
      return 'next';
    case 'c':
      if (command.to === undefined || command.negated || !command.range.isOpen) await cycle.out.raw(command.text);
      return 'delete';
    case 'n':
      return nextLine(cycle, false);
    case 'N':
      return nextLine(cycle, true);
    case 'q':
    case 'Q':
      cycle.quit = Number(command.text || 0);
      return command.name === 'q' ? 'end' : 'delete';
    case 'b':
      return 'jump';
    case 't':
    case 'T': {
      const isTaken = cycle.substituted === (command.name === 't');
      cycle.substituted = false;
      return isTaken ? 'jump' : 'next';
    }
    case 'l':
      // busybox reads it, and does nothing.
      if (!tool.isBusybox) await print(cycle, unambiguous(cycle.pattern));
      return 'next';
    case 'r':
      cycle.appended.push(() => copyFile(cycle, command.text));
      return 'next';
    case 'w':
      await writeTo(cycle, command.text, `${cycle.pattern}\n`);
      return 'next';
    default:
      return tool.die(`unsupported command ${command.name}`);
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
  if (regex === null)
    return cycle.tool.die(cycle.tool.isBusybox ? 'no previous regexp' : '-e expression #1, char 0: no previous regular expression');
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

const NAMED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

function unambiguous(text: string): string {
  const whole = [...text]
    .map((char) => NAMED[char] ?? (/[ -~]/.test(char) ? char : `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`))
    .join('');
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
