/** /proc/sys apart from the network's: settings that are kept and shown; some belong to a namespace (sysctl(8)). */
import { Errno } from '../errno.ts';
import type { Process } from './process.ts';
import type { KernelState } from './state.ts';

const MACHINE: Readonly<Record<string, string>> = {
  'fs.file-max': '9223372036854775807',
  'fs.inotify.max_user_instances': '128',
  'fs.inotify.max_user_watches': '65536',
  'fs.nr_open': '1048576',
  'kernel.pid_max': '4194304',
  'kernel.threads-max': '63000',
  'kernel.randomize_va_space': '2',
  'kernel.panic': '0',
  'kernel.printk': '4\t4\t1\t7',
  'kernel.cap_last_cap': '40',
  'vm.swappiness': '60',
  'vm.overcommit_memory': '0',
  'vm.max_map_count': '65530',
  'vm.dirty_ratio': '20',
};
/** Each ipc namespace has its own. */
const IPC: Readonly<Record<string, string>> = {
  'fs.mqueue.msg_default': '10',
  'fs.mqueue.msg_max': '10',
  'fs.mqueue.msgsize_default': '8192',
  'fs.mqueue.msgsize_max': '8192',
  'fs.mqueue.queues_max': '256',
  'kernel.msgmax': '8192',
  'kernel.msgmnb': '16384',
  'kernel.msgmni': '32000',
  'kernel.sem': '32000\t1024000000\t500\t32000',
  'kernel.shmall': '18446744073692774399',
  'kernel.shmmax': '18446744073692774399',
  'kernel.shmmni': '4096',
  'kernel.shm_rmid_forced': '0',
};

export interface Sysctls {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  names(): readonly string[];
}

/** The settings as the process that looks sees them. */
export function createSysctls(state: KernelState, looking: () => Process | null): Sysctls {
  const changed = new Map<string, string>();
  const namespaces = () => looking()?.namespaces ?? state.initial();
  const settings = (name: string): Map<string, string> => (IPC[name] === undefined ? changed : namespaces().ipc.payload.settings);
  const fixed: Readonly<Record<string, () => string>> = {
    'kernel.hostname': () => namespaces().uts.payload.hostname,
    'kernel.domainname': () => namespaces().uts.payload.domainname,
    'kernel.ostype': () => state.uname.sysname,
    'kernel.osrelease': () => state.uname.release,
    'kernel.version': () => state.uname.version,
  };
  return {
    get: (name) => fixed[name]?.() ?? settings(name).get(name) ?? IPC[name] ?? MACHINE[name],
    set: (name, value) => {
      const { uts } = namespaces();
      if (name === 'kernel.hostname') uts.payload.hostname = value.trim();
      else if (name === 'kernel.domainname') uts.payload.domainname = value.trim();
      else if (fixed[name] !== undefined) throw new Errno('EACCES');
      else if (IPC[name] === undefined && MACHINE[name] === undefined) throw new Errno('ENOENT');
      else settings(name).set(name, value.trim().replace(/\s+/g, '\t'));
    },
    names: () => [...Object.keys(fixed), ...Object.keys(MACHINE), ...Object.keys(IPC)],
  };
}
