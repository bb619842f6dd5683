/** Containers as a list shows them, and what such a line has in common with all that is told of one. */
import type { ContainerStatus, ContainerSummary, EndpointSettings, MountPoint, PortMap, PortSummary } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { dnsNamesOf } from '../networks/names.ts';
import { portMap } from '../networks/ports.ts';
import type { Endpoint } from '../networks/sandbox.ts';
import { humanDuration } from '../time.ts';
import { type Container, commandOf } from './container.ts';

/** In one word. Upstream: moby daemon/container/state.go StateString. */
export function statusOf({ state }: Container): ContainerStatus {
  if (state.running) return state.paused ? 'paused' : state.restarting ? 'restarting' : 'running';
  if (state.removing) return 'removing';
  if (state.dead) return 'dead';
  return state.startedNs === 0n ? 'created' : 'exited';
}

/** As the STATUS column has it: `Up 3 minutes (healthy)`. */
export function describe(container: Container, nowNs: bigint): string {
  const { state } = container;
  if (state.running) {
    if (state.restarting) return `Restarting (${state.exitCode}) ${humanDuration(nowNs - state.finishedNs)} ago`;
    const health =
      state.health && state.health.status !== 'none'
        ? ` (${state.health.status === 'starting' ? 'health: starting' : state.health.status})`
        : '';
    return `Up ${humanDuration(nowNs - state.startedNs)}${state.paused ? ' (Paused)' : health}`;
  }
  if (state.removing) return 'Removal In Progress';
  if (state.dead) return 'Dead';
  if (state.startedNs === 0n) return 'Created';
  return state.finishedNs === 0n ? '' : `Exited (${state.exitCode}) ${humanDuration(nowNs - state.finishedNs)} ago`;
}

/** A container's side of a network, keys in Docker's order. */
export function endpointSettings(endpoint: Endpoint, container: Container): EndpointSettings {
  const { networkId, wanted, active } = endpoint;
  return {
    IPAMConfig: wanted.IPAMConfig ?? null,
    Links: wanted.Links ?? null,
    Aliases: wanted.Aliases ?? null,
    DriverOpts: wanted.DriverOpts ?? null,
    GwPriority: wanted.GwPriority ?? 0,
    NetworkID: networkId !== '' && (active !== null || container.hasBeenStarted) ? networkId : '',
    EndpointID: active?.id ?? '',
    Gateway: active?.gateway ?? '',
    IPAddress: active?.ip ?? '',
    MacAddress: active?.mac ?? '',
    IPPrefixLen: active?.prefixLength ?? 0,
    IPv6Gateway: active?.gateway6 ?? '',
    GlobalIPv6Address: active?.ip6 ?? '',
    GlobalIPv6PrefixLen: active?.prefixLength6 ?? 0,
    DNSNames: dnsNamesOf(endpoint, container),
  };
}

/** By their networks' names. */
export const sorted = ({ endpoints }: Container): readonly Endpoint[] => [...endpoints].sort((a, b) => (a.network < b.network ? -1 : 1));

/** What its ports lead to. */
export function portsOf(container: Container): PortMap {
  const { sandbox } = container.live;
  const isReached = container.endpoints.some(({ active }) => active !== null && (active.ip !== '' || active.ip6 !== ''));
  return sandbox && isReached ? portMap(Object.keys(container.config.ExposedPorts ?? {}), sandbox.ports) : {};
}

/** Without what only the daemon knows. */
export const mountPoint = ({ Type, Name, Source, Destination, Driver, Mode, RW, Propagation }: MountPoint): MountPoint => ({
  Type,
  ...(Name === undefined ? {} : { Name }),
  Source,
  Destination,
  ...(Driver === undefined ? {} : { Driver }),
  Mode,
  RW,
  Propagation,
});

/** Bytes of what it wrote itself, and with its image. */
export function sizesOf(daemon: Daemon, container: Container): { readonly rw: number; readonly root: number } {
  const { snapshots } = daemon.images;
  const rw = snapshots.sizeOf(container.id);
  return { rw, root: rw + snapshots.chainSize(snapshots.get(`${container.id}-init`).parent) };
}

/** The command as `docker ps` quotes it. */
export function commandLine(container: Container): string {
  const [path = '', ...args] = commandOf(container.config);
  return [path, ...args.map((word) => (word.includes(' ') ? `'${word}'` : word))].join(' ');
}

/** The name it was made with, unless that now means another image. */
function imageName(daemon: Daemon, { image }: Container): string {
  const found = /^(sha256:)?[a-f0-9]+$/.test(image.name) ? undefined : tryFind(daemon, image.name);
  return found === image.id ? image.name : image.id;
}

function tryFind(daemon: Daemon, name: string): string | undefined {
  try {
    return daemon.images.find(name)?.target.digest;
  } catch {
    return undefined;
  }
}

export interface SummaryOptions {
  readonly size: boolean;
  /** Of all containers, as `linkedNames` tells them: looked up once for a whole list. */
  readonly linked: ReadonlyMap<string, readonly string[]>;
}

/** An element of GET /containers/json. */
export function summary(daemon: Daemon, container: Container, { size, linked }: SummaryOptions): ContainerSummary {
  const { id, name, state, image, hostConfig, config } = container;
  const sizes = size ? sizesOf(daemon, container) : undefined;
  return {
    Id: id,
    Names: [`/${name}`, ...(linked.get(id) ?? [])].sort(),
    Image: imageName(daemon, container),
    ImageID: image.id,
    ...(image.manifest ? { ImageManifestDescriptor: image.manifest } : {}),
    Command: commandLine(container),
    Created: Number(container.createdNs / 1_000_000_000n),
    Ports: portSummaries(container),
    ...(sizes && sizes.rw > 0 ? { SizeRw: sizes.rw } : {}),
    ...(sizes ? { SizeRootFs: sizes.root } : {}),
    Labels: config.Labels ?? {},
    State: statusOf(container),
    Status: describe(container, daemon.sys.clock.nowNs()),
    HostConfig: { NetworkMode: hostConfig.NetworkMode },
    Health: { Status: state.health?.status ?? 'none', FailingStreak: state.health?.failingStreak ?? 0 },
    NetworkSettings: {
      Networks: Object.fromEntries(sorted(container).map((endpoint) => [endpoint.network, endpointSettings(endpoint, container)])),
    },
    Mounts: container.mounts.map(mountPoint),
  };
}

/** The ports as a list shows them: published ones once for each address. */
export function portSummaries(container: Container): readonly PortSummary[] {
  return Object.entries(portsOf(container)).flatMap(([port, bindings]): readonly PortSummary[] => {
    const [number = '0', type = 'tcp'] = port.split('/');
    if (bindings === null) return [{ PrivatePort: Number(number), Type: type }];
    return bindings.map(({ HostIp, HostPort }) => ({ IP: HostIp, PrivatePort: Number(number), PublicPort: Number(HostPort), Type: type }));
  });
}
