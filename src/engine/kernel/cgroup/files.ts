/**
 * The interface files of cgroup v2 (Documentation/admin-guide/cgroup-v2.rst): for each name, how it reads and what writing
 * does. The root has only those that make sense for the whole machine.
 */
import { Errno } from '../errno.ts';
import type { Cgroup } from './cgroup.ts';
import {
  type InterfaceFile,
  type InterfaceFiles,
  kept,
  keyed,
  line,
  MEMBERS,
  MICROSECOND_NS,
  PAGE_BYTES,
  parseBytes,
  parseCount,
  parseFlag,
  us,
} from './values.ts';

const CONTROLLERS = 'cpuset cpu io memory pids';

const orMax = (value: number): string => (value === Number.POSITIVE_INFINITY ? 'max' : String(value));

/** A limit in bytes of the memory controller. */
function memoryLimit(get: (group: Cgroup) => number, set: (group: Cgroup, bytes: number) => void): InterfaceFile {
  return { read: (group) => line(orMax(get(group))), write: (group, text) => set(group, parseBytes(text, 'max')) };
}

function writeCpuMax(group: Cgroup, text: string): void {
  const [quota = '', period] = text.trim().split(/\s+/);
  const quotaUs = parseCount(quota);
  const periodUs = period === undefined ? us(group.cpu.periodNs) : parseCount(period);
  if (periodUs < 1000 || periodUs > 1_000_000 || quotaUs < 1000) throw new Errno('EINVAL');
  group.cpu.setMax(quotaUs * MICROSECOND_NS, periodUs * MICROSECOND_NS);
}

function writeCpuWeight(group: Cgroup, text: string): void {
  const weight = parseCount(text);
  if (weight < 1 || weight > 10_000) throw new Errno('ERANGE');
  group.cpu.weight = weight;
}

function cpuStat(group: Cgroup): string {
  const { cpu } = group;
  const userUs = Math.floor(us(cpu.usageNs) * 0.75);
  const usage: [string, number][] = [
    ['usage_usec', us(cpu.usageNs)],
    ['user_usec', userUs],
    ['system_usec', us(cpu.usageNs) - userUs],
  ];
  const bandwidth: [string, number][] = [
    ['nr_periods', cpu.periods],
    ['nr_throttled', cpu.throttledTimes],
    ['throttled_usec', us(cpu.throttledNs)],
    ['nr_bursts', 0],
    ['burst_usec', 0],
  ];
  return keyed(group.parent === null ? usage : [...usage, ...bandwidth]);
}

function memoryStat({ memory }: Cgroup): string {
  return keyed([
    ['anon', memory.currentBytes - memory.shmemBytes],
    ['file', memory.shmemBytes],
    ['kernel', 0],
    ['kernel_stack', 0],
    ['pagetables', 0],
    ['sock', 0],
    ['shmem', memory.shmemBytes],
    ['file_mapped', 0],
    ['file_dirty', 0],
    ['file_writeback', 0],
    ['swapcached', 0],
    ['inactive_anon', memory.currentBytes],
    ['active_anon', 0],
    ['inactive_file', 0],
    ['active_file', 0],
    ['unevictable', 0],
    ['slab', 0],
    ['pgfault', Math.floor(memory.peakBytes / PAGE_BYTES)],
    ['pgmajfault', 0],
  ]);
}

function memoryEvents({ memory: { events } }: Cgroup): string {
  return keyed([
    ['low', events.low],
    ['high', events.high],
    ['max', events.max],
    ['oom', events.oom],
    ['oom_kill', events.oomKill],
    ['oom_group_kill', events.oomGroupKill],
  ]);
}

const NO_PRESSURE = 'some avg10=0.00 avg60=0.00 avg300=0.00 total=0\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n';

