import {
  ReferenceError as BadReference,
  canonicalName,
  familiarName,
  parseReference,
  type Reference,
  withDefaultTag,
  withTag,
} from '../../oci/reference.ts';
import { invalid } from '../errors.ts';
import { ambiguousTag } from './errors.ts';
import type { Images } from './store.ts';

/** Gives an image one more name. */
export function tag(images: Images, name: string, options: { readonly repository: string; readonly tag: string }): void {
  const reference = newReference(options.repository, options.tag);
  const { target } = images.get(name);
  point(images, reference, target);
  images.events.emit({ type: 'image', action: 'tag', id: target.digest, attributes: { name: familiarName(reference) } });
}

/** Moves a name; the image that loses its last name stays, without one. */
export function point(images: Images, reference: Reference, target: ReturnType<Images['get']>['target']): void {
  const name = canonicalName(reference);
  const before = images.named(name);
  images.set(name, target);
  if (before && before.target.digest !== target.digest && images.namesOf(before.target.digest).length === 0)
    images.keepDangling(before.target);
}

function newReference(repository: string, tagText: string): Reference {
  try {
    if (repository === 'sha256' || (repository.endsWith('/sha256') && !repository.includes('.'))) throw ambiguousTag();
    const reference = parseReference(repository);
    return withDefaultTag(tagText === '' ? reference : withTag(reference, tagText));
  } catch (error) {
    if (error instanceof BadReference) throw invalid(error.message);
    throw error;
  }
}
