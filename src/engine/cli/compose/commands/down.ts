import { anyArgs } from '../../command/command.ts';
import { CliError } from '../../errors.ts';
import { bool, int, string } from '../../flags/index.ts';
import { composeCommand } from '../command.ts';
import { downProject } from '../engine/down.ts';
import { projectOrName } from '../engine/session.ts';
import { withoutUnused } from '../project/profiles.ts';

export const down = composeCommand({
  name: 'down',
  summary: 'Stop and remove containers, networks',
  usage: '[OPTIONS] [SERVICES]',
  args: anyArgs,
  flags: {
    'remove-orphans': bool('Remove containers for services not defined in the Compose file'),
    rmi: string('Remove images used by services. "local" remove only images that don\'t have a custom tag ("local"|"all")'),
    timeout: int('Specify a shutdown timeout in seconds', { short: 't' }),
    volumes: bool(
      'Remove named volumes declared in the "volumes" section of the Compose file and anonymous volumes attached to containers',
      {
        short: 'v',
      },
    ),
  },
  run: async (context) => {
    const { args, flags, changed, progress, io } = context;
    if (!['', 'all', 'local'].includes(flags.rmi)) throw new CliError(`invalid value for --rmi: ${JSON.stringify(flags.rmi)}`);
    const project = withoutUnused(await projectOrName(context, args));
    const orphans = flags['remove-orphans'] || /^(1|true)$/i.test(io.env.get('COMPOSE_REMOVE_ORPHANS') ?? '');
    await progress.during('down', () =>
      downProject(context, project, {
        services: args,
        removeOrphans: orphans,
        images: flags.rmi as '' | 'all' | 'local',
        timeoutSeconds: changed.has('timeout') ? flags.timeout : undefined,
        volumes: flags.volumes,
      }),
    );
  },
});
