/** vi's command line: `:w`, `:q!`, `:%s/a/b/g` and their like. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { decode, encode } from '../../program-io.ts';
import { compileRegex, RegexError } from '../regex.ts';
import type { Buffer } from './buffer.ts';

export interface Editing {
  readonly sys: Sys;
  readonly buffer: Buffer;
  path: string | undefined;
  /** Said on the last line. */
  message: string;
  isOver: boolean;
  numbers: boolean;
  ignoresCase: boolean;
  pattern: RegExp | null;
  /** Registers: what was taken out or copied, and whether as whole lines. */
  register: { readonly text: string; readonly isLinewise: boolean };
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly isGiven: boolean;
}

/** Does what was typed after the colon. */
export function execute(editing: Editing, typed: string): void {
  const { buffer } = editing;
  const { range, rest } = rangeOf(editing, typed.trim());
  const match = /^([a-z]*|=)(!?)\s*([\s\S]*)$/.exec(rest);
  const [, name = '', bang = '', argument = ''] = match ?? [];
  if (rest === '') {
    if (range.isGiven) buffer.moveTo({ row: range.to, column: 0 });
    return;
  }
  if (/^s\W/.test(rest) || rest === 's') return substitute(editing, range, rest.slice(1));
  switch (name) {
    case 'w':
    case 'write':
      write(editing, { path: argument, isForced: bang === '!', range });
      break;
    case 'wq':
    case 'x':
    case 'xit':
      if (name === 'wq' || buffer.isModified)
        write(editing, { path: argument, isForced: bang === '!', range: { ...range, isGiven: false } });
      if (!buffer.isModified || editing.message.includes('written')) editing.isOver = !buffer.isModified;
      break;
    case 'q':
    case 'quit':
    case 'qa':
      if (buffer.isModified && bang === '') editing.message = 'E37: No write since last change (add ! to override)';
      else editing.isOver = true;
      break;
    case 'e':
    case 'edit':
      if (buffer.isModified && bang === '') editing.message = 'E37: No write since last change (add ! to override)';
      else open(editing, argument === '' ? (editing.path ?? '') : argument);
      break;
    case 'r':
    case 'read':
      readInto(editing, argument, range.to);
      break;
    case 'd':
    case 'delete':
      buffer.mark();
      editing.register = { text: buffer.cutLines(range.from, range.to - range.from + 1), isLinewise: true };
      buffer.moveTo({ row: range.from, column: 0 });
      break;
    case 'y':
    case 'yank':
      editing.register = { text: `${buffer.lines.slice(range.from, range.to + 1).join('\n')}\n`, isLinewise: true };
      break;
    case 'set':
    case 'se':
      set(editing, argument);
      break;
    case 'noh':
    case 'nohlsearch':
      editing.pattern = null;
      break;
    case 'u':
    case 'undo':
      buffer.undo();
      break;
    case '=':
      editing.message = String(range.isGiven ? range.to + 1 : buffer.lines.length);
      break;
    default:
      editing.message = `E492: Not an editor command: ${rest}`;
  }
}

/** `1,5`, `%`, `.,$`, `'<,'>` (the lines of a selection are put in as numbers). */
function rangeOf({ buffer }: Editing, typed: string): { readonly range: Range; readonly rest: string } {
  const last = buffer.lines.length - 1;
  if (typed.startsWith('%')) return { range: { from: 0, to: last, isGiven: true }, rest: typed.slice(1).trim() };
  const place = (text: string): number => {
    const [, base = '', offset = ''] = /^([.$]|\d*)((?:[+-]\d*)*)$/.exec(text) ?? [];
    const start = base === '$' ? last : base === '' || base === '.' ? buffer.row : Number(base) - 1;
    const moved = [...offset.matchAll(/([+-])(\d*)/g)].reduce(
      (sum, [, sign, digits]) => sum + (sign === '-' ? -1 : 1) * Number(digits || 1),
      start,
    );
    return Math.max(0, Math.min(moved, last));
  };
  const match = /^((?:[.$]|\d+|[+-])[+\-\d]*)(?:,((?:[.$]|\d+|[+-])[+\-\d]*))?/.exec(typed);
  if (match === null) return { range: { from: buffer.row, to: buffer.row, isGiven: false }, rest: typed };
  const from = place(match[1] ?? '.');
  const to = match[2] === undefined ? from : place(match[2]);
  return { range: { from: Math.min(from, to), to: Math.max(from, to), isGiven: true }, rest: typed.slice(match[0].length).trim() };
}

export function open(editing: Editing, path: string): void {
  const { buffer, sys } = editing;
  editing.path = path === '' ? undefined : path;
  buffer.isModified = false;
  try {
    const text = path === '' ? '' : decode(sys.path.readFile(path));
    buffer.load(text);
    editing.message = path === '' ? '' : `"${path}" ${counted(buffer, text)}`;
  } catch (error) {
    if (!isErrno(error)) throw error;
    buffer.load('');
    editing.message = error.code === 'ENOENT' ? `"${path}" [New]` : `"${path}" ${error.message}`;
  }
}

