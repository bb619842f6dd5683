import { ANNOTATION, blobPath, encodeJson, MEDIA_TYPE } from '../../oci/index.ts';
import type { BuiltImage } from './build.ts';

/** The files of a static OCI layout with these images, by path. No path has a colon, so that any disk and any host can hold it. */
export function layoutFiles(images: readonly BuiltImage[], indexPath = 'index.json'): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  files.set('oci-layout', new TextEncoder().encode('{"imageLayoutVersion":"1.0.0"}'));
  files.set(indexPath, encodeJson({ schemaVersion: 2, mediaType: MEDIA_TYPE.index, manifests: images.flatMap(namedDescriptors) }));
  for (const { blobs } of images) for (const [digest, bytes] of blobs) files.set(blobPath(digest), bytes);
  return files;
}

const namedDescriptors = ({ recipe, index }: BuiltImage) =>
  recipe.tags.map((tag) => ({
    ...index,
    annotations: { [ANNOTATION.imageName]: `docker.io/${recipe.repository}:${tag}`, [ANNOTATION.refName]: tag },
  }));
