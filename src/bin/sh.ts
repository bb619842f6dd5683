/** `drydock sh -c 'SCRIPT'`: a script on a fresh machine's host, as fast as it goes. */

import { runJob } from '../engine/machine/job.ts';
import { createMachine } from '../engine/machine/machine.ts';
import { bookSpec } from '../engine/machine/spec.ts';
import { nodeHost } from './host.ts';
import { UsageError } from './usage.ts';

export async function sh(args: readonly string[]): Promise<number> {
  const [flag, script, ...rest] = args;
  if (flag !== '-c' || script === undefined) throw new UsageError("say what to run: drydock sh -c 'docker version'");
  const machine = await createMachine(bookSpec(), nodeHost);
  const status = await runJob(machine, {
    argv: ['sh', '-c', script, ...(rest.length > 0 ? rest : [])],
    onOutput: (stream, bytes) => (stream === 'stdout' ? process.stdout : process.stderr).write(bytes),
  });
  for (const fault of machine.faults()) process.stderr.write(`drydock: a bug of the model: ${fault}\n`);
  return status;
}
