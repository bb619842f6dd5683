/** Looking at a machine leaves it as it was: what it prints afterwards is what it would have printed unseen. */
import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { bookSpec } from '../../src/engine/machine/spec.ts';
import type { Look, Machine } from '../../src/engine/machine/types.ts';
import { command, computer, openTerminal, PROMPT, pass, type Terminal } from './computer.ts';
import { EVENTFUL_DAY } from './eventful-day.ts';
import { chanceOf } from './jittery-host.ts';

const TARGETS = [
  '/containers/json?all=1&size=1',
  '/images/json',
  '/containers/web/json',
  '/containers/web/changes',
  '/containers/web/logs?stdout=1&stderr=1',
  '/containers/web/archive?path=/etc/hosts',
  '/networks',
  '/volumes',
  '/info',
  '/version',
  '/system/df',
  '/images/nginx/json',
  '/images/nginx/history',
  '/images/get?names=alpine',
  '/nosuch',
  '/_ping',
  '/containers/web/top',
  '/containers/web/stats',
  '/events',
];
const LAST_NS = 15_000_000_000n;

async function day(look: (machine: Machine) => Promise<void>): Promise<{ digest: string; tape: string[] }> {
  const machine = await createMachine(bookSpec({ seed: 5 }), nodeHost);
  const tape: string[] = [];
  machine.onOutput((output) => tape.push(`${machine.now()} ${output.kind}`));
  const morning = machine.now();
  for (const { at, input } of EVENTFUL_DAY) {
    await machine.run(morning + at);
    await look(machine);
    machine.input(input);
  }
  for (let at = morning + 9_600_000_000n; at < morning + LAST_NS; at += 500_000_000n) {
    await machine.run(at);
    await look(machine);
  }
  await machine.run(morning + LAST_NS);
  expect(machine.faults()).toEqual([]);
  return { digest: machine.digest(), tape };
}

async function prompted(machine: Machine): Promise<Terminal> {
  const terminal = openTerminal(machine);
  await terminal.until(PROMPT);
  return terminal;
}

const text = (look: Look): string => (look.kind === 'seen' ? new TextDecoder().decode(look.body) : look.kind);

