/** What a daemon finds on its host when it begins: another one, and steps of builds that the one before it left behind. */
import { isErrno } from '../kernel/errno.ts';
import { rootfsOf } from './containers/root.ts';
import type { Daemon } from './daemon.ts';
import { DockerError } from './errors.ts';
import { namesIn, readText, removeAll } from './files.ts';
import { killIfThere } from './runtime/shim.ts';

/** Steps of builds, which are no containers: what runs in a group that belongs to none ends, and its root goes. */
export function forgetSteps(daemon: Daemon): void {
  const known = new Set(daemon.containers.all().map(({ id }) => id));
  for (const id of daemon.cgroups.ids()) if (!known.has(id)) endStep(daemon, id);
}

function endStep(daemon: Daemon, id: string): void {
  const { sys } = daemon;
  const cgroup = daemon.cgroups.pathOf(id, '');
  for (const pid of daemon.cgroups.members(cgroup)) killIfThere(sys, pid);
  daemon.cgroups.remove(cgroup);
  const rootfs = rootfsOf(daemon, id);
  if (sys.path.mounts().some(({ target }) => target === rootfs)) sys.path.umount(rootfs, { lazy: true });
}

/** Takes the pid file: another dockerd must not run on the same host. Throws DockerError. */
export function takePidFile(daemon: Daemon, path: string): void {
  const { sys } = daemon;
  try {
    const pid = Number(readText(sys, path));
    sys.kill(pid, null);
    if (namesIn(sys, '/proc').includes(String(pid)) && /dockerd/.test(readText(sys, `/proc/${pid}/cmdline`)) && pid !== sys.pid) {
      throw new DockerError('conflict', `process with PID ${pid} is still running`);
    }
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  removeAll(sys, path);
  sys.path.writeFile(path, new TextEncoder().encode(String(sys.pid)));
}
