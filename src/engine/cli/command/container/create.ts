import type { ContainerCreateRequest } from '../../../api-types/index.ts';
import { atLeast, type Context, command } from '../command.ts';
import { checkPull, createContainer } from './create-container.ts';
import { CREATE_FLAGS, CREATE_VALUE_KINDS, CREATE_VALUES, type CreateFlags } from './create-flags.ts';
import { createRequest } from './create-request.ts';
import { runError } from './run-errors.ts';

export const create = command({
  names: ['container create', 'create'],
  summary: 'Create a new container',
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  args: atLeast(1),
  complete: 'images',
  interspersed: false,
  values: CREATE_VALUES,
  valueKinds: CREATE_VALUE_KINDS,
  flags: CREATE_FLAGS,
  usages: async () => (await import('../container-usages.ts')).CREATE_USAGES,
  run: async (context) => {
    await context.out.line(await createContainer(context, await build(context)));
  },
});

/** Only what the client itself refuses is said with a hint and status 125. */
async function build(context: Context<CreateFlags>): Promise<ContainerCreateRequest> {
  try {
    checkPull(context.flags);
    return await createRequest({ ...context, detach: false });
  } catch (error) {
    throw runError(error, context.path, { isBegun: false });
  }
}
