import type { ContainerUpdateRequest, ContainerUpdateResponse, HostConfig } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { DockerError, invalid, system } from '../errors.ts';
import { RuntimeError } from '../runtime/become.ts';
import { applyLimits, cgroupPath } from '../runtime/cgroup.ts';
import { cpusOf } from '../system/host.ts';
import type { Container } from './container.ts';
import { cannotUpdate } from './errors.ts';
import { happened } from './happened.ts';
import { checkResources, checkRestartPolicy } from './host-config.ts';

const LIMITS = [
  'CpuShares',
  'Memory',
  'NanoCpus',
  'CpuPeriod',
  'CpuQuota',
  'CpuRealtimePeriod',
  'CpuRealtimeRuntime',
  'CpusetCpus',
  'CpusetMems',
  'MemoryReservation',
  'MemorySwap',
  'BlkioWeight',
  'PidsLimit',
] as const;

/** `docker update`: limits and the restart policy, of a container that may be running. Throws DockerError. */
export function update(daemon: Daemon, name: string, request: ContainerUpdateRequest): ContainerUpdateResponse {
  const container = daemon.containers.get(name);
  const changes = Object.fromEntries(LIMITS.filter((key) => request[key]).map((key) => [key, request[key]])) as Partial<HostConfig>;
  checkResources({ ...container.hostConfig, ...onlyNew(changes) }, { cpus: cpusOf(daemon.sys) });
  try {
    change(daemon, container, { request, changes });
  } catch (error) {
    throw error instanceof DockerError ? cannotUpdate(container.id, error) : error;
  }
  daemon.containers.save(container);
  happened(daemon, container, 'update');
  return { Warnings: null };
}

/** What was asked for is checked by itself; how it fits what is there, afterwards. */
const onlyNew = (changes: Partial<HostConfig>): Partial<HostConfig> => ({
  Memory: 0,
  MemorySwap: 0,
  MemoryReservation: 0,
  NanoCpus: 0,
  CpuPeriod: 0,
  CpuQuota: 0,
  CpusetCpus: '',
  ...changes,
});

function change(
  daemon: Daemon,
  container: Container,
  { request, changes }: { request: ContainerUpdateRequest; changes: Partial<HostConfig> },
): void {
  const policy = request.RestartPolicy;
  if (policy && policy.Name !== '') {
    checkRestartPolicy(policy);
    if (container.hostConfig.AutoRemove) throw invalid('Restart policy cannot be updated because AutoRemove is enabled for the container');
  }
  const { Memory: oldMemory, MemorySwap: oldSwap } = container.hostConfig;
  const memory = changes.Memory ?? oldMemory;
  const swap = changes.MemorySwap ?? oldSwap;
  if (memory > 0 && swap > 0 && memory > swap)
    throw invalid('Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time');
  container.hostConfig = { ...container.hostConfig, ...changes, ...(policy && policy.Name !== '' ? { RestartPolicy: policy } : {}) };
  if (!container.live.task) return;
  try {
    applyLimits(daemon.sys, cgroupPath(container.id, container.hostConfig.CgroupParent), container.hostConfig);
  } catch (error) {
    throw error instanceof RuntimeError ? system(error.message) : error;
  }
}
