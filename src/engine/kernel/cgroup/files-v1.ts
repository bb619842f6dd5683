/**
 * The interface files of cgroup v1 (Documentation/admin-guide/cgroup-v1). All controllers are mounted together, as one hierarchy: so
 * there is one tree here too, and it is read and written under other names. A kernel without these has no file system `cgroup`.
 */
import { Errno } from '../errno.ts';
import type { Cgroup } from './cgroup.ts';
import {
  CGROUP_V1_CONTROLLERS,
  type CgroupV1,
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

/** What `memory.limit_in_bytes` says where there is no limit: the most pages that the kernel can count. */
const NO_LIMIT = '9223372036854771712';
/** In `cpu.shares`, where cgroup v2 has a weight of 100. */
const USUAL_SHARES = 1024;
const USUAL_WEIGHT = 100;
const TICK_NS = 10_000_000;

const bytesOrNone = (bytes: number): string => line(Number.isFinite(bytes) ? bytes : NO_LIMIT);

/** The root's is the machine's memory, which is no limit of a group. */
const limitOf = ({ parent, memory }: Cgroup): number => (parent === null ? Number.POSITIVE_INFINITY : memory.maxBytes);

/** What memory and swap may be together. */
const togetherOf = (group: Cgroup): number => limitOf(group) + group.memory.swapMaxBytes;

/** Never more than both together; what both may be stays as it was (mm/memcontrol-v1.c). */
function setMemoryLimit(group: Cgroup, text: string): void {
  const bytes = parseBytes(text, '-1');
  const together = togetherOf(group);
  if (bytes > together) throw new Errno('EINVAL');
  group.memory.set('swapMaxBytes', Number.isFinite(together) ? together - bytes : together);
  group.memory.setMax(bytes);
}

function setTogether(group: Cgroup, text: string): void {
  const bytes = parseBytes(text, '-1');
  if (bytes < group.memory.maxBytes) throw new Errno('EINVAL');
  group.memory.set('swapMaxBytes', Number.isFinite(bytes) ? bytes - group.memory.maxBytes : bytes);
}

function writeQuota(group: Cgroup, text: string): void {
  const word = text.trim();
  if (word === '-1') return group.cpu.setMax(Number.POSITIVE_INFINITY, group.cpu.periodNs);
  const quotaUs = parseCount(word);
  if (quotaUs < 1000) throw new Errno('EINVAL');
  return group.cpu.setMax(quotaUs * MICROSECOND_NS, group.cpu.periodNs);
}

function writePeriod(group: Cgroup, text: string): void {
  const periodUs = parseCount(text);
  if (periodUs < 1000 || periodUs > 1_000_000) throw new Errno('EINVAL');
  group.cpu.setMax(group.cpu.quotaNs, periodUs * MICROSECOND_NS);
}

const MIN_SHARES = 2;
const MAX_SHARES = 262_144;

function writeShares(group: Cgroup, text: string): void {
  const shares = Math.min(MAX_SHARES, Math.max(MIN_SHARES, parseCount(text)));
  group.cpu.weight = (shares * USUAL_WEIGHT) / USUAL_SHARES;
}

function memoryStat(group: Cgroup): string {
  const { memory } = group;
  const own: readonly (readonly [string, number])[] = [
    ['cache', memory.shmemBytes],
    ['rss', memory.currentBytes - memory.shmemBytes],
    ['rss_huge', 0],
    ['shmem', memory.shmemBytes],
    ['mapped_file', 0],
    ['dirty', 0],
    ['writeback', 0],
    ['swap', 0],
    ['pgpgin', Math.floor(memory.peakBytes / PAGE_BYTES)],
    ['pgpgout', Math.floor((memory.peakBytes - memory.currentBytes) / PAGE_BYTES)],
    ['pgfault', Math.floor(memory.peakBytes / PAGE_BYTES)],
    ['pgmajfault', 0],
    ['inactive_anon', memory.currentBytes],
    ['active_anon', 0],
    ['inactive_file', 0],
    ['active_file', 0],
    ['unevictable', 0],
  ];
  const limits = `hierarchical_memory_limit ${bytesOrNone(limitOf(group))}hierarchical_memsw_limit ${bytesOrNone(togetherOf(group))}`;
  return `${keyed(own)}${limits}${keyed(own.map(([key, value]) => [`total_${key}`, value]))}`;
}

function writeOomControl(group: Cgroup, text: string): void {
  if (group.parent === null) throw new Errno('EINVAL');
  group.memory.setOomKillDisabled(parseFlag(text));
}

function writeFreezer(group: Cgroup, text: string): void {
  const state = text.trim();
  if (state !== 'FROZEN' && state !== 'THAWED') throw new Errno('EINVAL');
  group.setFreeze(state === 'FROZEN');
}

const counter = (read: (group: Cgroup) => number | string): InterfaceFile => ({ read: (group) => line(read(group)), inRoot: true });

const CPU: InterfaceFiles = {
  'cpu.cfs_period_us': { read: ({ cpu }) => line(us(cpu.periodNs)), write: writePeriod },
  'cpu.cfs_quota_us': { read: ({ cpu }) => line(Number.isFinite(cpu.quotaNs) ? us(cpu.quotaNs) : -1), write: writeQuota },
  'cpu.shares': { read: ({ cpu }) => line(Math.round((cpu.weight * USUAL_SHARES) / USUAL_WEIGHT)), write: writeShares, inRoot: true },
  'cpu.stat': {
    read: ({ cpu }) =>
      keyed([
        ['nr_periods', cpu.periods],
        ['nr_throttled', cpu.throttledTimes],
        ['throttled_time', cpu.throttledNs],
      ]),
  },
  'cpuacct.stat': {
    read: ({ cpu }) =>
      keyed([
        ['user', Math.floor((cpu.usageNs * 0.75) / TICK_NS)],
        ['system', Math.floor((cpu.usageNs * 0.25) / TICK_NS)],
      ]),
    inRoot: true,
  },
  'cpuacct.usage': counter(({ cpu }) => Math.floor(cpu.usageNs)),
  'cpuset.cpus': { ...kept('cpuset.cpus', ''), read: (group) => line(group.allowedCpus()), inRoot: true },
  'cpuset.effective_cpus': counter((group) => group.allowedCpus()),
  'cpuset.effective_mems': counter(() => 0),
  'cpuset.mems': { ...kept('cpuset.mems', '0'), inRoot: true },
};

const MEMORY: InterfaceFiles = {
  'memory.failcnt': counter(({ memory }) => memory.events.max),
  'memory.limit_in_bytes': { read: (group) => bytesOrNone(limitOf(group)), write: setMemoryLimit, inRoot: true },
  'memory.max_usage_in_bytes': counter(({ memory }) => memory.peakBytes),
  'memory.memsw.failcnt': counter(() => 0),
  'memory.memsw.limit_in_bytes': { read: (group) => bytesOrNone(togetherOf(group)), write: setTogether, inRoot: true },
  'memory.memsw.max_usage_in_bytes': counter(({ memory }) => memory.peakBytes),
  'memory.memsw.usage_in_bytes': counter(({ memory }) => memory.currentBytes),
  'memory.oom_control': {
    read: ({ memory }) =>
      keyed([
        ['oom_kill_disable', Number(memory.isOomKillDisabled)],
        ['under_oom', Number(memory.isUnderOom)],
        ['oom_kill', memory.events.oomKill],
      ]),
    write: writeOomControl,
    inRoot: true,
  },
  'memory.soft_limit_in_bytes': {
    read: ({ memory }) => bytesOrNone(memory.lowBytes || Number.POSITIVE_INFINITY),
    write: ({ memory }, text) => {
      const bytes = parseBytes(text, '-1');
      memory.set('lowBytes', Number.isFinite(bytes) ? bytes : 0);
    },
    inRoot: true,
  },
  'memory.stat': { read: memoryStat, inRoot: true },
  'memory.swappiness': { ...kept('memory.swappiness', '60'), inRoot: true },
  'memory.usage_in_bytes': counter(({ memory }) => memory.currentBytes),
  'memory.use_hierarchy': counter(() => 1),
};

const FILES: InterfaceFiles = {
  'cgroup.clone_children': { ...kept('cgroup.clone_children', '0'), inRoot: true },
  'cgroup.procs': MEMBERS,
  ...CPU,
  'devices.allow': { write: () => {} },
  'devices.deny': { write: () => {} },
  'devices.list': { read: () => 'a *:* rwm\n', inRoot: true },
  'freezer.parent_freezing': { read: ({ parent }) => line(Number(parent?.isFrozen() === true)) },
  'freezer.self_freezing': { read: (group) => line(Number(group.freeze)) },
  'freezer.state': { read: (group) => line(group.isFrozen() ? 'FROZEN' : 'THAWED'), write: writeFreezer },
  ...MEMORY,
  notify_on_release: { ...kept('notify_on_release', '0'), inRoot: true },
  'pids.current': { read: ({ pids }) => line(pids.current) },
  'pids.events': { read: ({ pids }) => keyed([['max', pids.refused]]) },
  'pids.max': {
    read: ({ pids }) => line(Number.isFinite(pids.max) ? pids.max : 'max'),
    write: (group, text) => group.pids.setMax(parseCount(text)),
  },
  tasks: MEMBERS,
};

/** What a kernel is given to be a machine with cgroup v1. */
export const CGROUP_V1: CgroupV1 = { controllers: CGROUP_V1_CONTROLLERS, files: FILES };
