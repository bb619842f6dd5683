/** Coming into a swarm that is there already. Upstream: moby daemon/cluster/swarm.go. */
import type { SwarmJoinRequest } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { invalid, system } from '../errors.ts';
import { removeAll } from '../files.ts';
import { availabilityOf } from './cluster.ts';
import { joinTimeout, swarmExists } from './errors.ts';
import { SwarmNode, swarmRoot } from './node.ts';

const JOIN_TOKEN = /^SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}$/;
const TIMEOUT_MS = 20_000;

/** Throws DockerError. */
export async function join(daemon: Daemon, request: SwarmJoinRequest): Promise<void> {
  const { RemoteAddrs, JoinToken: token = '', ListenAddr = '' } = request;
  if (daemon.swarm.node) throw swarmExists();
  if (ListenAddr === '') throw invalid('invalid ListenAddr "": invalid empty address');
  const [remote] = RemoteAddrs ?? [];
  if (remote === undefined) throw invalid('at least 1 RemoteAddr is required to join');
  if (!JOIN_TOKEN.test(token)) throw invalid('invalid join token');
  const availability = availabilityOf(request.Availability);
  const managers = [{ NodeID: '', Addr: remote }];
  const membership = { nodeId: '', certificate: '', token, availability, managers, addr: '' };
  const node = new SwarmNode(daemon, { nodeId: '', listenAddr: ListenAddr, advertiseAddr: request.AdvertiseAddr ?? '', membership });
  daemon.swarm.node = node;
  node.start();
  const outcome = await node.link?.settled(TIMEOUT_MS);
  if (outcome === 'joined') return;
  if (outcome === 'waiting') throw joinTimeout();
  node.stop();
  daemon.swarm.node = null;
  removeAll(daemon.sys, swarmRoot(daemon));
  throw node.link?.failure ?? system('swarm component could not be started');
}
