/** `less` shows what there is of a stream that goes on, in both families. */
import { expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { bookSpec } from '../../src/engine/machine/spec.ts';

const SECOND = 1_000_000_000n;

/** What comes on a host's terminal, of 40 columns and 6 rows, while these lines are typed. */
async function typed(lines: readonly string[]): Promise<string> {
  const machine = await createMachine(bookSpec({ start: 'images', images: ['alpine'] }), nodeHost);
  let shown = '';
  machine.onOutput((output) => {
    if (output.kind === 'terminal') shown += new TextDecoder().decode(output.bytes);
  });
  machine.input({ kind: 'open-terminal', terminal: 1, size: { columns: 40, rows: 6 } });
  await machine.run(machine.now() + SECOND);
  for (const text of lines) {
    machine.input({ kind: 'type', terminal: 1, text });
    await machine.run(machine.now() + 3n * SECOND);
  }
  expect(machine.faults()).toEqual([]);
  return shown;
}

it.each([
  ['GNU', [], 'yes | less\r', '\x1b[Hy\x1b[K'],
  ['GNU', [], '(echo first; sleep 900) | less\r', '\x1b[Hfirst\x1b[K'],
  ['busybox', ['docker run --rm -it alpine\r'], 'yes | less\r', '\x1b[Ky\r\n\x1b[Ky\r\n'],
  ['busybox', ['docker run --rm -it alpine\r'], '(echo first; sleep 900) | less\r', '\x1b[Kfirst\r\n'],
])('%s, %s %s', async (_family, before, line, shown) => {
  const screen = await typed([...before, line, 'q', '\x03', 'echo d""one\r']);
  expect(screen).toContain(shown);
  expect(screen).toContain('done\r\n');
});
