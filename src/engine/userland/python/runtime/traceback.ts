/** Tracebacks, as they are printed. */

import { isErrno } from '../../../kernel/errno.ts';
import { decode } from '../../encoding.ts';
import type { Code, Place } from '../compile/code.ts';
import { qualified } from '../protocol/describe.ts';
import { membersOf } from '../protocol/exceptions.ts';
import { str } from '../protocol/text.ts';
import { type Colours, coloursOf, PLAIN } from './colours.ts';
import { exceptionType } from './exceptions.ts';
import type { Frame } from './frame.ts';
import type { Interpreter } from './interpreter.ts';
import { markedLine, markedLines, painted } from './marks.ts';
import { suggestion } from './suggest.ts';
import type { Steps, Thread } from './thread.ts';
import { isSubclass, PyException, PyList, type Trace } from './values.ts';

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

/** Lines that were typed are shown by newer versions; the prompt's own place has no name of a file. */
function linesOf(interpreter: Interpreter, file: string): readonly string[] | undefined {
  if (file.startsWith('<') && !interpreter.version.has.typedLines) return undefined;
  if (file === '<stdin>') return undefined;
  sourceLine(interpreter, file, 1);
  return interpreter.sources.get(file);
}

/** Each statement at the older prompt has a name of its own, which is not shown. */
const shownFile = (file: string): string => file.replace(/^<stdin>-\d+$/, '<stdin>');

interface EntryOptions {
  readonly colours: Colours;
  /** The name of the function, where it is not that of the code. */
  readonly name?: string;
  readonly isPlain?: boolean;
}

/** `  File "x.py", line 3, in f`, with the line and its marks. */
export function entryText(interpreter: Interpreter, code: Code, place: Place | undefined, options: EntryOptions): string {
  const { colours, name = code.name, isPlain = false } = options;
  const { version } = interpreter;
  const line = place?.line ?? code.firstLine;
  const head = `  File ${colours.name(`"${shownFile(code.file)}"`)}, line ${colours.name(String(line))}, in ${colours.name(name)}\n`;
  const lines = linesOf(interpreter, code.file);
  const source = lines?.[line - 1];
  if (lines === undefined || source === undefined || source.trim() === '') return head;
  if (place === undefined || isPlain || !version.has.marks) return `${head}    ${source.trim()}\n`;
  return head + (version.has.callMarks ? markedLines(lines, place, { version, colours }) : markedLine(source, place, { version, colours }));
}

/** The entries of a trace; what repeats is said once. */
export function traceText(interpreter: Interpreter, trace: Trace | null, colours: Colours = PLAIN): string {
  let text = '';
  let last = '';
  let count = 0;
  const more = (): string =>
    count > MOST_REPEATED ? `  [Previous line repeated ${count - MOST_REPEATED} more time${count - MOST_REPEATED === 1 ? '' : 's'}]\n` : '';
  let name: string | undefined;
  for (let one = trace; one !== null; one = one.next) {
    if (one.code.file.startsWith('<frozen')) continue;
    name ??= one.code.name;
    // What runs in the frame around it has no entry of its own.
    if (interpreter.version.has.inlinedComprehensions && COMPREHENSIONS.has(one.next?.code.name ?? '')) continue;
    const place = one.code.places[one.ip];
    const key = `${one.code.file}:${place?.line}:${name}`;
    if (key !== last) {
      text += more();
      last = key;
      count = 0;
    }
    count += 1;
    if (count <= MOST_REPEATED) text += entryText(interpreter, one.code, place, { colours, name });
    name = undefined;
  }
  return text + more();
}

const COMPREHENSIONS: ReadonlySet<string> = new Set(['<listcomp>', '<setcomp>', '<dictcomp>']);

/** The frames of a stack, as `traceback.print_stack` shows them. */
export function stackText(interpreter: Interpreter, frame: Frame | null): string {
  const entries: string[] = [];
  for (let one = frame; one !== null; one = one.back) {
    if (one.code.file.startsWith('<frozen')) continue;
    entries.unshift(entryText(interpreter, one.code, one.code.places[Math.max(0, one.ip - 1)], { colours: PLAIN, isPlain: true }));
  }
  return entries.join('');
}

const HEAD = 'Traceback (most recent call last):\n';

interface ReportOptions {
  readonly seen?: Set<PyException>;
  readonly colours?: Colours;
  /** Nobody caught it: the interpreter itself prints it, and not the module `traceback`. */
  readonly isUncaught?: boolean;
}

