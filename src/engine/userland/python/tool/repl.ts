/** The prompt. */
import { compileAloud } from '../library/builtins.ts';
import { getAttribute } from '../protocol/attributes.ts';
import { str } from '../protocol/text.ts';
import { isColoured as hasColours } from '../runtime/colours.ts';
import { exceptionType, Raised } from '../runtime/exceptions.ts';
import type { Interpreter } from '../runtime/interpreter.ts';
import { call, type Steps, type Thread, wait } from '../runtime/thread.ts';
import { exceptionLine, exceptionReport } from '../runtime/traceback.ts';
import { PyException, PyInstance, type PyModule, type Value } from '../runtime/values.ts';
import { SyntaxFault } from '../syntax/fault.ts';
import { parseModule } from '../syntax/parse-statements.ts';
import type { Version } from '../versions/versions.ts';
import { askAtPrompt, type Typed } from './editor.ts';
import { writeError } from './finish.ts';
import { mainModule } from './script.ts';

const HELLO = 'Type "help", "copyright", "credits" or "license" for more information.\n';
/** Words that the newer prompt takes as what they are called, where they are no names of the program's own. */
const WORDS: ReadonlySet<string> = new Set(['exit', 'quit', 'copyright', 'help', 'clear']);
const CLEAR = '\x1b[H\x1b[2J';

interface Prompt {
  readonly thread: Thread;
  readonly module: PyModule;
  readonly history: string[];
  /** In the way of 3.13: several lines at once, in colours. */
  readonly isWide: boolean;
}

export async function repl(interpreter: Interpreter): Promise<void> {
  const module = mainModule(interpreter);
  const { main, sys, version, options } = interpreter;
  if (!options.flags.has('q')) await interpreter.run(main, writeError(main, `Python ${version.text} ${version.build} on linux\n${HELLO}`));
  const isDumb = (sys.env.get('TERM') ?? 'dumb') === 'dumb';
  const mayBeWide = version.has.editingPrompt && (sys.env.get('PYTHON_BASIC_REPL') ?? '') === '';
  if (mayBeWide && isDumb) await interpreter.run(main, writeError(main, noCapability(sys.env.get('TERM') ?? '')));
  await interpreter.run(main, answer({ thread: main, module, history: [], isWide: mayBeWide && !isDumb }));
}

const noCapability = (term: string): string =>
  `warning: can't use pyrepl: terminal doesn't have the required clear capability${term === '' ? '' : `; TERM=${term}`}\n`;

/** Reads statements and runs them, up to the end of what is typed. */
function* answer(prompt: Prompt): Steps {
  const { thread, isWide } = prompt;
  for (let number = 0; ; ) {
    try {
      const typed = yield* statement(prompt);
      if (typed.kind === 'end') return null;
      if (typed.kind === 'interrupted') {
        yield* interrupted(thread, isWide);
        continue;
      }
      const file = isWide ? `<python-input-${number}>` : `<stdin>-${number}`;
      number += 1;
      yield* execute(prompt, typed.text, file);
    } catch (error) {
      if (!(error instanceof Raised) || error.exc.cls.name === 'SystemExit') throw error;
      yield* writeError(thread, yield* exceptionReport(thread, error.exc, { isUncaught: true }));
    }
  }
}

function* interrupted(thread: Thread, isWide: boolean): Steps<void> {
  const exc = new PyException(exceptionType('KeyboardInterrupt'), []);
  yield* writeError(thread, isWide ? 'KeyboardInterrupt\n' : yield* exceptionLine(thread, exc, { isUncaught: true }));
}

function* execute({ thread, module, isWide }: Prompt, text: string, file: string): Steps<void> {
  const word = text.trim();
  if (word === '') return;
  if (isWide && WORDS.has(word) && !module.attrs.has(word)) {
    if (word === 'clear') yield* wait(thread.sys.write(1, new TextEncoder().encode(CLEAR)));
    else yield* call(thread.interpreter.builtins.get(word) ?? null);
    return;
  }
  const code = yield* compileAloud(thread, `${text}\n`, { file, mode: 'single' });
  yield thread.interpreter.frameOf(code, module.attrs);
}

/** Asks for lines until they are a whole statement. */
function* statement(prompt: Prompt): Steps<Typed> {
  const { thread, history, isWide } = prompt;
  const { version } = thread.interpreter;
  const [first, more] = [yield* mark(thread, 'ps1', '>>> '), yield* mark(thread, 'ps2', '... ')];
  let text = '';
  for (let isFirst = true; ; isFirst = false) {
    yield* flush(thread);
    const isColoured = hasColours(thread.interpreter);
    const isWhole = (typed: string): boolean => isEnough(typed, version);
    const asked = askAtPrompt(thread.sys, { first: isFirst ? first : more, more, history, isWide, isColoured, isWhole });
    const typed = yield* wait(asked);
    if (typed.kind !== 'text') return typed.kind === 'end' && !isFirst ? { kind: 'text', text } : typed;
    if (typed.text.trim() !== '' && history.at(-1) !== typed.text) history.push(isWide ? typed.text.trimEnd() : typed.text);
    text += isFirst ? typed.text : `\n${typed.text}`;
    if (isWide || !needsMore(text, version)) return { kind: 'text', text };
  }
}

function* mark(thread: Thread, name: string, otherwise: string): Steps<string> {
  const value: Value | undefined = thread.interpreter.module('sys')?.attrs.get(name);
  return value === undefined ? otherwise : yield* str(thread, value);
}

function* flush(thread: Thread): Steps<void> {
  const out = thread.interpreter.module('sys')?.attrs.get('stdout') ?? null;
  if (out instanceof PyInstance) yield* call(yield* getAttribute(thread, out, 'flush'));
}

const COMPOUND: ReadonlySet<string> = new Set(['if', 'for', 'while', 'function', 'class', 'with', 'try', 'match', 'block']);

/** Whether further lines may or must follow: a block ends with an empty line. */
function needsMore(text: string, version: Version): boolean {
  try {
    const last = parseModule(`${text}\n`, version).at(-1);
    return last !== undefined && COMPOUND.has(last.kind) && !/\n[ \t]*$/.test(text);
  } catch (error) {
    return error instanceof SyntaxFault && error.isIncomplete && !(error.type === 'IndentationError' && /\n[ \t]*$/.test(text));
  }
}

/** Whether Enter ends what was typed. What is wrong in its last line may still be put right in the next one. */
function isEnough(typed: string, version: Version): boolean {
  const text = typed.replace(/\n[ \t]+$/, '\n');
  try {
    parseModule(`${text}\n`, version);
  } catch (error) {
    if (error instanceof SyntaxFault && !error.isIncomplete) {
      const lines = text.split('\n');
      return lines.length === 1 || (lines.at(-1) ?? '').trim() === '';
    }
  }
  return !needsMore(text, version);
}
