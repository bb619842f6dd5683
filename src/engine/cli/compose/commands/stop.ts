import { anyArgs } from '../../command/command.ts';
import { int } from '../../flags/index.ts';
import { composeCommand } from '../command.ts';
import { projectOrName } from '../engine/session.ts';
import { stopServices } from '../engine/stop-services.ts';

export const stop = composeCommand({
  name: 'stop',
  summary: 'Stop services',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: { timeout: int('Specify a shutdown timeout in seconds', { short: 't' }) },
  run: async (context) => {
    const { args, flags, changed, progress } = context;
    const project = await projectOrName(context, args);
    const timeoutSeconds = changed.has('timeout') ? flags.timeout : undefined;
    await progress.during('stop', () => stopServices(context, project, { services: args, timeoutSeconds }));
  },
});
