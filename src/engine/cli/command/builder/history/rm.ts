import { build } from '../../../client/build.ts';
import { CliError, isNotFound } from '../../../errors.ts';
import { bool } from '../../../flags/index.ts';
import { anyArgs, command } from '../../command.ts';
import { BUILDER } from '../plugin-flags.ts';
import { readHistory } from './records.ts';

export const rm = command({
  names: ['builder history rm'],
  summary: 'Remove build records',
  as: 'buildx history rm',
  usage: '[OPTIONS] [REF...]',
  args: anyArgs,
  complete: 'nothing',
  flags: { all: bool('Remove all build records'), ...BUILDER },
  run: async (context) => {
    const { args, flags, client } = context;
    if (args.length === 0 && !flags.all) throw new CliError('rm requires at least one argument');
    if (args.length > 0 && flags.all) throw new CliError('rm requires either --all or at least one argument');
    const records = await readHistory(context, flags.builder);
    const refs = flags.all ? records.filter(({ CompletedNs }) => CompletedNs !== undefined).map(({ Ref }) => Ref) : args;
    const missing: string[] = [];
    for (const ref of refs) {
      try {
        await build(client.http).removeHistory(ref);
      } catch (error) {
        if (!isNotFound(error)) throw error;
        missing.push(`lease ${JSON.stringify(`ref_${ref}`)}: not found`);
      }
    }
    if (missing.length > 0) throw new CliError(missing.join('\n'));
  },
});
