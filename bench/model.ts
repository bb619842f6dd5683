/** Times of commands on the model, and beside them what the real Docker took on the machine of the recordings. */
import { nodeHost } from '../src/bin/host.ts';
import { runJob } from '../src/engine/machine/job.ts';
import { createMachine } from '../src/engine/machine/machine.ts';
import { bookSpec } from '../src/engine/machine/spec.ts';

const RUNS = 9;
/** Medians of the real thing, client's start included, recorded with Docker 29.7.2 on two CPUs. */
const REAL_MS: Readonly<Record<string, number>> = { 'docker run --rm busybox true': 233.8, 'docker ps': 20.2 };

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function time(job: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await job();
  return performance.now() - started;
}

const boots: number[] = [];
for (let run = 0; run < RUNS; run++) boots.push(await time(() => createMachine(bookSpec(), nodeHost)));
console.log(`switching an empty machine on: ${median(boots).toFixed(1)} ms (median of ${RUNS})`);

const machine = await createMachine(bookSpec({ start: 'images', images: ['busybox'] }), nodeHost);
for (const command of Object.keys(REAL_MS)) {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) times.push(await time(() => runJob(machine, { argv: ['sh', '-c', command], onOutput: () => {} })));
  const real = REAL_MS[command] ?? 0;
  console.log(
    `${command}: ${median(times).toFixed(1)} ms (median of ${RUNS}); the real one took ${real} ms: ${(median(times) / real).toFixed(2)} of it`,
  );
}
