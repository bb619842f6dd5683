/** The prompt. */

import { compileText } from '../library/builtins.ts';
import { INPUT } from '../library/output.ts';
import { Raised } from '../runtime/exceptions.ts';
import type { Interpreter } from '../runtime/interpreter.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import { exceptionReport } from '../runtime/traceback.ts';
import type { PyModule, Value } from '../runtime/values.ts';
import { SyntaxFault } from '../syntax/fault.ts';
import { parseModule } from '../syntax/parse-statements.ts';
import { writeError } from './finish.ts';
import { mainModule } from './script.ts';

const BUILD = '(main, Jan  8 2026, 02:00:00) [GCC 14.2.0] on linux';

export async function repl(interpreter: Interpreter): Promise<void> {
  const module = mainModule(interpreter);
  const { main } = interpreter;
  await interpreter.run(
    main,
    writeError(
      main,
      `Python ${interpreter.options.version} ${BUILD}\nType "help", "copyright", "credits" or "license" for more information.\n`,
    ),
  );
  await interpreter.run(main, prompt(main, module));
}

function* prompt(thread: Thread, module: PyModule): Steps<void> {
  for (;;) {
    try {
      const text = yield* statement(thread);
      if (text === null) {
        yield* writeError(thread, '\n');
        return;
      }
      if (text.trim() === '') continue;
      const code = compileText(thread, text, { file: '<stdin>', mode: 'single' });
      yield thread.interpreter.frameOf(code, module.attrs);
    } catch (error) {
      if (!(error instanceof Raised) || error.exc.cls.name === 'SystemExit') throw error;
      if (error.exc.cls.name === 'KeyboardInterrupt' && error.exc.trace === null) yield* writeError(thread, '\nKeyboardInterrupt\n');
      else yield* writeError(thread, yield* exceptionReport(thread, error.exc));
    }
  }
}

/** Asks for lines until they are a whole statement; null at the end of the input. */
function* statement(thread: Thread): Steps<string | null> {
  let text = yield* line(thread, '>>> ');
  if (text === null) return null;
  for (;;) {
    const isBlock = /:\s*(#.*)?$/.test(text.split('\n')[0] ?? '') || /^\s*@/.test(text) || text.includes('\n');
    const isOpen = isIncomplete(text);
    if (!isOpen && !(isBlock && !/\n\s*$/.test(text) && text.trim() !== '' && isCompound(text))) return `${text}\n`;
    const more = yield* line(thread, '... ');
    if (more === null) return `${text}\n`;
    text += `\n${more}`;
  }
}

const isCompound = (text: string): boolean => /^\s*(if|for|while|def|class|with|try|async|match|@)\b|^\s*@/.test(text);

function isIncomplete(text: string): boolean {
  try {
    parseModule(`${text}\n`);
    return false;
  } catch (error) {
    return error instanceof SyntaxFault && error.isIncomplete;
  }
}

function* line(_thread: Thread, mark: string): Steps<string | null> {
  try {
    return String((yield new Call(INPUT, argsOf([mark]))) as Value);
  } catch (error) {
    if (error instanceof Raised && error.exc.cls.name === 'EOFError') return null;
    throw error;
  }
}
