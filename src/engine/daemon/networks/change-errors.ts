/** What requests that make, join, leave or remove a network are refused with. */
import { conflict, DockerError, invalid, notFound } from '../errors.ts';

export const networkExists = (name: string): DockerError => conflict(`network with name ${name} already exists`);

export const predefined = (name: string): DockerError =>
  new DockerError('forbidden', `${name} is a pre-defined network and cannot be removed`);

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

export const notManager = (): DockerError =>
  new DockerError(
    'unavailable',
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
  );

export const activeEndpoints = (name: string, endpoints: readonly { readonly name: string; readonly id: string }[]): DockerError =>
  new DockerError(
    'forbidden',
    `error while removing network: network ${name} has active endpoints (${endpoints.map((one) => `name:"${one.name}" id:"${one.id.slice(0, 12)}"`).join(', ')})`,
  );

export const notConnected = (container: string, network: string, runs: boolean): DockerError =>
  new DockerError('forbidden', `container ${container} is not connected to ${runs ? '' : 'the '}network ${network}`);

export const noEndpoint = (container: string): DockerError => notFound(`endpoint ${container} not found`);

export const hostModeOnly = (): DockerError =>
  invalid('cannot connect container to host network - container must be created in host network mode');

export const leavesHost = (): DockerError =>
  invalid('cannot disconnect container from host network - container was created in host network mode');
