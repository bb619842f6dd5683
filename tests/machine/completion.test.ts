/** `docker __complete` and the shell's Tab, on a machine with one image and one container. */
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { runJob } from '../../src/engine/machine/job.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { bookSpec } from '../../src/engine/machine/spec.ts';
import type { Machine } from '../../src/engine/machine/types.ts';

let machine: Machine;
const decoder = new TextDecoder();

async function printed(command: string): Promise<string> {
  let text = '';
  await runJob(machine, {
    argv: ['sh', '-c', command],
    onOutput: (stream, bytes) => {
      if (stream === 'stdout') text += decoder.decode(bytes);
    },
  });
  return text;
}

beforeAll(async () => {
  machine = await createMachine(bookSpec({ start: 'images', images: ['hello-world'] }), nodeHost);
  await printed('docker create --name boat hello-world');
});

describe('completion', () => {
  it('knows commands, flags, containers and images', async () => {
    expect(await printed('docker __complete container sta')).toBe(
      'start\tStart one or more stopped containers\nstats\tDisplay a live stream of container(s) resource usage statistics\n:4\n',
    );
    expect(await printed('docker __complete run --na')).toBe('--name\tAssign a name to the container\n:4\n');
    expect(await printed("docker __complete start ''")).toBe('boat\thello-world\n:4\n');
    expect(await printed('docker __complete rmi hel')).toBe('hello-world:latest\nhello-world\n:4\n');
    expect(await printed('docker __complete run hello-world l')).toBe(':0\n');
  });

  it('offers nothing, and says nothing, when the engine is not there', async () => {
    expect(await printed("DOCKER_HOST=tcp://127.0.0.1:1 docker __complete start ''")).toBe(':4\n');
  });

  it('completes a container’s name at the prompt', async () => {
    const seen = { text: '' };
    machine.onOutput((output) => {
      if (output.kind === 'terminal') seen.text += decoder.decode(output.bytes);
    });
    machine.input({ kind: 'open-terminal', terminal: 1, size: { columns: 80, rows: 24 } });
    await machine.run(machine.now() + 200_000_000n);
    machine.input({ kind: 'type', terminal: 1, text: 'docker rm bo\t\r' });
    await machine.run(machine.now() + 500_000_000n);
    expect(seen.text).toMatch(/docker rm boat [\s\S]*\r\nboat\r\n/);
    expect(machine.faults()).toEqual([]);
  });
});
