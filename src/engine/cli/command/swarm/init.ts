import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { bool, list, string, uint } from '../../flags/index.ts';
import { command, noArgs } from '../command.ts';
import { showJoinCommand, showUnlockKey } from './join-command.ts';
import { EMPTY_SPEC, mergedSpec, SWARM_FLAGS } from './spec.ts';

export const init = command({
  names: ['swarm init'],
  summary: 'Initialize a swarm',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    'advertise-addr': string('Advertised address (format: "<ip|interface>[:port]")'),
    autolock: bool('Enable manager autolocking (requiring an unlock key to start a stopped manager)'),
    availability: string('Availability of the node ("active", "pause", "drain")', { initial: 'active' }),
    'data-path-addr': string('Address or interface to use for data path traffic (format: "<ip|interface>")'),
    'data-path-port': uint(
      'Port number to use for data path traffic (1024 - 49151). If no value is set or is set to 0, the default port (4789) is used.',
      { bits: 32 },
    ),
    'default-addr-pool': list('default address pool in CIDR format', { type: 'ipNetSlice', shownDefault: '[]' }),
    'default-addr-pool-mask-length': uint('default address pool subnet mask length', { bits: 32, shownDefault: '24' }),
    'force-new-cluster': bool('Force create a new cluster from current state'),
    'listen-addr': string('Listen address (format: "<ip|interface>[:port]")', { type: 'node-addr', shownDefault: '0.0.0.0:2377' }),
    ...SWARM_FLAGS,
  },
  run: async (context) => {
    const { client, flags, changed, out } = context;
    const swarm = swarmClient(client.http);
    const nodeId = await adviceOnAddresses(() =>
      swarm.init({
        ListenAddr: flags['listen-addr'] || DEFAULT_LISTEN,
        AdvertiseAddr: flags['advertise-addr'],
        DataPathAddr: flags['data-path-addr'],
        DataPathPort: flags['data-path-port'],
        ForceNewCluster: flags['force-new-cluster'],
        Spec: mergedSpec(EMPTY_SPEC, flags, changed),
        AutoLockManagers: flags.autolock,
        Availability: changed.has('availability') ? flags.availability : '',
        DefaultAddrPool: flags['default-addr-pool'],
        SubnetSize: flags['default-addr-pool-mask-length'] || DEFAULT_SUBNET_SIZE,
      }),
    );
    await out.line(`Swarm initialized: current node (${nodeId}) is now a manager.\n`);
    await showJoinCommand(context, nodeId, 'worker');
    await out.line("To add a manager to this swarm, run 'docker swarm join-token manager' and follow the instructions.");
    if (flags.autolock) {
      await out.line('');
      await showUnlockKey(context, (await swarm.unlockKey()).UnlockKey);
    }
  },
});

const DEFAULT_LISTEN = '0.0.0.0:2377';
const DEFAULT_SUBNET_SIZE = 24;

/** A host with several addresses must be told which. */
async function adviceOnAddresses<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof CliError) || !/could not (choose an IP address to advertise|find the system's IP address)/.test(error.message))
      throw error;
    throw new CliError(`${error.message} - specify one with --advertise-addr`);
  }
}
