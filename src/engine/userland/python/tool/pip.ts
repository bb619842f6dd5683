/** The program `pip`: the module of the same name, run by the interpreter beside it. */
import type { Program } from '../../../kernel/sys.ts';
import { furnish } from '../library/setup.ts';
import { Interpreter } from '../runtime/interpreter.ts';
import { releaseOf } from '../versions/versions.ts';
import { finish } from './finish.ts';
import { runModule } from './script.ts';

/** Where the interpreter lies: in images of its own, and where a distribution installs it. */
const [BUILT, PACKAGED] = ['/usr/local/bin/python3', '/usr/bin/python3'];

export const pip: Program = async (sys) => {
  const executable = sys.path.access(BUILT, { read: true }) ? BUILT : PACKAGED;
  const version = releaseOf(sys.path.realpath(executable).replace(/^.*\//, ''), executable);
  const interpreter = new Interpreter(sys, { version, executable, flags: new Set() });
  furnish(interpreter, ['pip', ...sys.argv.slice(1)]);
  return finish(interpreter, () => runModule(interpreter, 'pip'));
};
