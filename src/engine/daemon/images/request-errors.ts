/** What requests to images that are there are refused with, and what a registry's refusal becomes. */
import { conflict, type DockerError, invalid, notFound } from '../errors.ts';

export const pullDenied = (name: string): DockerError =>
  notFound(`pull access denied for ${name}, repository does not exist or may require 'docker login'`);

export const notResolved = (name: string, why: string): DockerError => notFound(`failed to resolve reference "${name}": ${why}`);

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

export const contentMissing = (platforms: readonly string[], digest: string): DockerError =>
  notFound(
    `requested platform(s) ([${platforms.join(' ')}]) found, but some content is missing: NotFound: content digest ${digest}: not found`,
  );

export const loadedWithoutPlatform = (names: readonly string[], platforms: readonly string[]): DockerError =>
  notFound(
    names.length === 1
      ? `image ${names[0]} was loaded, but doesn't provide the requested platform ([${platforms.join(' ')}])`
      : `images [${names.join(', ')}] were loaded, but don't provide the requested platform ([${platforms.join(' ')}])`,
  );
