/** The colours of a traceback on a terminal. */
import type { Interpreter } from './interpreter.ts';

/** What a part is put between. */
export type Paint = (text: string) => string;

export interface Colours {
  readonly name: Paint;
  readonly error: Paint;
  readonly message: Paint;
  readonly mark: Paint;
  readonly around: Paint;
}

const plain: Paint = (text) => text;
const between =
  (code: string): Paint =>
  (text) =>
    `\x1b[${code}m${text}\x1b[0m`;

export const PLAIN: Colours = { name: plain, error: plain, message: plain, mark: plain, around: plain };
const COLOURED: Colours = {
  name: between('35'),
  error: between('1;35'),
  message: between('35'),
  mark: between('1;31'),
  around: between('31'),
};

/** Whether this process colours what it says on its terminal. */
export function isColoured({ sys, version, options }: Interpreter): boolean {
  if (!version.has.colours) return false;
  const isAsked = !options.flags.has('E') && !options.flags.has('I');
  const variable = (name: string): string | undefined => sys.env.get(name);
  if (isAsked && variable('PYTHON_COLORS') === '0') return false;
  if (isAsked && variable('PYTHON_COLORS') === '1') return true;
  if ((variable('NO_COLOR') ?? '') !== '') return false;
  if (isAsked && (variable('FORCE_COLOR') ?? '') !== '') return true;
  if (isAsked && variable('TERM') === 'dumb') return false;
  return sys.fds.has(2) && sys.fds.isatty(2);
}

/** The colours of a traceback that nobody caught. */
export const coloursOf = (interpreter: Interpreter): Colours => (isColoured(interpreter) ? COLOURED : PLAIN);
