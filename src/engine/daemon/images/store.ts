/**
 * The table of images: names that point to content. Several names may point to the same; an image without a name is kept under
 * `moby-dangling@…` while somebody uses it. Upstream: moby daemon/containerd.
 */
import type { Sys } from '../../kernel/sys.ts';
import { type Digest, isDigest } from '../../oci/digest.ts';
import type { Descriptor } from '../../oci/manifest.ts';
import {
  ReferenceError as BadReference,
  canonicalName,
  familiarName,
  parseCanonical,
  parseReference,
  type Reference,
  repositoryName,
  withDefaultTag,
} from '../../oci/reference.ts';
import type { ContentStore } from '../content/store.ts';
import { invalid } from '../errors.ts';
import type { EventLog } from '../events/log.ts';
import type { BuildOrigin, ImageRecord, Lease, Metadata } from '../metadata.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';
import { ambiguousId, noSuchImage } from './errors.ts';
import { chooseManifest, manifestsOf, type Shelf } from './image.ts';

const DANGLING = 'moby-dangling@';

/** Upstream: moby daemon/containerd imageLabelClassicBuilderParent. */
export const PARENT_LABEL = 'org.mobyproject.image.parent';

export type Found = {
  readonly target: Descriptor;
} & (
  | { readonly isByName: true; readonly record: ImageRecord }
  /** Found by its id, or by a digest in a repository: then some name of it there. */
  | { readonly isByName: false; readonly record?: ImageRecord }
);

/** What a content leads to; `chain` is the snapshot of an image's files. */
export interface Links {
  readonly children: readonly Descriptor[];
  readonly chain: string | undefined;
}

export class Images implements Shelf {
  readonly content: ContentStore;
  readonly snapshots: Snapshots;
  readonly events: EventLog;
  readonly #metadata: Metadata;
  readonly #sys: Sys;
  /** What content leads to, by its digest: it never leads elsewhere. Remembered by whoever sweeps. */
  links: ReadonlyMap<string, Links> = new Map();

  constructor(
    sys: Sys,
    parts: { readonly content: ContentStore; readonly snapshots: Snapshots; readonly metadata: Metadata; readonly events: EventLog },
  ) {
    this.#sys = sys;
    this.content = parts.content;
    this.snapshots = parts.snapshots;
    this.events = parts.events;
    this.#metadata = parts.metadata;
  }

