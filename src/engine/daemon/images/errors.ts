import { conflict, type DockerError, invalid, notFound } from '../errors.ts';

export const noSuchImage = (name: string): DockerError => notFound(`No such image: ${name}`);
export const ambiguousId = (id: string): DockerError => invalid(`ambiguous reference: ${id}`);
export const pullDenied = (name: string): DockerError =>
  notFound(`pull access denied for ${name}, repository does not exist or may require 'docker login'`);
export const notResolved = (name: string, why: string): DockerError => notFound(`failed to resolve reference "${name}": ${why}`);
export const noPlatform = (platform: string, name: string): DockerError =>
  notFound(`image with reference ${name} was found but does not provide the specified platform (${platform})`);
export const noMatchingManifest = (platform: string): DockerError =>
  notFound(`no matching manifest for ${platform} in the manifest list entries: no match for platform in manifest: not found`);
export const ambiguousTag = (): DockerError => invalid('refusing to create an ambiguous tag using digest algorithm as name');
export const inUse = (
  name: string,
  options: { container: string; image: string; how: 'must be forced' | 'cannot be forced'; running: boolean },
): DockerError =>
  conflict(
    `conflict: unable to delete ${name} (${options.how}) - container ${options.container} is using its referenced image ${options.image}`,
  );
export const inUseByRunning = (name: string, container: string): DockerError =>
  conflict(`conflict: unable to delete ${name} (cannot be forced) - image is being used by running container ${container}`);
export const severalNames = (id: string): DockerError =>
  conflict(`conflict: unable to delete ${id} (must be forced) - image is referenced in multiple repositories`);
