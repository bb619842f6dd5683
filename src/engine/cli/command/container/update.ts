import type { ContainerUpdateRequest } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import { bytes, int, nanoCpus, string, uint } from '../../flags/index.ts';
import { atLeast, type Context, command } from '../command.ts';
import { restartPolicy } from './host-config.ts';

export const update = command({
  names: ['container update', 'update'],
  summary: 'Update configuration of one or more containers',
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  args: atLeast(1),
  complete: 'containers',
  values: { restart: ['no', 'always', 'on-failure', 'unless-stopped'] },
  flags: {
    'blkio-weight': uint('Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)', { bits: 16 }),
    'cpu-period': int('Limit CPU CFS (Completely Fair Scheduler) period'),
    'cpu-quota': int('Limit CPU CFS (Completely Fair Scheduler) quota'),
    'cpu-rt-period': int('Limit the CPU real-time period in microseconds'),
    'cpu-rt-runtime': int('Limit the CPU real-time runtime in microseconds'),
    'cpu-shares': int('CPU shares (relative weight)', { short: 'c' }),
    cpus: nanoCpus('Number of CPUs'),
    'cpuset-cpus': string('CPUs in which to allow execution (0-3, 0,1)'),
    'cpuset-mems': string('MEMs in which to allow execution (0-3, 0,1)'),
    'kernel-memory': string('Kernel memory limit (deprecated)', { hidden: true, deprecated: 'and no longer supported by the kernel' }),
    memory: bytes('Memory limit', { short: 'm' }),
    'memory-reservation': bytes('Memory soft limit'),
    'memory-swap': bytes('Swap limit equal to memory plus swap: -1 to enable unlimited swap', { minusOne: true }),
    'pids-limit': int('Tune container pids limit (set -1 for unlimited)'),
    restart: string('Restart policy to apply when a container exits'),
  },
  run: async (context) => {
    const { flags, changed } = context;
    if (changed.size === 0) throw new CliError('you must provide one or more flags when using this command');
    const body: ContainerUpdateRequest = {
      CpuShares: flags['cpu-shares'],
      Memory: flags.memory,
      NanoCpus: flags.cpus,
      CgroupParent: '',
      BlkioWeight: flags['blkio-weight'],
      BlkioWeightDevice: null,
      BlkioDeviceReadBps: null,
      BlkioDeviceWriteBps: null,
      BlkioDeviceReadIOps: null,
      BlkioDeviceWriteIOps: null,
      CpuPeriod: flags['cpu-period'],
      CpuQuota: flags['cpu-quota'],
      CpuRealtimePeriod: flags['cpu-rt-period'],
      CpuRealtimeRuntime: flags['cpu-rt-runtime'],
      CpusetCpus: flags['cpuset-cpus'],
      CpusetMems: flags['cpuset-mems'],
      Devices: null,
      DeviceCgroupRules: null,
      DeviceRequests: null,
      MemoryReservation: flags['memory-reservation'],
      MemorySwap: flags['memory-swap'],
      MemorySwappiness: null,
      OomKillDisable: null,
      PidsLimit: changed.has('pids-limit') ? flags['pids-limit'] : null,
      Ulimits: null,
      CpuCount: 0,
      CpuPercent: 0,
      IOMaximumIOps: 0,
      IOMaximumBandwidth: 0,
      RestartPolicy: restartPolicy(flags.restart),
    };
    return updateAll(context, body);
  },
});

async function updateAll({ client, args, out }: Context, body: ContainerUpdateRequest): Promise<void> {
  const errors: string[] = [];
  const warnings: string[] = [];
  for (const name of args) {
    try {
      const { Warnings } = await client.containers.update(name, body);
      warnings.push(...(Warnings ?? []));
      await out.line(name);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      errors.push(error.message);
    }
  }
  if (warnings.length > 0) await out.line(warnings.join('\n'));
  if (errors.length > 0) throw new CliError(errors.join('\n'));
}
