/** mount(2), umount(2), pivot_root(2). */
import { Errno } from '../errno.ts';
import type { PathOps } from '../sys.ts';
import type { FileSystems } from './file-systems.ts';
import type { VfsHost } from './host.ts';
import { attach, copyMount, detach, type Location, Mount, rootOf, subtree } from './mount.ts';
import { mountInfos, shownFlags } from './mount-text.ts';
import { namespaceFile } from './nsfs.ts';
import { mayCall } from './permission.ts';
import type { MountRequest } from './types.ts';
import { type FsView, pathIn } from './view.ts';
import { find } from './walk.ts';

type MountOps = Pick<PathOps, 'mount' | 'umount' | 'pivotRoot' | 'mounts'>;

export function mountOps(host: VfsHost, systems: FileSystems, view: FsView): MountOps {
  return {
    mount: (request) => mount({ host, systems, view }, request),
    umount: (target, options) => umount(host, view, { target, lazy: options?.lazy === true }),
    pivotRoot: (newRoot) => pivotRoot(view, newRoot),
    mounts: () => mountInfos(view),
  };
}

function mustAdminister(view: FsView): void {
  if (!mayCall(view.credentials(), 'CAP_SYS_ADMIN')) throw new Errno('EPERM');
}

function place(view: FsView, path: string): Location {
  try {
    return find(view, path);
  } catch (error) {
    throw error instanceof Errno ? new Errno(error.code, path) : error;
  }
}

interface Caller {
  readonly host: VfsHost;
  readonly systems: FileSystems;
  readonly view: FsView;
}

function mount(caller: Caller, request: MountRequest): void {
  const { systems, view } = caller;
  mustAdminister(view);
  const target = place(view, request.target);
  if (request.remount === true) return remount(target, request);
  if (request.bind === true) return bind(caller, { request, target });
  if (target.node.type !== 'directory') throw new Errno('ENOTDIR', request.target);
  const fs = systems.create(view, request);
  const { source, readOnly = false, flags = [] } = request;
  attach(
    view.mounts,
    new Mount({ id: systems.nextMountId(), fs, root: fs.root, rootPath: '/', source, readOnly, flags: shownFlags(flags) }),
    target,
  );
}

/** With `bind` only this mount changes, else its file system, wherever it is mounted. */
function remount({ mount: existing, node }: Location, { target, bind: only, readOnly = false, flags }: MountRequest): void {
  if (node !== existing.root) throw new Errno('EINVAL', target);
  if (flags !== undefined) existing.flags = shownFlags(flags);
  existing.readOnly = readOnly;
  if (only !== true && existing.fs.type !== 'overlay') existing.fs.readOnly = readOnly;
}

interface Binding {
  readonly request: MountRequest;
  readonly target: Location;
}

/** The same files at one more place, with the flags of the mount they come from. */
function bind({ host, systems, view }: Caller, { request, target }: Binding): void {
  const source = request.namespace === undefined ? place(view, request.source) : namespaceFile(host, request.namespace);
  if ((source.node.type === 'directory') !== (target.node.type === 'directory')) throw new Errno('ENOTDIR', request.target);
  const below = request.recursive === true ? subtreeAt(source) : [];
  const inner = pathIn(source);
  const copy = copyMount(source.mount, systems.nextMountId(), {
    node: source.node,
    path: source.node === source.mount.root ? source.mount.rootPath : inner,
  });
  const copies = new Map([[source.mount, copy]]);
  attach(view.mounts, copy, target);
  const { namespace } = source.node.slot;
  if (namespace !== undefined) {
    host.hold(namespace);
    copy.holds = namespace;
  }
  for (const mounted of below) {
    const parent = mounted.point && copies.get(mounted.point.mount);
    if (mounted.point === undefined || parent === undefined) continue;
    const part = copyMount(mounted, systems.nextMountId());
    copies.set(mounted, part);
    attach(view.mounts, part, { ...mounted.point, mount: parent });
  }
}

/** The mounts that hang at or below a place in its mount. */
function subtreeAt({ mount: from, node }: Location): readonly Mount[] {
  return [...from.children.values()].filter((child) => child.point !== undefined && isBelow(child.point, node)).flatMap(subtree);
}

function isBelow({ node, directory }: Location, ancestor: Location['node']): boolean {
  if (node === ancestor) return true;
  for (let at = node.type === 'directory' ? node.parent : directory; at !== undefined; at = at.parent) if (at === ancestor) return true;
  return false;
}

function umount(host: VfsHost, view: FsView, { target, lazy }: { readonly target: string; readonly lazy: boolean }): void {
  mustAdminister(view);
  const { mount: gone, node } = place(view, target);
  if (node !== gone.root) throw new Errno('EINVAL', target);
  if (gone === view.mounts.root) throw new Errno('EBUSY', target);
  const isBusy = gone.openFiles > 0 || gone.children.size > 0 || view.cwd.mount === gone || view.root.mount === gone;
  if (isBusy && !lazy) throw new Errno('EBUSY', target);
  detach(view.mounts, gone);
  if (gone.holds !== undefined) host.release(gone.holds);
}

/** The new root must be a mount; everything that is not below it goes away from this namespace. */
function pivotRoot(view: FsView, newRoot: string): void {
  mustAdminister(view);
  const { mount: root, node } = place(view, newRoot);
  if (node !== root.root || root === view.root.mount) throw new Errno('EINVAL', newRoot);
  root.point?.mount.children.delete(root.point.node);
  root.point = undefined;
  const kept = new Set(subtree(root));
  view.mounts.mounts = view.mounts.mounts.filter((mounted) => kept.has(mounted));
  view.mounts.root = root;
  view.root = rootOf(root);
  if (!kept.has(view.cwd.mount)) view.cwd = view.root;
}
