/** What a daemon finds on its host when it begins: another one, and steps of builds that the one before it left behind. */
import { isErrno } from '../kernel/errno.ts';
import type { Daemon } from './daemon.ts';
import { DockerError } from './errors.ts';
import { namesIn, readText, removeAll } from './files.ts';

/** The steps of builds whose groups an earlier daemon left: they are no containers. */
export function stepsLeft({ cgroups, containers }: Daemon): readonly string[] {
  const known = new Set(containers.all().map(({ id }) => id));
  return cgroups.ids().filter((id) => !known.has(id));
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
