/**
 * Puts a computer together: kernel, disk, network, programs; and is all that anything outside sees of it. What enters and what
 * leaves is plain data (types.ts); time passes only in `run`.
 */
import { eventLine } from '../daemon/events/log.ts';
import type { DaemonParts } from '../daemon/main.ts';
import type { Kernel, KernelOptions } from '../kernel/kernel.ts';
import type { Program } from '../kernel/sys.ts';
import { Sha256 } from '../oci/sha256.ts';
import { createDialer } from './dial.ts';
import { Keyboards } from './keyboards.ts';
import { createLooker } from './look.ts';
import { createLoader } from './programs/loader.ts';
import { epochOf } from './spec.ts';
import type { Host, Input, Machine, MachineSpec, Output } from './types.ts';

/** A machine that cannot be switched on: a bug, or images that the catalogue does not have. */
export class MachineError extends Error {
  override readonly name = 'MachineError';
}

/** Virtual time after which a machine that is not ready will never be. */
const LONGEST_BOOT_NS = 600_000_000_000n;

/** What Linux finds of 4 GiB, its own image and tables taken off; and of 24 GiB, on the machine of the recordings. */
const MEMORY_BYTES = { book: 4_018_408 * 1024, oracle: 24_684_084 * 1024 };

const encoder = new TextEncoder();

/** What an output contributes to the digest: its kind, whose it is, and its bytes. */
function absorb(hash: Sha256, output: Output): void {
  const { kind, ...rest } = output;
  const bytes = 'bytes' in rest ? rest.bytes : new Uint8Array();
  const words = Object.entries(rest)
    .filter(([name]) => name !== 'bytes')
    .map(([name, value]) => `${name}=${value}`);
  hash.update(encoder.encode(`${kind} ${words.join(' ')} ${bytes.length}\n`)).update(bytes);
}

const sentencesOf = (faults: Kernel['faults']): readonly string[] =>
  faults.map(({ program, message, error }) => `${program}: ${message}${error instanceof Error ? `\n${error.stack ?? ''}` : ''}`);

/** The machine of the recordings has more memory, and a kernel with the older control groups. */
async function hardware(world: MachineSpec['world']): Promise<Pick<KernelOptions, 'memoryBytes' | 'cgroupV1'>> {
  const memoryBytes = MEMORY_BYTES[world];
  return world === 'book' ? { memoryBytes } : { memoryBytes, cgroupV1: (await import('../kernel/cgroup/files-v1.ts')).CGROUP_V1 };
}

/** The Engine, on whichever computer it runs; whoever looks from outside looks at the host's. */
async function engineOf(kernel: Kernel, watched: Pick<DaemonParts, 'onAnswering' | 'onEvent'>): Promise<Program> {
  const { dockerd } = await import('../api/dockerd.ts');
  const { INITIAL_INODES } = await import('../kernel/namespace/namespaces.ts');
  const parts: DaemonParts = {
    spans: kernel.spans,
    flows: kernel.network.flows,
    resolve: async (sys, name) => (await sys.stall(() => import('./programs/resolve.ts'))).resolve(sys, name),
    nameServer: async (sys, options) => (await sys.stall(() => import('./programs/names.ts'))).nameServer(sys, options),
  };
  return (sys) => dockerd(sys.ns.of('net').inode === INITIAL_INODES.net ? { ...parts, ...watched } : parts)(sys);
}

/** Switches a machine on; resolves when it is as `spec` says. */
export async function createMachine(spec: MachineSpec, host: Host): Promise<Machine> {
  const listeners: ((output: Output) => void)[] = [];
  const hash = new Sha256();
  let ready = false;
  const emit = (output: Output): void => {
    if (!ready) return;
    absorb(hash, output);
    for (const listener of listeners) listener(output);
  };
  const { createKernel } = await import('../kernel/kernel.ts');
  const kernel = createKernel({
    seed: spec.seed,
    ...(await hardware(spec.world)),
    epochNs: epochOf(spec),
    load: createLoader({
      dockerd: () => engineOf(kernel, { onAnswering: (handler) => looker.answering(handler), onEvent: (event) => tell(eventLine(event)) }),
    }),
    breathe: () => host.breathe(),
    nowMs: () => host.nowMs(),
  });
  const watching: ((line: string | null) => void)[] = [];
  const tell = (line: string | null): void => {
    if (ready) for (const listener of watching) listener(line);
  };
  const looker = createLooker(kernel, () => tell(null));
  const mailbox = kernel.mailbox<Input>();
  const { boot } = await import('./boot.ts');
  const { sitesOf } = await import('./world/outside.ts');
  const sites = sitesOf({ world: spec.world, catalogue: host.catalogue, hasSetupEnded: () => ready });
  const onReady = (): void => {
    ready = true;
  };
  const keyboards: Keyboards = new Keyboards((master) => kernel.reading(agent, master));
  const agent = kernel.start(boot({ spec, mailbox, emit, masters: keyboards.masters, sites, onReady }), { name: 'agent', argv: ['agent'] });
  await kernel.run(LONGEST_BOOT_NS, { stop: () => ready || kernel.faults.length > 0 });
  const faults = (): readonly string[] => sentencesOf(kernel.faults);
  if (!ready) throw new MachineError(`the machine did not start: ${faults().join('; ') || 'nothing moves'}`);

  const input = (event: Input): void => {
    keyboards.take(event);
    mailbox.push(event);
  };
  const dialer = createDialer(input);
  listeners.push(dialer.take);
  return {
    now: () => kernel.nowNs(),
    run: async (until, options) => {
      const result = await kernel.run(until, options);
      looker.check();
      return result;
    },
    look: (target) => looker.look(target),
    keyboard: (terminal) => keyboards.of(terminal),
    onEvent: (listener) => void watching.push(listener),
    nextInstant: () => kernel.nextInstantNs(),
    input,
    onOutput: (listener) => void listeners.push(listener),
    dial: dialer.dial,
    faults,
    digest: () => hash.hex(),
  };
}
