/** Words of `docker compose`: its commands, their flags, and what the project has. Upstream: compose cmd/compose/completion.go. */

import { LABEL } from '../compose/engine/labels.ts';
import { COMPOSE_FLAGS } from '../compose/global-flags.ts';
import { ProjectError } from '../compose/project/errors.ts';
import { loadProject } from '../compose/project/load.ts';
import type { Project } from '../compose/project/types.ts';
import { COMMANDS, MANAGEMENT } from '../compose/registry.ts';
import { CliError } from '../errors.ts';
import { FlagError, parseFlags } from '../flags/index.ts';
import { type Io, loadCode } from '../io.ts';
import { type Answer, DIRECTORIES_ONLY, FAILED, FILES, filesEnding, NO_SPACE, NOTHING, only, wordsOf } from './answer.ts';
import { completeCommand, flagAt, flagsOf, type Reach } from './index.ts';

interface Typed {
  readonly io: Io;
  readonly reach: Reach;
  /** The words after `compose`; the last is being typed. */
  readonly words: readonly string[];
}

type ComposeValues = ReturnType<typeof parseFlags<typeof COMPOSE_FLAGS>>['values'];

/** What may stand in the last word's place. */
export async function completeCompose({ io, reach, words }: Typed): Promise<Answer> {
  const last = words.at(-1) ?? '';
  const flag = flagAt(COMPOSE_FLAGS, words.slice(0, -1), last);
  const typed = parse(flag?.before ?? words.slice(0, -1));
  if (typed === null) return FILES;
  const [name, ...rest] = typed.args;
  if (name !== undefined) return ofCommand({ io, reach, words: [...rest, last] }, name, typed.values);
  if (flag !== undefined) return globalValue({ io, reach, words }, flag, typed.values);
  if (last.startsWith('-')) return flagsOf(COMPOSE_FLAGS, last, typed.changed);
  const entries = Object.entries({ ...COMMANDS, ...MANAGEMENT }).sort(([a], [b]) => (a < b ? -1 : 1));
  return only(entries.filter(([word]) => word.startsWith(last)).map(([word, { summary }]) => ({ word, about: summary.trim() })));
}

function parse(words: readonly string[]) {
  try {
    return parseFlags(COMPOSE_FLAGS, words, { interspersed: false });
  } catch (error) {
    if (error instanceof FlagError) return null;
    throw error;
  }
}

async function ofCommand({ io, reach, words }: Typed, name: string, values: ComposeValues): Promise<Answer> {
  const load = COMMANDS[name]?.load;
  if (load === undefined) return FILES;
  const found = await loadCode(io, load);
  const last = words.at(-1) ?? '';
  const answer = await completeCommand({ ...found, complete: 'nothing' }, { io, reach, words, otherwise: FILES });
  const isArgument = answer === NOTHING && !last.startsWith('-') && flagAt(found.flags, words.slice(0, -1), last) === undefined;
  if (!isArgument) return answer;
  if (name === 'ls') return { candidates: [], directive: NO_SPACE };
  if (name === 'version' || name === 'wait') return FILES;
  const services = namesIn(io, values, ({ services: on, disabled }) => [...Object.keys(on).sort(), ...Object.keys(disabled).sort()]);
  return only(wordsOf(services.filter((one) => one.startsWith(last)).map((one) => (name === 'scale' ? `${one}=` : one))));
}

async function globalValue({ io, reach }: Typed, { name, word }: { name: string; word: string }, values: ComposeValues): Promise<Answer> {
  const fitting = (names: Iterable<string>): Answer => only(wordsOf([...names].filter((one) => one.startsWith(word))));
  switch (name) {
    case 'project-directory':
      return DIRECTORIES_ONLY;
    case 'file':
      return filesEnding('yaml', 'yml');
    case 'progress':
      return only(wordsOf(['auto', 'tty', 'plain', 'json', 'quiet']));
    case 'profile':
      return fitting(profilesIn(io, values));
    case 'project-name':
      return projectNames(reach, fitting);
    default:
      return FILES;
  }
}

const profilesIn = (io: Io, values: ComposeValues): readonly string[] =>
  [
    ...new Set(
      namesIn(io, values, ({ services, disabled }) =>
        [...Object.values(services), ...Object.values(disabled)].flatMap(({ profiles }) => profiles ?? []),
      ),
    ),
  ].sort();

/** Names out of the project's files; a project that cannot be read has none. */
function namesIn(io: Io, values: ComposeValues, pick: (project: Project) => readonly string[]): readonly string[] {
  try {
    const asked = {
      files: values.file,
      projectDirectory: values['project-directory'],
      projectName: values['project-name'],
      envFiles: values['env-file'],
      profiles: values.profile,
    };
    return pick(loadProject({ io, asked, stdin: '', warn: () => {} }));
  } catch (error) {
    if (error instanceof ProjectError || error instanceof CliError) return [];
    throw error;
  }
}

async function projectNames({ client }: Reach, fitting: (names: Iterable<string>) => Answer): Promise<Answer> {
  try {
    const found = await (await client()).containers.list({ all: true, filters: new Map([['label', [LABEL.project]]]) });
    return fitting(new Set(found.map(({ Labels }) => Labels[LABEL.project] ?? '').sort()));
  } catch (error) {
    if (error instanceof CliError) return FAILED;
    throw error;
  }
}
