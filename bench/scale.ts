/**
 * How the model bears many containers and deep images: node --expose-gc bench/scale.ts [CONTAINERS] [RUNNING]. Figures are ratios within one run, of
 * the processor's time: what else the machine has to do does not count.
 */
import { nodeHost } from '../src/bin/host.ts';
import { createMachine } from '../src/engine/machine/machine.ts';
import { playCommand } from '../src/engine/machine/play.ts';
import { oracleSpec } from '../src/engine/machine/spec.ts';
import { ORACLE_SETTINGS } from '../src/engine/machine/world/settings.ts';

const [containers = 10_000, running = 500] = process.argv.slice(2).map(Number);
const RUNS = 15;
const WARM_UPS = 40;
const BATCH = 50;
const LAYERS = 124;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const machine = await createMachine(oracleSpec({ images: ['busybox:1.35'] }), nodeHost);
const run = async (cmd: string) => {
  const { exit, stderr } = await playCommand(machine, cmd, ORACLE_SETTINGS);
  if (exit !== 0) throw new Error(`${cmd.slice(0, 80)}: ${exit} ${stderr}`);
};

const MICROSECONDS = 1000;

/** Milliseconds of the processor for one time, as the median. `sweeps`: the heap is swept before each, for what makes much garbage. */
async function time(cmd: string, { sweeps = false } = {}): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    if (sweeps) globalThis.gc?.();
    const started = process.cpuUsage();
    await run(cmd);
    const { user, system } = process.cpuUsage(started);
    times.push((user + system) / MICROSECONDS);
  }
  return median(times);
}

/** Makes so many in batches, each one line of a shell. */
async function make(count: number, line: (i: number) => string): Promise<void> {
  for (let at = 0; at < count; at += BATCH)
    await run(Array.from({ length: Math.min(BATCH, count - at) }, (_, i) => `${line(at + i)} >/dev/null`).join(' && '));
}

// Compiled and cached first: what is compared is the machine's size, not the host's warmth.
for (let i = 0; i < WARM_UPS; i++) await run('docker run --rm busybox:1.35 true');
const before = { run: await time('docker run --rm busybox:1.35 true') };
await make(running, (i) => `docker run -d --name r${i} busybox:1.35 sleep 1000000`);
await make(containers / 2 - running, (i) => `docker create --name a${i} busybox:1.35`);
const half = await time('docker ps -a -q >/dev/null', { sweeps: true });
await make(containers / 2, (i) => `docker create --name b${i} busybox:1.35`);
const whole = await time('docker ps -a -q >/dev/null', { sweeps: true });
const after = { run: await time('docker run --rm busybox:1.35 true') };
globalThis.gc?.();
console.log(
  `docker ps -a: ${half.toFixed(0)} ms at ${containers / 2}, ${whole.toFixed(0)} ms at ${containers}: ${(whole / half).toFixed(2)} times (2 is linear)`,
);
console.log(
  `docker run --rm busybox true: ${before.run.toFixed(1)} ms alone, ${after.run.toFixed(1)} ms beside ${containers} (${running} running): ${(after.run / before.run).toFixed(2)} times`,
);
console.log(
  `memory: ${Math.round(process.memoryUsage().heapUsed / 2 ** 20)} MB of heap, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB in all`,
);

await run('docker commit $(docker create busybox:1.35) deep:0 >/dev/null');
for (let i = 1; i <= LAYERS; i++) await run(`docker commit $(docker create deep:${i - 1}) deep:${i} >/dev/null`);
const open = "sh -c 'i=0; while [ $i -lt 200 ]; do read x < /etc/passwd; i=$((i+1)); done'";
const [shallow, deep] = [await time(`docker run --rm deep:2 ${open}`), await time(`docker run --rm deep:${LAYERS} ${open}`)];
console.log(
  `200 opens: ${shallow.toFixed(1)} ms above 4 layers, ${deep.toFixed(1)} ms above ${LAYERS + 2}: ${(deep / shallow).toFixed(2)} times`,
);
