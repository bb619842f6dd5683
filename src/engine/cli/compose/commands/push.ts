import type { ProgressMessage } from '../../../api-types/index.ts';
import { eachJsonLine } from '../../client/json-lines.ts';
import { anyArgs } from '../../command/command.ts';
import { authHeader, authOf } from '../../config/config-file.ts';
import { CliError, DaemonError } from '../../errors.ts';
import { bool } from '../../flags/index.ts';
import { humanSize } from '../../formatter/units.ts';
import { fullName, parseReference, registryOf, withDefaultTag } from '../../reference.ts';
import { type ComposeContext, composeCommand } from '../command.ts';
import { checkServices } from '../engine/services.ts';
import { readProject } from '../engine/session.ts';
import { together } from '../engine/tasks.ts';
import { withServices } from '../project/profiles.ts';
import type { Project } from '../project/types.ts';

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
    const { args, flags, progress } = context;
    const whole = await readProject(context, { services: args });
    checkServices(whole, args);
    const project = withServices(whole, args, { alone: !flags['include-deps'] });
    const options = { quiet: flags.quiet, ignoresFailures: flags['ignore-push-failures'] };
    const push = () => pushImages(context, project, options);
    await (flags.quiet ? push() : progress.during('push', push));
  },
});

interface PushOptions {
  readonly quiet: boolean;
  readonly ignoresFailures: boolean;
}

/** The images that the project builds, under each of their names. */
async function pushImages(context: ComposeContext, { services }: Project, options: PushOptions): Promise<void> {
  const names: string[] = [];
  for (const { name, build, image } of Object.values(services)) {
    if (build === undefined || image === undefined) await context.progress.on({ id: name, text: 'Skipped', status: 'done' });
    else names.push(image, ...(build.tags ?? []));
  }
  await together(context.io, names, (name) => pushOne(context, name, options));
}

/** Pushes one image and tells of it. */
async function pushOne(context: ComposeContext, image: string, { quiet, ignoresFailures }: PushOptions): Promise<void> {
  const { client, config, progress } = context;
  const reference = withDefaultTag(parseReference(image));
  const auth = authHeader(authOf(config, registryOf(reference)));
  await progress.on({ id: image, text: 'Pushing', status: 'working' });
  try {
    const answer = await client.images.push(fullName(reference), { tag: reference.tag, platform: '', auth });
    await eachJsonLine<ProgressMessage>(answer, async (message) => {
      const error = message.errorDetail?.message ?? message.error;
      if (error !== undefined) throw new CliError(error);
      if (!quiet) await showBlob(context, image, message);
    });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const text = error instanceof DaemonError ? error.reason : error.message;
    await progress.on({ id: image, text, status: ignoresFailures ? 'warning' : 'error' });
    if (ignoresFailures) return;
    throw error;
  }
  await progress.on({ id: image, text: 'Pushed', status: 'done' });
}

const ENDED = new Set(['Pushed', 'Layer already exists']);

/** A layer that is sent: how much of it, and nothing in words. */
async function showBlob({ progress }: ComposeContext, parent: string, { id, status = '', progressDetail }: ProgressMessage): Promise<void> {
  if (id === undefined || id === '') return;
  await progress.on({ id, parent, text: sentOf(progressDetail), status: ENDED.has(status) ? 'done' : 'working' });
}

function sentOf({ current = 0, total = 0 }: ProgressMessage['progressDetail'] = {}): string {
  if (current <= 0 && total <= 0) return '';
  const sent = humanSize(current).padStart(8);
  return total <= 0 || total > current ? sent : `${sent}/${humanSize(total)}`;
}
