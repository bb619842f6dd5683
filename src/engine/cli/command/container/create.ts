import { atLeast, command } from '../command.ts';
import { createContainer } from './create-container.ts';
import { CREATE_FLAGS } from './create-flags.ts';
import { createRequest } from './create-request.ts';
import { runError } from './run-errors.ts';

export const create = command({
  names: ['container create', 'create'],
  summary: 'Create a new container',
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  args: atLeast(1),
  complete: 'images',
  interspersed: false,
  flags: CREATE_FLAGS,
  run: async (context) => {
    try {
      const body = await createRequest({ ...context, detach: false });
      await context.out.line(await createContainer(context, body));
    } catch (error) {
      throw runError(error, context.path);
    }
  },
});
