/** Which nodes a task may go to, and what is said where none is left. Upstream: swarmkit manager/scheduler/{filter,pipeline}.go. */
import type { PortConfig } from '../../../api-types/index.ts';
import type { NodeObject, TaskObject } from '../objects.ts';
import { matchesNode, parseConstraints } from './constraint.ts';

/** A node with what stands on it. */
export interface NodeInfo {
  readonly node: NodeObject;
  /** Those that run or shall. */
  readonly tasks: readonly TaskObject[];
}

interface Filter {
  readonly isMet: (info: NodeInfo, task: TaskObject) => boolean;
  readonly explain: (nodes: number) => string;
}

const onNodes = (one: string, many: (nodes: number) => string) => (nodes: number) => (nodes === 1 ? one : many(nodes));

export const reservedBy = ({ spec }: TaskObject): { readonly cpus: number; readonly bytes: number } => ({
  cpus: spec.Resources?.Reservations?.NanoCPUs ?? 0,
  bytes: spec.Resources?.Reservations?.MemoryBytes ?? 0,
});

function hasRoom({ node, tasks }: NodeInfo, task: TaskObject): boolean {
  const wanted = reservedBy(task);
  if (wanted.cpus === 0 && wanted.bytes === 0) return true;
  const { NanoCPUs, MemoryBytes } = node.description.Resources;
  const used = tasks.map(reservedBy);
  const sum = (of: 'cpus' | 'bytes'): number => used.reduce((all, one) => all + one[of], 0);
  return NanoCPUs - sum('cpus') >= wanted.cpus && MemoryBytes - sum('bytes') >= wanted.bytes;
}

const hostPortsOf = ({ endpoint }: TaskObject): readonly string[] =>
  (endpoint?.Ports ?? [])
    .filter(({ PublishMode, PublishedPort }: PortConfig) => PublishMode === 'host' && PublishedPort)
    .map(({ Protocol, PublishedPort }) => `${Protocol}/${PublishedPort}`);

/** A port of the host is given back when its task has ended, not when it shall. */
function hasPorts({ tasks }: NodeInfo, task: TaskObject): boolean {
  const taken = new Set(tasks.flatMap(hostPortsOf));
  return hostPortsOf(task).every((port) => !taken.has(port));
}

const architecture = (text = ''): string => ({ x86_64: 'amd64', aarch64: 'arm64' })[text] ?? text;

function runsThere({ node }: NodeInfo, { spec }: TaskObject): boolean {
  const platforms = spec.Placement?.Platforms ?? [];
  const { OS, Architecture } = node.description.Platform;
  return (
    platforms.length === 0 ||
    platforms.some(
      (one) => (!one.OS || one.OS === OS) && (!one.Architecture || architecture(one.Architecture) === architecture(Architecture)),
    )
  );
}

const FILTERS: readonly Filter[] = [
  {
    isMet: ({ node }) => node.status.state === 'ready' && node.spec.Availability === 'active',
    explain: onNodes('1 node not available for new tasks', (nodes) => `${nodes} nodes not available for new tasks`),
  },
  { isMet: hasRoom, explain: onNodes('insufficient resources on 1 node', (nodes) => `insufficient resources on ${nodes} nodes`) },
  {
    isMet: ({ node }, { spec }) => matchesNode(parseConstraints(spec.Placement?.Constraints ?? []), node),
    explain: onNodes('scheduling constraints not satisfied on 1 node', (nodes) => `scheduling constraints not satisfied on ${nodes} nodes`),
  },
  { isMet: runsThere, explain: onNodes('unsupported platform on 1 node', (nodes) => `unsupported platform on ${nodes} nodes`) },
  {
    isMet: hasPorts,
    explain: onNodes('host-mode port already in use on 1 node', (nodes) => `host-mode port already in use on ${nodes} nodes`),
  },
  {
    isMet: ({ tasks }, { serviceId, spec }) => {
      const most = spec.Placement?.MaxReplicas ?? 0;
      return most === 0 || tasks.filter((task) => task.serviceId === serviceId).length < most;
    },
    explain: () => 'max replicas per node limit exceed',
  },
];

export interface Filtered {
  readonly fitting: readonly NodeInfo[];
  /** `insufficient resources on 1 node; …`, the most frequent first; empty if there is no node at all. */
  readonly explanation: string;
}

/** Each node is turned away by the first filter that it does not meet. */
export function fittingNodes(nodes: readonly NodeInfo[], task: TaskObject): Filtered {
  const failures = FILTERS.map((filter) => ({ filter, count: 0 }));
  const fitting = nodes.filter((info) => {
    const failed = failures.find(({ filter }) => !filter.isMet(info, task));
    if (failed) failed.count += 1;
    return failed === undefined;
  });
  const explained = failures.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  return { fitting, explanation: explained.map(({ filter, count }) => filter.explain(count)).join('; ') };
}
