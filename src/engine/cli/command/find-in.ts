/** Groups of commands: `docker container ls`, and groups within groups. Most that is typed names no group. */
import { type Io, loadCode } from '../io.ts';
import { type Found, loadCommand, type Registry } from './find.ts';

interface Words {
  readonly path: readonly string[];
  readonly rest: readonly string[];
}

/** What the words after a group's name mean. */
export async function findIn(io: Io, registry: Registry, { path, rest }: Words): Promise<Found> {
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
  if (GROUPS[name] !== undefined) return findIn(io, registry, { path: [...path, verb], rest: after });
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
