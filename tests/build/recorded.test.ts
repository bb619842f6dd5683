/** Builds of which a real Engine's results are kept: configuration, history, every layer's entries, and what containers print. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { type PlayedCommand, playCommand } from '../../src/engine/machine/play.ts';
import { ORACLE_CWD, oracleSpec } from '../../src/engine/machine/spec.ts';
import type { Machine } from '../../src/engine/machine/types.ts';
import { contextFiles } from './context-files.ts';
import { describeImage } from './describe-image.ts';
import { RECORDED_CASES } from './recorded-cases.ts';

const RECORDED = path.join(path.dirname(fileURLToPath(import.meta.url)), 'recorded');
const SETTINGS = {
  env: [
    ['HOME', '/home/learner'],
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ] as const,
  cwd: ORACLE_CWD,
  uid: 0,
};

describe('builds that a real Engine has made as well', () => {
  let machine: Machine;
  const shell = (command: string): Promise<PlayedCommand> => playCommand(machine, command, SETTINGS);

  beforeAll(async () => {
    machine = await createMachine({ ...oracleSpec({ images: ['busybox:1.35'] }), files: contextFiles(RECORDED, ORACLE_CWD) }, nodeHost);
  });

  afterAll(() => {
    expect(machine.faults()).toEqual([]);
  });

  it('are all here', () => {
    const names = RECORDED_CASES.map(({ name }) => name);
    expect(readdirSync(RECORDED).sort()).toEqual([...names, ...names.map((name) => `${name}.json`)].sort());
  });

  it.each(RECORDED_CASES.map((one) => [one.name, one] as const))('%s', async (name, { flags = '', runs }) => {
    const recorded: unknown = JSON.parse(readFileSync(path.join(RECORDED, `${name}.json`), 'utf8'));
    const built = await shell(`docker build -q -t ${name} ${flags} ${name}`);
    expect([built.exit, built.stderr]).toEqual([0, '']);
    const saved = await shell(`docker save ${name} | base64 -w 0`);
    const answers = [];
    for (const command of runs) {
      const { exit, stdout, stderr } = await shell(command);
      answers.push({ command, exit, stdout, stderr });
    }
    expect({ ...describeImage(Buffer.from(saved.stdout, 'base64')), answers }).toEqual(recorded);
  });
});
