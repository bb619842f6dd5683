/** The flags of an instruction. Upstream: buildkit instructions/bflag.go. */
import { DockerfileError, didYouMean } from './errors.ts';

export type FlagKind = 'text' | 'bool' | 'list';

export interface Flags {
  text(name: string): string;
  isSet(name: string): boolean;
  bool(name: string): boolean;
  list(name: string): readonly string[];
}

/** Throws DockerfileError without a place. */
export function parseFlags(words: readonly string[], known: Readonly<Record<string, FlagKind>> = {}): Flags {
  const values = new Map<string, string[]>();
  for (const word of words) {
    const at = word.indexOf('=');
    const shown = at === -1 ? word : word.slice(0, at);
    const name = shown.slice(2);
    const value = at === -1 ? undefined : word.slice(at + 1);
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined) throw new DockerfileError(`unknown flag: ${shown}${didYouMean(name, Object.keys(known))}`);
    if (values.has(name) && kind !== 'list') throw new DockerfileError(`duplicate flag specified: ${shown}`);
    if (kind === 'bool' ? value === '' : value === undefined) throw new DockerfileError(`missing a value on flag: ${shown}`);
    const kept = kind === 'bool' ? boolean(shown, value ?? 'true') : (value ?? '');
    values.set(name, [...(values.get(name) ?? []), kept]);
  }
  return {
    text: (name) => values.get(name)?.[0] ?? '',
    isSet: (name) => values.has(name),
    bool: (name) => values.get(name)?.[0] === 'true',
    list: (name) => values.get(name) ?? [],
  };
}

function boolean(shown: string, value: string): string {
  const text = value.toLowerCase();
  if (text !== 'true' && text !== 'false') throw new DockerfileError(`expecting boolean value for flag ${shown}, not: ${value}`);
  return text;
}
