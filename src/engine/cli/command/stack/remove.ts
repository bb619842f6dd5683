/** `docker stack rm`. Upstream: docker/cli cli/command/stack/remove.go. */
import { isAfter } from '../../../api-types/task-states.ts';
import { type SwarmClient, swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { byBytes } from '../../formatter/text.ts';
import type { Context } from '../command.ts';
import { checkStackName, ofStack } from './namespace.ts';

const POLL_MS = 1000;

export async function removeStacks(context: Context, { detach }: { readonly detach: boolean }): Promise<void> {
  const errors: string[] = [];
  for (const name of context.args) {
    checkStackName(name);
    errors.push(...(await removeStack(context, name)));
    if (!detach) await waitUntilGone(context, swarmClient(context.client.http), name);
  }
  if (errors.length > 0) throw new CliError(errors.join('\n'));
}

/** Services first, then what they used. What fails keeps nothing else from going. */
async function removeStack({ client, out, err }: Context, stack: string): Promise<readonly string[]> {
  const swarm = swarmClient(client.http);
  const services = await swarm.services.list(ofStack(stack));
  const networks = await client.networks.list(ofStack(stack));
  const secrets = await swarm.secrets.list(ofStack(stack));
  const configs = await swarm.configs.list(ofStack(stack));
  if (services.length + networks.length + secrets.length + configs.length === 0) {
    await err.line(`Nothing found in stack: ${stack}`);
    return [];
  }
  let hasFailed = false;
  const each = async (
    kind: string,
    items: readonly { readonly name: string; readonly remove: () => Promise<unknown> }[],
  ): Promise<void> => {
    for (const { name, remove } of items) {
      await out.line(`Removing ${kind} ${name}`);
      try {
        await remove();
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        hasFailed = true;
        await err.line(`Failed to remove ${kind} ${name}: ${error.message}`);
      }
    }
  };
  const named = <T extends { readonly ID: string; readonly Spec: { readonly Name: string } }>(
    objects: readonly T[],
    remove: (id: string) => Promise<unknown>,
  ) => objects.map(({ ID, Spec }) => ({ name: Spec.Name, remove: () => remove(ID) }));
  const sorted = [...services].sort((a, b) => byBytes(a.Spec.Name, b.Spec.Name));
  await each('service', named(sorted, swarm.services.remove));
  await each('secret', named(secrets, swarm.secrets.remove));
  await each('config', named(configs, swarm.configs.remove));
  await each(
    'network',
    networks.map(({ Id, Name }) => ({ name: Name, remove: () => client.networks.remove(Id) })),
  );
  return hasFailed ? [`Failed to remove some resources from stack: ${stack}`] : [];
}

async function waitUntilGone({ io }: Context, swarm: SwarmClient, stack: string): Promise<void> {
  for (;;) {
    const tasks = await swarm.tasks.list(ofStack(stack));
    if (tasks.every(({ Status }) => isAfter(Status.State, 'running'))) return;
    await io.clock.sleep(POLL_MS);
  }
}