describe('a look', () => {
  it('changes nothing, not even when, whatever is looked at', async () => {
    const seen = new Map<string, number>();
    const unseen = await day(async () => {});
    const watched = await day(async (machine) => {
      for (const target of TARGETS) {
        const { kind } = await machine.look(target);
        seen.set(`${target} ${kind}`, (seen.get(`${target} ${kind}`) ?? 0) + 1);
      }
    });
    expect(watched.tape).toEqual(unseen.tape);
    expect(watched.digest).toBe(unseen.digest);
    for (const target of TARGETS.slice(0, -3)) expect(seen.get(`${target} seen`), target).toBeGreaterThan(20);
  });

  it('is not the first to take up a build cache that an engine before this one left', async () => {
    const printed: string[] = [];
    for (const isWatched of [true, false]) {
      const machine = await computer({ start: 'images', images: ['alpine'] });
      const terminal = await prompted(machine);
      await command(terminal, "printf 'FROM alpine\\nRUN echo one > /one\\n' | docker build -q -; sudo systemctl restart docker");
      if (isWatched) expect((await machine.look('/system/df')).kind).toBe('seen');
      await command(terminal, 'docker system df; date +%N');
      printed.push(`${machine.now()} ${machine.digest()}`);
    }
    expect(printed[0]).toBe(printed[1]);
  });

  it('can be taken while the machine runs, between two turns', async () => {
    const quiet = await computer();
    const watched = await computer();
    const chance = chanceOf(7);
    let looks = 0;
    const asked: Promise<unknown>[] = [];
    const printed = await Promise.all(
      [quiet, watched].map(async (machine) => {
        const terminal = await prompted(machine);
        const line = "for i in 1 2 3; do docker run --rm alpine sh -c 'echo $RANDOM'; done; date +%N";
        terminal.type(`${line}\r`);
        const stop = (): boolean => {
          if (machine === watched && chance() < 0.08) {
            looks += 1;
            asked.push(machine.look('/containers/json?all=1'));
          }
          return false;
        };
        await machine.run(machine.now() + 20_000_000_000n, { stop });
        return terminal.text();
      }),
    );
    await Promise.all(asked);
    expect(looks).toBeGreaterThan(20);
    expect(printed[1]).toBe(printed[0]);
    expect(watched.digest()).toBe(quiet.digest());
  });

  it('moves no clock while it goes on: what enters meanwhile enters when it does', async () => {
    const machine = await computer();
    await machine.run(machine.now() + 1_000_000_000n, { stop: () => true });
    const before = machine.now();
    for (const target of ['/drydock/files?path=/home/learner', '/images/json', '/system/df', '/info']) {
      const state = { isSeen: false };
      const looking = machine.look(target).finally(() => {
        state.isSeen = true;
      });
      const times = new Set<bigint>();
      while (!state.isSeen) {
        times.add(machine.now());
        await new Promise(setImmediate);
        for (let turns = 0; turns < 200 && !state.isSeen; turns++) {
          times.add(machine.now());
          await Promise.resolve();
        }
      }
      expect((await looking).kind, target).toBe('seen');
      expect([...times], target).toEqual([before]);
    }
  });

  it('sees what a client would be told, and says when it cannot', async () => {
    const machine = await computer({ start: 'images', images: ['alpine'] });
    const terminal = await prompted(machine);
    await command(terminal, 'docker run -d --name one alpine sleep 900');
    expect(text(await machine.look('/containers/one/json'))).toContain('"Running":true');
    expect(await machine.look('/containers/none/json')).toMatchObject({ kind: 'seen', status: 404 });
    expect(await machine.look('/containers/one/top')).toEqual({ kind: 'moves' });
    expect(await machine.look('/containers/one/logs?follow=1&stdout=1')).toEqual({ kind: 'moves' });
    expect(text(await machine.look('/drydock/requests'))).not.toContain('none');
  });

  it('has the processes of a container without running a ps', async () => {
    const machine = await computer({ start: 'images', images: ['alpine'] });
    const terminal = await prompted(machine);
    await command(terminal, "docker run -d --name one alpine sh -c 'sleep 900 & wait'");
    const asked = await command(terminal, 'docker top one -o pid,ppid,cmd');
    const seen = JSON.parse(text(await machine.look('/drydock/containers/one/top')));
    expect(seen.Titles).toEqual(['UID', 'PID', 'PPID', 'CMD']);
    expect(seen.Processes).toHaveLength(2);
    for (const [, pid, ppid, cmd] of seen.Processes) expect(asked).toMatch(new RegExp(`${pid}\\s+${ppid}\\s+${cmd}`));
    expect(await machine.look('/drydock/containers/two/top')).toMatchObject({ status: 404 });
  });

  it('finds nobody when dockerd is stopped or killed, does not start it, and hears when it is back', async () => {
    const machine = await computer();
    const heard: (string | null)[] = [];
    machine.onEvent((line) => heard.push(line && JSON.parse(line).Action));
    const terminal = await prompted(machine);
    await command(terminal, 'docker run -d --name one alpine sleep 900');
    expect(heard).toEqual(expect.arrayContaining(['pull', 'create', 'start']));
    await command(terminal, 'sudo systemctl stop docker.socket docker');
    expect(await machine.look('/_ping')).toEqual({ kind: 'nobody' });
    expect(heard).toContain(null);
    await command(terminal, 'sudo systemctl start docker');
    await pass(machine, 500);
    expect(await machine.look('/_ping')).toMatchObject({ kind: 'seen', status: 200 });
    await command(terminal, 'sudo pkill -9 dockerd');
    expect(await machine.look('/_ping')).toEqual({ kind: 'nobody' });
  });

  it('answers wherever in a run it is asked for, though the machine runs no more', async () => {
    for (let microtasks = 0; microtasks < 40; microtasks += 1) {
      const machine = await computer();
      await prompted(machine);
      const running = machine.run(machine.now());
      for (let passed = 0; passed < microtasks; passed += 1) await null;
      let answered = false;
      const looked = machine.look('/_ping').then(() => {
        answered = true;
      });
      await running;
      for (let turns = 0; turns < 100 && !answered; turns += 1) await nodeHost.breathe();
      expect(answered, `asked after ${microtasks} microtasks`).toBe(true);
      await looked;
    }
  });
});
