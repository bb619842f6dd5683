import type { ContainerUpdateRequest, ContainerUpdateResponse, HostConfig } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { DockerError, invalid, system } from '../errors.ts';
import { RuntimeError } from '../runtime/become.ts';
import { cpusOf } from '../system/host.ts';
import { kernelWarnings } from '../system/support.ts';
import type { Container } from './container.ts';
import { happened } from './happened.ts';
import { cannotUpdate } from './requests/errors.ts';
import { checkResources, checkRestartPolicy } from './requests/host-config.ts';

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
  'PidsLimit',
] as const;

/** `docker update`: limits and the restart policy, of a container that may be running. Throws DockerError. */
export function update(daemon: Daemon, name: string, request: ContainerUpdateRequest): ContainerUpdateResponse {
  const set = LIMITS.filter((key) => request[key] || (key === 'PidsLimit' && request[key] === 0));
  const changes = Object.fromEntries(set.map((key) => [key, request[key]])) as Partial<HostConfig>;
  // What was asked for is checked by itself; how it fits what is there, afterwards.
  checkResources({ ...NOTHING, ...changes } as HostConfig, { cpus: cpusOf(daemon.sys), isUpdate: true });
  if (request.RestartPolicy && request.RestartPolicy.Name !== '') checkRestartPolicy(request.RestartPolicy);
  const container = daemon.containers.get(name);
  const before = container.hostConfig;
  try {
    change(daemon, container, { request, changes });
  } catch (error) {
    container.hostConfig = before;
    throw error instanceof DockerError ? cannotUpdate(container.id, error) : error;
  }
  daemon.containers.save(container);
  happened(daemon, container, 'update');
  const warnings = kernelWarnings({ BlkioWeight: request.BlkioWeight ?? 0 }, daemon.cgroups.can);
  return { Warnings: warnings.length > 0 ? warnings : null };
}

const NOTHING: Partial<HostConfig> = {
  Memory: 0,
  MemorySwap: 0,
  MemoryReservation: 0,
  NanoCpus: 0,
  CpuPeriod: 0,
  CpuQuota: 0,
  CpusetCpus: '',
  CpusetMems: '',
};

/** CPUs are counted one way or the other. */
function checkCpuKinds(changes: Partial<HostConfig>, { NanoCpus, CpuPeriod, CpuQuota }: HostConfig): void {
  const refuse = (what: string, because: string): DockerError =>
    invalid(`Conflicting options: ${what} cannot be updated as ${because} has already been set`);
  if ((changes.NanoCpus ?? 0) > 0 && CpuPeriod > 0) throw refuse('Nano CPUs', 'CPU Period');
  if ((changes.NanoCpus ?? 0) > 0 && CpuQuota > 0) throw refuse('Nano CPUs', 'CPU Quota');
  if ((changes.CpuPeriod ?? 0) > 0 && NanoCpus > 0) throw refuse('CPU Period', 'NanoCPUs');
  if ((changes.CpuQuota ?? 0) > 0 && NanoCpus > 0) throw refuse('CPU Quota', 'NanoCPUs');
}

function change(
  daemon: Daemon,
  container: Container,
  { request, changes }: { request: ContainerUpdateRequest; changes: Partial<HostConfig> },
): void {
  const policy = request.RestartPolicy;
  if (policy && policy.Name !== '') {
    if (container.hostConfig.AutoRemove && policy.Name !== 'no')
      throw invalid('Restart policy cannot be updated because AutoRemove is enabled for the container');
  }
  checkCpuKinds(changes, container.hostConfig);
  const { Memory = 0, MemorySwap = 0 } = changes;
  if (Memory !== 0 && Memory > container.hostConfig.MemorySwap && MemorySwap === 0)
    throw invalid('Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time');
  const pids = changes.PidsLimit === undefined ? {} : { PidsLimit: Math.max(0, changes.PidsLimit ?? 0) };
  container.hostConfig = {
    ...container.hostConfig,
    ...changes,
    ...pids,
    ...(policy && policy.Name !== '' ? { RestartPolicy: policy } : {}),
  };
  if (!container.live.task) return;
  try {
    daemon.cgroups.apply(daemon.cgroups.of(container), container.hostConfig);
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error;
    happened(daemon, container, 'update');
    throw system(`runc did not terminate successfully: exit status 1: ${error.message}`);
  }
}
