/** The mounts of a RUN: caches that outlive the build, other stages' files, secrets, and memory. */
import type { ContainerMountPoint } from '../../containers/container.ts';
import { system } from '../../errors.ts';
import { exists, inRoot, isDirectory, mkdirAll } from '../../files.ts';
import type { PlannedMount } from '../plan/vertex.ts';
import { agentEnv, agentMount } from './agent-mount.ts';
import type { Executing } from './execute.ts';
import { type CacheRecord, newCacheId } from './records.ts';

/** Values of secrets, as the client offers them. */
export interface Secrets {
  readonly value: (id: string) => Uint8Array | undefined;
}

export interface OpenedMounts {
  readonly mounts: readonly ContainerMountPoint[];
  readonly env: readonly string[];
  /** Gives everything back. */
  close(): void;
}

type Closers = (() => void)[];

export interface Opening {
  readonly step: Executing;
  readonly closers: Closers;
}

/** Throws an Error that says what is missing. */
export async function openMounts(step: Executing, planned: readonly PlannedMount[]): Promise<OpenedMounts> {
  const closers: Closers = [];
  const opening = { step, closers };
  const mounts: ContainerMountPoint[] = [];
  const env: string[] = [];
  const close = (): void => {
    for (const undo of closers.splice(0).reverse()) undo();
  };
  try {
    for (const mount of planned) {
      if (mount.type === 'secret') secret(opening, mount, { mounts, env });
      else if (mount.type === 'ssh') {
        mounts.push(...agentMount(opening, mount));
        env.push(...agentEnv(step, env, mount));
      } else if (mount.type === 'tmpfs') mounts.push(tmpfs(mount));
      else if (mount.type === 'cache') mounts.push(await cache(opening, mount));
      else mounts.push(bind(opening, mount));
    }
    return { mounts, env, close };
  } catch (error) {
    close();
    throw error;
  }
}

export const point = (Source: string, { target, readOnly }: PlannedMount): ContainerMountPoint => ({
  Type: 'bind',
  Source,
  Destination: target,
  Mode: '',
  RW: !readOnly,
  Propagation: 'rprivate',
});

const tmpfs = (mount: PlannedMount): ContainerMountPoint => ({
  ...point('', { ...mount, readOnly: mount.readOnly }),
  Type: 'tmpfs',
  data: [...(mount.sizeBytes > 0 ? [`size=${mount.sizeBytes}`] : []), 'mode=1777'].join(','),
});

/** Another stage's files, or the context's. What is written there is thrown away. */
function bind({ step, closers }: Opening, mount: PlannedMount): ContainerMountPoint {
  const { daemon, inputs, workspace } = step;
  const record = inputs[mount.input] ?? null;
  const root = mount.readOnly ? workspace.view(record) : scratchOn({ step, closers }, record);
  const at = inRoot(daemon.sys, root, mount.source);
  if (!exists(daemon.sys, at)) throw system(`failed to mount ${mount.source}: ${mount.source}: not found`);
  return point(at, mount);
}

/** A writable view of a record that lasts as long as the step. */
function scratchOn({ step, closers }: Opening, record: CacheRecord | null): string {
  const { daemon, workspace } = step;
  const { sys, images } = daemon;
  const key = `buildkit-${newCacheId(daemon)}-scratch`;
  images.snapshots.prepare(key, record?.snapshot ?? '');
  const root = workspace.place(key);
  images.snapshots.mount(key, root);
  closers.push(() => {
    sys.path.umount(root, { lazy: true });
    images.snapshots.remove(key);
  });
  return root;
}

const POLL_MS = 50;

/** A cache's directory: the one that is there, or a new one. */
async function cache(opening: Opening, mount: PlannedMount): Promise<ContainerMountPoint> {
  const { step } = opening;
  const record = await cacheRecord(step, mount);
  const { daemon, workspace } = step;
  const { sys, images } = daemon;
  const root = workspace.place(`cache-${newCacheId(daemon)}`);
  images.snapshots.mount(record.snapshot, root);
  step.cache.hold(record, 1);
  opening.closers.push(() => {
    sys.path.umount(root, { lazy: true });
    step.cache.hold(record, -1);
    step.cache.measure(record);
    step.cache.save();
  });
  const at = mount.input === -1 ? root : inRoot(sys, root, mount.source);
  if (!isDirectory(sys, at)) mkdirAll(sys, at);
  return point(at, mount);
}

async function cacheRecord(step: Executing, mount: PlannedMount): Promise<CacheRecord> {
  const { cache: store, daemon, inputs } = step;
  const base = inputs[mount.input];
  const key = `cachemount:${mount.id}:${base?.key ?? ''}`;
  const known = store.all().filter((record) => record.key === key || record.key.startsWith(`${key}#`));
  // Who does without the cache begins with an empty one, once in a build.
  const isAnew = step.vertex.ignoreCache && !step.workspace.begun.has(key);
  step.workspace.begun.add(key);
  if (isAnew) for (const record of known.splice(0)) if (!store.isInUse(record)) store.remove(record);
  const free = known.find((record) => !store.isInUse(record));
  const [first] = known;
  if (mount.sharing === 'locked' && first) while (store.isInUse(first)) await daemon.sys.sleep(POLL_MS);
  const chosen = mount.sharing === 'private' ? free : first;
  if (chosen) {
    store.touch(chosen);
    return chosen;
  }
  const id = newCacheId(daemon);
  daemon.images.snapshots.prepare(`buildkit-${id}`, base?.snapshot ?? '');
  const now = String(daemon.sys.clock.nowNs());
  const record: CacheRecord = {
    id,
    key: known.length === 0 ? key : `${key}#${id}`,
    parent: base?.id ?? '',
    snapshot: `buildkit-${id}`,
    type: 'exec.cachemount',
    description: `cached mount ${mount.target} from exec ${commandOf(step)} with id ${JSON.stringify(`/${mount.id}`)}`,
    createdNs: now,
    lastUsedNs: now,
    usageCount: 1,
    sizeBytes: 0,
  };
  store.add(record);
  return record;
}

const commandOf = ({ vertex: { operation } }: Executing): string => (operation.kind === 'run' ? operation.meta.args.join(' ') : '');

interface Given {
  readonly mounts: ContainerMountPoint[];
  readonly env: string[];
}

function secret({ step, closers }: Opening, mount: PlannedMount, { mounts, env }: Given): void {
  const value = step.secrets.value(mount.id);
  if (!value) {
    if (mount.required) throw system(`secret ${mount.id}: not found`);
    return;
  }
  if (mount.env !== undefined) env.push(`${mount.env}=${new TextDecoder().decode(value)}`);
  if (mount.target === '') return;
  const { sys } = step.daemon;
  const directory = step.workspace.place(`secret-${newCacheId(step.daemon)}`);
  sys.path.mount({ type: 'tmpfs', source: 'tmpfs', target: directory, data: 'mode=700' });
  closers.push(() => sys.path.umount(directory, { lazy: true }));
  const at = `${directory}/value`;
  sys.path.writeFile(at, value, mount.mode ?? 0o400);
  sys.path.chmod(at, mount.mode ?? 0o400);
  sys.path.chown(at, mount.uid ?? 0, mount.gid ?? 0);
  mounts.push(point(at, mount));
}
