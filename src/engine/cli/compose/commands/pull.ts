import { anyArgs } from '../../command/command.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { composeCommand } from '../command.ts';
import { localImages, pullAll } from '../engine/images.ts';
import { checkServices } from '../engine/services.ts';
import { readProject } from '../engine/session.ts';
import { withServices } from '../project/profiles.ts';
import type { Service } from '../project/types.ts';

export const pull = composeCommand({
  name: 'pull',
  summary: 'Pull service images',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: {
    'ignore-buildable': bool('Ignore images that can be built'),
    'ignore-pull-failures': bool('Pull what it can and ignores images with pull failures'),
    'include-deps': bool('Also pull services declared as dependencies'),
    policy: string('Apply pull policy ("missing"|"always")'),
    quiet: bool('Pull without printing progress information', { short: 'q' }),
  },
  run: async (context) => {
    const { args, flags, progress } = context;
    if (!['', 'missing', 'always'].includes(flags.policy)) throw new CliError(`--policy ${flags.policy} is not supported`);
    const whole = await readProject(context, { services: args });
    checkServices(whole, args);
    const project = withServices(whole, args, { alone: !flags['include-deps'] });
    const there = await localImages(context, project);
    const skipped = ({ image, build, pull_policy: own = '' }: Service): string | undefined => {
      const policy = flags.policy || own;
      if (image === undefined) return 'No image to be pulled';
      if (policy === 'never' || policy === 'build') return '';
      if ((policy === 'missing' || policy === 'if_not_present') && there.has(image)) return 'Image is already present locally';
      return build !== undefined && flags['ignore-buildable'] ? 'Image can be built' : undefined;
    };
    const services = Object.values(project.services);
    const wanted = services.filter((service) => skipped(service) === undefined);
    await progress.during('pull', async () => {
      for (const service of services) {
        const details = skipped(service);
        const id = service.image === undefined ? service.name : `Image ${service.image}`;
        if (details !== undefined) await progress.on({ id, text: 'Skipped', details, status: 'done' });
      }
      await pullAll(context, wanted, { quiet: flags.quiet, ignoreFailures: flags['ignore-pull-failures'], isAsked: true });
    });
  },
});
