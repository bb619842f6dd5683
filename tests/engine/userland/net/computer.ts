/** A computer with two containers' worth of network, on which programs are run and their output is read. */
import type { NamespaceRef, Program, Sys } from '../../../../src/engine/kernel/sys.ts';
import type { Applet } from '../../../../src/engine/userland/net/applet.ts';
import { onKernel, piped, put, type Ran } from '../piped.ts';

export { onKernel as onComputer, put };

export interface Where {
  readonly net?: NamespaceRef;
  readonly input?: string;
}

/** Runs a program in a process of its own and reads what it prints. */
export async function run(sys: Sys, applet: Applet, args: readonly string[], where: Where = {}): Promise<Ran> {
  return runProgram(sys, (child) => applet(child, args), where);
}

export const runProgram = (sys: Sys, program: Program, { net, input }: Where = {}): Promise<Ran> =>
  piped(sys, program, { input, ...(net && { join: [net] }) });

/** docker0 with a container `eth0` 172.17.0.2 behind it. */
export function makeNetwork(sys: Sys): NamespaceRef {
  const { link } = sys.net;
  put(sys, '/dev/null', '');
  link.set('lo', { up: true });
  link.add({ name: 'docker0', kind: 'bridge' });
  link.addAddress('docker0', { ip: '172.17.0.1', prefixLength: 16 });
  link.set('docker0', { up: true });
  const box = sys.ns.create('net');
  link.add({ name: 'veth1', kind: 'veth', peer: { name: 'eth0', namespace: box } });
  link.set('veth1', { master: 'docker0', up: true });
  const inside = link.in(box).link;
  inside.set('lo', { up: true });
  inside.addAddress('eth0', { ip: '172.17.0.2', prefixLength: 16, broadcast: '172.17.255.255' });
  inside.set('eth0', { up: true });
  inside.addRoute({ destination: 'default', via: '172.17.0.1', device: 'eth0' });
  return box;
}
