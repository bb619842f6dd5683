/**
 * The swarm that this engine is part of: begun, left, changed, and found again when dockerd starts. Read next node.ts (what a node does),
 * store.ts and manager.ts (what a manager does), agent/agent.ts (how tasks become containers), network/ (how they are reached).
 * Upstream: moby daemon/cluster.
 */

import type { SwarmInitRequest, SwarmSpec } from '../../api-types/index.ts';
import { encodeBase64 } from '../../http/base64.ts';
import type { Daemon } from '../daemon.ts';
import { invalid, system } from '../errors.ts';
import { readJson, removeAll } from '../files.ts';
import { resolveAddresses } from './addresses.ts';
import { caDigest, newRootCa } from './ca.ts';
import { createNetwork, INGRESS } from './control/networks.ts';
import { describe } from './describe.ts';
import {
  badUnlockKey,
  lastManager,
  leaveLocked,
  noSwarm,
  notLocked,
  notManager,
  outOfSequence,
  swarmExists,
  swarmLocked,
  workerOnly,
} from './errors.ts';
import { newJoinToken, newSwarmId, newUnlockKey } from './ids.ts';
import { configFile, hostOf, type NodeConfig, SwarmNode, saveConfig, swarmRoot } from './node.ts';
import type { ClusterObject } from './objects.ts';

const DEFAULT_SPEC: SwarmSpec = {
  Name: 'default',
  Labels: {},
  Orchestration: { TaskHistoryRetentionLimit: 5 },
  Raft: { SnapshotInterval: 10_000, KeepOldSnapshots: 0, LogEntriesForSlowFollowers: 500, ElectionTick: 10, HeartbeatTick: 1 },
  Dispatcher: { HeartbeatPeriod: 5_000_000_000 },
  CAConfig: { NodeCertExpiry: 7_776_000_000_000_000 },
  TaskDefaults: {},
  EncryptionConfig: { AutoLockManagers: false },
};
const DEFAULT_DATA_PATH_PORT = 4789;
const DEFAULT_SUBNET_SIZE = 24;
const MIN_EXPIRY_NS = 3_600_000_000_000;

/** The node, if it can be asked about its cluster. Throws DockerError. */
export function managerOf({ swarm }: Daemon): SwarmNode {
  if (!swarm.node) throw notManager();
  if (swarm.node.isLocked) throw swarmLocked();
  if (!swarm.node.manager) throw workerOnly();
  return swarm.node;
}

/** Begins a swarm with this node as its manager. Answers the node's id. Throws DockerError. */
export function init(daemon: Daemon, request: SwarmInitRequest): string {
  if (daemon.swarm.node) throw swarmExists();
  const { listenAddr, advertiseAddr } = resolveAddresses(daemon.sys, request);
  const spec = merged(DEFAULT_SPEC, request.Spec ?? {});
  checkSpec(spec);
  const nodeId = newSwarmId(daemon.sys);
  const node = new SwarmNode(daemon, { nodeId, listenAddr, advertiseAddr });
  foundCluster(daemon, node, { request, spec });
  saveConfig(daemon, node.config);
  daemon.swarm.node = node;
  node.start();
  return nodeId;
}

interface Founding {
  readonly request: SwarmInitRequest;
  readonly spec: SwarmSpec;
}

function foundCluster(daemon: Daemon, { store, config }: SwarmNode, { request, spec }: Founding): void {
  const rootCa = newRootCa(daemon.sys);
  const token = (): string => newJoinToken(daemon.sys, caDigest(rootCa));
  const locks = request.AutoLockManagers || spec.EncryptionConfig.AutoLockManagers;
  store.write((tx) => {
    tx.create('cluster', {
      spec: { ...spec, EncryptionConfig: { AutoLockManagers: locks } },
      rootCa,
      joinTokens: { worker: token(), manager: token() },
      unlockKey: locks ? newUnlockKey(daemon.sys, encodeBase64) : '',
      defaultAddrPool: request.DefaultAddrPool ?? [],
      subnetSize: request.SubnetSize || DEFAULT_SUBNET_SIZE,
      dataPathPort: request.DataPathPort || DEFAULT_DATA_PATH_PORT,
    });
    tx.create('node', {
      id: config.nodeId,
      spec: { Labels: {}, Role: 'manager', Availability: availabilityOf(request.Availability) },
      description: { ...describe(daemon), TLSInfo: rootCa },
      status: { state: 'ready', message: '', addr: hostOf(config.advertiseAddr) },
      manager: { leader: true, addr: config.advertiseAddr },
      attachments: {},
    });
  });
  createNetwork(store, INGRESS);
}