  /** All names, sorted, as containerd's database has them. */
  records(): readonly ImageRecord[] {
    return [...this.#metadata.images.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The targets, each once. */
  targets(): readonly Descriptor[] {
    return [...new Map(this.records().map(({ target }) => [target.digest, target])).values()];
  }

  /** All names of a target, also the one it is kept under without a name. */
  recordsOf(digest: string): readonly ImageRecord[] {
    return this.records().filter((record) => record.target.digest === digest);
  }

  namesOf(digest: string): readonly ImageRecord[] {
    return this.recordsOf(digest).filter((record) => !isDangling(record));
  }

  named(name: string): ImageRecord | undefined {
    return this.#metadata.images.get(name);
  }

  /** Points a name at a target; it may have pointed elsewhere. Labels go with the target: another name of it has the same. */
  set(name: string, target: Descriptor, labels = this.#labelsOf(target.digest)): void {
    const now = String(this.#sys.clock.nowNs());
    const before = this.#metadata.images.get(name);
    const { mediaType, digest, size, annotations } = target;
    const record: ImageRecord = {
      name,
      target: { mediaType, digest, size, ...(annotations ? { annotations } : {}) },
      createdNs: before?.createdNs ?? now,
      updatedNs: now,
      ...(labels ? { labels } : {}),
    };
    this.#metadata.change(['images', name, record]);
  }

  #labelsOf(digest: string): ImageRecord['labels'] {
    return this.records().find(({ target, labels }) => target.digest === digest && labels !== undefined)?.labels;
  }

  /** The image that a container was made from, of which this one is the commit; empty for any other. */
  parentOf(digest: string): string {
    return this.#labelsOf(digest)?.[PARENT_LABEL] ?? '';
  }

  /** An event, with the labels that the image has. `id` is what the event is said to be of, if it is not the image itself. */
  tell(action: string, { id, target, name }: { readonly id?: string; readonly target: Descriptor; readonly name: string }): void {
    const labels = chooseManifest(this, target)?.config.config?.Labels;
    this.events.emit({ type: 'image', action, id: id ?? target.digest, attributes: { ...labels, name } });
  }

  /** Keeps an image that loses its last name. */
  keepDangling(target: Descriptor, labels?: ImageRecord['labels']): void {
    if (!this.#metadata.images.has(DANGLING + target.digest)) this.set(DANGLING + target.digest, target, labels);
  }

  dropDangling(digest: string): void {
    this.unset(DANGLING + digest);
  }

  unset(name: string): void {
    this.#metadata.change(['images', name, null]);
  }

  /** Notes that these contents are in a repository: a push to another one of the same registry need not send them. */
  addSources(digests: readonly string[], repository: string): void {
    const fresh = [...new Set(digests)].filter((digest) => !this.sourcesOf(digest).includes(repository));
    this.#metadata.change(...fresh.map((digest) => ['sources', digest, [...this.sourcesOf(digest), repository]] as const));
  }

  sourcesOf(digest: string): readonly string[] {
    return this.#metadata.sources.get(digest) ?? [];
  }

  /** Remembers the build that an image came of. */
  noteBuild(digest: string, origin: BuildOrigin): void {
    this.#metadata.change(['builds', digest, origin]);
  }

  buildOf(digest: string): BuildOrigin | undefined {
    return this.#metadata.builds.get(digest);
  }

  /** Finds an image by name, id or part of an id. Throws DockerError. */
  get(text: string): Found {
    const found = this.find(text);
    if (!found) throw noSuchImage(shownName(text));
    return found;
  }

  find(text: string): Found | undefined {
    const byDigest = this.#byDigest(text);
    if (byDigest) return byDigest;
    const reference = referenceOf(text);
    const record = reference && this.#metadata.images.get(canonicalName(withDefaultTag(reference)));
    if (record) return { isByName: true, record, target: record.target };
    if (reference?.digest !== undefined) return this.#pinned(reference, reference.digest);
    return this.#byPrefix(text);
  }

  #byDigest(text: string): Found | undefined {
    const digest = /^[a-f0-9]{64}$/.test(text) ? `sha256:${text}` : text;
    if (!isDigest(digest)) return undefined;
    const target = this.#anyTarget(digest);
    return target && { isByName: false, target };
  }

  /** A target, or a manifest of an index that is here. */
  #anyTarget(digest: string): Descriptor | undefined {
    const targets = this.targets();
    return (
      targets.find((target) => target.digest === digest) ??
      targets.flatMap((target) => manifestsOf(this, target)).find((one) => one.digest === digest && this.content.has(digest))
    );
  }

  /** `busybox@sha256:…`: some name of that repository must point there. */
  #pinned(reference: Reference, digest: Digest): Found | undefined {
    const repository = repositoryName(reference);
    const record = this.records().find(
      (one) => one.target.digest === digest && !isDangling(one) && repositoryName(parseCanonical(one.name)) === repository,
    );
    return record && { isByName: false, target: record.target, record };
  }

  #byPrefix(text: string): Found | undefined {
    const match = /^(?:sha256:)?([a-f0-9]{4,64})$/.exec(text);
    if (!match) return undefined;
    const found = this.targets().filter(({ digest }) => digest.startsWith(`sha256:${match[1]}`));
    if (found.length > 1) throw ambiguousId(text);
    const [target] = found;
    return target && { isByName: false, target };
  }

  /** Keeps snapshots and content that no name leads to, until the lease is set anew. */
  lease(name: string, lease: Lease): void {
    this.#metadata.change(['leases', name, lease.snapshots.length + lease.content.length === 0 ? null : lease]);
  }

  leases(): readonly string[] {
    return [...this.#metadata.leases.keys()];
  }

  /** What leases keep. */
  leased(): readonly Lease[] {
    return [...this.#metadata.leases.values()];
  }

  /** Deletes content that nothing leads to. */
  forget(digest: string): void {
    this.content.delete(digest);
    this.#metadata.change(['sources', digest, null]);
  }
}

export const isDangling = (record: ImageRecord): boolean => record.name.startsWith(DANGLING);

/** What a client typed, as a reference. Throws DockerError for what is none. */
export function referenceOf(text: string): Reference | undefined {
  try {
    return parseReference(text);
  } catch (error) {
    if (!(error instanceof BadReference)) throw error;
    if (/^(sha256:)?[a-f0-9]{64}$/.test(text)) return undefined;
    throw invalid(error.message.startsWith('invalid reference format') ? error.message : `invalid reference format: ${error.message}`);
  }
}

/** A name as messages show it: with `latest`. */
export function shownName(text: string): string {
  if (/^[a-f0-9]{64}$/.test(text)) return `sha256:${text}`;
  if (isDigest(text)) return text;
  const reference = referenceOf(text);
  return reference ? familiarName(withDefaultTag(reference)) : text;
}
