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

export type LaneKind = 'bridge' | 'host' | 'none' | 'lan';

export interface Lane {
  readonly key: string;
  readonly kind: LaneKind;
  readonly network: string;
  /** The device on the host: `docker0`, `br-…`; a LAN's parent. */
  readonly device: string;
  readonly address: string;
  readonly stations: readonly Station[];
}

export interface Topology {
  readonly lanes: readonly Lane[];
}

const BRIDGE_NAME = 'com.docker.network.bridge.name';

const deviceOf = ({ Name, Id, Driver, Options }: NetworkInspect): string =>
  Driver === 'bridge' ? (Options?.[BRIDGE_NAME] ?? (Name === 'bridge' ? 'docker0' : `br-${Id.slice(0, 12)}`)) : (Options?.parent ?? '');

const kindOf = ({ Driver }: NetworkInspect): LaneKind =>
  Driver === 'host' ? 'host' : Driver === 'null' ? 'none' : Driver === 'bridge' ? 'bridge' : 'lan';

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

/** Bridges first, the default one at the top; a lane that is empty is drawn only if somebody made it. `focus` keeps its own lanes alone. */
export function topologyOf(networks: readonly NetworkInspect[], containers: readonly ContainerSummary[], focus = ''): Topology {
  const order: readonly LaneKind[] = ['bridge', 'lan', 'host', 'none'];
  const wanted = focus.split(',').filter((name) => name !== '');
  const running = containers.filter(({ State }) => State === 'running' || State === 'paused');
  const lanes = networks.map((network): Lane => {
    const [config] = network.IPAM.Config ?? [];
    const prefix = config?.Subnet?.split('/')[1] ?? '';
    return {
      ...{ key: network.Id, kind: kindOf(network), network: network.Name, device: deviceOf(network) },
      address: config?.Gateway ? `${config.Gateway}/${prefix}` : (config?.Subnet ?? ''),
      stations: stationsOf(network, running),
    };
  });
  const rank = ({ kind, network }: Lane): string => `${order.indexOf(kind)}${network === 'bridge' ? '' : network}`;
  const isShown = ({ kind, stations, network }: Lane): boolean =>
    (kind === 'bridge' || stations.length > 0) &&
    (wanted.length === 0 || wanted.includes(network) || stations.some(({ name }) => wanted.includes(name)));
  return { lanes: lanes.filter(isShown).sort((a, b) => (rank(a) < rank(b) ? -1 : 1)) };
}