/** An exception with those that it came from. */
export function* exceptionReport(thread: Thread, exc: PyException, options: ReportOptions = {}): Steps<string> {
  const { seen = new Set(), isUncaught = false } = options;
  const { colours = isUncaught ? coloursOf(thread.interpreter) : PLAIN } = options;
  const inner = { seen, colours, isUncaught };
  seen.add(exc);
  let text = '';
  if (exc.cause instanceof PyException && !seen.has(exc.cause))
    text += `${yield* exceptionReport(thread, exc.cause, inner)}\nThe above exception was the direct cause of the following exception:\n\n`;
  else if (exc.context !== null && !exc.isContextHidden && !seen.has(exc.context))
    text += `${yield* exceptionReport(thread, exc.context, inner)}\nDuring handling of the above exception, another exception occurred:\n\n`;
  if (isSubclass(exc.cls, GROUP)) return text + (yield* groupReport(thread, exc, { seen, colours, depth: 0 }));
  if (exc.trace !== null) text += HEAD + traceText(thread.interpreter, exc.trace, colours);
  return text + (yield* exceptionLine(thread, exc, { colours, isUncaught }));
}

interface GroupOptions {
  readonly seen: Set<PyException>;
  readonly colours: Colours;
  readonly depth: number;
}

const indented = (part: string, prefix: string): string => part.replace(/^(?=.)/gm, prefix);

/** A group: its members hang on a line that goes down at its left. */
function* groupReport(thread: Thread, exc: PyException, { seen, colours, depth }: GroupOptions): Steps<string> {
  const margin = ' '.repeat(2 * depth + 2);
  let text = '';
  if (exc.trace !== null)
    text += `${margin.slice(2)}${depth === 0 ? '  + ' : '  | '}Exception Group ${HEAD}${indented(traceText(thread.interpreter, exc.trace, colours), `${margin}| `)}`;
  text += indented(yield* exceptionLine(thread, exc, { colours }), `${margin}| `);
  const members = membersOf(exc).filter((one) => one instanceof PyException);
  const shown = members.slice(0, MOST_IN_GROUP);
  for (const [at, one] of shown.entries()) {
    text += `${margin}${at === 0 ? '+-+' : '  +'}---------------- ${at + 1} ----------------\n`;
    const isGroup = isSubclass(one.cls, GROUP);
    if (isGroup) text += yield* groupReport(thread, one, { seen, colours, depth: depth + 1 });
    else text += indented(yield* exceptionReport(thread, one, { seen, colours }), `${margin}  | `);
    if (at === shown.length - 1 && !isGroup) text += `${margin}  +------------------------------------\n`;
  }
  return text;
}

/** `ValueError: what is wrong`, with what belongs to it. */
export function* exceptionLine(thread: Thread, exc: PyException, options: Omit<ReportOptions, 'seen'> = {}): Steps<string> {
  const { colours = PLAIN, isUncaught = false } = options;
  const hasPrefix = isUncaught && !thread.interpreter.version.has.bareNames;
  const name = hasPrefix ? qualified(exc.cls) : typeName(exc);
  if (exc.cls.mro.some((one) => one.name === 'SyntaxError') && exc.host?.lineno !== undefined)
    return syntaxReport(exc, colours) + notesOf(exc, thread.interpreter);
  let message: string;
  try {
    message = yield* str(thread, exc);
  } catch {
    message = '<exception str() failed>';
  }
  const text = message + suggestion(thread, exc, message);
  return (
    (text === '' ? `${colours.error(name)}\n` : `${colours.error(name)}: ${colours.message(text)}\n`) + notesOf(exc, thread.interpreter)
  );
}

function notesOf(exc: PyException, { version }: Interpreter): string {
  const notes = exc.host?.notes;
  return notes instanceof PyList && version.has.notes ? notes.items.map((note) => `${String(note)}\n`).join('') : '';
}

/** A class as tracebacks name it. */
export function typeName(exc: PyException): string {
  const full = qualified(exc.cls);
  return full.startsWith('__main__.') ? full.slice('__main__.'.length) : full;
}

function syntaxReport(exc: PyException, colours: Colours): string {
  const { filename, lineno, offset, end_lineno: endLine, end_offset: endOffset, text = '' } = exc.host ?? {};
  const line = String(text).replace(/\n$/, '');
  const bare = line.trimStart();
  const isSpan = endLine !== undefined;
  let report = `  File ${colours.name(`"${shownFile(String(filename))}"`)}, line ${colours.name(String(lineno))}\n`;
  if (bare !== '' || !isSpan) {
    const indent = line.length - bare.length;
    const from = Math.max(0, Number(offset) - 1 - indent);
    const end = !isSpan ? from + 1 : Number(endLine) === Number(lineno) ? Number(endOffset) - 1 - indent : bare.trimEnd().length;
    const shown = Number(offset) > 0 ? painted(bare, ' '.repeat(from) + '^'.repeat(Math.max(1, end - from)), colours) : `${bare}\n`;
    report += shown.replace(/.*\n/g, (one) => `    ${one}`);
  }
  return `${report}${colours.error(exc.cls.name)}: ${colours.message(String(exc.args.items[0] ?? ''))}\n`;
}
