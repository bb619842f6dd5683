/** Who is on which network: lanes of a bridge and its containers, out of the Docker API alone. Pure. */
import type { ContainerSummary, NetworkInspect } from '../../engine/api-types/index.ts';

export interface Station {
  readonly id: string;
  readonly name: string;
  readonly ip: string;
  /** `8080→80`. */
  readonly published: readonly string[];
  readonly isRunning: boolean;
}

export type LaneKind = 'bridge' | 'overlay' | 'host' | 'none' | 'lan';

export interface Lane {
  readonly key: string;
  readonly kind: LaneKind;
  readonly network: string;
  /** The device on the host: `docker0`, `br-…`; a LAN's parent; that by which an overlay leaves. */
  readonly device: string;
  readonly address: string;
  readonly stations: readonly Station[];
}

export interface Topology {
  readonly lanes: readonly Lane[];
}

/** In each host's hidden namespace of an overlay. */
export const TUNNEL = 'vxlan0';
const BRIDGE_NAME = 'com.docker.network.bridge.name';

const deviceOf = ({ Name, Id, Driver, Options }: NetworkInspect): string =>
  Driver === 'bridge'
    ? (Options?.[BRIDGE_NAME] ?? (Name === 'bridge' ? 'docker0' : `br-${Id.slice(0, 12)}`))
    : Driver === 'overlay'
      ? TUNNEL
      : (Options?.parent ?? '');

const KINDS: Readonly<Record<string, LaneKind>> = { host: 'host', null: 'none', bridge: 'bridge', overlay: 'overlay' };
const kindOf = ({ Driver }: NetworkInspect): LaneKind => KINDS[Driver] ?? 'lan';

function stationsOf({ Name }: NetworkInspect, containers: readonly ContainerSummary[]): readonly Station[] {
  return [...containers].reverse().flatMap((container) => {
    const place = container.NetworkSettings.Networks[Name];
    if (!place) return [];
    const published = container.Ports.filter(({ PublicPort, IP = '' }) => PublicPort !== undefined && !IP.includes(':'));
    return [
      {
        ...{
          id: container.Id,
          name: container.Names[0]?.slice(1) ?? '',
          ip: place.IPAddress ?? '',
          isRunning: container.State === 'running',
        },
        published: published.map(({ PublicPort, PrivatePort }) => `${PublicPort}→${PrivatePort}`),
      },
    ];
  });
}

/** Bridges first, the default one at the top; a lane that is empty is there only if somebody made it. */
export function topologyOf(networks: readonly NetworkInspect[], containers: readonly ContainerSummary[]): Topology {
  const order: readonly LaneKind[] = ['bridge', 'overlay', 'lan', 'host', 'none'];
  const running = containers.filter(({ State }) => State === 'running' || State === 'paused');
  const lanes = networks.map((network): Lane => {
    const [config] = network.IPAM.Config ?? [];
    const prefix = config?.Subnet?.split('/')[1] ?? '';
    return {
      ...{ key: network.Id, kind: kindOf(network), network: network.Name, device: deviceOf(network) },
      address: config?.Gateway && network.Driver !== 'overlay' ? `${config.Gateway}/${prefix}` : (config?.Subnet ?? ''),
      stations: stationsOf(network, running),
    };
  });
  const rank = ({ kind, network }: Lane): string => `${order.indexOf(kind)}${network === 'bridge' ? '' : network}`;
  const isThere = ({ kind, stations }: Lane): boolean => kind === 'bridge' || stations.length > 0;
  return { lanes: lanes.filter(isThere).sort((a, b) => (rank(a) < rank(b) ? -1 : 1)) };
}

/**
 * The lanes of the named networks and containers (`web,shop`; empty: all), and those that a way crosses: `crossed` has ids of
 * containers and keys of lanes.
 */
export function focusOn({ lanes }: Topology, focus: string, crossed: ReadonlySet<string>): Topology {
  const wanted = focus.split(',').filter((name) => name !== '');
  const isWanted = ({ key, network, stations }: Lane): boolean =>
    [network, ...stations.map(({ name }) => name)].some((name) => wanted.includes(name)) ||
    [key, ...stations.map(({ id }) => id)].some((id) => crossed.has(id));
  return { lanes: wanted.length === 0 ? lanes : lanes.filter(isWanted) };
}

const bits = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** Whether an address (`172.17.0.2`) lies in a network (`172.17.0.1/16`). IPv4 alone: nothing else is in any. */
export function isInside(ip: string, network: string): boolean {
  const [base = '', prefix = ''] = network.split('/');
  if (!/^[\d.]+$/.test(ip) || !/^[\d.]+$/.test(base) || prefix === '') return false;
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(bits(ip) / size) === Math.floor(bits(base) / size);
}
