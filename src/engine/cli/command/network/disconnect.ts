import { bool } from '../../flags/index.ts';
import { command, exactly } from '../command.ts';

export const disconnect = command({
  names: ['network disconnect'],
  summary: 'Disconnect a container from a network',
  usage: '[OPTIONS] NETWORK CONTAINER',
  args: exactly(2),
  complete: 'network-to-leave',
  flags: {
    force: bool('Force the container to disconnect from a network', { short: 'f' }),
  },
  run: async ({ client, args: [network = '', container = ''], flags }) => {
    await client.networks.disconnect(network, { Container: container, Force: flags.force });
  },
});
