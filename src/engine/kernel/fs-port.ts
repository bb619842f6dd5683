/** Joins the file system to processes: each has a view of its own, made from its parent's. */
import { Errno } from './errno.ts';
import type { FsView, MountNamespace, Vfs } from './fs/index.ts';
import { rootOf } from './fs/mount.ts';
import type { SocketNames } from './net-port.ts';
import { ROOT } from './process/credentials.ts';
import type { FileView, MountTable } from './process/ports.ts';
import type { Credentials } from './sys.ts';

export interface Views {
  /** A view of the machine's first root. */
  root(credentials: () => Credentials): FileView;
  readonly rootTable: MountTable;
  readonly sockets: SocketNames;
}

const isMountNamespace = (table: MountTable): table is MountNamespace => 'mounts' in table && 'root' in table;

/** A process's view, over that of the file system. */
class ProcessView implements FileView {
  readonly #vfs: Vfs;
  readonly fsView: FsView;
  readonly path: FileView['path'];

  constructor(vfs: Vfs, fsView: FsView) {
    this.#vfs = vfs;
    this.fsView = fsView;
    this.path = vfs.pathOps(fsView);
  }

  get umask(): number {
    return this.fsView.umask;
  }

  set umask(mask: number) {
    this.fsView.umask = mask;
  }

  open(...[path, flags, mode]: Parameters<FileView['open']>): ReturnType<FileView['open']> {
    return this.#vfs.open(this.fsView, path, flags, mode);
  }

  fork(credentials: () => Credentials): FileView {
    return new ProcessView(this.#vfs, this.#vfs.forkView(this.fsView, credentials));
  }

  cwdPath(): string {
    return this.#vfs.displayPath(this.fsView, this.fsView.cwd);
  }

  rootPath(): string {
    const machineRoot = rootOf(this.fsView.mounts.root);
    return this.#vfs.displayPath({ ...this.fsView, root: machineRoot }, this.fsView.root);
  }

  mountTable(): MountTable {
    return this.fsView.mounts;
  }

  unshareMounts(): MountTable {
    this.#vfs.cloneMounts(this.fsView);
    return this.fsView.mounts;
  }

  joinMounts(table: MountTable): void {
    if (!isMountNamespace(table)) throw new Errno('EINVAL');
    this.#vfs.joinMounts(this.fsView, table);
  }

  close(): void {}
}

/** The file system's own view behind a process's. */
export const fsViewOf = (view: FileView): FsView => {
  if (!(view instanceof ProcessView)) throw new Errno('EINVAL');
  return view.fsView;
};

export function viewsOf(vfs: Vfs): Views {
  const first = vfs.rootView(() => ROOT);
  return {
    root: (credentials) => new ProcessView(vfs, vfs.forkView(first, credentials)),
    rootTable: first.mounts,
    sockets: {
      bind: (view, path, socket) => vfs.bindSocket(fsViewOf(view), path, socket),
      at: (view, path) => vfs.socketAt(fsViewOf(view), path),
    },
  };
}
