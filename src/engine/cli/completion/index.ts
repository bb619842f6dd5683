/**
 * `docker __complete WORD…`: what may stand in the last word's place, one candidate a line with its description after a tab, then
 * `:N` for the shell, in the way of Go's cobra. The shell picks out those that fit what is typed. Names come from the engine.
 */

import type { Command } from '../command/command.ts';
import { find } from '../command/find.ts';
import { GLOBAL_FLAGS } from '../command/global-flags.ts';
import { COMMON_COMMANDS, GROUPS, MANAGEMENT_COMMANDS, TOP_COMMANDS } from '../command/registry.ts';
import { FlagError, type FlagTable, parseFlags } from '../flags/index.ts';
import { described } from '../flags/usage.ts';
import { type Io, loadCode } from '../io.ts';
import { type Answer, type Asked, type Candidate, directiveName, FILES, NOTHING, only } from './answer.ts';
import { candidates, oneOf } from './sources.ts';

export { type Answer, directiveName };

/** Where names come from. */
export type Reach = Pick<Asked, 'client' | 'config'>;
type Completed = Pick<
  Command,
  'flags' | 'interspersed' | 'complete' | 'completeMost' | 'completeRest' | 'values' | 'valueKinds' | 'usages'
>;

/** Commands that the top of the client has beside those that its help lists. */
const UNLISTED = 'checkpoint config help node secret service stack swarm'.split(' ');
const HELP_SUMMARY = 'Help about the command';

/** The commands of a group that begin like this, by name. */
async function commandsOf(io: Io, path: readonly string[], begin: string): Promise<readonly Candidate[]> {
  const words = path.length === 0 ? [...COMMON_COMMANDS, ...MANAGEMENT_COMMANDS, ...TOP_COMMANDS, ...UNLISTED] : verbsOf(path);
  const { summaryOf } = await loadCode(io, () => import('../command/help.ts'));
  const found: Candidate[] = [];
  for (const word of [...words].filter((one) => one.startsWith(begin)).sort())
    found.push({ word, about: path.length === 0 && word === 'help' ? HELP_SUMMARY : await summaryOf(io, [...path, word].join(' ')) });
  return found;
}

function verbsOf(path: readonly string[]): readonly string[] {
  const below = `${path.join(' ')} `;
  const groups = Object.keys(GROUPS).filter((name) => name.startsWith(below));
  const { commands = {}, hidden = [] } = GROUPS[path.join(' ')] ?? {};
  return [...Object.keys(commands).filter((verb) => !hidden.includes(verb)), ...groups.map((name) => name.slice(below.length))];
}

/** The flags that fit; one that was given already is offered again only if it may be repeated. */
export function flagsOf(flags: FlagTable, word: string, changed: ReadonlySet<string>): Answer {
  return only(
    Object.entries(flags)
      .filter(
        ([name, flag]) => flag.hidden !== true && flag.deprecated === undefined && (Array.isArray(flag.initial) || !changed.has(name)),
      )
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, { usage, short }]) =>
        [`--${name}`, ...(short === undefined ? [] : [`-${short}`])].map((form) => ({ word: form, about: usage })),
      )
      .filter((candidate) => candidate.word.startsWith(word)),
  );
}

interface FlagAt {
  readonly name: string;
  /** What has been typed of its value. */
  readonly word: string;
  /** The words before the flag. */
  readonly before: readonly string[];
}

/** The flag whose value is being typed: `--progress <TAB>`, `-p<TAB>`, `--progress=<TAB>`. */
export function flagAt(flags: FlagTable, before: readonly string[], last: string): FlagAt | undefined {
  const named = (word: string): string | undefined =>
    word.startsWith('--') ? word.slice(2) : Object.keys(flags).find((one) => flags[one]?.short === word.slice(-1));
  const [, form = '', value = ''] = /^(--?[^=]+)=(.*)$/s.exec(last) ?? [];
  const name = named(form);
  if (form !== '') return name === undefined || flags[name] === undefined ? undefined : { name, word: value, before };
  if (last.startsWith('-')) return undefined;
  const previous = before.at(-1) ?? '';
  if (!/^-[^=]+$/.test(previous) || previous === '--') return undefined;
  const own = named(previous);
  if (own === undefined || flags[own] === undefined || flags[own].bare !== undefined) return undefined;
  return { name: own, word: last, before: before.slice(0, -1) };
}

