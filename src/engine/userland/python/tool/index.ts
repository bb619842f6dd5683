/** The program `python`: its command line. */
import type { Program } from '../../../kernel/sys.ts';
import { leave, print } from '../../net/text.ts';
import { decode, readAll, releaseOf } from '../../program-io.ts';
import { placeOf } from '../library/place.ts';
import { furnish } from '../library/setup.ts';
import { Interpreter } from '../runtime/interpreter.ts';
import { versionOf } from '../versions/versions.ts';
import { type Command, parseCommand } from './command.ts';
import { finish } from './finish.ts';
import { repl } from './repl.ts';
import { runFile, runModule, runText } from './script.ts';

/** `name` is that of the executable: `python3.13`. */
export const python =
  (name: string): Program =>
  async (sys) => {
    const version = versionOf(releaseOf(sys, 'PYTHON_VERSION', `${name.slice('python'.length)}.0`));
    const command = parseCommand(sys.argv.slice(1));
    if (command.kind === 'wrong') return leave(sys, command.text, 2);
    if (command.kind === 'version') return print(sys, `Python ${version.text}\n`).then(() => 0);
    if (command.kind === 'help') return print(sys, command.text).then(() => 0);
    const interpreter = new Interpreter(sys, { version, place: placeOf(sys, version.short), flags: command.flags });
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
