/** A computer with two containers' worth of network, on which programs are run and their output is read. */
import { createKernel } from '../../../../src/engine/kernel/kernel.ts';
import type { NamespaceRef, Program, Sys } from '../../../../src/engine/kernel/sys.ts';
import type { Applet } from '../../../../src/engine/userland/net/applet.ts';

const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });

export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly status: number | undefined;
}

/** Plays `script` as pid 1 until it returns. */
export async function onComputer(script: (sys: Sys) => Promise<void>, { forMs = 60_000 }: { forMs?: number } = {}): Promise<void> {
  const kernel = createKernel({
    seed: 3,
    epochNs: 1_763_722_800_000_000_000n,
    load: async () => undefined,
    breathe,
    nowMs: () => performance.now(),
  });
  let failure: unknown;
  let isDone = false;
  kernel.start(async (sys) => {
    try {
      await script(sys);
      isDone = true;
    } catch (error) {
      failure = error;
    }
    return 0;
  });
  await kernel.run(BigInt(forMs) * 1_000_000n, { stop: () => isDone || failure !== undefined });
  if (failure !== undefined) throw failure;
  if (kernel.faults.length > 0) throw new Error(`a program failed: ${String(kernel.faults[0]?.error)}`);
  if (!isDone) throw new Error('not done in time');
}

/** Makes directories and files. */
export function put(sys: Sys, path: string, text: string): void {
  const parts = path.split('/').slice(1, -1);
  for (let depth = 1; depth <= parts.length; depth += 1) {
    try {
      sys.path.mkdir(`/${parts.slice(0, depth).join('/')}`);
    } catch {
      // It is there.
    }
  }
  sys.path.writeFile(path, new TextEncoder().encode(text), 0o644);
}

export interface Where {
  readonly net?: NamespaceRef;
  readonly input?: string;
}

/** Runs a program in a process of its own and reads what it prints. */
export async function run(sys: Sys, applet: Applet, args: readonly string[], where: Where = {}): Promise<Ran> {
  return runProgram(sys, (child) => applet(child, args), where);
}

export async function runProgram(sys: Sys, program: Program, { net, input = '' }: Where = {}): Promise<Ran> {
  const [stdin, out, err] = [sys.fds.pipe(), sys.fds.pipe(), sys.fds.pipe()];
  const pid = sys.fork(program, {
    fds: new Map([
      [stdin.read, 0],
      [out.write, 1],
      [err.write, 2],
    ]),
    ...(net && { join: [net] }),
  });
  for (const fd of [stdin.read, out.write, err.write]) sys.fds.close(fd);
  await sys.write(stdin.write, new TextEncoder().encode(input));
  sys.fds.close(stdin.write);
  const [printed, complained] = [await drain(sys, out.read), await drain(sys, err.read)];
  const exited = await sys.wait(pid);
  return { out: printed, err: complained, status: exited?.status };
}

async function drain(sys: Sys, fd: number): Promise<string> {
  let text = '';
  for (;;) {
    const bytes = await sys.read(fd, 65_536);
    if (bytes.length === 0) break;
    text += new TextDecoder().decode(bytes);
  }
  sys.fds.close(fd);
  return text;
}

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
