/** The command line of `python`. */

interface Given {
  readonly flags: ReadonlySet<string>;
  /** As `sys.argv` has it. */
  readonly argv: readonly string[];
}

export type Command =
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly text: string }
  | { readonly kind: 'help'; readonly text: string }
  | ({ readonly kind: 'text'; readonly text: string } & Given)
  | ({ readonly kind: 'module'; readonly name: string } & Given)
  | ({ readonly kind: 'file'; readonly path: string } & Given)
  | ({ readonly kind: 'input' } & Given);

const USAGE = 'usage: python3 [option] ... [-c cmd | -m mod | file | -] [arg] ...\n';
const TRY = "Try `python -h' for more information.\n";
const LONG = new Set(['--check-hash-based-pycs']);

export function parseCommand(args: readonly string[]): Command {
  const flags = new Set<string>();
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--version') return { kind: 'version' };
    if (arg === '--help') return { kind: 'help', text: USAGE };
    if (arg === '-' || !arg.startsWith('-')) {
      const argv = args.slice(at);
      return arg === '-' ? { kind: 'input', flags, argv } : { kind: 'file', path: arg, flags, argv };
    }
    if (arg.startsWith('--')) {
      if (!LONG.has(arg)) return { kind: 'wrong', text: `unknown option ${arg}\n${USAGE}${TRY}` };
      at += 1;
      continue;
    }
    const done = letters(args, { at, flags });
    if (typeof done !== 'number') return done;
    at = done;
  }
  return { kind: 'input', flags, argv: [''] };
}

/** The letters of one option; where to go on, or the command. */
function letters(args: readonly string[], { at, flags }: { readonly at: number; readonly flags: Set<string> }): Command | number {
  const arg = args[at] ?? '';
  for (let index = 1; index < arg.length; index += 1) {
    const letter = arg[index] ?? '';
    if (letter === 'V') return { kind: 'version' };
    if (letter === 'h') return { kind: 'help', text: USAGE };
    if (letter === 'c' || letter === 'm' || letter === 'W' || letter === 'X') {
      const isInside = index + 1 < arg.length;
      const value = isInside ? arg.slice(index + 1) : args[at + 1];
      if (value === undefined) return { kind: 'wrong', text: `Argument expected for the -${letter} option\n${USAGE}${TRY}` };
      const rest = args.slice(at + (isInside ? 1 : 2));
      if (letter === 'c') return { kind: 'text', text: value, flags, argv: ['-c', ...rest] };
      if (letter === 'm') return { kind: 'module', name: value, flags, argv: ['-m', ...rest] };
      return at + (isInside ? 0 : 1);
    }
    if (!'uBEsSIOqvibdPRx'.includes(letter)) return { kind: 'wrong', text: `Unknown option: -${letter}\n${USAGE}${TRY}` };
    flags.add(letter);
  }
  return at;
}
