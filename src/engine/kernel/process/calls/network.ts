/** The network's calls, bound to a process: they act in its namespace, with its descriptors and its rights. */
import { COSTS } from '../../costs.ts';
import { Errno } from '../../errno.ts';
import { isKind } from '../../namespace/namespaces.ts';
import type { NetOps } from '../../net/types.ts';
import type { NamespaceRef } from '../../sys.ts';
import type { Caller } from '../caller.ts';
import { describe } from '../descriptors.ts';
import type { NetworkStack } from '../ports.ts';

export function networkCalls(caller: Caller): NetOps {
  const { state, process } = caller;
  return state.network.ops({
    stack: () => process.namespaces.net.payload.stack,
    install: (file) => {
      caller.begin(COSTS.callNs);
      return process.fds.add(describe(file));
    },
    file: (fd) => {
      caller.begin(COSTS.callNs);
      return process.fds.file(fd);
    },
    credentials: () => process.identity,
    pid: () => process.id.numbers[0] ?? 0,
    program: () => process.name,
    span: () => state.scheduler.current?.span ?? 0,
    view: () => caller.view,
    resolve: (ref) => resolve(caller, ref),
  });
}

function resolve({ state }: Caller, ref: NamespaceRef): NetworkStack {
  const namespace = state.namespaces.find(ref);
  if (!isKind(namespace, 'net')) throw new Errno('EINVAL');
  return namespace.payload.stack;
}
