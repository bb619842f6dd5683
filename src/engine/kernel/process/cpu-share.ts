/**
 * How tasks that never wait share the CPUs. Groups divide what their parent has by weight, tasks what their group has, and nobody
 * has more than one CPU, nor more than its set of CPUs holds; what one cannot take goes to the others. Upstream:
 * kernel/sched/fair.c ("group scheduling") and cpuset(7). As tasks take turns here, a share is the length of a turn, and while
 * several run side by side time goes by more slowly than the CPU time that is used.
 */
import { SLICE_NS } from '../costs.ts';
import type { CpuGroup, Share, Task } from './task.ts';

/** What a task of nice 0 weighs beside control groups of weight 100. */
const TASK_WEIGHT = 100;
/** Each step of niceness is a tenth of the CPU (sched(7)). */
const PER_NICE = 1.25;
/** Below this nothing is left to give. */
const REST = 1e-9;

/** The share of each of `tasks`, all of which are ready and want to go on for ever. Each computer, that is root of groups, has `cpus`. */
export function sharesOf(tasks: readonly Task[], cpus: number): ReadonlyMap<Task, Share> {
  const computers = Map.groupBy(tasks, ({ owner }) => rootOf(owner.cgroup));
  const rates = new Map([...computers.values()].flatMap((some) => [...ratesOf(weightsOf(some), cpus)]));
  const pace = Math.round([...rates.values()].reduce((sum, rate) => sum + rate, 0) * 1000) / 1000;
  const roundNs = (SLICE_NS * tasks.length) / pace;
  return new Map([...rates].map(([task, rate]) => [task, { pace, sliceNs: Math.ceil(rate * roundNs) }]));
}

function rootOf(group: CpuGroup): CpuGroup {
  let root = group;
  while (root.parent !== null) root = root.parent;
  return root;
}

type Member = Task | CpuGroup;

const weightOf = (member: Member): number => ('owner' in member ? TASK_WEIGHT * PER_NICE ** -member.owner.nice : member.cpu.weight);

/** Which part of the machine is each one's due, as long as all can take theirs: they add up to 1. */
function weightsOf(tasks: readonly Task[]): ReadonlyMap<Task, number> {
  const members = new Map<CpuGroup, Set<Member>>();
  let root: CpuGroup | undefined;
  for (const task of tasks) {
    let member: Member = task;
    for (let group: CpuGroup | null = task.owner.cgroup; group !== null; group = group.parent) {
      const inside: Set<Member> = members.get(group) ?? new Set();
      members.set(group, inside.add(member));
      member = group;
      root = group;
    }
  }
  const weights = new Map<Task, number>();
  const divide = (group: CpuGroup, part: number): void => {
    const inside = [...(members.get(group) ?? [])];
    const total = inside.reduce((sum, member) => sum + weightOf(member), 0);
    for (const member of inside) {
      const own = (part * weightOf(member)) / total;
      if ('owner' in member) weights.set(member, own);
      else divide(member, own);
    }
  };
  if (root !== undefined) divide(root, 1);
  return weights;
}

/** Tasks that have so many CPUs together at most. */
interface Limit {
  readonly most: number;
  readonly tasks: readonly Task[];
}

/** All rates rise by weight until a limit is reached; its tasks stay there, and the others rise on. */
function ratesOf(weights: ReadonlyMap<Task, number>, cpus: number): ReadonlyMap<Task, number> {
  const limits = limitsOf([...weights.keys()], cpus);
  const rates = new Map([...weights.keys()].map((task) => [task, 0]));
  const rising = new Set(weights.keys());
  const sum = (tasks: readonly Task[], of: ReadonlyMap<Task, number>): number => tasks.reduce((all, task) => all + (of.get(task) ?? 0), 0);
  while (rising.size > 0) {
    const open = limits.map(({ most, tasks }) => ({
      left: most - sum(tasks, rates),
      tasks,
      weight: sum(
        tasks.filter((task) => rising.has(task)),
        weights,
      ),
    }));
    const step = Math.min(...open.filter(({ weight }) => weight > 0).map(({ left, weight }) => left / weight));
    for (const task of rising) rates.set(task, (rates.get(task) ?? 0) + step * (weights.get(task) ?? 0));
    for (const { left, weight, tasks } of open) if (left - step * weight < REST) for (const task of tasks) rising.delete(task);
  }
  return rates;
}

function limitsOf(tasks: readonly Task[], cpus: number): readonly Limit[] {
  const sets = new Map(tasks.map((task) => [task, cpusIn(task.owner.cgroup.allowedCpus())]));
  const kinds = new Map([...sets.values()].map((set) => [[...set].join(), set]));
  const within = (set: ReadonlySet<number>): readonly Task[] =>
    tasks.filter((task) => [...(sets.get(task) ?? [])].every((cpu) => set.has(cpu)));
  return [
    { most: cpus, tasks },
    ...[...kinds.values()].map((set) => ({ most: set.size, tasks: within(set) })),
    ...tasks.map((task) => ({ most: 1, tasks: [task] })),
  ];
}

/** A list such as `0-1,3` (cpuset(7), "List format"). */
const cpusIn = (list: string): ReadonlySet<number> =>
  new Set(
    list.split(',').flatMap((part) => {
      const [first = 0, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    }),
  );