/** Completes a command's own words. `otherwise` is what is said where the command knows nothing. */
export async function completeCommand(
  command: Completed,
  { io, reach, words, otherwise }: { io: Io; reach: Reach; words: readonly string[]; otherwise: Answer },
): Promise<Answer> {
  const { flags, interspersed } = command;
  const last = words.at(-1) ?? '';
  const typed = words.slice(0, -1);
  const flag = flagAt(flags, typed, last);
  const given = parsed(flags, flag?.before ?? typed, interspersed);
  if (typeof given === 'string') return faulty(flag?.before ?? typed, given);
  const areOver = typed.includes('--') || (interspersed === false && given.args.length > 0);
  const asked: Asked = { io, ...reach, word: flag?.word ?? last, args: given.args, flags: given.values };
  if (flag !== undefined && !areOver) return flagValue(command, flag.name, { asked, otherwise });
  if (last.startsWith('-') && !areOver) {
    const usages = command.usages && (await loadCode(io, command.usages));
    return flagsOf(described(flags, usages), last, given.changed);
  }
  if (given.args.length >= (command.completeMost ?? Number.POSITIVE_INFINITY)) return command.completeRest === 'files' ? FILES : NOTHING;
  return command.complete === undefined ? otherwise : candidates(command.complete, { ...asked, word: last });
}

async function flagValue(
  { values, valueKinds }: Completed,
  name: string,
  { asked, otherwise }: { asked: Asked; otherwise: Answer },
): Promise<Answer> {
  const words = values?.[name];
  if (words !== undefined) return oneOf(words, asked);
  const kind = valueKinds?.[name];
  return kind === undefined ? otherwise : candidates(kind, asked);
}

function parsed(flags: FlagTable, words: readonly string[], interspersed: boolean | undefined) {
  try {
    return parseFlags(flags, words, interspersed === undefined ? {} : { interspersed });
  } catch (error) {
    if (error instanceof FlagError) return error.message;
    throw error;
  }
}

/** Words that do not parse: the shell completes them as files. */
const faulty = (words: readonly string[], message: string): Answer => ({
  ...FILES,
  fault: `Error while parsing flags from args [${words.join(' ')}]: ${message}`,
});

/** The candidates for the last of `words`, those after `docker`. */
export async function completions(io: Io, words: readonly string[], reach: Reach): Promise<Answer> {
  const last = words.at(-1) ?? '';
  const globals = GLOBAL_FLAGS(io);
  const typed = parsed(globals, words.slice(0, -1), false);
  const [first] = typeof typed === 'string' ? [] : typed.args;
  if (typeof typed === 'string' || first === undefined) {
    const values = { 'log-level': ['debug', 'info', 'warn', 'error', 'fatal', 'panic'] };
    const command: Completed = { flags: globals, interspersed: false, values, valueKinds: { context: 'context-names' } };
    const answer = await completeCommand(command, { io, reach, words, otherwise: NOTHING });
    const isWord = !last.startsWith('-') && flagAt(globals, words.slice(0, -1), last) === undefined;
    return isWord ? only(await commandsOf(io, [], last)) : answer;
  }
  if (first === 'compose') {
    const { completeCompose } = await loadCode(io, () => import('./compose.ts'));
    return completeCompose({ io, reach, words: [...typed.args.slice(1), last] });
  }
  const found = await find(io, typed.args);
  if (found.kind === 'unknown') return NOTHING;
  if (found.kind === 'group') return found.rest.length > 0 || last.startsWith('-') ? NOTHING : only(await commandsOf(io, found.path, last));
  // A plugin leaves to the shell what it does not know.
  const otherwise = found.command.as === undefined ? NOTHING : FILES;
  return completeCommand(found.command, { io, reach, words: [...found.rest, last], otherwise });
}
