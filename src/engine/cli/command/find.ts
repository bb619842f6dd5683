import { type Io, loadCode } from '../io.ts';
import type { Command } from './command.ts';
import { TOP } from './top.ts';

export type Found =
  | { readonly kind: 'command'; readonly command: Command; readonly path: string; readonly rest: readonly string[] }
  | {
      readonly kind: 'group';
      readonly path: readonly string[];
      readonly rest: readonly string[];
      readonly isPlugin: boolean;
      readonly isSpaced?: boolean;
      /** A flag that no group has. */
      readonly stray?: string;
      readonly use?: string;
    }
  | {
      readonly kind: 'unknown';
      readonly path: readonly string[];
      readonly word: string;
      readonly use: string;
      readonly isPlugin: boolean;
    };

type Registry = typeof import('./registry.ts');
const loadRegistry = (io: Io): Promise<Registry> => loadCode(io, () => import('./registry.ts'));

/** Finds what the words name: a command, loading its code, or a group of commands. */
export async function find(io: Io, words: readonly string[]): Promise<Found> {
  const [first = '', ...rest] = words;
  if (first === '') return { kind: 'group', path: [], rest, isPlugin: false };
  const command = await loadCommand(io, first);
  if (command !== undefined) return { kind: 'command', command, path: first, rest };
  const registry = await loadRegistry(io);
  if (registry.GROUPS[first] !== undefined) return findIn(io, registry, [first], rest);
  return { kind: 'unknown', path: [], word: first, use: '', isPlugin: false };
}

async function findIn(io: Io, registry: Registry, path: readonly string[], rest: readonly string[]): Promise<Found> {
  const { GROUPS, VERB_ALIASES } = registry;
  const group = GROUPS[path.join(' ')];
  const isPlugin = group?.flags !== undefined || group?.isOpen === true;
  const [word, ...after] = group?.flags === undefined ? rest : flagsLast(rest, group.flags);
  if (group === undefined || word === undefined || word.startsWith('-'))
    return {
      kind: 'group',
      path,
      rest,
      isPlugin,
      isSpaced: group?.spaced === true && word === undefined,
      use: `docker ${group?.use ?? path.join(' ')}`,
      ...(word === undefined || isPlugin || /^(-h|--help(=.*)?|--|-)$/.test(word) ? {} : { stray: word }),
    };
  const verb = VERB_ALIASES[`${path.join(' ')} ${word}`] ?? word;
  const name = `${path.join(' ')} ${verb}`;
  if (GROUPS[name] !== undefined) return findIn(io, registry, [...path, verb], after);
  const deeper = group.commands[`${verb} ${after[0]}`];
  const below = deeper === undefined ? undefined : await loadCode(io, () => deeper(io.env));
  if (below !== undefined) return { kind: 'command', command: below, path: `${name} ${after[0]}`, rest: after.slice(1) };
  const command = await loadCommand(io, name);
  if (command === undefined && group.isOpen) return { kind: 'group', path, rest, isPlugin };
  if (command === undefined) return { kind: 'unknown', path, word, use: `docker ${group.use ?? path.join(' ')}`, isPlugin };
  return { kind: 'command', command, path: name, rest: after };
}

/** A plugin's own flags may stand before its command; they belong to the command as well. */
function flagsLast(words: readonly string[], flags: Readonly<Record<string, boolean>>): readonly string[] {
  let at = 0;
  while (at < words.length) {
    const [name = '', value] = (words[at] ?? '').split(/=(.*)/s);
    const takesWord = flags[name];
    if (takesWord === undefined) break;
    at += takesWord && value === undefined ? 2 : 1;
  }
  return [...words.slice(at, at + 1), ...words.slice(0, at), ...words.slice(at + 1)];
}

/** Loads a command by its whole name. Code that is being loaded cannot be seen from inside the machine. */
export async function loadCommand(io: Io, name: string): Promise<Command | undefined> {
  const at = name.lastIndexOf(' ');
  const load = at < 0 ? TOP[name] : (await loadRegistry(io)).GROUPS[name.slice(0, at)]?.commands[name.slice(at + 1)];
  if (load === undefined) return undefined;
  return loadCode(io, () => load(io.env));
}
