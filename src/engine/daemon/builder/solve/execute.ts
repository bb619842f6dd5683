/** Runs one vertex: what comes out is a record of the cache. */
import type { Daemon } from '../../daemon.ts';
import { asDeed } from '../../deed.ts';
import { system } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { manifestsOf } from '../../images/image.ts';
import type { LentAgents } from '../lent-agents.ts';
import type { Operation, Vertex } from '../plan/vertex.ts';
import type { Progress } from '../progress.ts';
import { applyActions } from './file-op.ts';
import { gitProblem } from './git-source.ts';
import { download } from './http-source.ts';
import { isWholeImage, lowerRecords, touchImage } from './image-records.ts';
import type { ImageSources } from './images.ts';
import { addLocal, type Contexts } from './local-source.ts';
import { linkTree } from './merge.ts';
import { type CacheRecord, type CacheStore, newCacheId, type RecordType } from './records.ts';
import { openMounts, type Secrets } from './run-mounts.ts';
import { runStep } from './run-op.ts';
import { MissingSource } from './select.ts';
import type { Workspace } from './workspace.ts';

export interface Executing {
  readonly daemon: Daemon;
  readonly cache: CacheStore;
  readonly progress: Progress;
  readonly workspace: Workspace;
  readonly images: ImageSources;
  readonly contexts: Contexts;
  readonly secrets: Secrets;
  /** Absent: the client has no session. */
  readonly agents: LentAgents | undefined;
  /** Tells what one client's directory has sent from what another has. */
  readonly sharedKey: string;
  /** The vertices whose files are the results. */
  readonly targets: readonly string[];
  /** What kills the steps that run. */
  readonly running: Set<() => void>;
  readonly vertex: Vertex;
  readonly key: string;
  readonly inputs: readonly CacheRecord[];
}

/** Throws an Error that says what went wrong. */
export function execute(step: Executing): Promise<CacheRecord> {
  const { operation } = step.vertex;
  switch (operation.kind) {
    case 'image':
      return image(step, operation);
    case 'local':
      if (step.contexts.remote && operation.context === 'context') return Promise.resolve(step.contexts.remote);
      return told(step, () => local(step, operation));
    case 'http':
      return told(step, () => http(step, operation));
    case 'git':
      return told(step, () =>
        Promise.reject(system(gitProblem(step.daemon.sys, operation, step.agents?.ids.includes('default') ?? false))),
      );
    case 'file':
      return told(step, () => file(step, operation));
    case 'merge':
      return told(step, () => merge(step));
    case 'run':
      return told(step, () => run(step, operation));
  }
}

async function told(step: Executing, act: () => Promise<CacheRecord>): Promise<CacheRecord> {
  const { progress, vertex } = step;
  await progress.start(vertex);
  const record = await asDeed(step.daemon.sys, vertex.name, act);
  await progress.complete(vertex.digest);
  return record;
}

type NewRecord = Pick<CacheRecord, 'snapshot' | 'parent'> & Partial<CacheRecord> & { readonly type?: RecordType };

function keep({ daemon, cache, vertex, key, workspace }: Executing, fields: NewRecord): CacheRecord {
  const now = String(daemon.sys.clock.nowNs());
  const record: CacheRecord = {
    id: newCacheId(daemon),
    key,
    type: 'regular',
    description: vertex.description || vertex.name,
    createdNs: now,
    lastUsedNs: now,
    usageCount: 1,
    sizeBytes: 0,
    ...fields,
  };
  cache.measure(record);
  workspace.hold(record);
  cache.add(record);
  return record;
}

async function image(step: Executing, { digest, platform }: Extract<Operation, { kind: 'image' }>): Promise<CacheRecord> {
  const { images, progress, vertex, cache, key } = step;
  const source = images.find(digest, platform);
  if (!source) throw system(`image ${digest} was not resolved`);
  const known = cache.imageOf(key);
  await progress.start(vertex);
  const before = progress.messageCount;
  const snapshot = await images.materialize(source, { vertex: vertex.digest, progress });
  // Another image may have brought the same files, but for another build.
  const same = known ? [known] : cache.all().filter((record) => isWholeImage(record) && snapshot !== '' && record.snapshot === snapshot);
  const isHere = same.some((record) => (record !== known || record.orphaned !== true ? !step.workspace.isNew(record) : false));
  await progress.complete(vertex.digest, { cached: isHere, idle: progress.messageCount === before });
  if (known) {
    cache.adopt(known);
    touchImage(cache, known);
    return known;
  }
  const { manifest, config } = source.manifest;
  const pulled = images.wasPulled(source) ? `pulled from ${vertex.operation.kind === 'image' ? vertex.operation.name : ''}` : '';
  const offered = manifestsOf(step.daemon.images, source.target).map((one) => one.digest);
  const documents = [source.target.digest, ...offered, source.manifest.descriptor.digest, manifest.config.digest];
  const fields = { snapshot, image: { layers: manifest.layers, diffIds: config.rootfs.diff_ids, documents } };
  const { parent, own } = lowerRecords(cache, fields, (lower) => keep(step, { ...lower, description: pulled }));
  // What was a part of another image is an image now.
  if (own) cache.remove(own);
  const earlier = own ? { id: own.id, createdNs: own.createdNs, usageCount: own.usageCount + 1, description: own.description } : {};
  return keep(step, { ...fields, parent, description: pulled, ...earlier });
}

