import { conflict, type DockerError, invalid, notFound } from '../errors.ts';

export const noSuchVolume = (name: string): DockerError => notFound(`get ${name}: no such volume`);
export const volumeInUse = (name: string, containers: readonly string[]): DockerError =>
  conflict(`remove ${name}: volume is in use - [${containers.join(', ')}]`);
export const badName = (name: string): DockerError =>
  invalid(
    `create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
  );
export const tooShort = (name: string): DockerError =>
  invalid(`create ${name}: volume name is too short, names should be at least two alphanumeric characters`);
export const noSuchDriver = (name: string): DockerError => notFound(`error looking up volume plugin ${name}: plugin "${name}" not found`);
