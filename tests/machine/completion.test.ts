/** `docker __complete` and the shell's Tab, on a machine with a few images and containers. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { runJob } from '../../src/engine/machine/job.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { bookSpec } from '../../src/engine/machine/spec.ts';
import type { Machine } from '../../src/engine/machine/types.ts';

/** What a real client of Docker 29.7.2 says, by the words after `__complete`. Lists in an order of chance are sorted. */
const RECORDED: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL('completions.json', import.meta.url), 'utf8'),
);

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
  machine = await createMachine(bookSpec({ start: 'images', images: ['alpine', 'busybox'] }), nodeHost);
  await printed(`
    docker tag alpine alpine:x
    docker network create net1
    docker volume create vol1
    docker run -d --name run1 alpine sleep 1000000
    docker run -d --name pau1 alpine sleep 1000000
    docker pause pau1
    docker create --name cre1 busybox
    docker run -d --name lnk --link run1:foo --network net1 alpine sleep 1000000
    mkdir shop
    printf 'services: {web: {image: alpine}, db: {image: alpine, profiles: [extra]}}' > shop/compose.yaml
  `);
});

describe('completion', () => {
  it.each(Object.entries(RECORDED))('of docker %s is the real client’s', async (words, lines) => {
    const got = (await printed(`docker __complete ${words}`)).trimEnd().split('\n');
    const isSorted = /--log-opt ''$|signal ''|-s ''/.test(words);
    expect(isSorted ? [...got.slice(0, -1).sort(), got.at(-1)] : got).toEqual(lines);
  });

  it('tells the shell of an engine that is not there', async () => {
    expect(await printed("DOCKER_HOST=tcp://127.0.0.1:1 docker __complete start ''")).toBe(':1\n');
    expect(await printed("DOCKER_HOST=tcp://127.0.0.1:1 docker __complete run --volume-driver ''")).toBe('local\n:4\n');
  });
});

describe('Tab', () => {
  /** What the prompt shows of a line when Tab is pressed at its end. */
  async function completed(line: string): Promise<string> {
    const seen = { text: '' };
    const terminal = 1;
    machine.onOutput((output) => {
      if (output.kind === 'terminal') seen.text += decoder.decode(output.bytes);
    });
    machine.input({ kind: 'open-terminal', terminal, size: { columns: 120, rows: 24 } });
    await machine.run(machine.now() + 200_000_000n);
    seen.text = '';
    machine.input({ kind: 'type', terminal, text: `${line}\t` });
    await machine.run(machine.now() + 500_000_000n);
    machine.input({ kind: 'type', terminal, text: '\x03' });
    await machine.run(machine.now() + 100_000_000n);
    machine.input({ kind: 'hang-up', terminal });
    await machine.run(machine.now() + 100_000_000n);
    return seen.text.split('\n')[0]?.replace(/\^C[\s\S]*|\r/g, '') ?? '';
  }

  it.each([
    ['docker rm cr', 'docker rm cre1 '],
    ['docker run --pull=al', 'docker run --pull=always '],
    ['docker run --restart u', 'docker run --restart unless-stopped '],
    ['docker run --pid con', 'docker run --pid container:'],
    ['docker compose up --det', 'docker compose up --detach '],
    ['docker compose -f shop/compose.yaml up w', 'docker compose -f shop/compose.yaml up web '],
    ['docker compose -f sh', 'docker compose -f shop/'],
    ['docker build sh', 'docker build shop/'],
  ])('%s', async (typed, whole) => {
    expect(await completed(typed)).toContain(whole);
    expect(machine.faults()).toEqual([]);
  });
});
