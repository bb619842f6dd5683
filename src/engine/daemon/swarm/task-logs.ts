/** What the container of one task has printed, on the node where it runs. Upstream: swarmkit agent, moby executor/container/controller.go (Logs). */
import { logs } from '../containers/logging/logs.ts';
import type { Daemon } from '../daemon.ts';
import type { LogLine } from './session/messages.ts';

const TASK_ID = 'com.docker.swarm.task.id';

/** Which lines; the time stands in front of each. */
export interface LogLimits {
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly follow: boolean;
  /** Nanoseconds since 1970, as text. */
  readonly sinceNs?: string;
  readonly tail?: number;
}

/** Undefined: there is nothing that could be read. */
export function readTaskLogs(
  daemon: Daemon,
  task: string,
  { limits, take }: { readonly limits: LogLimits; readonly take: (line: LogLine) => void },
): Promise<void> | undefined {
  const container = daemon.containers.all().find(({ config }) => config.Labels?.[TASK_ID] === task);
  if (!container || !['json-file', 'local'].includes(container.hostConfig.LogConfig.Type)) return undefined;
  const { sinceNs, ...rest } = limits;
  const since = sinceNs === undefined ? undefined : BigInt(sinceNs);
  const { stream } = logs(daemon, container.id, { ...rest, sinceNs: since, tail: limits.tail, timestamps: true });
  return stream(async (which, text) => take({ stream: which, text }));
}
