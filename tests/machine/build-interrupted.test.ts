/** ^C while an image is built: the step is cancelled, nothing of it stays, and the next build works. */
import { expect, test } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { playCommand, playTerminal } from '../../src/engine/machine/play.ts';
import { oracleSpec } from '../../src/engine/machine/spec.ts';
import { ORACLE_SETTINGS } from '../../src/engine/machine/world/settings.ts';

test('^C ends a build with 130 and leaves nothing behind', async () => {
  const files = { 'app/Dockerfile': 'FROM busybox:1.35\nRUN echo begun; sleep 30; echo ended\n' };
  const machine = await createMachine(oracleSpec({ images: ['busybox:1.35'], needs: [], files }), nodeHost);
  const cmd = 'docker build --progress plain app';
  const built = await playTerminal(machine, { cmd, tty: { cols: 80, rows: 24 }, input: ['^C'] }, ORACLE_SETTINGS);
  expect(built.exit).toBe(130);
  expect(built.output).toContain('begun\r\n');
  expect(built.output).toContain('CANCELED\r\nERROR: failed to build: failed to solve: Canceled: context canceled\r\n');
  expect((await playCommand(machine, 'docker ps -aq; ps aux | grep -c "[s]leep 30"', ORACLE_SETTINGS)).stdout).toBe('0\n');
  expect(
    (await playCommand(machine, 'printf "FROM busybox:1.35\\nRUN true\\n" | docker build -q - | cut -c1-7', ORACLE_SETTINGS)).stdout,
  ).toBe('sha256:\n');
  expect(machine.faults()).toEqual([]);
});
