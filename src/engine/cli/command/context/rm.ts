import { contextIsStored, removeContext } from '../../config/context-store.ts';
import { currentContext, DEFAULT_CONTEXT } from '../../config/current-context.ts';
import { CliError } from '../../errors.ts';
import { bool } from '../../flags/index.ts';
import { atLeast, command } from '../command.ts';
import { eachArgument } from '../each-argument.ts';

export const rm = command({
  names: ['context rm', 'context remove'],
  summary: 'Remove one or more contexts',
  usage: 'CONTEXT [CONTEXT...]',
  args: atLeast(1),
  complete: 'contexts',
  flags: {
    force: bool('Force the removal of a context in use', { short: 'f' }),
  },
  run: ({ io, config, args, flags, out }) =>
    eachArgument(args, async (name) => {
      if (name === DEFAULT_CONTEXT) throw new CliError('context "default" cannot be removed');
      if (currentContext(io, config) === name) {
        if (!flags.force) throw new CliError(`context ${JSON.stringify(name)} is in use, set -f flag to force remove`);
        config.save({ currentContext: undefined });
      }
      if (!flags.force && !contextIsStored(io, config, name)) throw new CliError(`context ${JSON.stringify(name)} does not exist`);
      removeContext(io, config, name);
      await out.line(name);
    }),
});
