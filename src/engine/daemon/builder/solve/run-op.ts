/** RUN: a step in a container of its own, on a snapshot of the stage's files. */
import type { HostConfig, Ulimit } from '../../../api-types/index.ts';
import type { ContainerMountPoint } from '../../containers/container.ts';
import type { StreamName } from '../../containers/output-hub.ts';
import { runTransient } from '../../containers/transient/transient.ts';
import type { Daemon } from '../../daemon.ts';
import { DockerError } from '../../errors.ts';
import { StartError } from '../../runtime/shim.ts';
import type { RunMeta } from '../plan/vertex.ts';

export interface RunRequest {
  /** The active snapshot. */
  readonly id: string;
  readonly meta: RunMeta;
  readonly proxy: readonly string[];
  /** Variables that hold secrets. */
  readonly secrets: readonly string[];
  readonly mounts: readonly ContainerMountPoint[];
  readonly onOutput: (stream: StreamName, bytes: Uint8Array) => Promise<void>;
  readonly onStart: (kill: () => void) => void;
}

const encoder = new TextEncoder();
const HOSTNAME = 'buildkitsandbox';

/** Why a command did not end well: what stands behind its name. */
export class RunFailure extends Error {
  override readonly name = 'RunFailure';
}

/** Throws RunFailure. */
export async function runStep(daemon: Daemon, { id, meta, proxy, secrets, mounts, onOutput, onStart }: RunRequest): Promise<void> {
  const shown = `process ${JSON.stringify(meta.args.join(' '))} did not complete successfully: `;
  try {
    const status = await runTransient(daemon, {
      id,
      command: meta.args,
      env: [...meta.env, ...proxy, ...secrets],
      workingDir: meta.cwd,
      user: meta.user,
      hostname: meta.hostname || HOSTNAME,
      hostConfig: hostConfigFor(meta),
      mounts: meta.shmSizeBytes > 0 ? [shm(meta.shmSizeBytes), ...mounts] : mounts,
      onOutput,
      onStart,
    });
    if (status !== 0) throw new RunFailure(`${shown}exit code: ${status}`);
  } catch (error) {
    if (error instanceof StartError) {
      await onOutput(
        'stderr',
        encoder.encode(`runc run failed: unable to start container process: error during container init: ${error.message}\n`),
      );
      throw new RunFailure(`${shown}exit code: 1`);
    }
    if (error instanceof DockerError) throw new RunFailure(`${shown}${error.message}`);
    throw error;
  }
}

/** Shared memory of another size is a mount of its own. */
const shm = (sizeBytes: number): ContainerMountPoint => ({
  Type: 'tmpfs',
  Source: '',
  Destination: '/dev/shm',
  Mode: '',
  RW: true,
  Propagation: '',
  data: `size=${sizeBytes},mode=1777`,
});

function hostConfigFor({ network, extraHosts, ulimits, cgroupParent }: RunMeta): Partial<HostConfig> {
  return {
    NetworkMode: network === '' || network === 'default' ? 'bridge' : network,
    ExtraHosts: extraHosts,
    Ulimits: ulimits.map(ulimitOf).filter((one) => one !== undefined),
    CgroupParent: cgroupParent,
  };
}

/** `nofile=1024:2048`. */
function ulimitOf(text: string): Ulimit | undefined {
  const [, Name = '', soft = '', hard = soft] = /^(\w+)=(-?\d+)(?::(-?\d+))?$/.exec(text) ?? [];
  return Name === '' ? undefined : { Name, Soft: Number(soft), Hard: Number(hard) };
}
