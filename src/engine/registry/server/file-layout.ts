/** Where the reference implementation keeps things below its root (distribution, registry/storage/paths.go). */
import { type Digest, hexOf, isDigest } from '../../oci/digest.ts';
import type { RegistryFiles } from './file-storage.ts';

export const BASE = 'docker/registry/v2';

export const blobFolder = (digest: Digest): string => `${BASE}/blobs/sha256/${hexOf(digest).slice(0, 2)}/${hexOf(digest)}`;
export const repositoryPath = (name: string): string => `${BASE}/repositories/${name}`;
const layersFolder = (name: string): string => `${repositoryPath(name)}/_layers/sha256`;
const revisionsFolder = (name: string): string => `${repositoryPath(name)}/_manifests/revisions/sha256`;
export const layerLink = (name: string, digest: Digest): string => `${layersFolder(name)}/${hexOf(digest)}/link`;
export const revisionLink = (name: string, digest: Digest): string => `${revisionsFolder(name)}/${hexOf(digest)}/link`;
export const tagFolder = (name: string, tag?: string): string =>
  `${repositoryPath(name)}/_manifests/tags${tag === undefined ? '' : `/${tag}`}`;
export const tagIndexLink = (name: string, { tag, digest }: { readonly tag: string; readonly digest: Digest }): string =>
  `${tagFolder(name, tag)}/index/sha256/${hexOf(digest)}/link`;

const decoder = new TextDecoder();

export function readLink(bytes: Uint8Array | null): Digest | null {
  const text = bytes ? decoder.decode(bytes).trim() : '';
  return isDigest(text) ? text : null;
}

const digestsIn = (files: RegistryFiles, folder: string): readonly Digest[] =>
  files
    .list(folder)
    .map((hex) => `sha256:${hex}`)
    .filter(isDigest);

/** Manifests that a repository has, tagged or not. */
export const revisionsIn = (files: RegistryFiles, root: string, name: string): readonly Digest[] =>
  digestsIn(files, `${root}/${revisionsFolder(name)}`);
export const layersIn = (files: RegistryFiles, root: string, name: string): readonly Digest[] =>
  digestsIn(files, `${root}/${layersFolder(name)}`);
export const blobsIn = (files: RegistryFiles, root: string): readonly Digest[] =>
  files.list(`${root}/${BASE}/blobs/sha256`).flatMap((start) => digestsIn(files, `${root}/${BASE}/blobs/sha256/${start}`));

/** Names have slashes, so repositories lie at any depth: each has a folder `_manifests` or `_layers`. */
export function findRepositories(files: RegistryFiles, root: string): readonly string[] {
  const found: string[] = [];
  const open = [''];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const names = files.list(name === '' ? root : `${root}/${name}`);
    if (names.includes('_manifests')) found.push(name);
    for (const child of names) if (!child.startsWith('_')) open.push(name === '' ? child : `${name}/${child}`);
  }
  return found.sort();
}
