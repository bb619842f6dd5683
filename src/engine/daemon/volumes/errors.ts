import { type DockerError, notFound, system } from '../errors.ts';

export const noSuchVolume = (name: string): DockerError => notFound(`get ${name}: no such volume`);
export const mountFailed = (path: string, what: string, why: string): DockerError =>
  system(`error while mounting volume '${path}': failed to mount local volume: mount ${what}: ${why}`);
