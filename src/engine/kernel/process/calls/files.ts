/** The calls on paths and descriptors that never wait. Paths are the file system's work; here they are charged. */
import { COSTS } from '../../costs.ts';
import { Errno } from '../../errno.ts';
import type { OpenFile } from '../../open-file.ts';
import { Pipe, pipeStat } from '../../pipe.ts';
import type { FdOps, PathOps } from '../../sys.ts';
import type { Caller } from '../caller.ts';
import { describe } from '../descriptors.ts';

/** The file system's calls for this process, each with its price. */
export function pathCalls(caller: Caller): PathOps {
  const { path } = caller.view;
  const charged =
    <A extends unknown[], R>(call: (...args: A) => R): ((...args: A) => R) =>
    (...args) => {
      caller.begin(COSTS.pathNs);
      return call.apply(path, args);
    };
  return {
    stat: charged(path.stat),
    lstat: charged(path.lstat),
    access: charged(path.access),
    readdir: charged(path.readdir),
    readlink: charged(path.readlink),
    realpath: charged(path.realpath),
    mkdir: charged(path.mkdir),
    rmdir: charged(path.rmdir),
    unlink: charged(path.unlink),
    rename: charged(path.rename),
    link: charged(path.link),
    symlink: charged(path.symlink),
    mknod: charged(path.mknod),
    chmod: charged(path.chmod),
    chown: charged(path.chown),
    lchown: charged(path.lchown),
    utimes: charged(path.utimes),
    truncate: charged(path.truncate),
    readFile: charged(path.readFile),
    writeFile: charged(path.writeFile),
    appendFile: charged(path.appendFile),
    getxattr: charged(path.getxattr),
    setxattr: charged(path.setxattr),
    cwd: charged(path.cwd),
    chdir: charged(path.chdir),
    chroot: charged(path.chroot),
    mount: charged(path.mount),
    umount: charged(path.umount),
    pivotRoot: charged(path.pivotRoot),
    mounts: charged(path.mounts),
    statfs: charged(path.statfs),
  };
}

export function fdCalls(caller: Caller): FdOps {
  const fds = () => {
    caller.begin(COSTS.callNs);
    return caller.process.fds;
  };
  return {
    close: (fd) => fds().close(fd),
    dup: (fd, atLeast) => fds().add(fds().get(fd), false, atLeast),
    dup2: (from, to) => fds().replace(from, to),
    pipe: () => pipe(caller),
    stat: (fd) => fds().file(fd).stat(),
    seek: (fd, offset, whence) => seekable(fds().file(fd)).seek(offset, whence),
    truncate: (fd, sizeBytes) => truncate(fds().file(fd), sizeBytes),
    chmod: (fd, mode) => caller.view.path.chmod(fds().file(fd).name, mode),
    setCloseOnExec: (fd, on) => fds().setCloseOnExec(fd, on),
    setNonBlock: (fd, on) => {
      fds().get(fd).nonBlock = on;
    },
    list: () => fds().list(),
    has: (fd) => fds().has(fd),
    isatty: (fd) => fds().file(fd).kind === 'tty',
    name: (fd) => fds().file(fd).name,
  };
}

function seekable(file: OpenFile): Required<Pick<OpenFile, 'seek'>> {
  if (file.seek === undefined) throw new Errno('ESPIPE');
  return { seek: (offset, whence) => file.seek?.(offset, whence) ?? 0 };
}

function truncate(file: OpenFile, sizeBytes: number): void {
  if (file.truncate === undefined) throw new Errno('EINVAL');
  file.truncate(sizeBytes);
}

function pipe(caller: Caller): { readonly read: number; readonly write: number } {
  caller.begin(COSTS.openNs);
  const { state, process } = caller;
  const ino = state.nextInode();
  const owner = { uid: process.identity.euid, gid: process.identity.egid };
  const made = new Pipe({ name: `pipe:[${ino}]`, stat: () => pipeStat(ino, state.clock.nowNs(), owner) });
  const read = process.fds.add(describe(made.open('read')));
  const write = process.fds.add(describe(made.open('write')));
  return { read, write };
}
