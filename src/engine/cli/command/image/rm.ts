import { CliError, isNotFound } from '../../errors.ts';
import { bool, strings } from '../../flags/index.ts';
import type { Context } from '../command.ts';
import { atLeast, command } from '../command.ts';

export const rm = command({
  names: ['image rm', 'image remove', 'rmi'],
  summary: 'Remove one or more images',
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  args: atLeast(1),
  complete: 'images',
  valueKinds: { platform: 'platforms' },
  flags: {
    force: bool('Force removal of the image', { short: 'f' }),
    'no-prune': bool('Do not delete untagged parents'),
    platform: strings('Remove only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")'),
  },
  run: async (context) => {
    const { client, args, flags, out } = context;
    const errors: string[] = [];
    let fatal = false;
    for (const name of args) {
      try {
        const removed = await client.images.remove(name, { force: flags.force, noPrune: flags['no-prune'], platforms: flags.platform });
        for (const item of removed) await out.line('Deleted' in item ? `Deleted: ${item.Deleted}` : `Untagged: ${item.Untagged}`);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        if (!isNotFound(error)) fatal = true;
        errors.push(error.message);
      }
    }
    return report(context, { errors, ignored: flags.force && !fatal });
  },
});

/** With `--force` what is not there is no failure, but it is said. */
async function report({ err }: Pick<Context, 'err'>, { errors, ignored }: { errors: readonly string[]; ignored: boolean }): Promise<void> {
  if (errors.length === 0) return;
  if (!ignored) throw new CliError(errors.join('\n'));
  await err.line(errors.join('\n'));
}
