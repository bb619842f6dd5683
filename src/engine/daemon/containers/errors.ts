/** Sentences about containers. */
import { conflict, DockerError, invalid, notFound, system } from '../errors.ts';

export const noSuchContainer = (name: string): DockerError => notFound(`No such container: ${name}`);
export const noName = (): DockerError => invalid('invalid name or ID supplied: ""');
export const severalContainers = (prefix: string): DockerError => invalid(`Multiple IDs found with provided prefix: ${prefix}`);
export const nameTaken = (name: string, id: string): DockerError =>
  conflict(
    `Conflict. The container name "/${name}" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`,
  );
export const badName = (name: string): DockerError =>
  invalid(`Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
export const noCommand = (): DockerError => invalid('no command specified');
export const notRunning = (id: string): DockerError => conflict(`container ${id} is not running`);
export const isRestarting = (id: string, what: string): DockerError => conflict(`Container ${id} is restarting, ${what}`);
export const startWhilePaused = (): DockerError => conflict('cannot start a paused container, try unpause instead');
export const removalInProgress = (): DockerError => conflict('container is marked for removal and cannot be started');
export const alreadyRunning = (): DockerError => new DockerError('not-modified', '');
export const badSignal = (signal: string): DockerError => invalid(`invalid signal: ${signal}`);
export const relativeDirectory = (path: string): DockerError =>
  invalid(`the working directory '${path}' is invalid, it needs to be an absolute path`);
export const unshareableIpc = (id: string): DockerError =>
  system(`failed to join IPC namespace: container ${id}: non-shareable IPC (hint: use IpcMode:shareable for the donor container)`);
export const cgroupFailed = (message: string): DockerError => createFailed(`error setting cgroup config for procHooks process: ${message}`);
export const createFailed = (message: string): DockerError =>
  startFailure(
    message,
    `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${message}`,
  );

/** What was asked for cannot be started: the client's fault; anything else is ours. */
export function startFailure(why: string, message: string): DockerError {
  if (exitCodeOf(why) === undefined) return system(message);
  if (why.includes('permission denied')) return invalid(message);
  if (why.includes('is a directory')) return invalid(`${message}: permission denied`);
  const hint =
    'Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type';
  return invalid(why.includes('not a directory') ? `${message}: ${hint}` : message);
}

/** As a shell would: 127 if there is no such program, 126 if it may not be run. Upstream: moby daemon/errors.go setExitCodeFromError. */
export function exitCodeOf(why: string): number | undefined {
  if (/permission denied|is a directory/.test(why)) return 126;
  return /not a directory|executable file not found|no such file or directory|system cannot find the file/.test(why) ? 127 : undefined;
}
