/** What `<Processes show="ns,cgroup,signals">` adds: namespaces and who shares them, use against limits, what a signal does to PID 1. Pure. */
import type { DrydockProcess } from '../../engine/api-types/index.ts';
import { sizeText } from '../page/size.ts';
import type { ProcessNode } from './view-model.ts';

/** A tree with both numbers of each process. */
export function insideTree(processes: readonly DrydockProcess[]): readonly ProcessNode[] {
  const node = ({ Pid, NsPids, Command }: DrydockProcess): ProcessNode => ({
    ...{ hostPid: Pid, insidePid: NsPids.length > 1 ? (NsPids.at(-1) ?? null) : Pid, command: Command },
    children: processes.filter(({ PPid }) => PPid === Pid).map(node),
  });
  return processes.filter(({ PPid }) => !processes.some(({ Pid }) => Pid === PPid)).map(node);
}

/** Who started it, from the host's first process down; the container's own are not among them. */
export function startersOf(id: string, all: readonly DrydockProcess[]): readonly DrydockProcess[] {
  const byPid = new Map(all.map((process) => [process.Pid, process]));
  const own = all.filter(({ Container }) => Container === id);
  const first = own.find(({ PPid }) => byPid.get(PPid)?.Container !== id);
  const found: DrydockProcess[] = [];
  for (let at = byPid.get(first?.PPid ?? 0); at && !found.includes(at); at = byPid.get(at.PPid)) found.unshift(at);
  return found;
}

export interface NamespaceRow {
  readonly kind: string;
  readonly inode: number;
  /** Its own, the host's, or shared with these containers. */
  readonly sharing: 'own' | 'host' | readonly string[];
}

const KINDS = ['pid', 'net', 'mnt', 'uts', 'ipc', 'cgroup', 'time', 'user'] as const;

/** `names`: containers' names by id. */
export function namespacesOf(id: string, all: readonly DrydockProcess[], names: ReadonlyMap<string, string>): readonly NamespaceRow[] {
  const own = all.find(({ Container }) => Container === id)?.Namespaces;
  const host = all.find(({ Pid }) => Pid === 1)?.Namespaces;
  if (!own) return [];
  return KINDS.flatMap((kind) => {
    const inode = own[kind];
    if (inode === undefined) return [];
    const others = [
      ...new Set(
        all
          .filter(({ Container, Namespaces }) => Container !== '' && Container !== id && Namespaces[kind] === inode)
          .map(({ Container }) => Container),
      ),
    ];
    const sharing =
      host?.[kind] === inode
        ? ('host' as const)
        : others.length > 0
          ? others.map((other) => names.get(other) ?? other.slice(0, 12))
          : ('own' as const);
    return [{ kind, inode, sharing }];
  });
}

export interface Meter {
  readonly name: string;
  readonly text: string;
  /** Of the limit, or of what the host has; null if nothing limits it. */
  readonly percent: number | null;
}

export interface Use {
  readonly memory_stats: { readonly usage?: number; readonly limit?: number };
  readonly pids_stats: { readonly current?: number; readonly limit?: number };
  readonly cpu_stats: {
    readonly cpu_usage: { readonly total_usage: number };
    readonly system_cpu_usage?: number;
    readonly online_cpus?: number;
  };
  readonly precpu_stats?: Use['cpu_stats'];
}

export interface Limits {
  readonly NanoCpus?: number;
  readonly Memory?: number;
  readonly PidsLimit?: number | null;
}

const share = (part: number, whole: number): number => Math.min(100, Math.round((part / Math.max(1, whole)) * 100));

/** As `docker stats` works out its figures, from two looks. */
export function metersOf(use: Use, before: Use | null, limits: Limits): readonly Meter[] {
  const { usage: memory = 0, limit = 0 } = use.memory_stats;
  const pids = use.pids_stats.current ?? 0;
  const cpus = use.cpu_stats.online_cpus ?? 1;
  const passed = (use.cpu_stats.system_cpu_usage ?? 0) - (before?.cpu_stats.system_cpu_usage ?? 0);
  const used = use.cpu_stats.cpu_usage.total_usage - (before?.cpu_stats.cpu_usage.total_usage ?? 0);
  const cpu = before && passed > 0 ? (used / passed) * cpus : 0;
  const most = limits.NanoCpus ? limits.NanoCpus / 1e9 : cpus;
  const binary = (bytes: number): string =>
    bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(2)}GiB` : bytes >= 2 ** 20 ? `${(bytes / 2 ** 20).toFixed(1)}MiB` : sizeText(bytes);
  return [
    { name: 'memory', text: `${binary(memory)} / ${binary(limit)}`, percent: share(memory, limit) },
    { name: 'cpu', text: `${(cpu * 100).toFixed(0)}% / ${(most * 100).toFixed(0)}%`, percent: share(cpu * 100, most * 100) },
    limits.PidsLimit
      ? { name: 'pids', text: `${pids} / ${limits.PidsLimit}`, percent: share(pids, limits.PidsLimit) }
      : { name: 'pids', text: `${pids} / max`, percent: null },
  ];
}

export const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGKILL'] as const;
export type Sender = 'inside' | 'host';

/** What will happen, before it does: PID 1 of a namespace has no default actions towards its own; only a handler hears. */
export function fateOf(signal: string, sender: Sender, first: Pick<DrydockProcess, 'Caught'>): 'heard' | 'bounces' | 'kills' {
  if (signal === 'SIGKILL') return sender === 'host' ? 'kills' : 'bounces';
  return first.Caught.includes(signal) ? 'heard' : 'bounces';
}
