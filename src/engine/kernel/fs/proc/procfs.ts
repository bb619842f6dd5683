/**
 * procfs (proc(5)): the processes of the pid namespace it was mounted in, and the machine. `process.ts` is /proc/PID,
 * `machine.ts` the files about the whole, `sysctl.ts` /proc/sys. What they say comes from `ProcSource`.
 */
import type { VfsHost } from '../host.ts';
import { symlink, type VirtualEntry, VirtualFs } from '../virtual.ts';
import { machineEntries } from './machine.ts';
import { processDirectory } from './process.ts';

export interface ProcfsOptions {
  readonly dev: number;
  readonly pidNamespace: number;
}

export function procfs(host: VfsHost, { dev, pidNamespace }: ProcfsOptions): VirtualFs {
  const machine = machineEntries(host);
  const self = (): number => host.proc.self(pidNamespace);
  const entry = (name: string): VirtualEntry | undefined => {
    if (name === 'self') return self() === 0 ? undefined : symlink(() => String(self()));
    if (name === 'thread-self') return self() === 0 ? undefined : symlink(() => `${self()}/task/${self()}`);
    if (/^[1-9]\d*$/.test(name)) return processDirectory(host, pidNamespace, Number(name));
    return Object.hasOwn(machine, name) ? machine[name] : undefined;
  };
  const names = (): readonly string[] => [...host.proc.pids(pidNamespace).map(String), ...Object.keys(machine), 'self', 'thread-self'];
  return new VirtualFs({ type: 'proc', dev, stamps: host, root: { type: 'directory', mode: 0o555, names, entry } });
}
