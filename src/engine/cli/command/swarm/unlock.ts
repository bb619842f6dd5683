import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { decodeText } from '../../text.ts';
import { command, noArgs } from '../command.ts';

export const unlock = command({
  names: ['swarm unlock'],
  summary: 'Unlock swarm',
  usage: '',
  args: noArgs,
  flags: {},
  run: async ({ io, client, out }) => {
    const { Swarm } = await client.system.info();
    if (Swarm.LocalNodeState === 'inactive') throw new CliError('error: this node is not part of a swarm');
    if (Swarm.LocalNodeState !== 'locked') throw new CliError('error: swarm is not locked');
    if (io.stdin.isTerminal) await out.text('Enter unlock key: ');
    const key = decodeText((await io.stdin.read()) ?? new Uint8Array()).split('\n')[0] ?? '';
    await swarmClient(client.http).unlock(key.trim());
  },
});
