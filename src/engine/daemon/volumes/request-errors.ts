/** What requests to volumes are refused with. */
import { conflict, type DockerError, invalid, notFound } from '../errors.ts';

export const volumeInUse = (name: string, containers: readonly string[]): DockerError =>
  conflict(`remove ${name}: volume is in use - [${containers.join(', ')}]`);

export const badName = (name: string): DockerError =>
  invalid(
    `create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
  );

export const tooShort = (name: string): DockerError =>
  invalid(`create ${name}: volume name is too short, names should be at least two alphanumeric characters`);

export const noSuchDriver = (volume: string, driver: string): DockerError =>
  notFound(`create ${volume}: error looking up volume plugin ${driver}: plugin "${driver}" not found`);

export const badOption = (volume: string, why: string): DockerError => invalid(`create ${volume}: ${why}`);
