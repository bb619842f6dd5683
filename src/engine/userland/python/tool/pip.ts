/** The program `pip`: the module of the same name, run by the interpreter beside it. */
import type { Program } from '../../../kernel/sys.ts';
import { furnish } from '../library/setup.ts';
import { Interpreter } from '../runtime/interpreter.ts';
import { finish } from './finish.ts';
import { runModule } from './script.ts';

const EXECUTABLE = '/usr/local/bin/python3';

export const pip: Program = async (sys) => {
  const version = sys.env.get('PYTHON_VERSION') ?? '3.13.11';
  const interpreter = new Interpreter(sys, { version, executable: EXECUTABLE, flags: new Set() });
  furnish(interpreter, ['pip', ...sys.argv.slice(1)]);
  return finish(interpreter, () => runModule(interpreter, 'pip'));
};
