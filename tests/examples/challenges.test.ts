/** Every challenge is solved by its solution, and not by what must not pass; the wrong way gets a hint. */
import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { begin, check, hintFor } from '../../src/components/challenge/check.ts';
import type { Challenge } from '../../src/components/challenge/types.ts';
import type { Transport } from '../../src/components/page/docker.ts';
import { challenges } from '../../src/content/challenges/index.ts';
import { request } from '../../src/engine/http/index.ts';
import type { Duplex } from '../../src/engine/http/types.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { type ConsoleShell, openConsole } from '../../src/engine/machine/play-console.ts';
import { bookSpec } from '../../src/engine/machine/spec.ts';
import type { Machine } from '../../src/engine/machine/types.ts';

const STEP_NS = 50_000_000n;

/** Requests from outside need somebody who lets time pass: this does, until the answer is there. */
async function whileRunning<T>(machine: Machine, job: Promise<T>): Promise<T> {
  const state = { done: false };
  const watched = job.finally(() => {
    state.done = true;
  });
  // A refusal is told by the return below, not while time is still passing.
  watched.catch(() => {});
  while (!state.done) {
    await machine.run(machine.now() + STEP_NS, { stop: () => state.done });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return watched;
}

const transportOf = (machine: Machine): Transport => ({
  http: async (target, { method = 'GET', headers = [], body } = {}) => {
    const connection: Duplex = await whileRunning(machine, machine.dial({ unix: '/var/run/docker.sock' }));
    const sent = request(connection, { method, target, headers: [['host', 'docker'], ...headers], ...(body ? { body } : {}) });
    const response = await whileRunning(machine, sent);
    return {
      status: response.status,
      headers: new Map([...response.headers].map(([name, values]) => [name, values.join(', ')])),
      read: () => whileRunning(machine, response.readBody()),
      cancel: () => connection.abort(),
    };
  },
});

interface Attempt {
  readonly transport: Transport;
  readonly shell: ConsoleShell;
}

async function prepare(challenge: Challenge): Promise<Attempt> {
  const machine = await createMachine(bookSpec({ start: challenge.start, images: challenge.images }), nodeHost);
  const shell = openConsole(machine);
  for (const line of challenge.setup) await shell.line(line, []);
  return { transport: transportOf(machine), shell };
}

describe.each(challenges.map((challenge) => [challenge.id, challenge] as const))('challenge %s', (_id, challenge) => {
  it('is solved by its solution', async () => {
    const { transport, shell } = await prepare(challenge);
    const beginning = await begin(transport, challenge);
    const before = await check(transport, challenge, beginning);
    expect(before.every(({ reached }) => reached)).toBe(false);
    for (const line of challenge.solution) await shell.line(line, []);
    expect(await check(transport, challenge, beginning)).toEqual(challenge.goals.map(({ id }) => ({ id, reached: true })));
  });

  it('is not solved the wrong way, and says why', async () => {
    const { transport, shell } = await prepare(challenge);
    const beginning = await begin(transport, challenge);
    for (const line of challenge.wrong) await shell.line(line, []);
    const states = await check(transport, challenge, beginning);
    expect(states.every(({ reached }) => reached)).toBe(false);
    expect(await hintFor(transport, challenge, states)).not.toBeNull();
  });
});
