import { flagUsages } from '../flags/usage.ts';
import { COMPOSE_FLAGS } from './global-flags.ts';
import { COMMANDS, type Entry, MANAGEMENT } from './registry.ts';

const NAME_COLUMNS = 23;
const lines = (entries: Readonly<Record<string, Entry>>): string =>
  Object.entries(entries)
    .map(([name, { summary }]) => `  ${name.padEnd(NAME_COLUMNS)} ${summary}\n`)
    .join('');

/** `docker compose --help`. */
export const composeHelp = (columns: number): string =>
  [
    'Usage:  docker compose [OPTIONS] COMMAND\n\nDefine and run multi-container applications with Docker\n',
    `Options:\n${flagUsages(COMPOSE_FLAGS, columns)}`,
    `Management Commands:\n${lines(MANAGEMENT)}`,
    `Commands:\n${lines(COMMANDS)}`,
    "Run 'docker compose COMMAND --help' for more information on a command.\n",
  ].join('\n');
