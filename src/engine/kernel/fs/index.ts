/**
 * The file system: everything about files. Start at `node.ts`: what a file is. `memory.ts`, `overlay/`, `proc/`, `virtual.ts` are
 * the kinds of file systems; `mount.ts` hangs them into each other; `walk.ts` finds the place that a path means for a process,
 * whose view of all that is `view.ts`; `path-ops.ts`, `mount-ops.ts` and `open.ts` are the system calls. Nothing here waits.
 */
import { Errno } from '../errno.ts';
import type { Credentials, PathOps } from '../sys.ts';
import { DISK_SOURCE, FileSystems } from './file-systems.ts';
import type { VfsHost } from './host.ts';
import { copyNamespace, type Location, Mount, type MountNamespace, rootOf } from './mount.ts';
import { mountOps } from './mount-ops.ts';
import { type Opened, open } from './open.ts';
import { fileOps, make } from './path-ops.ts';
import { demand, WRITE } from './permission.ts';
import type { OpenFlags } from './types.ts';
import { displayPath, type FsView } from './view.ts';
import { find } from './walk.ts';

export type { VfsHost } from './host.ts';
export type { Location, MountNamespace } from './mount.ts';
export type { Opened } from './open.ts';
export type { FsView } from './view.ts';

const USUAL_UMASK = 0o022;
const SOCKET_MODE = 0o777;

export interface Vfs {
  /** The mounts that the machine starts with: an empty disk. */
  readonly rootMounts: MountNamespace;
  /** The first process's view: the whole of the machine. */
  rootView(credentials: () => Credentials): FsView;
  /** A child's view: the same places, its own from now on. */
  forkView(view: FsView, credentials: () => Credentials): FsView;
  /** As unshare(CLONE_NEWNS): the view moves into a copy of its mounts, which is returned. */
  cloneMounts(view: FsView): MountNamespace;
  /** As setns(2): the view moves to the root of other mounts. */
  joinMounts(view: FsView, mounts: MountNamespace): void;
  pathOps(view: FsView): PathOps;
  open(view: FsView, path: string, flags: OpenFlags, mode: number): Opened;
  /** Gives a socket a name. EADDRINUSE if it is taken. */
  bindSocket(view: FsView, path: string, socket: object): void;
  /** The socket that was bound to a name; ECONNREFUSED if nobody listens there. */
  socketAt(view: FsView, path: string): object;
  displayPath(view: FsView, location: Location): string;
}

/** A machine's files: a disk with nothing on it, mounted at /. */
export function createVfs(host: VfsHost): Vfs {
  const systems = new FileSystems(host);
  const root = new Mount({
    id: systems.nextMountId(),
    fs: systems.disk,
    root: systems.disk.root,
    rootPath: '/',
    source: DISK_SOURCE,
    readOnly: false,
    flags: ['relatime'],
  });
  const rootMounts: MountNamespace = { root, mounts: [root] };
  return {
    rootMounts,
    rootView: (credentials) => ({ mounts: rootMounts, root: rootOf(root), cwd: rootOf(root), umask: USUAL_UMASK, credentials }),
    forkView: (view, credentials) => ({ ...view, credentials }),
    cloneMounts: (view) => cloneMounts(systems, view),
    joinMounts: (view, mounts) => {
      view.mounts = mounts;
      view.root = rootOf(mounts.root);
      view.cwd = view.root;
    },
    pathOps: (view) => ({ ...fileOps(host, view), ...mountOps(host, systems, view) }),
    open: (view, path, flags, mode) => openPath(host, view, { path, flags, mode }),
    bindSocket,
    socketAt,
    displayPath,
  };
}

function openPath(host: VfsHost, view: FsView, request: Parameters<typeof open>[2]): Opened {
  try {
    return open(host, view, request);
  } catch (error) {
    throw error instanceof Errno && error.path === undefined ? new Errno(error.code, request.path) : error;
  }
}

function cloneMounts(systems: FileSystems, view: FsView): MountNamespace {
  const { copy, moved } = copyNamespace(view.mounts, () => systems.nextMountId());
  const move = (location: Location): Location => ({ ...location, mount: moved.get(location.mount) ?? location.mount });
  view.mounts = copy;
  view.root = move(view.root);
  view.cwd = move(view.cwd);
  return copy;
}

function bindSocket(view: FsView, path: string, socket: object): void {
  try {
    make(view, path, { type: 'socket', mode: SOCKET_MODE & ~view.umask }).slot.socket = socket;
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    throw new Errno(error.code === 'EEXIST' ? 'EADDRINUSE' : error.code, path);
  }
}

function socketAt(view: FsView, path: string): object {
  const { node } = find(view, path);
  demand(view.credentials(), node, WRITE);
  if (node.type !== 'socket' || node.slot.socket === undefined) throw new Errno('ECONNREFUSED', path);
  return node.slot.socket;
}
