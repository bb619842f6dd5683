/** A session that was paced by a wall clock is played again from its journal, and is the same machine. */
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { openSession, type Pacer, replay, type Session } from '../../src/engine/machine/session.ts';
import { bookSpec } from '../../src/engine/machine/spec.ts';
import type { Input, Journal, Machine } from '../../src/engine/machine/types.ts';
import { delayStalls } from './eventful-day.ts';
import { chanceOf, delayOf, jitteryHost } from './jittery-host.ts';

type Entry = Journal['entries'][number];
const spec = bookSpec({ seed: 3 });

/** A wall clock that leaps: now hardly at all, now by the length of a nap. */
function oddPacer(seed: number): Pacer {
  const chance = chanceOf(seed);
  let nowMs = 1000;
  return {
    nowMs: () => {
      nowMs += chance() < 0.02 ? chance() * 400 : chance() * 3;
      return nowMs;
    },
    after: (wantedMs, wake) => {
      let cancelled = false;
      void setImmediate().then(() => {
        if (cancelled) return;
        nowMs += wantedMs * (0.3 + chance() * 1.5);
        wake();
      });
      return () => {
        cancelled = true;
      };
    },
  };
}

type Timed = readonly [atMs: number, input: Input, shown?: string];

interface Recorded {
  readonly session: Session;
  readonly entries: Entry[];
  /** Enters `inputs` when the wall clock says so (and what one waits for was shown), until `words` were shown; and then stands still. */
  goOn(inputs: readonly Timed[], words?: string): Promise<void>;
}

async function standStill(session: Session): Promise<void> {
  session.close();
  for (let last = -1n; last !== session.machine.now(); ) {
    last = session.machine.now();
    for (let turns = 0; turns < 50; turns += 1) await setImmediate();
  }
}

async function record(seed: number, entries: readonly Entry[] = []): Promise<Recorded> {
  const written: Entry[] = [...entries];
  const faults: unknown[] = [];
  const pacer = oddPacer(seed);
  let shown = '';
  const session = await openSession({
    ...{ spec, entries, pacer },
    create: (wanted) => createMachine(wanted, jitteryHost(seed)),
    onOutput: (output) => {
      if (output.kind === 'terminal') shown += new TextDecoder().decode(output.bytes);
    },
    onEntry: (entry) => written.push(entry),
    onFault: (error) => faults.push(error),
  });
  const goOn: Recorded['goOn'] = async (inputs, words = '') => {
    const start = pacer.nowMs();
    const waiting = [...inputs];
    const wanted = written.length + inputs.length;
    while (faults.length === 0 && (written.length < wanted || !shown.includes(words))) {
      const wallMs = pacer.nowMs() - start;
      await setImmediate();
      for (let next = waiting[0]; next && wallMs >= next[0] && shown.includes(next[2] ?? ''); next = waiting[0]) {
        session.input(next[1]);
        waiting.shift();
      }
    }
    await standStill(session);
    expect(faults).toEqual([]);
  };
  return { session, entries: written, goOn };
}

const type = (text: string): Input => ({ kind: 'type', terminal: 1, text });
const OPEN: Input = { kind: 'open-terminal', terminal: 1, size: { columns: 80, rows: 24 } };

async function played(entries: readonly Entry[], until: bigint): Promise<Machine> {
  const machine = await createMachine(spec, nodeHost);
  await replay(machine, entries);
  await machine.run(until);
  return machine;
}

describe('a session', () => {
  it.each([11, 12, 13])('is the same machine when its journal is played (pace %i)', async (seed) => {
    const restore = delayStalls(delayOf(seed));
    const { session, entries, goOn } = await record(seed);
    const day: readonly Timed[] = [
      [0, OPEN],
      [30, type('docker run --rm alpine echo hi\r')],
      [31, type('echo typed meanwhile\r')],
      [200, { kind: 'dial', connection: 1, to: { unix: '/var/run/docker.sock' } }],
      [1500, type('i=0; while :; do i=$((i+1)); [ $((i % 1000)) = 0 ] && echo at $i; done\r')],
      [1900, type('\x03'), 'at 1000'],
      [2000, type('docker run alpine sh -c "sleep 0.5; echo $RANDOM"; echo all is do\\ne\r')],
      [2001, { kind: 'resize', terminal: 1, size: { columns: 50, rows: 20 } }],
    ];
    await goOn(day, 'all is done');
    restore();
    const again = await played(entries, session.machine.now());
    expect(again.now()).toBe(session.machine.now());
    expect(again.digest()).toBe(session.machine.digest());
    expect(entries.map(({ input }) => input)).toEqual(day.map(([, input]) => input));
  });

  it('goes on where it was after a reload in the middle of a pull', async () => {
    const first = await record(21);
    await first.goOn(
      [
        [0, OPEN],
        [20, type('docker pull nginx; docker images\r')],
      ],
      'Pulling from',
    );
    const pulled = first.session.machine.now();
    // The page is gone; another one finds the journal.
    const second = await record(22, first.entries);
    await second.goOn([[2000, type('docker ps -a\r')]], 'CONTAINER ID');
    expect(second.entries.slice(0, 2)).toEqual(first.entries);
    const unbroken = await played(second.entries, second.session.machine.now());
    expect(second.session.machine.digest()).toBe(unbroken.digest());
    const screen = await shownBy(second.entries, second.session.machine.now());
    expect(screen.beforeReload(pulled)).not.toContain('Status: Downloaded newer image');
    expect(screen.all()).toContain('Status: Downloaded newer image for nginx:latest');
    expect(screen.all()).toMatch(/nginx:latest/);
  });

  it('cuts the connections of the page that is gone', async () => {
    const first = await record(31);
    await first.goOn([[0, { kind: 'dial', connection: 4, to: { unix: '/var/run/docker.sock' } }]]);
    const second = await record(32, first.entries);
    await second.goOn([], '');
    expect(first.entries).toHaveLength(1);
    expect(second.entries.map(({ input }) => input.kind)).toEqual(['dial', 'abort']);
  });
});

/** What the terminal had shown until when. */
async function shownBy(entries: readonly Entry[], until: bigint) {
  const machine = await createMachine(spec, nodeHost);
  const pieces: { readonly at: bigint; readonly text: string }[] = [];
  machine.onOutput((output) => {
    if (output.kind === 'terminal') pieces.push({ at: machine.now(), text: new TextDecoder().decode(output.bytes) });
  });
  await replay(machine, entries);
  await machine.run(until);
  const text = (shown: typeof pieces): string => shown.map((piece) => piece.text).join('');
  return { all: () => text(pieces), beforeReload: (at: bigint) => text(pieces.filter((piece) => piece.at <= at)) };
}
