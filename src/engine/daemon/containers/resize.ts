import type { WindowSize } from '../../kernel/sys.ts';
import type { Daemon } from '../daemon.ts';
import { notRunning } from './errors.ts';
import { get } from './exec.ts';
import { happened } from './happened.ts';

/** Tells a container's terminal how large the client's is. Throws DockerError. */
export function resize(daemon: Daemon, name: string, size: WindowSize): void {
  const container = daemon.containers.get(name);
  if (!container.live.task) throw notRunning(container.id);
  if (container.live.terminal !== null) daemon.sys.tty.setSize(container.live.terminal, size);
  happened(daemon, container, 'resize', { height: String(size.rows), width: String(size.columns) });
}

export function resizeExec(daemon: Daemon, id: string, size: WindowSize): void {
  const { exec } = get(daemon, id);
  if (exec.terminal !== null) daemon.sys.tty.setSize(exec.terminal, size);
}