const counted = (buffer: Buffer, text: string): string => `${text === '' ? 0 : buffer.lines.length}L, ${encode(text).length}B`;

function write(editing: Editing, { path, isForced, range }: { path: string; isForced: boolean; range: Range }): void {
  const { buffer, sys } = editing;
  const target = path === '' ? editing.path : path;
  if (target === undefined) {
    editing.message = 'E32: No file name';
    return;
  }
  const isOther = path !== '' && path !== editing.path;
  if (isOther && !isForced && sys.path.access(target, {})) {
    editing.message = 'E13: File exists (add ! to override)';
    return;
  }
  const text = range.isGiven ? `${buffer.lines.slice(range.from, range.to + 1).join('\n')}\n` : buffer.text;
  const isNew = !sys.path.access(target, {});
  try {
    sys.path.writeFile(target, encode(text), 0o666);
    if (!isOther && !range.isGiven) buffer.isModified = false;
    editing.path ??= target;
    editing.message = `"${target}"${isNew ? ' [New]' : ''} ${text.split('\n').length - 1}L, ${encode(text).length}B written`;
  } catch (error) {
    if (!isErrno(error)) throw error;
    editing.message = `"${target}" E212: Can't open file for writing: ${error.message}`;
  }
}

function readInto(editing: Editing, path: string, after: number): void {
  const { buffer, sys } = editing;
  try {
    const lines = decode(sys.path.readFile(path)).replace(/\n$/, '').split('\n');
    buffer.mark();
    buffer.lines.splice(after + 1, 0, ...lines);
    buffer.moveTo({ row: after + 1, column: 0 });
  } catch (error) {
    if (!isErrno(error)) throw error;
    editing.message = `E484: Can't open file ${path}`;
  }
}

function set(editing: Editing, argument: string): void {
  for (const word of argument.split(/\s+/)) {
    if (/^(no)?(nu|number)$/.test(word)) editing.numbers = !word.startsWith('no') || word === 'number' || word === 'nu';
    else if (/^(no)?(ic|ignorecase)$/.test(word)) editing.ignoresCase = !word.startsWith('no');
    if (/^no(nu|number)$/.test(word)) editing.numbers = false;
  }
}

function substitute(editing: Editing, range: Range, typed: string): void {
  const { buffer } = editing;
  const separator = typed.charAt(0) || '/';
  const [pattern = '', replacement = '', flags = ''] = splitAt(typed.slice(1), separator);
  try {
    if (pattern !== '')
      editing.pattern = compileRegex(pattern, { extended: false, ignoreCase: editing.ignoresCase || flags.includes('i') });
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    editing.message = error.message;
    return;
  }
  if (editing.pattern === null) return;
  let [count, lines, last] = [0, 0, -1];
  const changed = buffer.lines.map((line, row) => {
    if (row < range.from || row > range.to || editing.pattern === null) return line;
    const before = count;
    const regex = new RegExp(editing.pattern.source, flags.includes('g') ? editing.pattern.flags : editing.pattern.flags.replace('g', ''));
    const result = line.replace(regex, (...found: unknown[]) => {
      count += 1;
      return filled(replacement, found.filter((one) => typeof one === 'string' || one === undefined) as (string | undefined)[]);
    });
    if (count > before) [lines, last] = [lines + 1, row];
    return result;
  });
  if (count === 0) {
    editing.message = `E486: Pattern not found: ${pattern}`;
    return;
  }
  buffer.mark();
  buffer.lines = changed.flatMap((line) => line.split('\n'));
  buffer.moveTo({ row: last, column: 0 });
  if (count > 1) editing.message = `${count} substitutions on ${lines} line${lines === 1 ? '' : 's'}`;
}

/** Cut at a separator that no backslash stands before. */
function splitAt(text: string, separator: string): string[] {
  const pieces = [''];
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    const last = pieces.length - 1;
    if (char === '\\' && text.charAt(i + 1) === separator) {
      pieces[last] += separator;
      i += 1;
    } else if (char === '\\') {
      pieces[last] += char + text.charAt(i + 1);
      i += 1;
    } else if (char === separator && pieces.length < 3) pieces.push('');
    else pieces[last] += char;
  }
  return pieces;
}

const filled = (replacement: string, groups: readonly (string | undefined)[]): string =>
  replacement.replace(/\\([0-9nrt&\\])|&/g, (all, escaped: string | undefined) => {
    if (all === '&') return groups[0] ?? '';
    if (escaped === 'n' || escaped === 'r') return '\n';
    if (escaped === 't') return '\t';
    return /\d/.test(escaped ?? '') ? (groups[Number(escaped)] ?? '') : (escaped ?? '');
  });
