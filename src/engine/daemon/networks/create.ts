/** `docker network create`: what was asked for is checked before anything is made. Upstream: moby daemon/network.go. */
import type { NetworkCreateRequest } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { conflict, DockerError, invalid } from '../errors.ts';
import { manySubnets, networkExists, noSuchDriver, notManager, sameBridge } from './change-errors.ts';
import { checkBridge, checkIpamDriver, checkPools, checkRequest, checkScope, noConfiguration } from './check.ts';
import { checkParent } from './macvlan-check.ts';
import { bridgeOf, isPredefined, type Network } from './store.ts';

const DRIVERS = ['bridge', 'host', 'null', 'macvlan', 'ipvlan', 'overlay'] as const;

/** Throws DockerError. */
export function create(daemon: Daemon, request: NetworkCreateRequest): Network {
  const name = (request.Name ?? '').trim();
  check(daemon, name, request);
  const from = request.ConfigFrom?.Network ? configuration(daemon, request.ConfigFrom.Network) : undefined;
  const ipam = { ...request.IPAM, Options: request.IPAM?.Options ?? {} };
  const network = daemon.networks.describe({ ...request, IPAM: ipam }, from);
  if (network.driver === 'bridge' && !network.configOnly) checkOptions(daemon, network);
  const made = daemon.networks.establish(network);
  daemon.events.emit({ type: 'network', action: 'create', id: made.id, attributes: { name, type: made.driver } });
  return made;
}

function check({ networks, sys }: Daemon, name: string, request: NetworkCreateRequest): void {
  const { Driver = 'bridge', Options } = request;
  if (isPredefined(name)) throw new DockerError('forbidden', `operation is not permitted on predefined ${name} network `);
  if (Driver === 'overlay') throw notManager();
  checkPools(request.IPAM?.Config ?? [], request.EnableIPv6 ?? false);
  if (name === '') throw invalid('invalid name: name is empty');
  if (networks.named(name)) throw networkExists(name);
  checkRequest(request);
  if (request.ConfigOnly) return;
  if (Driver !== '' && !(DRIVERS as readonly string[]).includes(Driver)) throw noSuchDriver(Driver);
  if (request.Ingress || request.Scope) checkScope(request);
  if (Driver === 'host' || Driver === 'null') throw conflict(`only one instance of "${Driver}" network is allowed`);
  checkIpamDriver(request);
  checkParent(sys, { driver: Driver, options: Options ?? {}, others: networks.all() });
}

/** Throws DockerError if there is no network of that name that is only a configuration. */
function configuration({ networks }: Daemon, name: string): Network {
  const found = networks.named(name);
  if (!found?.configOnly) throw noConfiguration(name);
  return found;
}

function checkOptions({ networks }: Daemon, network: Network): void {
  checkBridge(network);
  const configs = network.ipam.Config ?? [];
  const isSix = ({ Subnet }: { readonly Subnet?: string }): boolean => Subnet?.includes(':') === true;
  if (configs.filter((one) => !isSix(one)).length > 1 || configs.filter(isSix).length > 1) throw manySubnets();
  const bridge = bridgeOf(network);
  const other = networks.all().find((one) => one.driver === 'bridge' && !one.configOnly && bridgeOf(one) === bridge);
  if (other) throw sameBridge({ id: network.id, bridge }, { id: other.id, bridge });
}
