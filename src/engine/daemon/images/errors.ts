import { DockerError, invalid, notFound } from '../errors.ts';

export const noSuchImage = (name: string): DockerError => notFound(`No such image: ${name}`);
export const ambiguousId = (id: string): DockerError => invalid(`ambiguous reference: ${id}`);
export const noPlatform = (platform: string, name: string): DockerError =>
  notFound(`image with reference ${name} was found but does not provide the specified platform (${platform})`);
export const noMatchingManifest = (platform: string): DockerError =>
  notFound(`no matching manifest for ${platform} in the manifest list entries: no match for platform in manifest: not found`);
export const ambiguousTag = (): DockerError => invalid('refusing to create an ambiguous tag using digest algorithm as name');
export const reservedName = (name: string): DockerError => new DockerError('forbidden', `'${name}' is a reserved name`);