/** An empty context is a message too. */
const LEAST_BYTES = 2;

async function local(step: Executing, { context }: Extract<Operation, { kind: 'local' }>): Promise<CacheRecord> {
  const { contexts, progress, vertex } = step;
  const key = `local:${context}:${step.sharedKey}`;
  const started = progress.now();
  const { snapshot, sizeBytes } = contexts.take(context);
  await progress.status(vertex.digest, {
    id: `transferring ${context}:`,
    current: Math.max(sizeBytes, LEAST_BYTES),
    started,
    completed: progress.now(),
  });
  const record = addLocal(step, { key, snapshot, description: vertex.description });
  step.workspace.hold(record);
  return record;
}

async function http(step: Executing, operation: Extract<Operation, { kind: 'http' }>): Promise<CacheRecord> {
  const { daemon, cache } = step;
  const file = await download(daemon, operation);
  const key = `http:${file.digest}:${operation.filename}`;
  const known = cache.find(key);
  if (known) return known;
  const { snapshot } = await written(step, '', async (root) => {
    const at = `${root}/${operation.filename}`;
    daemon.sys.path.writeFile(at, file.bytes, 0o600);
    daemon.sys.path.utimes(at, { mtimeNs: file.modifiedNs, atimeNs: file.modifiedNs });
  });
  return keep({ ...step, key }, { snapshot, parent: '' });
}

/** A new snapshot on top of another, written by `write`. Nothing is left of it if that fails. */
async function written(
  { daemon, workspace }: Pick<Executing, 'daemon' | 'workspace'>,
  parent: string,
  write: (root: string) => Promise<void>,
): Promise<{ readonly snapshot: string }> {
  const { sys, images } = daemon;
  const id = newCacheId(daemon);
  const active = `buildkit-${id}-active`;
  images.snapshots.prepare(active, parent);
  const root = workspace.mountPoint(id);
  images.snapshots.mount(active, root);
  try {
    await write(root);
  } catch (error) {
    sys.path.umount(root, { lazy: true });
    images.snapshots.remove(active);
    throw error;
  }
  sys.path.umount(root, { lazy: true });
  images.snapshots.commit(`buildkit-${id}`, active);
  return { snapshot: `buildkit-${id}` };
}

async function file(step: Executing, { actions, hasBase }: Extract<Operation, { kind: 'file' }>): Promise<CacheRecord> {
  const { daemon, inputs, workspace, contexts } = step;
  const base = hasBase ? inputs[0] : undefined;
  const { snapshot } = await written(step, base?.snapshot ?? '', async (root) => {
    try {
      await applyActions(daemon.sys, actions, {
        root,
        hasBase,
        source: (input) => workspace.view(inputs[input] ?? null),
        wasSent: (input, directory) => step.vertex.inputs[input]?.operation.kind !== 'local' || contexts.wasSent(directory),
      });
    } catch (error) {
      if (error instanceof MissingSource) throw system(`lstat ${error.message}: no such file or directory`);
      throw error;
    }
  });
  return keep(step, { snapshot, parent: base?.id ?? '' });
}

/** `--link`: files that were copied onto nothing, laid over what is there. */
async function merge(step: Executing): Promise<CacheRecord> {
  const { daemon, inputs, progress, vertex, targets } = step;
  const [base, over] = inputs;
  if (!base || !over) throw system('merge without inputs');
  const { snapshots } = daemon.images;
  const act = async (): Promise<CacheRecord> => {
    const id = newCacheId(daemon);
    const active = `buildkit-${id}-active`;
    snapshots.prepare(active, base.snapshot);
    linkTree(daemon.sys, snapshots.files(over.snapshot), { to: snapshots.files(active), below: snapshots.chain(base.snapshot || active) });
    snapshots.commit(`buildkit-${id}`, active);
    return keep(step, { snapshot: `buildkit-${id}`, parent: base.id, layerOf: over.id });
  };
  // The files are put together when somebody looks at them; an image takes the layer as it is.
  return targets.includes(vertex.digest) ? act() : progress.task(vertex.digest, 'merging', act);
}

async function run(step: Executing, { meta, mounts, proxy, hasRoot }: Extract<Operation, { kind: 'run' }>): Promise<CacheRecord> {
  const { daemon, inputs, progress, vertex, running } = step;
  const base = hasRoot ? inputs[0] : undefined;
  const id = newId(daemon.sys);
  const { snapshots } = daemon.images;
  const opened = await openMounts(step, mounts);
  snapshots.prepare(id, base?.snapshot ?? '');
  let kill: (() => void) | undefined;
  try {
    await runStep(daemon, {
      id,
      meta,
      proxy,
      secrets: opened.env,
      mounts: opened.mounts,
      onOutput: (stream, bytes) => progress.log(vertex.digest, stream, bytes),
      onStart: (stop) => {
        kill = stop;
        running.add(stop);
      },
    });
  } catch (error) {
    snapshots.remove(id);
    throw error;
  } finally {
    if (kill) running.delete(kill);
    opened.close();
  }
  const snapshot = `buildkit-${newCacheId(daemon)}`;
  snapshots.commit(snapshot, id);
  return keep(step, { snapshot, parent: base?.id ?? '' });
}
