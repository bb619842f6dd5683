/** What a daemon finds on its host when it begins: another one, and steps of builds that the one before it left behind. */
import { isErrno } from '../kernel/errno.ts';
import type { Daemon } from './daemon.ts';
import { DockerError } from './errors.ts';
import { namesIn, readText, removeAll } from './files.ts';

const STEPS = '/sys/fs/cgroup/docker';

/** The groups of steps of builds that an earlier daemon left: steps are no containers. */
export function stepsLeft({ sys, containers }: Daemon): readonly string[] {
  const known = new Set(containers.all().map(({ id }) => id));
  return namesIn(sys, STEPS).filter((id) => /^[0-9a-f]{64}$/.test(id) && !known.has(id));
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
