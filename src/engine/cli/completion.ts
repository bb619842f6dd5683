/**
 * `docker __complete WORD…`: what may stand in the last word's place, one candidate a line with its description after a tab, then
 * `:N` for the shell (4: no files), in the way of Go's cobra. Names come from the engine; one that is not there offers none.
 */
import type { DockerClient } from './client/index.ts';
import type { Command, Completion } from './command/command.ts';
import { find } from './command/find.ts';
import { COMMON_COMMANDS, GROUPS, MANAGEMENT_COMMANDS, OWN_SUMMARIES, TOP_COMMANDS } from './command/registry.ts';
import type { Io } from './io.ts';

interface Candidate {
  readonly word: string;
  readonly about?: string;
}

const NO_FILES = ':4\n';
const FILES = ':0\n';
const DIRECTORIES = ':16\n';
const NONE: readonly (readonly [string, string])[] = [];

const groupsFirst = (path: readonly string[]): readonly Candidate[] => {
  if (path.length === 0)
    return [...COMMON_COMMANDS, ...MANAGEMENT_COMMANDS, ...TOP_COMMANDS].map((word) => ({
      word,
      about: OWN_SUMMARIES[word] ?? GROUPS[word]?.summary ?? '',
    }));
  const group = GROUPS[path.join(' ')];
  return Object.keys(group?.commands ?? {})
    .filter((verb) => group?.hidden?.includes(verb) !== true)
    .map((word) => ({ word }));
};

const flagsOf = (command: Command): readonly Candidate[] =>
  Object.entries(command.flags)
    .filter(([, flag]) => flag.hidden !== true)
    .map(([name, { usage }]) => ({ word: `--${name}`, about: usage }));

/** What the flag before the word may be given: `--progress <TAB>`, `--progress=<TAB>`. */
function valuesOf({ flags, values = {} }: Command, words: readonly string[]): readonly string[] | undefined {
  const [last = '', before = ''] = [words.at(-1), words.at(-2)];
  const [, joined] = /^--([a-z-]+)=/.exec(last) ?? [];
  if (joined !== undefined) return values[joined]?.map((value) => `--${joined}=${value}`);
  const name = before.startsWith('--') ? before.slice(2) : Object.keys(flags).find((one) => flags[one]?.short === before.slice(1));
  return !before.startsWith('-') || name === undefined || flags[name]?.bare !== undefined ? undefined : values[name];
}

const withoutSlash = (name: string): string => name.replace(/^\//, '');

async function containers(client: DockerClient, all: boolean): Promise<readonly Candidate[]> {
  const found = await client.containers.list({ all, filters: new Map() });
  return found.map(({ Names, Image }) => ({ word: withoutSlash(Names[0] ?? ''), about: Image }));
}

async function images(client: DockerClient): Promise<readonly Candidate[]> {
  const found = await client.images.list({ filters: new Map() });
  return found
    .flatMap(({ RepoTags }) => RepoTags ?? [])
    .flatMap((tag) => (tag.endsWith(':latest') ? [{ word: tag }, { word: tag.slice(0, -':latest'.length) }] : [{ word: tag }]));
}

async function names(kind: Completion, client: DockerClient): Promise<readonly Candidate[]> {
  switch (kind) {
    case 'containers':
    case 'running-containers':
      return containers(client, kind === 'containers');
    case 'images':
      return images(client);
    case 'networks':
      return (await client.networks.list(new Map())).map(({ Name, Driver }) => ({ word: Name, about: Driver }));
    case 'volumes':
      return ((await client.volumes.list(new Map())).Volumes ?? []).map(({ Name }) => ({ word: Name }));
    default:
      return [];
  }
}

const plain = (words: readonly string[]): readonly string[] => words.filter((word) => !word.startsWith('-'));

/** The text to print. `words` are those after `docker`; the last is being typed. */
export async function completions(io: Io, words: readonly string[], client: () => DockerClient): Promise<string> {
  const last = words.at(-1) ?? '';
  const found = await find(io, plain(words.slice(0, -1)));
  const text = (candidates: readonly Candidate[], end: string): string => {
    const fitting = new Map(
      candidates.filter(({ word }) => word.startsWith(last)).map(({ word, about }): [string, string] => [word, about ?? '']),
    );
    return (
      [...(fitting.size === 0 ? NONE : fitting)].map(([word, about]) => (about === '' ? `${word}\n` : `${word}\t${about}\n`)).join('') + end
    );
  };
  if (found.kind === 'unknown') return FILES;
  if (found.kind === 'group') return text(groupsFirst(found.path), NO_FILES);
  const values = valuesOf(found.command, words);
  if (values !== undefined)
    return text(
      values.map((word) => ({ word })),
      NO_FILES,
    );
  if (last.startsWith('-')) return text(flagsOf(found.command), NO_FILES);
  const kind = found.command.complete ?? 'files';
  if (kind === 'directories') return plain(found.rest).length === 0 ? DIRECTORIES : NO_FILES;
  // After an image, `run` and `create` take a command of the container's own: nobody here knows it.
  const given = plain(found.rest).length;
  if (
    kind === 'files' ||
    given >= found.command.args.max ||
    (kind === 'images' && /^(run|create|container run|container create)$/.test(found.path) && given > 0)
  )
    return FILES;
  try {
    return text(await names(kind, client()), NO_FILES);
  } catch {
    return NO_FILES;
  }
}
