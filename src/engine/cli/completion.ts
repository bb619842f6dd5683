/**
 * `docker __complete WORD…`: what may stand in the last word's place, one candidate a line with its description after a tab, then
 * `:N` for the shell (4: no files), in the way of Go's cobra. Names come from the engine; one that is not there offers none.
 */
import type { DockerClient } from './client/index.ts';
import type { Command, Completion } from './command/command.ts';
import { find } from './command/find.ts';
import { COMMON_COMMANDS, GROUPS, MANAGEMENT_COMMANDS, TOP_COMMANDS } from './command/registry.ts';
import type { ConfigFile } from './config/config-file.ts';
import { listContexts } from './config/context-store.ts';
import { currentContext } from './config/current-context.ts';
import { CliError } from './errors.ts';
import { type Io, loadCode } from './io.ts';

interface Candidate {
  readonly word: string;
  readonly about?: string;
}

const NO_FILES = ':4\n';
const FILES = ':0\n';
const DIRECTORIES = ':16\n';
const NONE: readonly (readonly [string, string])[] = [];

/** The commands of a group that begin like this, by name. */
async function commandsOf(io: Io, path: readonly string[], begin: string): Promise<readonly Candidate[]> {
  const words = path.length === 0 ? [...COMMON_COMMANDS, ...MANAGEMENT_COMMANDS, ...TOP_COMMANDS] : verbsOf(path);
  const { summaryOf } = await loadCode(io, () => import('./command/help.ts'));
  const found: Candidate[] = [];
  for (const word of [...words].filter((one) => one.startsWith(begin)).sort())
    found.push({ word, about: await summaryOf(io, [...path, word].join(' ')) });
  return found;
}

function verbsOf(path: readonly string[]): readonly string[] {
  const group = GROUPS[path.join(' ')];
  const below = `${path.join(' ')} `;
  const groups = Object.keys(GROUPS).filter((name) => name.startsWith(below));
  return [
    ...Object.keys(group?.commands ?? {}).filter((verb) => group?.hidden?.includes(verb) !== true),
    ...groups.map((name) => name.slice(below.length)),
  ];
}

const flagsOf = (command: Command): readonly Candidate[] =>
  Object.entries(command.flags)
    .filter(([, flag]) => flag.hidden !== true)
    .map(([name, { usage }]) => ({ word: `--${name}`, about: usage }));

/** What the flag before the word may be given: `--progress <TAB>`, `--progress=<TAB>`. Undefined: no flag waits for a value. */
function valuesOf({ flags, values = {} }: Command, words: readonly string[]): readonly string[] | undefined {
  const [last = '', before = ''] = [words.at(-1), words.at(-2)];
  const [, joined] = /^--([a-z-]+)=/.exec(last) ?? [];
  if (joined !== undefined) return values[joined]?.map((value) => `--${joined}=${value}`) ?? [];
  const name = waitsForValue(flags, before);
  return name === undefined ? undefined : values[name];
}

/** The flag that takes the next word as its value, if this word is one. */
function waitsForValue(flags: Command['flags'], word: string): string | undefined {
  if (!/^-[^=]+$/.test(word) || word === '--') return undefined;
  const name = word.startsWith('--') ? word.slice(2) : Object.keys(flags).find((one) => flags[one]?.short === word.slice(-1));
  return name === undefined || flags[name] === undefined || flags[name].bare !== undefined ? undefined : name;
}

/** Words that are arguments: neither flags nor their values. */
const argumentsIn = ({ flags }: Command, words: readonly string[]): readonly string[] =>
  words.filter((word, i) => !word.startsWith('-') && waitsForValue(flags, words[i - 1] ?? '') === undefined);

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

const wordsOf = (words: readonly string[]): readonly Candidate[] => words.map((word) => ({ word }));

/** The words behind the command's name, without the one that is being typed. */
function wordsAfter({ rest }: { readonly rest: readonly string[] }, words: readonly string[]): readonly string[] {
  const typed = words.slice(0, -1);
  const named = plain(typed).length - rest.length;
  let seen = 0;
  const at = typed.findIndex((word) => !word.startsWith('-') && ++seen === named);
  return typed.slice(at + 1);
}

/** Where names come from. */
export interface Reach {
  readonly client: () => Promise<DockerClient>;
  readonly config: ConfigFile;
}

/** The text to print. `words` are those after `docker`; the last is being typed. */
export async function completions(io: Io, words: readonly string[], { client, config }: Reach): Promise<string> {
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
  if (found.kind === 'group') return text(await commandsOf(io, found.path, last), NO_FILES);
  const values = valuesOf(found.command, words);
  if (values !== undefined) return text(wordsOf(values), NO_FILES);
  const flag = waitsForValue(found.command.flags, words.at(-2) ?? '');
  if (flag !== undefined) {
    const kind = found.command.valueKinds?.[flag];
    if (kind === 'files') return FILES;
    // A plugin leaves to the shell what it does not know.
    if (kind === undefined && found.command.as !== undefined) return FILES;
    return kind === undefined ? NO_FILES : text(await namesOr(kind, client), NO_FILES);
  }
  if (last.startsWith('-')) return text(flagsOf(found.command), NO_FILES);
  const kind = found.command.complete ?? 'files';
  const given = argumentsIn(found.command, wordsAfter(found, words)).length;
  if (kind === 'directories') return given === 0 ? DIRECTORIES : NO_FILES;
  // After an image, `run` and `create` take a command of the container's own: nobody here knows it.
  if (
    kind === 'files' ||
    given >= found.command.args.max ||
    (kind === 'images' && /^(run|create|container run|container create)$/.test(found.path) && given > 0)
  )
    return FILES;
  if (kind === 'contexts') return text(contextNames(io, config), NO_FILES);
  return text(await namesOr(kind, client), NO_FILES);
}

function contextNames(io: Io, config: ConfigFile): readonly Candidate[] {
  const current = currentContext(io, config);
  return listContexts(io, config).map(({ Name }) => ({ word: Name, ...(Name === current ? { about: 'current' } : {}) }));
}

/** An engine that is not there offers none. */
async function namesOr(kind: Completion, client: () => Promise<DockerClient>): Promise<readonly Candidate[]> {
  try {
    return await names(kind, await client());
  } catch (error) {
    if (error instanceof CliError) return [];
    throw error;
  }
}
