/**
 * Whether time per operation stays flat as containers get many: on one bridge, with random names and after churn, one reaches another by
 * name, and one more starts and goes. Milliseconds of the processor on the model, and their ratio to the smallest size.
 */
import { nodeHost } from '../src/bin/host.ts';
import { runJob } from '../src/engine/machine/job.ts';
import { createMachine } from '../src/engine/machine/machine.ts';
import { bookSpec } from '../src/engine/machine/spec.ts';
import type { Machine } from '../src/engine/machine/types.ts';

const SIZES = (process.env.SIZES ?? '10,100,1000').split(',').map(Number);
const PROBES = Number(process.env.PROBES ?? 40);
const CHURN = 0.2;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function sh(machine: Machine, script: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  const status = await runJob(machine, {
    argv: ['sh', '-c', script],
    onOutput: (_stream, bytes) => {
      text += decoder.decode(bytes);
    },
  });
  if (status !== 0) throw new Error(`${script}: ${status}: ${text}`);
  return text;
}

/** What this process has had of the processor, in milliseconds: other programs of the host do not count. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

async function time(job: () => Promise<unknown>): Promise<number> {
  const started = cpuMs();
  await job();
  return cpuMs() - started;
}

/** A chance of its own, the same in each run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const run = (name: string): string => `docker run -d --name ${name} --network lan busybox httpd -f -h /etc`;

async function containers(size: number): Promise<{ readonly startMs: number; readonly reachMs: number }> {
  const machine = await createMachine(bookSpec({ start: 'images', images: ['busybox'] }), nodeHost);
  const roll = dice(size);
  await sh(machine, 'docker network create lan');
  const names = Array.from({ length: size }, (_, at) => `c${roll(1e9).toString(36)}x${at}`);
  for (const name of names) await sh(machine, run(name));
  for (let left = Math.max(1, Math.floor(size * CHURN)); left > 0; left--) {
    const at = roll(size);
    await sh(machine, `docker rm -f ${names[at]}`);
    names[at] = `n${roll(1e9).toString(36)}y${at}`;
    await sh(machine, run(names[at]));
  }
  const reach: number[] = [];
  const start: number[] = [];
  for (let probe = 0; probe < PROBES; probe++) {
    const [from, to] = [names[roll(size)], names[roll(size)]];
    reach.push(await time(() => sh(machine, `docker exec ${from} wget -qO- http://${to}/hostname`)));
    start.push(await time(() => sh(machine, `${run('extra')} && docker rm -f extra`)));
  }
  return { startMs: median(start), reachMs: median(reach) };
}

const first = { startMs: 0, reachMs: 0 };
for (const size of SIZES) {
  const { startMs, reachMs } = await containers(size);
  first.startMs ||= startMs;
  first.reachMs ||= reachMs;
  console.log(
    `${size} containers on a bridge: one reaches another by name in ${reachMs.toFixed(1)} ms (${(reachMs / first.reachMs).toFixed(2)}), one more starts and goes in ${startMs.toFixed(1)} ms (${(startMs / first.startMs).toFixed(2)})`,
  );
}
