import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { bool } from '../../flags/index.ts';
import { command, exactly } from '../command.ts';
import { showJoinCommand } from './join-command.ts';

export const joinToken = command({
  names: ['swarm join-token'],
  summary: 'Manage join tokens',
  usage: '[OPTIONS] (worker|manager)',
  args: exactly(1),
  flags: {
    quiet: bool('Only display token', { short: 'q' }),
    rotate: bool('Rotate join token'),
  },
  run: async (context) => {
    const {
      client,
      args: [role = ''],
      flags,
      out,
    } = context;
    if (role !== 'worker' && role !== 'manager') throw new CliError(`unknown role ${role}`);
    const swarm = swarmClient(client.http);
    if (flags.rotate) {
      const { Version, Spec } = await swarm.inspect();
      await swarm.update(Version.Index, Spec, { worker: role === 'worker', manager: role === 'manager' });
      if (!flags.quiet) await out.line(`Successfully rotated ${role} join token.\n`);
    }
    if (flags.quiet) {
      const { JoinTokens } = await swarm.inspect();
      await out.line(role === 'worker' ? JoinTokens.Worker : JoinTokens.Manager);
      return;
    }
    const { Swarm } = await client.system.info();
    await showJoinCommand(context, Swarm.NodeID, role);
  },
});
