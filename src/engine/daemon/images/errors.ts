import { conflict, DockerError, invalid, notFound } from '../errors.ts';

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
export const inUse = (name: string, { container, image }: { container: string; image: string }): DockerError =>
  conflict(`conflict: unable to delete ${name} (must be forced) - container ${container} is using its referenced image ${image}`);
export const inUseByRunning = (name: string, container: string): DockerError =>
  conflict(`conflict: unable to delete ${name} (cannot be forced) - image is being used by running container ${container}`);
export const inUseByStopped = (name: string, container: string): DockerError =>
  conflict(`conflict: unable to delete ${name} (must be forced) - image is being used by stopped container ${container}`);
export const severalNames = (id: string): DockerError =>
  conflict(`conflict: unable to delete ${id} (must be forced) - image is referenced in multiple repositories`);
export const platformNeedsForce = (): DockerError =>
  invalid('Content will be removed from all images referencing this variant. Use \u2014-force to force delete.');
export const noExport = (why: DockerError): DockerError => notFound(`no suitable export target found: ${why.message}`);
export const loadedWithoutPlatform = (names: readonly string[], platforms: readonly string[]): DockerError =>
  notFound(
    names.length === 1
      ? `image ${names[0]} was loaded, but doesn't provide the requested platform ([${platforms.join(' ')}])`
      : `images [${names.join(', ')}] were loaded, but don't provide the requested platform ([${platforms.join(' ')}])`,
  );
export const reservedName = (name: string): DockerError => new DockerError('forbidden', `'${name}' is a reserved name`);