export function availabilityOf(text = ''): 'active' | 'pause' | 'drain' {
  const word = text.toLowerCase() || 'active';
  if (word !== 'active' && word !== 'pause' && word !== 'drain') throw invalid(`invalid Availability: ${JSON.stringify(text)}`);
  return word;
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== 0 && value !== '';
const filled = <T extends object>(base: T, over: object | undefined): T => ({
  ...base,
  ...Object.fromEntries(Object.entries(over ?? {}).filter(([, value]) => isSet(value))),
});

/** What a request leaves at zero stays as it is. */
function merged(base: SwarmSpec, over: Partial<SwarmSpec>): SwarmSpec {
  const hasZero = over.Orchestration?.TaskHistoryRetentionLimit === 0;
  return {
    ...base,
    Name: over.Name || base.Name,
    Labels: over.Labels ?? base.Labels ?? {},
    Orchestration: hasZero ? { TaskHistoryRetentionLimit: 0 } : filled(base.Orchestration, over.Orchestration),
    Raft: filled(base.Raft, over.Raft),
    Dispatcher: filled(base.Dispatcher, over.Dispatcher),
    CAConfig: filled(base.CAConfig, over.CAConfig),
    TaskDefaults: filled(base.TaskDefaults, over.TaskDefaults),
    EncryptionConfig: { AutoLockManagers: over.EncryptionConfig?.AutoLockManagers ?? base.EncryptionConfig.AutoLockManagers },
  };
}

function checkSpec({ Name, CAConfig, Dispatcher }: SwarmSpec): void {
  if (Name !== 'default') throw invalid('swarm spec must be named "default"');
  if ((CAConfig.NodeCertExpiry ?? MIN_EXPIRY_NS) < MIN_EXPIRY_NS)
    throw invalid('rpc error: code = InvalidArgument desc = minimum certificate expiry time is: 1h0m0s');
  if ((Dispatcher.HeartbeatPeriod ?? 0) < 0)
    throw invalid('rpc error: code = InvalidArgument desc = heartbeat time period cannot be a negative duration');
}

/** Goes on with the swarm that an earlier dockerd was part of. */
export function resume(daemon: Daemon): void {
  const config = readJson(daemon.sys, configFile(daemon)) as NodeConfig | undefined;
  if (!config) return;
  const node = new SwarmNode(daemon, config);
  node.isLocked = node.store.cluster()?.spec.EncryptionConfig.AutoLockManagers ?? false;
  daemon.swarm.node = node;
  if (!node.isLocked) node.start();
}

/** Leaves the swarm, with everything of it that runs here. Throws DockerError. */
export async function leave(daemon: Daemon, { force }: { readonly force: boolean }): Promise<void> {
  const { node } = daemon.swarm;
  if (!node) throw noSwarm();
  if (node.isLocked && !force) throw leaveLocked();
  if (node.manager && !force) throw lastManager();
  if (!node.isLocked) node.stop();
  const { remove } = await daemon.sys.stall(() => import('../containers/remove.ts'));
  for (const container of daemon.containers.all())
    if (container.config.Labels?.['com.docker.swarm.node.id'] === node.nodeId && !container.live.isRemoved)
      await remove(daemon, container.id, { force: true });
  node.network.tearDown();
  daemon.swarm.node = null;
  removeAll(daemon.sys, swarmRoot(daemon));
}

export interface SwarmUpdate {
  readonly version: number;
  readonly spec: SwarmSpec;
  readonly rotateWorkerToken: boolean;
  readonly rotateManagerToken: boolean;
  readonly rotateManagerUnlockKey: boolean;
}

/** Throws DockerError. */
export function update(daemon: Daemon, { version, spec, ...rotate }: SwarmUpdate): void {
  const { store } = managerOf(daemon);
  const cluster = clusterOf(daemon);
  const wanted = merged(DEFAULT_SPEC, spec);
  checkSpec(wanted);
  if (version !== cluster.version) throw outOfSequence();
  const token = (): string => newJoinToken(daemon.sys, caDigest(cluster.rootCa));
  const { worker, manager } = cluster.joinTokens;
  const locks = wanted.EncryptionConfig.AutoLockManagers;
  const rootCa =
    wanted.CAConfig.ForceRotate !== cluster.spec.CAConfig.ForceRotate && wanted.CAConfig.ForceRotate
      ? newRootCa(daemon.sys)
      : cluster.rootCa;
  const needsKey = locks && (cluster.unlockKey === '' || rotate.rotateManagerUnlockKey);
  store.write((tx) =>
    tx.update('cluster', cluster.id, {
      spec: wanted,
      rootCa,
      joinTokens: { worker: rotate.rotateWorkerToken ? token() : worker, manager: rotate.rotateManagerToken ? token() : manager },
      unlockKey: needsKey ? newUnlockKey(daemon.sys, encodeBase64) : locks ? cluster.unlockKey : '',
    }),
  );
}

/** Throws DockerError. */
export function clusterOf(daemon: Daemon): ClusterObject {
  const cluster = managerOf(daemon).store.cluster();
  if (!cluster) throw system('no cluster');
  return cluster;
}

/** With the right key, the node goes on. Throws DockerError. */
export function unlock(daemon: Daemon, key: string): void {
  const { node } = daemon.swarm;
  if (!node) throw noSwarm();
  if (!node.isLocked) throw notLocked();
  if (!/^SWMKEY-1-/.test(key)) throw invalid('invalid key string');
  if (key !== node.store.cluster()?.unlockKey) throw badUnlockKey();
  node.isLocked = false;
  node.start();
}
