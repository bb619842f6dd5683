import { CliError } from '../../errors.ts';
import { anyArgs, command } from '../command.ts';

const only = (path: string): string => `docker ${path} is only supported on a Docker daemon with experimental features enabled`;
const VERBS = ['create', 'ls', 'rm'];

/** `docker checkpoint`: for an engine with experiments, which this one is not. */
export const checkpoint = command({
  names: ['checkpoint'],
  summary: 'Manage checkpoints',
  usage: '',
  args: anyArgs,
  interspersed: false,
  complete: 'nothing',
  helpText: () => `${only('checkpoint')}\n`,
  flags: {},
  run: async ({ args: [verb = ''] }) => {
    throw new CliError(only(VERBS.includes(verb) ? `checkpoint ${verb}` : 'checkpoint'));
  },
});
