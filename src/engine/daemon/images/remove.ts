/** Untags, and deletes when the last name went. Upstream: moby daemon/containerd/image_delete.go. */
import type { ImageDeleteItem } from '../../api-types/index.ts';
import type { Digest } from '../../oci/digest.ts';
import { childrenOf, type Descriptor, type Platform } from '../../oci/manifest.ts';
import { formatPlatform } from '../../oci/platform.ts';
import { canonicalName, familiarName, familiarRepository, parseCanonical, withDefaultTag } from '../../oci/reference.ts';
import { shortId } from '../ids.ts';
import type { ImageRecord } from '../metadata.ts';
import { noPlatform } from './errors.ts';
import { chooseManifest, manifestsOf } from './image.ts';
import { inUse, inUseByRunning, inUseByStopped, platformNeedsForce, severalNames } from './request-errors.ts';
import { type Found, type Images, isDangling, referenceOf } from './store.ts';

/** A container as deleting an image sees it. */
export interface ImageUser {
  readonly id: string;
  readonly imageId: string;
  /** The name it was created with. */
  readonly imageName: string;
  readonly isRunning: boolean;
}

export interface RemoveContext {
  readonly images: Images;
  readonly users: readonly ImageUser[];
  /** Throws away what nothing leads to any more. */
  readonly collect: () => void;
}

export interface RemoveOptions {
  readonly force?: boolean;
  readonly noPrune?: boolean;
  /** Only what is for these platforms; the names stay. */
  readonly platforms?: readonly Platform[];
}

export function remove(context: RemoveContext, name: string, options: RemoveOptions = {}): readonly ImageDeleteItem[] {
  const { images } = context;
  const { force = false, platforms = [] } = options;
  if (platforms.length > 0 && !force) throw platformNeedsForce();
  const found = images.get(name);
  if (platforms.length > 0) return platforms.flatMap((platform) => removePlatform(images, { found, name, platform }));
  const names = images.recordsOf(found.target.digest);
  const users = context.users.filter(({ imageId }) => imageId === found.target.digest);
  const result = found.record
    ? removeName(context, { record: found.record, isByName: found.isByName, names, users, force })
    : removeAll(context, { target: found.target, names, users, conflicts: force ? NO_CONFLICTS : SOFT_CONFLICTS });
  context.collect();
  return result;
}

/** The manifest for a platform and what only it leads to; the index stays, and can bring it back by a pull. */
function removePlatform(
  images: Images,
  { found, name, platform }: { readonly found: Found; readonly name: string; readonly platform: Platform },
): readonly ImageDeleteItem[] {
  const image = chooseManifest(images, found.target, platform);
  if (!image) throw noPlatform(formatPlatform(platform), found.record ? familiarName(parseCanonical(found.record.name)) : name);
  const { config, layers } = image.manifest;
  const shared = new Set(
    images
      .targets()
      .flatMap((target) => manifestsOf(images, target))
      .filter(({ digest }) => digest !== image.descriptor.digest)
      .flatMap((one) => childrenHere(images, one)),
  );
  for (const { digest } of [image.descriptor, config, ...layers]) if (!shared.has(digest)) images.content.delete(digest);
  return [{ Deleted: image.descriptor.digest }];
}

function childrenHere({ content }: Images, { digest, mediaType }: Descriptor): readonly Digest[] {
  const bytes = content.find(digest);
  return bytes ? childrenOf(mediaType, bytes).map((child) => child.digest) : [];
}

interface ByName {
  readonly record: ImageRecord;
  /** False for a digest in a repository, which stands for all its names there. */
  readonly isByName: boolean;
  /** All, also the one it is kept under without a name. */
  readonly names: readonly ImageRecord[];
  readonly users: readonly ImageUser[];
  readonly force: boolean;
}

function removeName(context: RemoveContext, { record, isByName, names, users, force }: ByName): readonly ImageDeleteItem[] {
  const { images } = context;
  const { target } = record;
  const same = isByName
    ? sameReferences(record, names)
    : names.filter((one) => isDangling(one) || repositoryOf(one) === repositoryOf(record));
  if (same.length !== names.length) return same.map((one) => untag(images, one, familiarName(parseCanonical(one.name))));
  if (!isByName) return removeAll(context, { target, names, users, conflicts: { stopped: !force, names: false } });
  const [user] = users;
  if (!user) {
    const conflicts = force ? NO_CONFLICTS : { stopped: true, names: names.length <= 1 };
    return removeAll(context, { target, names, users, conflicts });
  }
  if (!force) throw inUse(familiarName(parseCanonical(record.name)), { container: shortId(user.id), image: shortId(target.digest) });
  if (names.length === 1) images.keepDangling(target);
  return [untag(images, record)];
}

const repositoryOf = ({ name }: ImageRecord): string => familiarRepository(parseCanonical(name));

/** A tag, what is kept without a name, and, if its repository has no other tag for it, the names by digest in that repository. */
function sameReferences(record: ImageRecord, names: readonly ImageRecord[]): readonly ImageRecord[] {
  const wanted = parseCanonical(record.name);
  const inRepository = names.filter((one) => !isDangling(one) && repositoryOf(one) === repositoryOf(record));
  const tags = new Set(inRepository.map(({ name }) => parseCanonical(name).tag).filter((tag) => tag !== undefined));
  const isSame = ({ name }: ImageRecord): boolean => {
    const { tag } = parseCanonical(name);
    return name === record.name || (wanted.tag === undefined ? tags.size <= 1 : tag === undefined && tags.size === 1);
  };
  return names.filter((one) => isDangling(one) || (inRepository.includes(one) && isSame(one)));
}

