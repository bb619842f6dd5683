/** Options as getopt_long(3) reads them: `-abc`, `-n5`, `--name=value`, unambiguous beginnings of long names, `--`. */

export interface OptionSpec {
  /** As for getopt(3): `ab:c::`. A letter with `:` takes a value, with `::` only one that is attached. */
  readonly short: string;
  /** Long names, each with the key it stands for (a letter or a word) and `:` or `::` after it if it takes a value. */
  readonly long?: Readonly<Record<string, string>>;
  /** Options end at the first operand (`env`, `xargs`, `nohup`). */
  readonly stopsAtOperand?: boolean;
  /** `-5` is the option `5` with more digits (`head -20`): handed over under the key `#`. */
  readonly numbers?: boolean;
}

export class OptionError extends Error {
  override readonly name = 'OptionError';
}

/** What was given, in order. */
export class Options {
  readonly given: readonly (readonly [key: string, value: string])[];
  readonly operands: readonly string[];

  constructor(given: readonly (readonly [string, string])[], operands: readonly string[]) {
    this.given = given;
    this.operands = operands;
  }

  has(...keys: readonly string[]): boolean {
    return this.given.some(([key]) => keys.includes(key));
  }

  count(key: string): number {
    return this.given.filter(([given]) => given === key).length;
  }

  /** The last value given. */
  value(key: string): string | undefined {
    return this.given.findLast(([given]) => given === key)?.[1];
  }

  values(key: string): readonly string[] {
    return this.given.filter(([given]) => given === key).map(([, value]) => value);
  }

  /** Of several keys the one given last. */
  last(...keys: readonly string[]): string | undefined {
    return this.given.findLast(([key]) => keys.includes(key))?.[0];
  }
}

type Wants = 'nothing' | 'value' | 'attached';

function wants(spec: string, letter: string): Wants | undefined {
  const at = letter === ':' ? -1 : spec.indexOf(letter);
  if (at < 0) return undefined;
  if (spec[at + 1] !== ':') return 'nothing';
  return spec[at + 2] === ':' ? 'attached' : 'value';
}

/** Parses `args`; throws OptionError with getopt's own sentence. */
export function parseOptions(args: readonly string[], spec: OptionSpec): Options {
  const given: [string, string][] = [];
  const operands: string[] = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      operands.push(...rest);
      break;
    }
    if (arg.startsWith('--')) given.push(long(arg.slice(2), rest, spec));
    else if (spec.numbers === true && /^-\d/.test(arg)) given.push(['#', arg.slice(1)]);
    else if (arg.startsWith('-') && arg !== '-') given.push(...short(arg.slice(1), rest, spec));
    else if (spec.stopsAtOperand === true) {
      operands.push(arg, ...rest);
      break;
    } else operands.push(arg);
  }
  return new Options(given, operands);
}

function short(letters: string, rest: string[], spec: OptionSpec): [string, string][] {
  const found: [string, string][] = [];
  for (let i = 0; i < letters.length; i += 1) {
    const letter = letters[i] ?? '';
    const kind = wants(spec.short, letter);
    if (kind === undefined) throw new OptionError(`invalid option -- '${letter}'`);
    if (kind === 'nothing') {
      found.push([letter, '']);
      continue;
    }
    const attached = letters.slice(i + 1);
    const value = attached !== '' || kind === 'attached' ? attached : rest.shift();
    if (value === undefined) throw new OptionError(`option requires an argument -- '${letter}'`);
    found.push([letter, value]);
    break;
  }
  return found;
}

function long(text: string, rest: string[], spec: OptionSpec): [string, string] {
  const equals = text.indexOf('=');
  const typed = equals < 0 ? text : text.slice(0, equals);
  const name = longName(typed, spec.long ?? {}, text);
  const target = spec.long?.[name] ?? '';
  const key = target.replace(/:+$/, '');
  const attached = equals < 0 ? undefined : text.slice(equals + 1);
  if (!target.endsWith(':')) {
    if (attached !== undefined) throw new OptionError(`option '--${name}' doesn't allow an argument`);
    return [key, ''];
  }
  if (target.endsWith('::')) return [key, attached ?? ''];
  const value = attached ?? rest.shift();
  if (value === undefined) throw new OptionError(`option '--${name}' requires an argument`);
  return [key, value];
}

/** The long name that `typed` is, or is the unambiguous beginning of. */
function longName(typed: string, names: Readonly<Record<string, string>>, whole: string): string {
  if (Object.hasOwn(names, typed)) return typed;
  const matches = Object.keys(names).filter((name) => name.startsWith(typed));
  const [only] = matches;
  if (only === undefined || typed === '') throw new OptionError(`unrecognized option '--${whole}'`);
  if (new Set(matches.map((name) => names[name])).size === 1) return only;
  throw new OptionError(`option '--${typed}' is ambiguous; possibilities:${matches.map((name) => ` '--${name}'`).join('')}`);
}
