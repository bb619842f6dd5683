import { swarmClient } from '../../client/swarm.ts';
import { string } from '../../flags/index.ts';
import { command, exactly } from '../command.ts';

export const join = command({
  names: ['swarm join'],
  summary: 'Join a swarm as a node and/or manager',
  usage: '[OPTIONS] HOST:PORT',
  args: exactly(1),
  flags: {
    'advertise-addr': string('Advertised address (format: "<ip|interface>[:port]")'),
    availability: string('Availability of the node ("active", "pause", "drain")', { initial: 'active' }),
    'data-path-addr': string('Address or interface to use for data path traffic (format: "<ip|interface>")'),
    'listen-addr': string('Listen address (format: "<ip|interface>[:port]")', { type: 'node-addr', shownDefault: '0.0.0.0:2377' }),
    token: string('Token for entry into the swarm'),
  },
  run: async ({ client, args: [remote = ''], flags, changed, out }) => {
    const swarm = swarmClient(client.http);
    await swarm.join({
      ListenAddr: flags['listen-addr'] || '0.0.0.0:2377',
      AdvertiseAddr: flags['advertise-addr'],
      DataPathAddr: flags['data-path-addr'],
      RemoteAddrs: [remote],
      JoinToken: flags.token,
      Availability: changed.has('availability') ? flags.availability : '',
    });
    const { Swarm } = await client.system.info();
    await out.line(`This node joined a swarm as a ${Swarm.ControlAvailable ? 'manager' : 'worker'}.`);
  },
});
