/** What swarms say when something is refused; most of it comes from the manager over gRPC, with its code in front. */
import { conflict, DockerError, type ErrorKind, invalid, notFound } from '../errors.ts';

export type Code =
  | 'Unknown'
  | 'InvalidArgument'
  | 'NotFound'
  | 'AlreadyExists'
  | 'PermissionDenied'
  | 'FailedPrecondition'
  | 'Unimplemented'
  | 'Unavailable'
  | 'Internal';

const KINDS: Readonly<Record<Code, ErrorKind>> = {
  Unknown: 'system',
  InvalidArgument: 'invalid',
  NotFound: 'not-found',
  AlreadyExists: 'conflict',
  PermissionDenied: 'forbidden',
  FailedPrecondition: 'invalid',
  Unimplemented: 'not-implemented',
  Unavailable: 'unavailable',
  Internal: 'system',
};

/** An error of the manager. Upstream: google.golang.org/grpc/status; moby daemon/server/httpstatus. */
export const rpcError = (code: Code, message: string): DockerError =>
  new DockerError(KINDS[code], `rpc error: code = ${code} desc = ${message}`);

const unavailable = (message: string): DockerError => new DockerError('unavailable', message);
export const notManager = (): DockerError =>
  unavailable(
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
  );
export const noSwarm = (): DockerError => unavailable('This node is not part of a swarm');
export const swarmExists = (): DockerError =>
  unavailable('This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.');
export const swarmLocked = (): DockerError =>
  unavailable('Swarm is encrypted and needs to be unlocked before it can be used. Please use "docker swarm unlock" to unlock it.');
export const leaveLocked = (): DockerError =>
  unavailable('Swarm is encrypted and locked. Please unlock it first or use `--force` to ignore this message.');
export const lastManager = (): DockerError =>
  unavailable(
    'You are attempting to leave the swarm on a node that is participating as a manager. Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message. ',
  );
export const notLocked = (): DockerError => conflict('swarm is not locked');
export const badUnlockKey = (): DockerError => new DockerError('unauthorized', 'swarm could not be unlocked: invalid key provided');
export const workerOnly = (): DockerError =>
  unavailable(
    "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.",
  );
export const joinTimeout = (): DockerError =>
  unavailable(
    'Timeout was reached before node joined. The attempt to join the swarm will continue in the background. Use the "docker info" command to see the current swarm status of your node.',
  );
export const invalidToken = (): DockerError => rpcError('InvalidArgument', 'A valid join token is necessary to join this cluster');
export const foreignCa = (expected: string): DockerError =>
  new DockerError('system', `remote CA does not match fingerprint. Expected: ${expected}`);
export const unknownNode = (): DockerError => rpcError('NotFound', 'node not registered');
export const workerNetwork = (): DockerError =>
  new DockerError('forbidden', 'Cannot create a multi-host network from a worker node. Please create the network from a manager node.');
/** What would need managers that agree with each other. */
export const oneManager = (what: string): DockerError =>
  new DockerError('not-implemented', `${what} is not supported by this engine: a swarm here has one manager`);

export type ObjectKind = 'node' | 'service' | 'task' | 'secret' | 'config' | 'network';
export const noSuch = (kind: ObjectKind, name: string): DockerError => notFound(`${kind} ${name} not found`);
export const severalMatch = (kind: ObjectKind, name: string, count: number): DockerError =>
  invalid(`${kind} ${name} is ambiguous (${count} matches found)`);
export const outOfSequence = (): DockerError => rpcError('Unknown', 'update out of sequence');
export const nameConflict = (name: string): DockerError =>
  rpcError('AlreadyExists', `name conflicts with an existing object: service ${name} already exists`);
export const notAttachable = (network: string): DockerError =>
  new DockerError(
    'system',
    `Could not attach to network ${network}: rpc error: code = PermissionDenied desc = network ${network} not manually attachable`,
  );
