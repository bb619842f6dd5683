import type { Errno } from '../../kernel/errno.ts';
import { DockerError, invalid, notFound, system } from '../errors.ts';

export const noSuchNetwork = (name: string): DockerError => notFound(`network ${name} not found`);
export const ambiguousNetwork = (name: string): DockerError => invalid(`network ${name} is ambiguous`);
export const poolOverlaps = (): DockerError =>
  new DockerError('forbidden', 'invalid pool request: Pool overlaps with other one on this address space');
export const poolsExhausted = (): DockerError => system('all predefined address pools have been fully subnetted');
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
export const configurationOnly = (): DockerError => new DockerError('forbidden', 'cannot create endpoint on configuration-only network');
/** The kernel's word on an interface that was to get a name and a MAC in there. */
export function cannotPlug(error: Errno, { hostLink, innerLink, mac }: { hostLink: string; innerLink: string; mac: string }): DockerError {
  const what =
    error.code === 'EADDRNOTAVAIL'
      ? `setting interface "${hostLink}" MAC to "${mac}"`
      : `renaming interface "${hostLink}" to "${innerLink}"`;
  return system(`failed to add interface ${hostLink} to sandbox: error ${what}: ${error.message.toLowerCase()}`);
}
export const alreadyConnected = (container: string, network: string): DockerError =>
  new DockerError('forbidden', `endpoint with name ${container} already exists in network ${network}`);
export const portTaken = (hostIp: string, port: number): DockerError =>
  system(`Bind for ${hostIp.includes(':') ? `[${hostIp}]` : hostIp}:${port} failed: port is already allocated`);
export const networkingFailed = (error: DockerError): DockerError =>
  new DockerError(error.kind, `failed to set up container networking: ${error.message}`, { cause: error });

export const sharesNamespace = (): DockerError =>
  invalid('container sharing network namespace with another container or host cannot be connected to any other network');

export const noneIsAlone = (): DockerError =>
  invalid('container cannot be connected to multiple networks with one of the networks in private (none) mode');
