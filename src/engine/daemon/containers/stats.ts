/** `docker stats`: what the container's cgroup and network have counted. */
import type { CpuStats, NetworkStats, StatsResponse } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { isHostSandbox } from '../networks/sandbox.ts';
import { cgroupPath, readKeyed, readNumber } from '../runtime/cgroup.ts';
import { cpusOf, memoryBytesOf } from '../system/host.ts';
import { rfc3339Nano, ZERO_TIME } from '../time.ts';
import type { Container } from './container.ts';

const NO_CPU: CpuStats = {
  cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
  throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
};
const MICROSECOND_NS = 1000;

interface Sample {
  readonly readNs: bigint;
  readonly cpu: CpuStats;
}

/** One document after the other: the first has nothing before it, unless `oneShot` is false and it waits for a second sample. */
export class StatsReader {
  readonly #daemon: Daemon;
  readonly #container: Container;
  #before: Sample | undefined;

  constructor(daemon: Daemon, container: Container) {
    this.#daemon = daemon;
    this.#container = container;
  }

  read(): StatsResponse {
    const { sys } = this.#daemon;
    const { id, name, live, hostConfig } = this.#container;
    const before = this.#before;
    const sample: Sample = { readNs: sys.clock.nowNs(), cpu: live.task ? this.#cpu() : NO_CPU };
    this.#before = sample;
    const path = cgroupPath(id, hostConfig.CgroupParent);
    return {
      id,
      name: `/${name}`,
      os_type: 'linux',
      read: live.task ? rfc3339Nano(sample.readNs) : ZERO_TIME,
      cpu_stats: sample.cpu,
      memory_stats: live.task ? this.#memory(path) : {},
      ...(live.sandbox && !isHostSandbox(live.sandbox) ? { networks: this.#networks() } : {}),
      pids_stats: live.task ? pids(readNumber(sys, path, 'pids.current'), readNumber(sys, path, 'pids.max')) : {},
      blkio_stats: Object.fromEntries(BLKIO.map((key) => [key, null])),
      num_procs: 0,
      storage_stats: {},
      preread: before && live.task ? rfc3339Nano(before.readNs) : ZERO_TIME,
      precpu_stats: before?.cpu ?? NO_CPU,
    };
  }

  #cpu(): CpuStats {
    const { sys } = this.#daemon;
    const stat = readKeyed(sys, cgroupPath(this.#container.id, this.#container.hostConfig.CgroupParent), 'cpu.stat');
    const of = (key: string): number => stat.get(key) ?? 0;
    const cpus = cpusOf(sys);
    return {
      cpu_usage: {
        total_usage: of('usage_usec') * MICROSECOND_NS,
        usage_in_kernelmode: of('system_usec') * MICROSECOND_NS,
        usage_in_usermode: of('user_usec') * MICROSECOND_NS,
      },
      system_cpu_usage: Number(sys.clock.monotonicNs()) * cpus,
      online_cpus: cpus,
      throttling_data: {
        periods: of('nr_periods'),
        throttled_periods: of('nr_throttled'),
        throttled_time: of('throttled_usec') * MICROSECOND_NS,
      },
    };
  }

  #memory(path: string): StatsResponse['memory_stats'] {
    const { sys } = this.#daemon;
    const stats = Object.fromEntries([...readKeyed(sys, path, 'memory.stat')].sort(([a], [b]) => (a < b ? -1 : 1)));
    return { usage: readNumber(sys, path, 'memory.current') ?? 0, stats, limit: readNumber(sys, path, 'memory.max') ?? memoryBytesOf(sys) };
  }

  #networks(): Readonly<Record<string, NetworkStats>> {
    const { sandbox } = this.#container.live;
    if (!sandbox) return {};
    const links = this.#daemon.sys.net.link
      .in(sandbox.namespace)
      .link.list()
      .filter(({ kind }) => kind !== 'loopback');
    return Object.fromEntries(
      links.map((link) => [
        link.name,
        {
          rx_bytes: link.rxBytes,
          rx_packets: link.rxPackets,
          rx_errors: 0,
          rx_dropped: 0,
          tx_bytes: link.txBytes,
          tx_packets: link.txPackets,
          tx_errors: 0,
          tx_dropped: 0,
        },
      ]),
    );
  }
}

const pids = (current: number | undefined, limit: number | undefined): StatsResponse['pids_stats'] => ({
  ...(current === undefined ? {} : { current }),
  ...(limit === undefined ? {} : { limit }),
});
const BLKIO = [
  'io_service_bytes_recursive',
  'io_serviced_recursive',
  'io_queue_recursive',
  'io_service_time_recursive',
  'io_wait_time_recursive',
  'io_merged_recursive',
  'io_time_recursive',
  'sectors_recursive',
];
