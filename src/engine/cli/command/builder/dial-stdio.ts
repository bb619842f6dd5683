import { CliError } from '../../errors.ts';
import { string } from '../../flags/index.ts';
import { command, noArgs } from '../command.ts';
import { BUILDER } from './plugin-flags.ts';

export const dialStdio = command({
  names: ['builder dial-stdio'],
  summary: 'Proxy current stdio streams to builder instance',
  as: 'buildx dial-stdio',
  usage: '',
  args: noArgs,
  complete: 'nothing',
  flags: {
    ...BUILDER,
    platform: string('Target platform: this is used for node selection'),
    progress: string('Set type of progress output ("auto", "plain", "rawjson", "tty"). Use plain to show container output', {
      initial: 'none',
    }),
  },
  run: async () => {
    throw new CliError("BuildKit's own protocol is not there in this client: the engine is reached by its API alone");
  },
});
