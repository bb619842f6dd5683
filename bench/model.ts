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

const STAGES = 20;
/** The real one for the same, client's start included: the median of nine, on two busy CPUs. */
const REAL_BUILD_MS = 470.6;
/** A chain of stages, each with a file of the one before it: what is done again is to find that nothing has to be. */
const stages = Array.from(
  { length: STAGES },
  (_, i) => `FROM ${i === 0 ? 'busybox' : `stage${i - 1}`} AS stage${i}\\nRUN echo ${i} > /stage${i}\\n`,
).join('');
const build = `printf '${stages}' | docker build -q - >/dev/null`;
const runBuild = () => runJob(machine, { argv: ['sh', '-c', build], onOutput: () => {} });
const status = await runBuild();
if (status !== 0) throw new Error(`the build of ${STAGES} stages ended with ${status}`);
const builds: number[] = [];
for (let run = 0; run < RUNS; run++) builds.push(await time(runBuild));
console.log(
  `docker build of ${STAGES} stages, all in the cache: ${median(builds).toFixed(1)} ms (median of ${RUNS}); the real one took ${REAL_BUILD_MS} ms: ${(median(builds) / REAL_BUILD_MS).toFixed(2)} of it`,
);
