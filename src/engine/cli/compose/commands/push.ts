import type { ProgressMessage } from '../../../api-types/index.ts';
import { eachJsonLine } from '../../client/json-lines.ts';
import { anyArgs } from '../../command/command.ts';
import { authHeader, authOf } from '../../config/config-file.ts';
import { CliError, DaemonError } from '../../errors.ts';
import { bool } from '../../flags/index.ts';
import { fullName, parseReference, registryOf, withDefaultTag } from '../../reference.ts';
import { type ComposeContext, composeCommand } from '../command.ts';
import { checkServices } from '../engine/services.ts';
import { readProject } from '../engine/session.ts';
import { together } from '../engine/tasks.ts';
import { withServices } from '../project/profiles.ts';

export const push = composeCommand({
  name: 'push',
  summary: 'Push service images',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: {
    'ignore-push-failures': bool('Push what it can and ignores images with push failures'),
    'include-deps': bool('Also push images of services declared as dependencies'),
    quiet: bool('Push without printing progress information', { short: 'q' }),
  },
  run: async (context) => {
    const { io, args, flags, progress } = context;
    const whole = await readProject(context, { services: args });
    checkServices(whole, args);
    const project = withServices(whole, args, { alone: !flags['include-deps'] });
    await progress.during('push', () =>
      together(io, Object.values(project.services), async ({ name, build, image }) => {
        if (build === undefined || image === undefined) return progress.on({ id: name, text: 'Skipped', status: 'warning' });
        try {
          await pushOne(context, image);
        } catch (error) {
          if (!flags['ignore-push-failures'] || !(error instanceof CliError)) throw error;
        }
      }),
    );
  },
});

async function pushOne({ client, config, progress }: ComposeContext, image: string): Promise<void> {
  const reference = withDefaultTag(parseReference(image));
  const auth = authHeader(authOf(config, registryOf(reference)));
  await progress.on({ id: image, text: 'Pushing', status: 'working' });
  try {
    const answer = await client.images.push(fullName(reference), { tag: reference.tag, platform: '', auth });
    await eachJsonLine<ProgressMessage>(answer, (message) => {
      const error = message.errorDetail?.message ?? message.error;
      if (error !== undefined) throw new CliError(error);
    });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    await progress.on({ id: image, text: error instanceof DaemonError ? error.reason : error.message, status: 'error' });
    throw error;
  }
  await progress.on({ id: image, text: 'Pushed', status: 'done' });
}
