/** What requests to a container that is there are refused with; what creating and starting one says is in errors.ts. */
import { conflict, DockerError, invalid, notFound, system } from '../../errors.ts';
import { startFailure } from '../errors.ts';

export const notPaused = (id: string): DockerError => system(`Container ${id} is not paused`);

export const alreadyPaused = (id: string): DockerError => conflict(`container ${id} is already paused`);

export const pausedForExec = (name: string): DockerError => conflict(`Container ${name} is paused, unpause the container before exec`);

export const alreadyStopped = (): DockerError => new DockerError('not-modified', '');

export const removeRunning = (name: string): DockerError =>
  conflict(`cannot remove container "${name}": container is running: stop the container before removing or force remove`);

export const removePaused = (name: string): DockerError =>
  conflict(`cannot remove container "${name}": container is paused and must be unpaused first`);

export const removeTwice = (name: string): DockerError => conflict(`removal of container ${name} is already in progress`);

export const cannotKill = (name: string, error: DockerError): DockerError =>
  new DockerError(error.kind, `cannot kill container: ${name}: ${error.message}`, { cause: error });

export const unsupportedSignal = (number: number): DockerError => invalid(`the linux daemon does not support signal ${number}`);

export const badNewName = (error: DockerError): DockerError =>
  new DockerError(error.kind, `Error when allocating new name: ${error.message}`, { cause: error });

export const sameName = (): DockerError => invalid('Renaming a container with the same name as its current name');

export const noNewName = (): DockerError => invalid('Neither old nor new names may be empty');

export const noLogs = (): DockerError => new DockerError('not-implemented', 'configured logging driver does not support reading');

export const chooseStream = (): DockerError => invalid("must specify at least one of 'stdout' or 'stderr'");

export const noSuchExec = (id: string): DockerError => notFound(`No such exec instance: ${id}`);

export const execRanAlready = (id: string): DockerError => conflict(`exec command ${id} has already run`);

export const noExecCommand = (): DockerError => invalid('No exec command specified');

export const cannotUpdate = (id: string, error: DockerError): DockerError =>
  new DockerError(error.kind, `Cannot update container ${id}: ${error.message}`, { cause: error });

export const noFile = (path: string, container: string): DockerError =>
  notFound(`Could not find the file ${path} in container ${container}`);

export const mountedOver = (name: string): DockerError => system(`RemoveAll ${name}: device or resource busy`);

export const execFailed = (message: string): DockerError =>
  startFailure(message, `OCI runtime exec failed: exec failed: unable to start container process: ${message}`);

export const invalidExecUser = (user: string): DockerError => system(`invalid USER value ${user}`);

export const relativeExecDirectory = (): DockerError => system('OCI runtime exec failed: exec failed: Cwd must be an absolute path');

export const badIpcMode = (mode: string): DockerError => invalid(`invalid IPC mode: ${mode}`);

export const badSecurityOption = (option: string): DockerError => invalid(`invalid --security-opt 2: "${option}"`);

/** What runc refuses before there is a process. */
export const specRefused = (message: string): DockerError =>
  system(`failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: ${message}`);
