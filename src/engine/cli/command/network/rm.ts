import { CliError, isNotFound } from '../../errors.ts';
import { bool } from '../../flags/index.ts';
import { confirm } from '../../prompt.ts';
import { atLeast, type Context, command } from '../command.ts';

export const rm = command({
  names: ['network rm', 'network remove'],
  summary: 'Remove one or more networks',
  usage: 'NETWORK [NETWORK...]',
  args: atLeast(1),
  complete: 'networks',
  flags: {
    force: bool('Do not error if the network does not exist', { short: 'f' }),
  },
  run: async (context) => {
    const { args, flags, out, err } = context;
    let failed = false;
    for (const name of args) {
      try {
        if (await remove(context, name)) await out.line(name);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        if (flags.force && isNotFound(error)) continue;
        await err.line(error.message);
        failed = true;
      }
    }
    if (failed) throw new CliError('exit status 1');
  },
});

/** The swarm's own network is asked about first. */
async function remove({ io, client, out }: Context, name: string): Promise<boolean> {
  const found = await look({ client }, name);
  if (
    found?.Ingress === true &&
    !(await confirm(
      io,
      out,
      'WARNING! Before removing the routing-mesh network, make sure all the nodes in your swarm run the same docker engine version. Otherwise, removal may not be effective and functionality of newly create ingress networks will be impaired.\nAre you sure you want to continue?',
    ))
  )
    return false;
  await client.networks.remove(name);
  return true;
}

async function look({ client }: Pick<Context, 'client'>, name: string) {
  try {
    return await client.networks.inspect(name);
  } catch (error) {
    if (error instanceof CliError) return null;
    throw error;
  }
}
