import { findBuilder } from '../../build/builders.ts';
import { CliError } from '../../errors.ts';
import { bool } from '../../flags/index.ts';
import { confirm } from '../../prompt.ts';
import { anyArgs, command } from '../command.ts';
import { BUILDER, TIMEOUT } from './plugin-flags.ts';

const WARNING = 'WARNING! This will remove all builders that are not in running state. Are you sure you want to continue?';

/** Builders of contexts go with their contexts, and there are no others here: what is left is to say so. */
export const rm = command({
  names: ['builder rm'],
  summary: 'Remove one or more builder instances',
  as: 'buildx rm',
  usage: '[OPTIONS] [NAME...]',
  args: anyArgs,
  complete: 'contexts',
  flags: {
    'all-inactive': bool('Remove all inactive builders'),
    ...BUILDER,
    force: bool('Do not prompt for confirmation', { short: 'f' }),
    'keep-daemon': bool('Keep the BuildKit daemon running'),
    'keep-state': bool('Keep BuildKit state'),
    ...TIMEOUT,
  },
  run: async (context) => {
    const { io, args, flags, out, err } = context;
    if (flags['all-inactive']) {
      if (args.length > 0) throw new CliError('cannot specify builder name when --all-inactive is set');
      if (!flags.force) await confirm(io, out, WARNING);
      return;
    }
    for (const name of args.length > 0 ? args : [flags.builder]) {
      const why = refusal(() => findBuilder(context, name, { anywhere: true }).name);
      await err.line(`failed to remove ${name}: ${why}`);
    }
    throw new CliError('failed to remove one or more builders');
  },
});

function refusal(find: () => string): string {
  try {
    const name = find();
    return `context builder cannot be removed, run \`docker context rm ${name}\` to remove this context`;
  } catch (error) {
    if (error instanceof CliError) return error.message;
    throw error;
  }
}
