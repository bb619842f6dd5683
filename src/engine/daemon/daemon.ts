/** dockerd's parts, put together over its files. Every verb is a function over this record. */

import type { EventMessage } from '../api-types/index.ts';
import type { Dial } from '../http/types.ts';
import type { Network } from '../kernel/net/index.ts';
import type { SpanLog } from '../kernel/process/spans.ts';
import type { Sys } from '../kernel/sys.ts';
import { Containers } from './containers/store.ts';
import { ContentStore } from './content/store.ts';
import { createDial, type Resolve } from './dial.ts';
import { EventLog } from './events/log.ts';
import { mkdirAll, readTextIfThere, writeWhole } from './files.ts';
import { newUuid } from './ids.ts';
import { Images } from './images/store.ts';
import { Metadata } from './metadata.ts';
import { Lookups } from './networks/lookups.ts';
import type { NameServer } from './networks/names.ts';
import { PortAllocator } from './networks/ports.ts';
import { Networks } from './networks/store.ts';
import { type RegistrySettings, readRegistrySettings } from './registry-settings.ts';
import { Cgroups } from './runtime/cgroup.ts';
import { Snapshots } from './snapshots/snapshots.ts';
import type { SwarmNode } from './swarm/node.ts';
import { Volumes } from './volumes/store.ts';

export interface DaemonOptions {
  /** The addresses of a name that /etc/hosts does not have. */
  readonly resolve?: Resolve;
  /** Serves the names of user-defined networks; without it nobody does. */
  readonly nameServer?: NameServer;
  /** Told of each event as it is written down. */
  readonly onEvent?: (event: EventMessage) => void;
  /** Why things happened, as far as the kernel remembers. */
  readonly spans?: SpanLog;
  /** What became of packets, anywhere in the machine. */
  readonly flows?: Network['flows'];
  /** Those of version 2, if absent. */
  readonly cgroups?: Cgroups;
  readonly root?: string;
  readonly containerdRoot?: string;
}

export interface Daemon {
  readonly sys: Sys;
  readonly id: string;
  readonly root: string;
  readonly images: Images;
  readonly containers: Containers;
  readonly networks: Networks;
  readonly ports: PortAllocator;
  readonly volumes: Volumes;
  readonly events: EventLog;
  readonly dial: Dial;
  readonly registries: RegistrySettings;
  readonly cgroups: Cgroups;
  readonly nameServer: NameServer | undefined;
  readonly spans: SpanLog | undefined;
  readonly flows: Network['flows'] | undefined;
  readonly lookups: Lookups;
  /** The node of a swarm that this engine is; null: none. Its code is fetched with the first swarm. */
  readonly swarm: { node: SwarmNode | null };
  /** Set while dockerd ends: nothing is started again. */
  readonly life: { isShuttingDown: boolean };
}

export const DOCKER_ROOT = '/var/lib/docker';
const CONTAINERD_ROOT = '/var/lib/containerd';

/** What is there from the first start on, besides what containers, networks and volumes have. */
const FOLDERS = ['buildkit', 'image', 'plugins', 'runtimes', 'swarm', 'tmp'];

/** Where the build cache is written down, once there is one. */
export const cacheFile = ({ root }: Pick<Daemon, 'root'>): string => `${root}/buildkit/cache.db`;

/** Reads what is on the disk. The host is as it was: `setUp` of the networks and `restore` of the containers come after. */
export function createDaemon(sys: Sys, options: DaemonOptions = {}): Daemon {
  const { root = DOCKER_ROOT, containerdRoot = CONTAINERD_ROOT, resolve = async () => [] } = options;
  mkdirAll(sys, root, 0o710);
  mkdirAll(sys, containerdRoot, 0o711);
  for (const folder of FOLDERS) mkdirAll(sys, `${root}/${folder}`, 0o700);
  const events = new EventLog(sys, options.onEvent);
  const metadata = new Metadata(sys, containerdRoot);
  const content = new ContentStore(sys, containerdRoot);
  const snapshots = new Snapshots(sys, containerdRoot, metadata);
  return {
    sys,
    id: engineId(sys, root),
    root,
    events,
    images: new Images(sys, { content, snapshots, metadata, events }),
    containers: new Containers(sys, root),
    networks: new Networks(sys, root, events),
    ports: new PortAllocator(),
    volumes: new Volumes(sys, root, events),
    dial: createDial(sys, resolve),
    registries: readRegistrySettings(sys),
    cgroups: options.cgroups ?? new Cgroups(sys),
    nameServer: options.nameServer,
    spans: options.spans,
    flows: options.flows,
    lookups: new Lookups(),
    swarm: { node: null },
    life: { isShuttingDown: false },
  };
}

/** The engine's own id, made once. */
function engineId(sys: Sys, root: string): string {
  const path = `${root}/engine-id`;
  const known = readTextIfThere(sys, path);
  if (known !== undefined) return known;
  const id = newUuid(sys);
  writeWhole(sys, path, id);
  return id;
}
