import type { ServiceMode } from '../../../api-types/index.ts';
import type { SwarmClient } from '../../client/swarm.ts';
import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { bool } from '../../flags/index.ts';
import { atLeast, command } from '../command.ts';
import { waitForService } from './progress.ts';

export const scale = command({
  names: ['service scale'],
  summary: 'Scale one or multiple replicated services',
  usage: 'SERVICE=REPLICAS [SERVICE=REPLICAS...]',
  args: atLeast(1),
  complete: 'services',
  flags: {
    detach: bool('Exit immediately instead of waiting for the service to converge', { short: 'd' }),
  },
  run: async (context) => {
    const { client, args, flags, out, err } = context;
    const swarm = swarmClient(client.http);
    const errors: string[] = [];
    const scaled: string[] = [];
    for (const arg of args) {
      const [name = '', count] = arg.split(/=(.*)/s);
      if (name === '' || count === undefined)
        throw new CliError(
          `invalid scale specifier '${arg}'.\nSee 'docker service scale --help'.\n\nUsage:  docker service scale SERVICE=REPLICAS [SERVICE=REPLICAS...]\n\nScale one or multiple replicated services`,
        );
      const replicas = /^\d+$/.test(count) ? Number(count) : undefined;
      try {
        if (replicas === undefined)
          throw new CliError(`invalid replicas value ${count}: strconv.ParseUint: parsing ${JSON.stringify(count)}: invalid syntax`);
        for (const text of await scaleOne(swarm, name, replicas)) await err.line(text);
        await out.line(`${name} scaled to ${replicas}`);
        scaled.push(name);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        errors.push(`${name}: ${error.message}`);
      }
    }
    if (!flags.detach) for (const name of scaled) await waitForService(context, swarm, name, { quiet: false });
    if (errors.length > 0) throw new CliError(errors.join('\n'));
  },
});

/** Throws CliError. */
async function scaleOne(swarm: SwarmClient, name: string, replicas: number): Promise<readonly string[]> {
  const { ID, Version, Spec } = await swarm.services.inspect(name);
  const { Warnings } = await swarm.services.update(ID, { ...Spec, Mode: modeWith(Spec.Mode, replicas) }, { version: Version.Index });
  return Warnings ?? [];
}

function modeWith({ Replicated, ReplicatedJob }: ServiceMode, replicas: number): ServiceMode {
  if (Replicated) return { Replicated: { Replicas: replicas } };
  if (ReplicatedJob) return { ReplicatedJob: { ...ReplicatedJob, TotalCompletions: replicas } };
  throw new CliError('scale can only be used with replicated or replicated-job mode');
}
