import type { Descriptor } from '../../oci/manifest.ts';
import {
  ReferenceError as BadReference,
  canonicalName,
  familiarName,
  familiarRepository,
  parseReference,
  type Reference,
  withDefaultTag,
  withTag,
} from '../../oci/reference.ts';
import { invalid } from '../errors.ts';
import type { ImageRecord } from '../metadata.ts';
import { ambiguousTag } from './errors.ts';
import type { Images } from './store.ts';

/** Gives an image one more name. */
export function tag(images: Images, name: string, options: { readonly repository: string; readonly tag: string }): void {
  const reference = newReference(options.repository, options.tag);
  const { target } = images.get(name);
  point(images, reference, { target });
  images.tell('tag', { target, name: familiarName(reference) });
}

export interface Pointed {
  readonly target: Descriptor;
  readonly labels?: ImageRecord['labels'];
}

/** Moves a name; the image that loses its last name stays, without one. */
export function point(images: Images, reference: Reference, { target, labels }: Pointed): void {
  const name = canonicalName(reference);
  const before = images.named(name);
  if (before && before.target.digest !== target.digest && images.namesOf(before.target.digest).length === 1)
    images.keepDangling(before.target);
  images.set(name, target, labels);
  images.dropDangling(target.digest);
}

function newReference(repository: string, tagText: string): Reference {
  try {
    const reference = parseReference(repository);
    if (familiarRepository(reference) === 'sha256') throw ambiguousTag();
    if (reference.digest !== undefined) throw invalid('cannot import digest reference');
    return withDefaultTag(tagText === '' ? reference : withTag(reference, tagText));
  } catch (error) {
    if (error instanceof BadReference) throw invalid(error.message);
    throw error;
  }
}
