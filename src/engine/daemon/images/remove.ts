/** Untags, and deletes when the last name went. Upstream: moby daemon/containerd/image_delete.go. */
import type { ImageDeleteItem } from '../../api-types/index.ts';
import type { Descriptor } from '../../oci/manifest.ts';
import { familiarName, familiarRepository, parseCanonical } from '../../oci/reference.ts';
import { shortId } from '../ids.ts';
import type { ImageRecord } from '../metadata.ts';
import { inUse, inUseByRunning, severalNames } from './errors.ts';
import { manifestsOf } from './image.ts';
import { type Images, isDangling } from './store.ts';

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
}

export function remove(context: RemoveContext, name: string, { force = false }: RemoveOptions = {}): readonly ImageDeleteItem[] {
  const { images } = context;
  const found = images.get(name);
  const users = context.users.filter(({ imageId }) => imageId === found.target.digest);
  const result = found.record
    ? removeName(context, { record: found.record, users, force })
    : removeById(context, { target: found.target, typed: name, users, force });
  context.collect();
  return result;
}

function removeName(
  { images }: RemoveContext,
  { record, users, force }: { record: ImageRecord; users: readonly ImageUser[]; force: boolean },
): readonly ImageDeleteItem[] {
  const { target } = record;
  const others = images.namesOf(target.digest).filter(({ name }) => name !== record.name);
  const shown = familiarName(parseCanonical(record.name));
  const user = users.find(({ isRunning }) => isRunning) ?? users[0];
  if (others.length > 0 || (user && force)) {
    if (user && others.length === 0) images.keepDangling(target);
    return [untag(images, record)];
  }
  if (user)
    throw inUse(shown, { container: shortId(user.id), image: shortId(target.digest), how: 'must be forced', running: user.isRunning });
  return [untag(images, record), drop(images, target)];
}

interface ById {
  readonly target: Descriptor;
  readonly typed: string;
  readonly users: readonly ImageUser[];
  readonly force: boolean;
}

function removeById({ images }: RemoveContext, { target, users, force }: ById): readonly ImageDeleteItem[] {
  const names = images.namesOf(target.digest);
  const repositories = new Set(names.map(({ name }) => familiarRepository(parseCanonical(name))));
  if (repositories.size > 1 && !force) throw severalNames(shortId(target.digest));
  const running = users.find(({ isRunning }) => isRunning);
  if (running) throw inUseByRunning(shortId(target.digest), shortId(running.id));
  const [user] = users;
  if (user && !force)
    throw inUse(shortId(target.digest), {
      container: shortId(user.id),
      image: shortId(target.digest),
      how: 'must be forced',
      running: false,
    });
  return [...names.map((record) => untag(images, record)), drop(images, target)];
}

function untag(images: Images, record: ImageRecord): ImageDeleteItem {
  const name = familiarName(parseCanonical(record.name));
  images.unset(record.name);
  images.events.emit({ type: 'image', action: 'untag', id: record.target.digest, attributes: { name } });
  return { Untagged: name };
}

function drop(images: Images, target: Descriptor): ImageDeleteItem {
  images.dropDangling(target.digest);
  images.events.emit({ type: 'image', action: 'delete', id: target.digest, attributes: { name: target.digest } });
  return { Deleted: target.digest };
}

/** Removes what nobody uses: nameless images, or all of them. Lists every content of an image that went. */
export function prune(
  context: RemoveContext,
  wants: { readonly dangling: boolean; readonly passes: (target: Descriptor) => boolean },
): readonly ImageDeleteItem[] {
  const { images, users } = context;
  const used = new Set(users.map(({ imageId }) => imageId));
  const result: ImageDeleteItem[] = [];
  for (const target of images.targets()) {
    const records = images.records().filter((record) => record.target.digest === target.digest);
    if (used.has(target.digest) || (wants.dangling && !records.every(isDangling)) || !wants.passes(target)) continue;
    const below = manifestsOf(images, target).filter(({ digest }) => digest !== target.digest && images.content.has(digest));
    for (const record of records) result.push(isDangling(record) ? { Untagged: target.digest } : untag(images, record));
    result.push(drop(images, target), ...below.map(({ digest }) => ({ Deleted: digest })));
  }
  context.collect();
  return result;
}
