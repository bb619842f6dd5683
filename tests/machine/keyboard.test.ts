/** Whether anybody listens to what is typed at a terminal: told by looking, without moving anything. */
import { expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { bookSpec } from '../../src/engine/machine/spec.ts';

const SECOND = 1_000_000_000n;

async function computer() {
  const machine = await createMachine(bookSpec({ start: 'images', images: ['alpine'] }), nodeHost);
  const live = (ns: bigint): Promise<unknown> => machine.run(machine.now() + ns);
  machine.input({ kind: 'open-terminal', terminal: 1, size: { columns: 100, rows: 20 } });
  await live(SECOND);
  return {
    machine,
    live,
    keyboard: () => machine.keyboard(1),
    type: async (text: string, ns = SECOND) => {
      machine.input({ kind: 'type', terminal: 1, text });
      await live(ns);
    },
  };
}

const [LINES, KEYS] = [{ isRaw: false }, { isRaw: true }];
const AWAITED = { isAwaited: true };

it.each([
  ['the shell at its prompt', '', { ...KEYS, ...AWAITED }],
  ['nobody, while a command runs that reads nothing', 'sleep 9\r', { ...LINES, isAwaited: false }],
  ['a program that reads lines', 'cat\r', { ...LINES, ...AWAITED }],
  ['a shell in a container', 'docker run --rm -it alpine\r', { ...KEYS, ...AWAITED }],
  ['nobody of the background', 'cat & sleep 9\r', { ...LINES, isAwaited: false }],
  ['the shell again, once a program is stopped that was reading', 'cat\r\x1a', { ...KEYS, ...AWAITED }],
])('%s', async (_who, typed, expected) => {
  const { keyboard, type } = await computer();
  for (const text of typed.split(/(?<=\r)/)) await type(text);
  expect(keyboard()).toEqual(expected);
});

it('is awaited again only when everything typed has arrived and what came of it is drawn', async () => {
  const { machine, keyboard, type, live } = await computer();
  let shown = '';
  machine.onOutput((output) => {
    if (output.kind === 'terminal') shown += new TextDecoder().decode(output.bytes);
  });
  for (let round = 0; round < 20; round++) {
    const before = shown.split('\x1b]133;B').length;
    await type('echo x\r', 0n);
    expect(keyboard()?.isAwaited).toBe(false);
    while (keyboard()?.isAwaited !== true) await live(20_000n);
    expect(shown.split('\x1b]133;B').length).toBe(before + 1);
  }
});

it('is no terminal’s that is not there, and asking moves nothing', async () => {
  const { machine, type } = await computer();
  expect(machine.keyboard(2)).toBeNull();
  const before = [machine.now(), machine.digest()];
  machine.keyboard(1);
  expect([machine.now(), machine.digest()]).toEqual(before);
  await type('exit\r');
  expect(machine.keyboard(1)).toBeNull();
});
