/**
 * Whether overlayfs stays flat: looking a path up through 1 to 127 layers, where the file lies in the lowest and names are random, and
 * copying a large sparse file up. Microseconds and milliseconds of the processor on the model, and their ratio to the smallest size.
 */
import { createKernel } from '../src/engine/kernel/kernel.ts';
import type { Sys } from '../src/engine/kernel/sys.ts';

const LAYERS = (process.env.LAYERS ?? '1,10,127').split(',').map(Number);
const SIZES_MB = (process.env.SIZES_MB ?? '1,10,100').split(',').map(Number);
const FILES = 2000;
const LOOKUPS = 20_000;
const BATCH = 100;
const COPIES = 9;
const MEGABYTE = 1024 * 1024;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** A chance of its own, the same in each run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What this process has had of the processor, in milliseconds: other programs of the host do not count. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Plays `script` as the first process of a bare kernel. */
async function play(script: (sys: Sys) => Promise<void>): Promise<void> {
  const kernel = createKernel({
    seed: 1,
    epochNs: 1_763_722_800_000_000_000n,
    load: async () => undefined,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    nowMs: () => performance.now(),
  });
  const ended = { ok: false };
  kernel.start(async (sys) => {
    await script(sys);
    ended.ok = true;
    return 0;
  });
  await kernel.run(3_600_000_000_000n, { stop: () => ended.ok || kernel.faults.length > 0 });
  if (!ended.ok) throw kernel.faults[0]?.error ?? new Error('the kernel did not finish');
}

/** An overlay at /m whose lowest layer `fill` has written into. */
function overlay(sys: Sys, layers: number, fill: (lowest: string) => void): void {
  const lowers = Array.from({ length: layers }, (_, at) => `/l${at}`);
  for (const folder of [...lowers, '/u', '/w', '/m']) sys.path.mkdir(folder);
  for (const [at, folder] of lowers.entries()) {
    sys.path.mkdir(`${folder}/d`);
    sys.path.writeFile(`${folder}/d/own${at}`, new Uint8Array(1));
  }
  fill(lowers.at(-1) ?? '/');
  const data = `lowerdir=${lowers.join(':')},upperdir=/u,workdir=/w`;
  sys.path.mount({ type: 'overlay', source: 'overlay', target: '/m', data });
}

interface LookUps {
  /** The first look at each name, and any later one. */
  readonly firstUs: number;
  readonly laterUs: number;
}

async function lookUps(layers: number): Promise<LookUps> {
  let measured = { firstUs: 0, laterUs: 0 };
  await play(async (sys) => {
    const roll = dice(layers);
    const names = Array.from({ length: FILES }, (_, at) => `f${roll(1e9).toString(36)}x${at}`);
    overlay(sys, layers, (lowest) => {
      for (const name of names) sys.path.writeFile(`${lowest}/d/${name}`, new Uint8Array(1));
    });
    const batches = (paths: readonly string[]): number => {
      const times: number[] = [];
      for (let at = 0; at < paths.length; at += BATCH) {
        const started = cpuMs();
        for (const path of paths.slice(at, at + BATCH)) sys.path.stat(path);
        times.push(((cpuMs() - started) * 1000) / BATCH);
      }
      return median(times);
    };
    const firstUs = batches(names.map((name) => `/m/d/${name}`));
    measured = { firstUs, laterUs: batches(Array.from({ length: LOOKUPS }, () => `/m/d/${names[roll(FILES)]}`)) };
  });
  return measured;
}

async function copyUpMs(megabytes: number): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < COPIES; run++)
    await play(async (sys) => {
      overlay(sys, 2, (lowest) => {
        sys.path.writeFile(`${lowest}/big`, new Uint8Array(1));
        sys.path.truncate(`${lowest}/big`, megabytes * MEGABYTE);
      });
      const started = cpuMs();
      const fd = await sys.open('/m/big', { write: true });
      await sys.write(fd, new Uint8Array(1));
      times.push(cpuMs() - started);
      sys.fds.close(fd);
    });
  return median(times);
}

// The host's compiler has seen the code before anything is measured.
await lookUps(2);
await copyUpMs(1);
const first = { firstUs: 0, laterUs: 0, ms: 0 };
for (const layers of LAYERS) {
  const { firstUs, laterUs } = await lookUps(layers);
  first.firstUs ||= firstUs;
  first.laterUs ||= laterUs;
  console.log(
    `${layers} layers: a path is looked up in ${firstUs.toFixed(2)} µs at first (${(firstUs / first.firstUs).toFixed(2)}), then in ${laterUs.toFixed(2)} µs (${(laterUs / first.laterUs).toFixed(2)})`,
  );
}
for (const megabytes of SIZES_MB) {
  const ms = await copyUpMs(megabytes);
  first.ms ||= ms;
  console.log(`a sparse file of ${megabytes} MB: copied up in ${ms.toFixed(2)} ms (${(ms / first.ms).toFixed(2)})`);
}
