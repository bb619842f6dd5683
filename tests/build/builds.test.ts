/** Dockerfiles of the kind that people write, built on the book's machine: they build, run, and are known the second time. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { type PlayedCommand, playCommand } from '../../src/engine/machine/play.ts';
import { bookSpec } from '../../src/engine/machine/spec.ts';
import type { Machine } from '../../src/engine/machine/types.ts';
import { CASES } from './cases.ts';
import { contextFiles } from './context-files.ts';

const CONTEXTS = path.join(path.dirname(fileURLToPath(import.meta.url)), 'contexts');
const HOME = '/home/learner';
const SETTINGS = {
  env: [
    ['HOME', HOME],
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ] as const,
  cwd: HOME,
  uid: 1000,
};

describe('Dockerfiles of the kind that people write', () => {
  let machine: Machine;
  const shell = (command: string): Promise<PlayedCommand> => playCommand(machine, command, SETTINGS);

  beforeAll(async () => {
    machine = await createMachine({ ...bookSpec({ start: 'images' }), files: contextFiles(CONTEXTS, HOME) }, nodeHost);
  });

  afterAll(() => {
    expect(machine.faults()).toEqual([]);
  });

  it('are all here', () => {
    expect(CASES.map(({ name }) => name).sort()).toEqual(readdirSync(CONTEXTS).sort());
  });

  it.each(CASES.map(({ name, says }) => [name, says] as const))('%s', async (name, says) => {
    const { exit, stderr } = await shell(`docker build -q -t ${name} ${name}`);
    expect([exit, stderr]).toEqual([0, '']);
    for (const [command, output] of Object.entries(says)) expect([command, (await shell(command)).stdout]).toEqual([command, output]);
    const again = await shell(`docker build -t ${name} ${name}`);
    const ran = again.stderr.match(/^#\d+ \[.*\d+\/\d+\] (?!FROM).*\n#\d+ (?!CACHED).*$/gm) ?? [];
    expect(ran).toEqual([]);
  });
});
