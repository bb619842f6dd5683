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
export const notPaused = (id: string): DockerError => conflict(`Container ${id} is not paused`);
export const alreadyPaused = (id: string): DockerError => conflict(`container ${id} is already paused`);
export const isRestarting = (id: string, what: string): DockerError => conflict(`Container ${id} is restarting, ${what}`);
export const pausedForExec = (name: string): DockerError => conflict(`Container ${name} is paused, unpause the container before exec`);
export const startWhilePaused = (): DockerError => conflict('cannot start a paused container, try unpause instead');
export const removalInProgress = (): DockerError => conflict('container is marked for removal and cannot be started');
export const alreadyRunning = (): DockerError => new DockerError('not-modified', '');
export const alreadyStopped = (): DockerError => new DockerError('not-modified', '');
export const removeRunning = (name: string): DockerError =>
  conflict(`cannot remove container "${name}": container is running: stop the container before removing or force remove`);
export const removePaused = (name: string): DockerError =>
  conflict(`cannot remove container "${name}": container is paused and must be unpaused first`);
export const removeTwice = (id: string): DockerError => conflict(`removal of container ${id} is already in progress`);
export const cannotKill = (name: string, error: DockerError): DockerError =>
  new DockerError(error.kind, `cannot kill container: ${name}: ${error.message}`, { cause: error });
export const badSignal = (signal: string): DockerError => invalid(`invalid signal: ${signal}`);
export const unsupportedSignal = (number: number): DockerError => invalid(`the linux daemon does not support signal ${number}`);
export const badNewName = (error: DockerError): DockerError =>
  new DockerError(error.kind, `Error when allocating new name: ${error.message}`, { cause: error });
export const sameName = (): DockerError => invalid('Renaming a container with the same name as its current name');
export const noNewName = (): DockerError => invalid('Neither old nor new names may be empty');
export const noLogs = (): DockerError => new DockerError('not-implemented', 'configured logging driver does not support reading');
export const chooseStream = (): DockerError => invalid('Bad parameters: you must choose at least one stream');
export const noSuchExec = (id: string): DockerError => notFound(`No such exec instance: ${id}`);
export const execRanAlready = (id: string): DockerError => conflict(`exec command ${id} has already run`);
export const noExecCommand = (): DockerError => invalid('No exec command specified');
export const relativeDirectory = (path: string): DockerError =>
  invalid(`the working directory '${path}' is invalid, it needs to be an absolute path`);
export const cannotUpdate = (id: string, error: DockerError): DockerError =>
  new DockerError(error.kind, `Cannot update container ${id}: ${error.message}`, { cause: error });
export const noFile = (path: string, container: string): DockerError =>
  notFound(`Could not find the file ${path} in container ${container}`);
export const mountedOver = (name: string): DockerError => system(`RemoveAll ${name}: device or resource busy`);
export const unshareableIpc = (id: string): DockerError =>
  system(`failed to join IPC namespace: container ${id}: non-shareable IPC (hint: use IpcMode:shareable for the donor container)`);
export const badIpcMode = (mode: string): DockerError => invalid(`invalid IPC mode: ${mode}`);
export const badSecurityOption = (option: string): DockerError => invalid(`invalid --security-opt 2: "${option}"`);
export const cgroupFailed = (message: string): DockerError =>
  startFailure(
    message,
    `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: unable to apply cgroup configuration: ${message}`,
  );
export const createFailed = (message: string): DockerError =>
  startFailure(
    message,
    `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${message}`,
  );
export const execFailed = (message: string): DockerError =>
  startFailure(message, `OCI runtime exec failed: exec failed: unable to start container process: ${message}`);
export const relativeExecDirectory = (): DockerError => system('OCI runtime exec failed: exec failed: Cwd must be an absolute path');
/** What runc refuses before there is a process. */
export const specRefused = (message: string): DockerError =>
  system(`failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: ${message}`);

/** What was asked for cannot be started: the client's fault; anything else is ours. */
function startFailure(why: string, message: string): DockerError {
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
