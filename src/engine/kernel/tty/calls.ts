/** The calls on terminals (tty_ioctl(4)) and their sessions. */
import { COSTS } from '../costs.ts';
import { Errno, isErrno } from '../errno.ts';
import type { Caller } from '../process/caller.ts';
import { describe } from '../process/descriptors.ts';
import { numberIn } from '../process/pids.ts';
import type { FileView } from '../process/ports.ts';
import type { Process } from '../process/process.ts';
import type { Fd, Pid, TtyOps, WindowSize } from '../sys.ts';
import { type Tty, TtyEnd } from './tty.ts';

export function ttyCalls(caller: Caller): TtyOps {
  const end = (fd: Fd): TtyEnd => {
    caller.begin(COSTS.callNs);
    const file = caller.process.fds.file(fd);
    if (!(file instanceof TtyEnd)) throw new Errno('ENOTTY');
    return file;
  };
  return {
    openpt: (size) => openpt(caller, size),
    mode: (fd) => end(fd).tty.mode,
    setMode: (fd, mode) => end(fd).tty.setMode(mode),
    size: (fd) => end(fd).tty.size,
    setSize: (fd, size) => end(fd).tty.setSize(size),
    control: (fd) => control(caller.process, end(fd).tty),
    foreground: (fd) => foreground(caller.process, end(fd).tty),
    setForeground: (fd, pgid) => setForeground(caller.process, end(fd).tty, pgid),
    moveHere: (fd) => caller.state.ttys.move(end(fd).tty, devptsOf(caller.view)),
    name: (fd) => end(fd).name,
  };
}

/** Which devpts a process sees: terminals of another one are none of its business. */
export function devptsOf(view: FileView): number {
  try {
    return view.path.statfs('/dev/pts').type === 'devpts' ? view.path.stat('/dev/pts').dev : 0;
  } catch (error) {
    if (isErrno(error)) return 0;
    throw error;
  }
}

function openpt(caller: Caller, size?: WindowSize): ReturnType<TtyOps['openpt']> {
  caller.begin(COSTS.openNs);
  const tty = caller.state.ttys.create(devptsOf(caller.view));
  if (size !== undefined) tty.setSize(size);
  const master = caller.process.fds.add(describe(tty.openMaster()));
  const slave = caller.process.fds.add(describe(tty.openSlave()));
  return { master, slave, slavePath: `/dev/pts/${tty.index}` };
}

/** TIOCSCTTY: only a session's leader without a terminal may take one, and only one that is free. */
export function control(process: Process, tty: Tty): void {
  const { session } = process.group;
  if (session.tty === tty) return;
  if (session.leader !== process || session.tty !== null) throw new Errno('EPERM');
  if (tty.session !== null) throw new Errno('EPERM');
  session.tty = tty;
  tty.session = session;
  tty.foreground = process.group;
}

function foreground(process: Process, tty: Tty): Pid {
  if (process.group.session.tty !== tty) throw new Errno('ENOTTY');
  return tty.foreground === null ? 0 : numberIn(tty.foreground.id, process.id.namespace);
}

function setForeground(process: Process, tty: Tty, pgid: Pid): void {
  const { session } = process.group;
  if (session.tty !== tty) throw new Errno('ENOTTY');
  const group = process.id.namespace.ids.get(pgid)?.group;
  if (group === null || group === undefined) throw new Errno('ESRCH');
  if (group.session !== session) throw new Errno('EPERM');
  tty.foreground = group;
}
