/** GET /drydock/processes: what /proc of the host says of every process. */
import type { DrydockProcess } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import { SIGNALS } from '../../kernel/process/signals.ts';
import type { Daemon } from '../daemon.ts';
import { namesIn, readTextIfThere } from '../files.ts';
import { idIn } from '../runtime/cgroup.ts';

const KINDS = ['pid', 'net', 'mnt', 'uts', 'ipc', 'cgroup', 'time', 'user'] as const;

/** A 404 of the Engine's if the container is not there. */
export function processesNow(daemon: Daemon, name: string | null): readonly DrydockProcess[] {
  const wanted = name === null ? null : daemon.containers.get(name).id;
  const ids = new Set(daemon.containers.all().map(({ id }) => id));
  return namesIn(daemon.sys, '/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .sort((a, b) => a - b)
    .flatMap((pid) => processOf(daemon, pid, ids) ?? [])
    .filter(({ Container }) => wanted === null || Container === wanted);
}

/** Undefined for one that is going: its files are there no more. */
function processOf({ sys }: Daemon, pid: number, ids: ReadonlySet<string>): DrydockProcess | undefined {
  const read = (file: string): string => readTextIfThere(sys, `/proc/${pid}/${file}`) ?? '';
  try {
    const status = read('status');
    const field = (key: string): string => new RegExp(`^${key}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
    const words = read('cmdline').split('\0').slice(0, -1);
    return {
      ...{ Pid: pid, PPid: Number(field('PPid')), NsPids: field('NSpid').split(/\s+/).map(Number) },
      Command: words.length > 0 ? words.join(' ') : `[${field('Name')}]`,
      ...{ State: field('State').slice(0, 1), Uid: Number(field('Uid').split(/\s+/)[0]) },
      Container: containerIn(read('cgroup'), ids),
      Namespaces: Object.fromEntries(KINDS.map((kind) => [kind, inodeIn(sys.path.readlink(`/proc/${pid}/ns/${kind}`))])),
      Caught: caughtIn(field('SigCgt')),
    };
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

const containerIn = (cgroup: string, ids: ReadonlySet<string>): string =>
  cgroup
    .trim()
    .split('/')
    .map((group) => idIn(group) ?? '')
    .find((id) => ids.has(id)) ?? '';

const inodeIn = (link: string): number => Number(/\d+/.exec(link)?.[0] ?? 0);

function caughtIn(mask: string): readonly string[] {
  const bits = BigInt(`0x${mask || '0'}`);
  return SIGNALS.filter((_, index) => (bits >> BigInt(index)) & 1n);
}
