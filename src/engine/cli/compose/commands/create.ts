import { anyArgs } from '../../command/command.ts';
import { composeCommand } from '../command.ts';
import { applyCreateFlags, CREATE_FLAGS, checkCreateFlags, createOptions } from '../create-flags.ts';
import { createProject } from '../engine/create.ts';
import { checkServices } from '../engine/services.ts';
import { readProject } from '../engine/session.ts';
import { withoutUnused, withServices } from '../project/profiles.ts';

export const create = composeCommand({
  name: 'create',
  summary: 'Creates containers for a service',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: CREATE_FLAGS,
  run: async (context) => {
    const { args, flags, progress } = context;
    checkCreateFlags(flags);
    const whole = await readProject(context, { services: args });
    checkServices(whole, args);
    const project = withoutUnused(withServices(applyCreateFlags(whole, flags), args));
    await progress.during('create', async () => void (await createProject(context, project, createOptions(context, args))));
  },
});