export const INTERFACE_FILES: InterfaceFiles = {
  'cgroup.controllers': { read: () => line(CONTROLLERS), inRoot: true },
  'cgroup.events': {
    read: (group) =>
      keyed([
        ['populated', Number(group.isPopulated())],
        ['frozen', Number(group.isFrozen())],
      ]),
  },
  'cgroup.freeze': { read: (group) => line(Number(group.freeze)), write: (group, text) => group.setFreeze(parseFlag(text)) },
  'cgroup.kill': {
    write: (group, text) => {
      if (text.trim() !== '1') throw new Errno('EINVAL');
      group.killAll();
    },
  },
  'cgroup.max.depth': { ...kept('cgroup.max.depth', 'max'), inRoot: true },
  'cgroup.max.descendants': { ...kept('cgroup.max.descendants', 'max'), inRoot: true },
  'cgroup.procs': MEMBERS,
  'cgroup.stat': {
    read: (group) =>
      keyed([
        ['nr_descendants', [...group.subtree()].length - 1],
        ['nr_dying_descendants', 0],
      ]),
    inRoot: true,
  },
  'cgroup.subtree_control': { read: () => line(CONTROLLERS), write: () => {}, inRoot: true },
  'cgroup.threads': MEMBERS,
  'cgroup.type': { read: () => 'domain\n' },
  'cpu.idle': kept('cpu.idle', '0'),
  'cpu.max': { read: ({ cpu }) => line(`${orMax(us(cpu.quotaNs))} ${us(cpu.periodNs)}`), write: writeCpuMax },
  'cpu.max.burst': kept('cpu.max.burst', '0'),
  'cpu.pressure': { read: () => NO_PRESSURE, inRoot: true },
  'cpu.stat': { read: cpuStat, inRoot: true },
  'cpu.weight': { read: ({ cpu }) => line(cpu.weight), write: writeCpuWeight },
  'cpu.weight.nice': kept('cpu.weight.nice', '0'),
  'cpuset.cpus': kept('cpuset.cpus', ''),
  'cpuset.cpus.effective': { read: (group) => line(group.allowedCpus()), inRoot: true },
  'cpuset.cpus.partition': kept('cpuset.cpus.partition', 'member'),
  'cpuset.mems': kept('cpuset.mems', ''),
  'cpuset.mems.effective': { read: () => '0\n', inRoot: true },
  'io.max': kept('io.max', ''),
  'io.pressure': { read: () => NO_PRESSURE, inRoot: true },
  'io.stat': { read: () => '', inRoot: true },
  'io.weight': kept('io.weight', 'default 100'),
  'memory.current': { read: ({ memory }) => line(memory.currentBytes) },
  'memory.events': { read: memoryEvents },
  'memory.events.local': { read: memoryEvents },
  'memory.high': memoryLimit(
    ({ memory }) => memory.highBytes,
    ({ memory }, bytes) => memory.set('highBytes', bytes),
  ),
  'memory.low': memoryLimit(
    ({ memory }) => memory.lowBytes,
    ({ memory }, bytes) => memory.set('lowBytes', bytes),
  ),
  'memory.max': memoryLimit(
    ({ memory }) => memory.maxBytes,
    ({ memory }, bytes) => memory.setMax(bytes),
  ),
  'memory.min': memoryLimit(
    ({ memory }) => memory.minBytes,
    ({ memory }, bytes) => memory.set('minBytes', bytes),
  ),
  'memory.oom.group': {
    read: ({ memory }) => line(Number(memory.oomGroup)),
    write: ({ memory }, text) => memory.setOomGroup(parseFlag(text)),
  },
  'memory.peak': { read: ({ memory }) => line(memory.peakBytes) },
  'memory.pressure': { read: () => NO_PRESSURE, inRoot: true },
  'memory.stat': { read: memoryStat, inRoot: true },
  'memory.swap.current': { read: () => '0\n' },
  'memory.swap.events': {
    read: () =>
      keyed([
        ['high', 0],
        ['max', 0],
        ['fail', 0],
      ]),
  },
  'memory.swap.max': memoryLimit(
    ({ memory }) => memory.swapMaxBytes,
    ({ memory }, bytes) => memory.set('swapMaxBytes', bytes),
  ),
  'pids.current': { read: ({ pids }) => line(pids.current) },
  'pids.events': { read: ({ pids }) => keyed([['max', pids.refused]]) },
  'pids.max': { read: ({ pids }) => line(orMax(pids.max)), write: (group, text) => group.pids.setMax(parseCount(text)) },
  'pids.peak': { read: ({ pids }) => line(pids.peak) },
};
