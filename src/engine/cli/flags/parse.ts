import { type AnyFlag, FlagError, type FlagTable, FlagValueError, type FlagValues } from './flag.ts';

export interface Parsed<Table extends FlagTable> {
  readonly values: FlagValues<Table>;
  /** Long names of the flags that were given. */
  readonly changed: ReadonlySet<string>;
  readonly args: readonly string[];
  /** `--help` (or `-h` where a command has no `-h` of its own) was given. */
  readonly help: false | 'help' | 'shorthand';
}

interface State {
  readonly table: FlagTable;
  readonly values: Map<string, unknown>;
  readonly changed: Set<string>;
  readonly args: string[];
  rest: string[];
  help: false | 'help' | 'shorthand';
}

/** Fetches the code that these words need: what flags that are given want to have. `run` is `loadCode` with the client's `io`. */
export async function fetchFor(
  table: FlagTable,
  words: readonly string[],
  run: (code: () => Promise<void>) => Promise<void>,
): Promise<void> {
  for (const [name, { load, short }] of Object.entries(table))
    if (load && words.some((word) => mayName(word, name, short))) await run(load);
}

/** Whether a word may be a flag; among short ones it may stand behind others. */
const mayName = (word: string, name: string, short: string | undefined): boolean =>
  word.startsWith(`--${name}`) || (short !== undefined && /^-[^-]/.test(word) && word.includes(short));

/** Parses as pflag does. With `interspersed: false` the first word that is no flag ends the flags (`docker run IMAGE ls -l`). */
export function parseFlags<Table extends FlagTable>(
  table: Table,
  words: readonly string[],
  options: { interspersed?: boolean } = {},
): Parsed<Table> {
  const values = new Map<string, unknown>(Object.entries(table).map(([name, flag]) => [name, flag.initial]));
  const state: State = { table, values, changed: new Set(), args: [], rest: [...words], help: false };
  while (state.rest.length > 0) {
    const word = state.rest.shift() ?? '';
    if (word === '--') state.args.push(...state.rest.splice(0));
    else if (word.startsWith('--')) parseLong(state, word.slice(2));
    else if (word.startsWith('-') && word !== '-') parseShorts(state, word.slice(1));
    else if (options.interspersed === false) state.args.push(word, ...state.rest.splice(0));
    else state.args.push(word);
  }
  return {
    values: Object.fromEntries(values) as FlagValues<Table>,
    changed: state.changed,
    args: [...state.args, ...state.rest],
    help: state.help,
  };
}

function parseLong(state: State, text: string): void {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  if (name === '' || name.startsWith('-')) throw new FlagError(`bad flag syntax: --${text}`);
  const flag = lookUp(state.table, name);
  if (flag === undefined && name === 'help') {
    state.help = 'help';
    return;
  }
  if (flag === undefined) throw new FlagError(`unknown flag: --${name}`);
  if (at >= 0) set(state, name, flag, text.slice(at + 1));
  else if (flag.bare !== undefined) set(state, name, flag, flag.bare);
  else set(state, name, flag, state.rest.shift() ?? missing(`--${name}`));
  if (name === 'help') state.help = 'help';
}

function parseShorts(state: State, letters: string): void {
  for (let rest = letters; rest !== ''; ) {
    const letter = rest[0] ?? '';
    rest = rest.slice(1);
    const found = Object.entries(state.table).find(([, flag]) => flag.short === letter);
    if (found === undefined && letter === 'h') {
      state.help = 'shorthand';
      continue;
    }
    if (found === undefined) throw new FlagError(`unknown shorthand flag: ${goRune(letter)} in -${letter}${rest}`);
    const [name, flag] = found;
    if (rest.length > 1 && rest.startsWith('=')) {
      set(state, name, flag, rest.slice(1));
      return;
    }
    if (flag.bare === undefined) {
      set(state, name, flag, rest === '' ? (state.rest.shift() ?? missing(`${goRune(letter)} in -${letter}${rest}`)) : rest);
      return;
    }
    set(state, name, flag, flag.bare);
  }
}

const lookUp = (table: FlagTable, name: string): AnyFlag | undefined => (Object.hasOwn(table, name) ? table[name] : undefined);
const goRune = (letter: string): string => (letter === "'" ? "'\\''" : `'${letter}'`);

function missing(flag: string): never {
  throw new FlagError(`flag needs an argument: ${flag}`);
}

function set(state: State, name: string, flag: AnyFlag, text: string): void {
  try {
    state.values.set(name, flag.add(state.values.get(name) as never, text));
  } catch (error) {
    if (!(error instanceof FlagValueError)) throw error;
    const shown = flag.short === undefined ? `--${name}` : `-${flag.short}, --${name}`;
    throw new FlagError(`invalid argument ${JSON.stringify(text)} for "${shown}" flag: ${error.message}`);
  }
  state.changed.add(name);
}