interface All {
  readonly target: Descriptor;
  readonly names: readonly ImageRecord[];
  readonly users: readonly ImageUser[];
  readonly conflicts: { readonly stopped: boolean; readonly names: boolean };
}

const NO_CONFLICTS = { stopped: false, names: false };
const SOFT_CONFLICTS = { stopped: true, names: true };

/** Every name and then the image; what it was committed from goes with it if that has no name. */
function removeAll({ images, users: everyUser }: RemoveContext, { target, names, users, conflicts }: All): readonly ImageDeleteItem[] {
  const id = shortId(target.digest);
  const running = users.find(({ isRunning }) => isRunning);
  if (running) throw inUseByRunning(id, shortId(running.id));
  const [stopped] = users;
  if (stopped && conflicts.stopped) throw inUseByStopped(id, shortId(stopped.id));
  if (names.length > 1 && conflicts.names) throw severalNames(id);
  const parents = namelessParents(images, target.digest).filter(({ digest }) => !everyUser.some(({ imageId }) => imageId === digest));
  const hasChildren = images.targets().some(({ digest }) => images.parentOf(digest) === target.digest);
  const named = names.filter((record) => !isDangling(record));
  const untagged = named.map((record) => untag(images, record));
  if (named.length > 0 && hasChildren) {
    images.keepDangling(target);
    images.tell('delete', { target, name: target.digest });
    return [...untagged, { Deleted: target.digest }];
  }
  return [...untagged, drop(images, target), ...parents.map((parent) => drop(images, parent))];
}

/** What it was committed from, as far as that is kept without a name. */
function namelessParents(images: Images, digest: string): readonly Descriptor[] {
  const parent = images.targets().find((target) => target.digest === images.parentOf(digest));
  if (!parent || images.namesOf(parent.digest).length > 0) return [];
  return [parent, ...namelessParents(images, parent.digest)];
}

function untag(images: Images, record: ImageRecord, name = shownRecord(record)): ImageDeleteItem {
  images.unset(record.name);
  images.events.emit({ type: 'image', action: 'untag', id: record.target.digest, attributes: { name } });
  return { Untagged: name };
}

function drop(images: Images, target: Descriptor): ImageDeleteItem {
  images.dropDangling(target.digest);
  images.events.emit({ type: 'image', action: 'delete', id: target.digest, attributes: { name: target.digest } });
  return { Deleted: target.digest };
}

export interface PruneOptions {
  /** Only what has no name. */
  readonly dangling: boolean;
  readonly passes: (record: ImageRecord) => boolean;
}

/** Removes the names that no container uses, and lists what went with them. Upstream: moby daemon/containerd/image_prune.go. */
export function prune(context: RemoveContext, { dangling, passes }: PruneOptions): readonly ImageDeleteItem[] {
  const { images } = context;
  const wanted = images
    .records()
    .filter((record) => (!dangling || isDangling(record)) && passes(record) && !isUsed(context, record))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const left = new Map(
    images.targets().map(({ digest }) => [digest, images.records().filter((one) => one.target.digest === digest).length]),
  );
  const result: ImageDeleteItem[] = [];
  for (const record of wanted) {
    const { target } = record;
    const others = (left.get(target.digest) ?? 1) - 1;
    if (others === 0 && context.users.some((user) => user.imageId === target.digest && isById(user))) continue;
    left.set(target.digest, others);
    const below = [target, ...manifestsOf(images, target)].filter(
      ({ digest }, i, all) => all.findIndex((one) => one.digest === digest) === i,
    );
    const here = below.filter(({ digest }) => images.content.has(digest));
    result.push(untag(images, record));
    context.collect();
    const gone = here.filter(({ digest }) => !images.content.has(digest));
    result.push(...gone.map(({ digest }) => ({ Deleted: digest })));
    if (gone.length > 0)
      images.events.emit({ type: 'image', action: 'delete', id: target.digest, attributes: { name: shownRecord(record) } });
  }
  return result;
}

/** Whether a container was made by this name, or by an image that now is kept for it without one. */
function isUsed({ users }: RemoveContext, record: ImageRecord): boolean {
  return users.some(({ imageId, imageName }) =>
    isDangling(record) ? imageId === record.target.digest : nameUsed(imageName) === record.name,
  );
}

function nameUsed(text: string): string | undefined {
  const reference = /^(sha256:)?[a-f0-9]{64}$/.test(text) ? undefined : referenceOf(text);
  if (!reference) return undefined;
  const { digest: _pinned, ...tagged } = reference;
  return canonicalName(withDefaultTag(reference.tag === undefined ? reference : tagged));
}

const isById = ({ imageId, imageName }: ImageUser): boolean =>
  imageId.startsWith(`sha256:${imageName.replace(/^sha256:/, '')}`) || imageName.endsWith(`@${imageId}`);

const shownRecord = (record: ImageRecord): string =>
  isDangling(record) ? record.target.digest : familiarName(parseCanonical(record.name));
