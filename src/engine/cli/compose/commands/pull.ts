import { anyArgs } from '../../command/command.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { composeCommand } from '../command.ts';
import { localImages, pullAll } from '../engine/images.ts';
import { checkServices } from '../engine/services.ts';
import { readProject } from '../engine/session.ts';
import { withServices } from '../project/profiles.ts';

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
    const wanted = Object.values(project.services).filter((service) => {
      const policy = flags.policy || (service.pull_policy ?? '');
      if (service.image === undefined || policy === 'never' || policy === 'build') return false;
      if (service.build !== undefined && flags['ignore-buildable']) return false;
      return !((policy === 'missing' || policy === 'if_not_present') && there.has(service.image));
    });
    await progress.during('pull', () => pullAll(context, wanted, { quiet: flags.quiet, ignoreFailures: flags['ignore-pull-failures'] }));
  },
});
