/** Joins the network to processes: whose namespace, descriptors and files a socket call means. */
import { Errno } from './errno.ts';
import { INITIAL_INODES } from './namespace/namespaces.ts';
import { NetNamespace, type Network } from './net/index.ts';
import type { FileView, NetworkPort } from './process/ports.ts';
import type { NetworkFiles } from './process/proc-source.ts';

/** Unix sockets have names in the file system. */
export interface SocketNames {
  bind(view: FileView, path: string, socket: object): void;
  at(view: FileView, path: string): object;
}

const namespaceOf = (stack: object): NetNamespace => {
  if (!(stack instanceof NetNamespace)) throw new Errno('EINVAL');
  return stack;
};

export function networkPort(network: Network, names: SocketNames): NetworkPort {
  network.root.id = INITIAL_INODES.net;
  return {
    root: network.root,
    createStack: (inode) => {
      const namespace = network.createNamespace();
      namespace.id = inode;
      return namespace;
    },
    destroyStack: (stack) => network.destroy(namespaceOf(stack)),
    ops: (binding) =>
      network.ops({
        namespace: () => namespaceOf(binding.stack()),
        install: binding.install,
        file: binding.file,
        credentials: binding.credentials,
        pid: binding.pid,
        program: binding.program,
        span: binding.span,
        bindUnix: (path, socket) => names.bind(binding.view(), path, socket),
        unixAt: (path) => names.at(binding.view(), path),
        resolve: (ref) => namespaceOf(binding.resolve(ref)),
      }),
  };
}

/** What /proc/net and /proc/sys/net show. */
export function networkFiles(network: Network): NetworkFiles {
  return {
    file: (stack, name) => network.proc(namespaceOf(stack), name),
    sysctl: (stack, name) => network.sysctl(namespaceOf(stack), name),
    setSysctl: (stack, name, value) => network.setSysctl(namespaceOf(stack), name, value),
    sysctls: (stack) => network.sysctls(namespaceOf(stack)),
  };
}
