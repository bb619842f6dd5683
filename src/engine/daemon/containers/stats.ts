/** `docker stats`: what the container's cgroup and network have counted. */
import type { CpuStats, NetworkStats, StatsResponse } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { isHostSandbox } from '../networks/sandbox.ts';
import type { CgroupFiles } from '../runtime/cgroup.ts';
import { cpusOf, memoryBytesOf } from '../system/host.ts';
import { rfc3339Nano, ZERO_TIME } from '../time.ts';
import type { Container } from './container.ts';

const NO_CPU: CpuStats = {
  cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
  throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
};

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
    const { sys, cgroups } = this.#daemon;
    const { id, name, live } = this.#container;
    const before = this.#before;
    const sample: Sample = { readNs: sys.clock.nowNs(), cpu: live.task ? this.#cpu() : NO_CPU };
    this.#before = sample;
    const path = cgroups.of(this.#container);
    return {
      id,
      name: `/${name}`,
      os_type: 'linux',
      read: live.task ? rfc3339Nano(sample.readNs) : ZERO_TIME,
      cpu_stats: sample.cpu,
      memory_stats: live.task ? this.#memory(path) : {},
      ...(live.sandbox && !isHostSandbox(live.sandbox) ? { networks: this.#networks() } : {}),
      pids_stats: live.task ? pidsIn(cgroups.files(path)) : {},
      blkio_stats: Object.fromEntries(BLKIO.map((key) => [key, null])),
      num_procs: 0,
      storage_stats: {},
      preread: before && live.task ? rfc3339Nano(before.readNs) : ZERO_TIME,
      precpu_stats: before?.cpu ?? NO_CPU,
    };
  }

  #cpu(): CpuStats {
    const { sys, cgroups } = this.#daemon;
    const cpus = cpusOf(sys);
    const { cpu_usage, throttling_data } = cgroups.kind.cpuOf(cgroups.files(cgroups.of(this.#container)));
    return { cpu_usage, system_cpu_usage: Number(sys.clock.monotonicNs()) * cpus, online_cpus: cpus, throttling_data };
  }

  /** A container without a limit has the machine's memory. */
  #memory(path: string): StatsResponse['memory_stats'] {
    const { sys, cgroups } = this.#daemon;
    const memory = cgroups.kind.memoryOf(cgroups.files(path));
    return { ...memory, limit: Math.min(memory.limit ?? Number.POSITIVE_INFINITY, memoryBytesOf(sys)) };
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

function pidsIn({ number }: CgroupFiles): StatsResponse['pids_stats'] {
  const [current, limit] = [number('pids.current'), number('pids.max')];
  return { ...(current === undefined ? {} : { current }), ...(limit === undefined ? {} : { limit }) };
}

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
