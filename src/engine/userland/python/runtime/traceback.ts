/** Tracebacks, as they are printed. */

import { isErrno } from '../../../kernel/errno.ts';
import { decode } from '../../encoding.ts';
import type { Code, Place } from '../compile/code.ts';
import { ownAttributes } from '../protocol/attributes.ts';
import { qualified } from '../protocol/describe.ts';
import { membersOf } from '../protocol/exceptions.ts';
import { str } from '../protocol/text.ts';
import { exceptionType } from './exceptions.ts';
import type { Frame } from './frame.ts';
import type { Interpreter } from './interpreter.ts';
import { closest } from './suggest.ts';
import type { Steps, Thread } from './thread.ts';
import { classOf, isSubclass, type PyDict, PyException, PyList, type Trace } from './values.ts';

const GROUP = exceptionType('BaseExceptionGroup');
const MOST_REPEATED = 3;
const MOST_IN_GROUP = 15;

/** The line of a source, from its file or from what was typed. */
export function sourceLine(interpreter: Interpreter, file: string, line: number): string | undefined {
  const known = interpreter.sources.get(file);
  if (known !== undefined) return known[line - 1];
  if (file.startsWith('<')) return undefined;
  try {
    const lines = decode(interpreter.sys.path.readFile(file)).split('\n');
    interpreter.sources.set(file, lines);
    return lines[line - 1];
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

/** From 3.13 on also lines of what stood behind `-c`. */
const FIRST_WITH_COMMAND_LINES = 13;
const isShown = ({ options }: Interpreter, file: string): boolean =>
  file !== '<stdin>' && (file !== '<string>' || Number(options.version.split('.')[1]) >= FIRST_WITH_COMMAND_LINES);

/** `  File "x.py", line 3, in f`, with the line and its marks. */
export function entryText(interpreter: Interpreter, code: Code, place: Place | undefined, isPlain = false): string {
  const line = place?.line ?? code.firstLine;
  const head = `  File "${code.file}", line ${line}, in ${code.name}\n`;
  const source = isShown(interpreter, code.file) ? sourceLine(interpreter, code.file, line) : undefined;
  if (source === undefined || source.trim() === '') return head;
  const marks = place === undefined || isPlain ? '' : marksOf(source, place);
  return `${head}    ${source.trim()}\n${marks === '' ? '' : `    ${marks}\n`}`;
}

/** The marks under a line; nothing if all of it is meant. */
function marksOf(source: string, place: Place): string {
  const text = source.trim();
  const indent = source.length - source.trimStart().length;
  const start = place.col - indent;
  const end = (place.endLine === place.line ? place.endCol : source.trimEnd().length) - indent;
  if (end <= start || (start <= 0 && end >= text.length)) return '';
  const marks = Array.from({ length: end - start }, () => '^');
  if (place.accent && place.endLine === place.line) accentuate(marks, { place, source, indent, start });
  return `${' '.repeat(Math.max(0, start))}${marks.join('')}`;
}

interface Accent {
  readonly place: Place;
  readonly source: string;
  readonly indent: number;
  readonly start: number;
}

function accentuate(marks: string[], { place, source, indent, start }: Accent): void {
  const [from, to] = place.accent ?? [0, 0];
  let [first, last] = [from, to];
  if (!source.slice(from, to).startsWith('[')) {
    // Between the operands: the operator, without the spaces around it.
    const between = source.slice(from, to);
    first = from + between.length - between.trimStart().length;
    const next = between.trimStart().charAt(1);
    last = first + (next !== '' && !/[\s(]/.test(next) ? 2 : 1);
  }
  marks.fill('~');
  for (let at = first - indent - start; at < last - indent - start; at += 1) if (at >= 0 && at < marks.length) marks[at] = '^';
}

/** The entries of a trace; what repeats is said once. */
export function traceText(interpreter: Interpreter, trace: Trace | null): string {
  let text = '';
  let last = '';
  let count = 0;
  const more = (): string =>
    count > MOST_REPEATED ? `  [Previous line repeated ${count - MOST_REPEATED} more time${count - MOST_REPEATED === 1 ? '' : 's'}]\n` : '';
  for (let one = trace; one !== null; one = one.next) {
    if (one.code.file.startsWith('<frozen')) continue;
    const place = one.code.places[one.ip];
    const key = `${one.code.file}:${place?.line}:${one.code.name}`;
    if (key !== last) {
      text += more();
      last = key;
      count = 0;
    }
    count += 1;
    if (count <= MOST_REPEATED) text += entryText(interpreter, one.code, place);
  }
  return text + more();
}

/** The frames of a stack, as `traceback.print_stack` shows them. */
export function stackText(interpreter: Interpreter, frame: Frame | null): string {
  const entries: string[] = [];
  for (let one = frame; one !== null; one = one.back) {
    if (one.code.file.startsWith('<frozen')) continue;
    entries.unshift(entryText(interpreter, one.code, one.code.places[Math.max(0, one.ip - 1)], true));
  }
  return entries.join('');
}

const HEAD = 'Traceback (most recent call last):\n';

/** An exception with those that it came from. */
export function* exceptionReport(thread: Thread, exc: PyException, seen: Set<PyException> = new Set()): Steps<string> {
  seen.add(exc);
  let text = '';
  if (exc.cause instanceof PyException && !seen.has(exc.cause))
    text += `${yield* exceptionReport(thread, exc.cause, seen)}\nThe above exception was the direct cause of the following exception:\n\n`;
  else if (exc.context !== null && !exc.isContextHidden && !seen.has(exc.context))
    text += `${yield* exceptionReport(thread, exc.context, seen)}\nDuring handling of the above exception, another exception occurred:\n\n`;
  if (isSubclass(exc.cls, GROUP)) return text + (yield* groupReport(thread, exc, seen));
  if (exc.trace !== null) text += HEAD + traceText(thread.interpreter, exc.trace);
  return text + (yield* exceptionLine(thread, exc));
}

function* groupReport(thread: Thread, exc: PyException, seen: Set<PyException>, isInside = false): Steps<string> {
  const indent = (part: string, prefix: string): string => part.replace(/^(?=.)/gm, prefix);
  const head =
    (exc.trace === null ? '' : `Exception Group ${HEAD}${traceText(thread.interpreter, exc.trace)}`) + (yield* exceptionLine(thread, exc));
  const members = membersOf(exc);
  let text = isInside ? head : indent(head, '  | ').replace(/^ {2}\| Exception Group/, '  + Exception Group');
  let number = 0;
  for (const one of members.slice(0, MOST_IN_GROUP)) {
    if (!(one instanceof PyException)) continue;
    number += 1;
    const isGroup = isSubclass(one.cls, GROUP);
    const report = isGroup ? yield* groupReport(thread, one, seen, true) : yield* exceptionReport(thread, one, seen);
    text += `${isInside ? '' : '  '}${number === 1 ? '+-+' : '  +'}---------------- ${number} ----------------\n`;
    text += indent(report, isInside ? '  | ' : '    | ');
  }
  if (number > 0) text += `${isInside ? '' : '  '}  +------------------------------------\n`;
  return text;
}

/** `ValueError: what is wrong`, with what belongs to it. */
export function* exceptionLine(thread: Thread, exc: PyException): Steps<string> {
  const name = typeName(exc);
  if (exc.cls.mro.some((one) => one.name === 'SyntaxError') && exc.host?.lineno !== undefined) return syntaxReport(exc);
  let message: string;
  try {
    message = yield* str(thread, exc);
  } catch {
    message = '<exception str() failed>';
  }
  const hint = message === '' ? '' : suggestion(thread, exc);
  let text = message === '' ? `${name}\n` : `${name}: ${message}${hint}\n`;
  const notes = exc.host?.notes;
  if (notes instanceof PyList) for (const note of notes.items) text += `${String(note)}\n`;
  return text;
}

/** A class as tracebacks name it. */
export function typeName(exc: PyException): string {
  const full = qualified(exc.cls);
  return full.startsWith('__main__.') ? full.slice('__main__.'.length) : full;
}

function syntaxReport(exc: PyException): string {
  const { filename, lineno, offset, end_lineno: endLine, end_offset: endOffset, text = '' } = exc.host ?? {};
  const line = String(text).replace(/\n$/, '');
  const bare = line.trim();
  let report = `  File "${String(filename)}", line ${String(lineno)}\n`;
  if (bare !== '') {
    const indent = line.length - line.trimStart().length;
    const from = Math.max(0, Number(offset) - 1 - indent);
    const to = Number(endLine) === Number(lineno) ? Number(endOffset) - 1 - indent : bare.length;
    report += `    ${bare}\n`;
    if (Number(offset) > 0) report += `    ${' '.repeat(from)}${'^'.repeat(Math.max(1, to - from))}\n`;
  }
  return `${report}${exc.cls.name}: ${String(exc.args.items[0] ?? '')}\n`;
}

/** `. Did you mean: 'x'?` */
function suggestion(_thread: Thread, exc: PyException): string {
  const wanted = exc.host?.name;
  if (typeof wanted !== 'string') return '';
  const candidates: string[] = [];
  const add = (dict: PyDict | null | undefined): void => {
    for (const { k } of dict?.map.values() ?? []) if (typeof k === 'string') candidates.push(k);
  };
  if (exc.cls.name === 'NameError') {
    const frame = lastFrame(exc.trace);
    if (frame === null) return '';
    frame.code.locals.forEach((name, index) => {
      if (frame.locals[index] !== undefined) candidates.push(name);
    });
    add(frame.names);
    add(frame.globals);
    add(frame.builtins);
    const library = STANDARD.includes(wanted) ? ` Did you forget to import '${wanted}'` : '';
    const name = closest(wanted, candidates);
    if (name !== null)
      return library === '' ? `. Did you mean: '${name}'?` : `. Did you mean: '${name}'? Or did you forget to import '${wanted}'?`;
    return library === '' ? '' : `.${library}?`;
  }
  const obj = exc.host?.obj;
  if (exc.cls.name !== 'AttributeError' || obj === undefined) return '';
  add(ownAttributes(obj));
  for (const type of classOf(obj).mro) add(type.attrs);
  if ('mro' in (classOf(obj) as object) && obj !== null && typeof obj === 'object' && 'mro' in obj)
    for (const type of (obj as unknown as { mro: { attrs: PyDict }[] }).mro) add(type.attrs);
  const name = closest(wanted, candidates);
  return name === null ? '' : `. Did you mean: '${name}'?`;
}

function lastFrame(trace: Trace | null): Frame | null {
  let one = trace;
  while (one?.next) one = one.next;
  return one?.frame ?? null;
}

/** Modules whose names are forgotten most. */
const STANDARD =
  'os sys re json math time random datetime string collections itertools functools subprocess threading logging socket signal shutil glob pathlib copy csv hashlib base64 asyncio argparse typing uuid struct tempfile traceback urllib'.split(
    ' ',
  );
