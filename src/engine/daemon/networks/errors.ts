import type { Errno } from '../../kernel/errno.ts';
import { conflict, DockerError, invalid, notFound, system } from '../errors.ts';

export const noSuchNetwork = (name: string): DockerError => notFound(`network ${name} not found`);
export const ambiguousNetwork = (name: string): DockerError => invalid(`network ${name} is ambiguous`);
export const networkExists = (name: string): DockerError => conflict(`network with name ${name} already exists`);
export const predefined = (name: string): DockerError =>
  new DockerError('forbidden', `${name} is a pre-defined network and cannot be removed`);
export const poolOverlaps = (): DockerError =>
  new DockerError('forbidden', 'invalid pool request: Pool overlaps with other one on this address space');
export const poolsExhausted = (): DockerError => system('all predefined address pools have been fully subnetted');
export const noSuchDriver = (name: string): DockerError => notFound(`plugin "${name}" not found`);
export const sameBridge = (
  one: { readonly id: string; readonly bridge: string },
  other: { readonly id: string; readonly bridge: string },
): DockerError =>
  new DockerError(
    'forbidden',
    `cannot create network ${one.id} (${one.bridge}): conflicts with network ${other.id} (${other.bridge}): networks have same bridge name`,
  );
export const manySubnets = (): DockerError => new DockerError('forbidden', "bridge driver doesn't support multiple subnets");
export const gatewayTaken = (address: string, why: string): DockerError => system(`failed to allocate gateway (${address}): ${why}`);
export const auxiliaryTaken = (name: string, address: string, why: string): DockerError =>
  system(`failed to allocate secondary ip address (${name}:${address}): ${why}`);
export const configurationInUse = (name: string): DockerError =>
  new DockerError('forbidden', `error while removing network: configuration network ${JSON.stringify(name)} is in use`);
export const addressInUse = (): DockerError => new DockerError('forbidden', 'Address already in use');
export const noAddresses = (family: 4 | 6, { name, id }: { readonly name: string; readonly id: string }): DockerError =>
  system(`no available IPv${family} addresses on this network's address pools: ${name} (${id})`);
export const outsideSubnets = (ip: string): string => `no configured subnet contains IP address ${ip}`;
export const addressOnDefault = (): string => 'user-specified IP address is supported on user-defined networks only';
/** Several faults are listed with stars. */
export const badEndpoint = (where: string, faults: readonly string[]): DockerError =>
  invalid(`${where}invalid endpoint settings:\n${faults.length === 1 ? faults[0] : faults.map((fault) => `* ${fault}`).join('\n')}`);
export const notManager = (): DockerError =>
  new DockerError(
    'unavailable',
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
  );
export const configurationOnly = (): DockerError => new DockerError('forbidden', 'cannot create endpoint on configuration-only network');
/** The kernel's word on an interface that was to get a name and a MAC in there. */
export function cannotPlug(error: Errno, { hostLink, innerLink, mac }: { hostLink: string; innerLink: string; mac: string }): DockerError {
  const what =
    error.code === 'EADDRNOTAVAIL'
      ? `setting interface "${hostLink}" MAC to "${mac}"`
      : `renaming interface "${hostLink}" to "${innerLink}"`;
  return system(`failed to add interface ${hostLink} to sandbox: error ${what}: ${error.message.toLowerCase()}`);
}
export const activeEndpoints = (name: string, endpoints: readonly { readonly name: string; readonly id: string }[]): DockerError =>
  new DockerError(
    'forbidden',
    `error while removing network: network ${name} has active endpoints (${endpoints.map((one) => `name:"${one.name}" id:"${one.id.slice(0, 12)}"`).join(', ')})`,
  );
export const alreadyConnected = (container: string, network: string): DockerError =>
  new DockerError('forbidden', `endpoint with name ${container} already exists in network ${network}`);
export const notConnected = (container: string, network: string, runs: boolean): DockerError =>
  new DockerError('forbidden', `container ${container} is not connected to ${runs ? '' : 'the '}network ${network}`);
export const noEndpoint = (container: string): DockerError => notFound(`endpoint ${container} not found`);
export const sharesNamespace = (): DockerError =>
  invalid('container sharing network namespace with another container or host cannot be connected to any other network');
export const hostModeOnly = (): DockerError =>
  invalid('cannot connect container to host network - container must be created in host network mode');
export const noneIsAlone = (): DockerError =>
  invalid('container cannot be connected to multiple networks with one of the networks in private (none) mode');
export const leavesHost = (): DockerError =>
  invalid('cannot disconnect container from host network - container was created in host network mode');
export const portTaken = (hostIp: string, port: number): DockerError =>
  system(`Bind for ${hostIp.includes(':') ? `[${hostIp}]` : hostIp}:${port} failed: port is already allocated`);
export const allTaken = (): DockerError => system('all ports are allocated');
export const portRefused = (
  error: Errno,
  { hostIp, hostPort, protocol }: { hostIp: string; hostPort: number; protocol: string },
): DockerError =>
  system(
    `failed to bind host port ${hostIp.includes(':') ? `[${hostIp}]` : hostIp}:${hostPort}/${protocol}: ${error.code === 'EADDRINUSE' ? 'address already in use' : 'cannot assign requested address'}`,
  );
export const networkingFailed = (error: DockerError): DockerError =>
  new DockerError(error.kind, `failed to set up container networking: ${error.message}`, { cause: error });
export const connectivityFailed = (error: DockerError, endpoint: { readonly name: string; readonly id: string }): DockerError =>
  new DockerError(
    error.kind,
    `driver failed programming external connectivity on endpoint ${endpoint.name} (${endpoint.id}): ${error.message}`,
    { cause: error },
  );
