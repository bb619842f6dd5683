/**
 * A script in which much happens at once, as a journal: a pull, a build-up of containers, requests from outside, a busy loop that prints
 * and is interrupted. It is played on hosts whose promises take their time; what comes out, and when, must not depend on that. A plain
 * module, so that a browser can be given the same.
 */
import { Scheduler } from '../../src/engine/kernel/process/scheduler.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { replay } from '../../src/engine/machine/session.ts';
import { bookSpec } from '../../src/engine/machine/spec.ts';
import type { Host, Input, Instant, Journal } from '../../src/engine/machine/types.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const NS_PER_MS = 1_000_000n;
const TERMINAL = 1;
const LAST_MS = 15_000n;
const BUSY = 'i=0; while :; do i=$((i+1)); [ $((i % 1000)) = 0 ] && echo at $i; done';

const type = (text: string): Input => ({ kind: 'type', terminal: TERMINAL, text });
const dial = (connection: number): Input => ({ kind: 'dial', connection, to: { unix: '/var/run/docker.sock' } });
const request = (connection: number, target: string): Input => ({
  ...{ kind: 'send', connection },
  bytes: encode(`GET ${target} HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n`),
});

const DAY: readonly (readonly [atMs: number, ...inputs: readonly Input[]])[] = [
  [10, { kind: 'open-terminal', terminal: TERMINAL, size: { columns: 80, rows: 24 } }],
  [40, type('docker run --rm alpine echo hi\r')],
  [47, dial(1)],
  [48, request(1, '/images/json')],
  [1500, type('docker run -d --name web -p 8080:80 nginx; sleep 1; curl -s localhost:8080 | grep title\r'), dial(2)],
  [1501, request(2, '/events?since=1')],
  [1520, type('docker ps -a\r')],
  [3000, type(`${BUSY}\r`)],
  [3100, dial(3)],
  [3102, request(3, '/containers/json?all=1')],
  [3900, type('\x03')],
  [4000, type("docker run --rm alpine sh -c 'for i in 1 2 3; do (sleep 0.$i; echo $i $RANDOM) & done; wait'\r")],
  [6000, { kind: 'run', job: 7, argv: ['docker', 'logs', '-f', 'web'] }],
  [6000, { kind: 'resize', terminal: TERMINAL, size: { columns: 60, rows: 20 } }],
  [6100, type('docker stop -t 1 web\r')],
  [8000, type('docker inspect web; docker image ls; docker system df\r')],
  [9500, { kind: 'abort', connection: 2 }],
];

export const EVENTFUL_DAY: Journal['entries'] = DAY.flatMap(([atMs, ...inputs]) =>
  inputs.map((input) => ({ at: BigInt(atMs) * NS_PER_MS, input })),
);

/** Makes every wait of the machine for its host (code, blobs) take as long as `delay`. Returns what takes it back. */
export function delayStalls(delay: () => Promise<void>): () => void {
  const { stall } = Scheduler.prototype;
  Scheduler.prototype.stall = function <T>(this: Scheduler, load: () => Promise<T>): Promise<T> {
    return stall.call(this, async () => {
      await delay();
      const loaded = await load();
      await delay();
      return loaded;
    }) as Promise<T>;
  };
  return () => {
    Scheduler.prototype.stall = stall;
  };
}

export interface Day {
  readonly digest: string;
  /** Each piece of output with its instant. */
  readonly tape: string;
}

/** Plays the day on a fresh machine; its instants count from when the machine was ready. */
export async function playDay(host: Host, spec = bookSpec({ seed: 5 })): Promise<Day> {
  const machine = await createMachine(spec, host);
  const tape: string[] = [];
  const decoder = new TextDecoder();
  machine.onOutput((output) => {
    tape.push(`${machine.now()} ${output.kind} ${'bytes' in output ? decoder.decode(output.bytes) : ''}`);
  });
  const morning: Instant = machine.now();
  await replay(
    machine,
    EVENTFUL_DAY.map(({ at, input }) => ({ at: morning + at, input })),
  );
  await machine.run(morning + LAST_MS * NS_PER_MS);
  return { digest: machine.digest(), tape: tape.join('\n') };
}
