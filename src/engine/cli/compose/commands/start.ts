import { anyArgs } from '../../command/command.ts';
import { CliError } from '../../errors.ts';
import { bool, int } from '../../flags/index.ts';
import { composeCommand } from '../command.ts';
import { projectOrName } from '../engine/session.ts';
import { startProject } from '../engine/start.ts';
import { withServices } from '../project/profiles.ts';

export const start = composeCommand({
  name: 'start',
  summary: 'Start services',
  usage: '[SERVICE...]',
  args: anyArgs,
  flags: {
    wait: bool('Wait for services to be running|healthy. Implies detached mode.'),
    'wait-timeout': int('Maximum duration in seconds to wait for the project to be running|healthy'),
  },
  run: async (context) => {
    const { args, flags, progress } = context;
    const known = await projectOrName(context, args);
    if (known.files.length === 0 && Object.keys(known.services).length === 0)
      throw new CliError(`no container found for project ${JSON.stringify(known.name)}: not found`);
    const project = withServices(known, args);
    const waiting = flags.wait ? { wait: Object.keys(project.services), waitTimeoutSeconds: flags['wait-timeout'] } : {};
    await progress.during('start', () => startProject(context, project, waiting));
  },
});
