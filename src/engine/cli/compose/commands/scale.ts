import { atLeast } from '../../command/command.ts';
import { CliError } from '../../errors.ts';
import { bool } from '../../flags/index.ts';
import { composeCommand } from '../command.ts';
import { scaled } from '../create-flags.ts';
import { createProject } from '../engine/create.ts';
import { checkServices } from '../engine/services.ts';
import { readProject } from '../engine/session.ts';
import { startProject } from '../engine/start.ts';
import { withoutUnused, withServices } from '../project/profiles.ts';

export const scale = composeCommand({
  name: 'scale',
  summary: 'Scale services ',
  usage: '[SERVICE=REPLICAS...]',
  args: atLeast(1),
  flags: { 'no-deps': bool("Don't start linked services") },
  run: async (context) => {
    const { args, flags, progress } = context;
    const wrong = args.find((text) => !text.includes('='));
    if (wrong !== undefined) throw new CliError(`invalid scale specifier: ${wrong}`);
    const odd = args.find((text) => !/^[^=]*=[+-]?\d+$/.test(text));
    if (odd !== undefined) throw new CliError(`invalid scale specifier: can't parse replica value as int: ${odd}`);
    const names = args.map((text) => text.split('=')[0] ?? '');
    const read = await readProject(context, { services: names });
    checkServices(read, names);
    const whole = scaled(read, args);
    const project = withoutUnused(withServices(whole, names, { alone: flags['no-deps'] }));
    const how = { services: names, recreate: 'diverged', recreateDependencies: 'diverged', inherit: true, quietPull: false } as const;
    await progress.during('scale', async () => {
      await createProject(context, project, {
        ...how,
        build: 'missing',
        quietBuild: false,
        removeOrphans: false,
        ignoreOrphans: true,
        yes: false,
      });
      await startProject(context, project);
    });
  },
});
