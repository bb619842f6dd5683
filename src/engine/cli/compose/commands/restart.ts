import { anyArgs } from '../../command/command.ts';
import { bool, int } from '../../flags/index.ts';
import { composeCommand } from '../command.ts';
import { restartServices } from '../engine/restart.ts';
import { projectOrName } from '../engine/session.ts';

export const restart = composeCommand({
  name: 'restart',
  summary: 'Restart service containers',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: {
    'no-deps': bool("Don't restart dependent services"),
    timeout: int('Specify a shutdown timeout in seconds', { short: 't' }),
  },
  run: async (context) => {
    const { args: services, flags, changed, progress } = context;
    const project = await projectOrName(context, services);
    const timeoutSeconds = changed.has('timeout') ? flags.timeout : undefined;
    await progress.during('restart', () => restartServices(context, project, { services, alone: flags['no-deps'], timeoutSeconds }));
  },
});
