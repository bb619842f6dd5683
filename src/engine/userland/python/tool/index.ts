/** The program `python`: its command line. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { leave, print } from '../../net/text.ts';
import { decode, readAll } from '../../program-io.ts';
import { furnish } from '../library/setup.ts';
import { Interpreter } from '../runtime/interpreter.ts';
import { type Command, parseCommand } from './command.ts';
import { finish } from './finish.ts';
import { repl } from './repl.ts';
import { runFile, runModule, runText } from './script.ts';

/** Which Python a note stands for, where no variable says it. */
const VERSIONS: Readonly<Record<string, string>> = {
  'python3.9': '3.9.25',
  'python3.10': '3.10.19',
  'python3.11': '3.11.14',
  'python3.12': '3.12.12',
  'python3.13': '3.13.5',
  'python3.14': '3.14.2',
};

function executableOf(sys: Sys): string {
  try {
    return sys.path.readlink('/proc/self/exe').replace(/\d*(\.\d+)?$/, '') + (/python(\d)/.exec(sys.argv[0] ?? '') ? '3' : '');
  } catch (error) {
    if (isErrno(error)) return '/usr/local/bin/python3';
    throw error;
  }
}

export const python =
  (note: string): Program =>
  async (sys) => {
    const version = sys.env.get('PYTHON_VERSION') ?? VERSIONS[note] ?? '3.13.11';
    const command = parseCommand(sys.argv.slice(1));
    if (command.kind === 'wrong') return leave(sys, command.text, 2);
    if (command.kind === 'version') return print(sys, `Python ${version}\n`).then(() => 0);
    if (command.kind === 'help') return print(sys, command.text).then(() => 0);
    const interpreter = new Interpreter(sys, { version, executable: executableOf(sys), flags: command.flags });
    furnish(interpreter, command.argv);
    return finish(interpreter, () => start(interpreter, command));
  };

type Run = Exclude<Command, { readonly kind: 'wrong' | 'version' | 'help' }>;

async function start(interpreter: Interpreter, command: Run): Promise<void> {
  const { sys } = interpreter;
  switch (command.kind) {
    case 'text':
      return runText(interpreter, command.text, { file: '<string>', folder: '' });
    case 'module':
      return runModule(interpreter, command.name);
    case 'file':
      return runFile(interpreter, command.path);
    case 'input':
      if (sys.fds.isatty(0)) return repl(interpreter);
      return runText(interpreter, decode(await readAll(sys, 0)), { file: '<stdin>', folder: '' });
    default:
  }
}
