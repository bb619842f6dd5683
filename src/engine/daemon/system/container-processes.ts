/** A container's processes as `top` tells them, read from /proc without running a `ps`. */
import type { TopResponse } from '../../api-types/index.ts';
import type { Sys } from '../../kernel/sys.ts';
import { notRunning } from '../containers/errors.ts';
import type { Daemon } from '../daemon.ts';
import { readTextIfThere } from '../files.ts';

const TITLES = ['UID', 'PID', 'PPID', 'CMD'] as const;

/** Null for a process that has gone meanwhile. */
function row(sys: Sys, pid: number): readonly string[] | null {
  const status = readTextIfThere(sys, `/proc/${pid}/status`);
  if (status === undefined) return null;
  const field = (name: string): string => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '';
  const words = (readTextIfThere(sys, `/proc/${pid}/cmdline`) ?? '').split('\0').filter((word) => word !== '');
  return [field('Uid'), String(pid), field('PPid'), words.join(' ') || `[${field('Name')}]`];
}

/** Throws DockerError if it does not run. */
export function processTable(daemon: Daemon, name: string): TopResponse {
  const container = daemon.containers.get(name);
  if (!container.live.task) throw notRunning(container.id);
  const pids = daemon.cgroups.members(daemon.cgroups.of(container));
  const rows = pids.map((pid) => row(daemon.sys, pid)).filter((one) => one !== null);
  return { Titles: [...TITLES], Processes: rows };
}
