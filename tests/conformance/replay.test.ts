/**
 * The model against recordings of a real Docker: every recording here is played on a fresh machine and compared step by step.
 * `floor.json` says how many steps of each are equal at least; it only ever rises. DRYDOCK_UPDATE=1 writes it anew, and the data of
 * the fidelity page with it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { type PlayedCommand, type PlayedTerminal, playCommand, playTerminal } from '../../src/engine/machine/play.ts';
import { oracleSpec } from '../../src/engine/machine/spec.ts';
import { ORACLE_SETTINGS } from '../../src/engine/machine/world/settings.ts';
import { compareRecording, explainStep } from './oracle/lib/check-compare.mjs';

interface Recording {
  readonly scenario: string;
  readonly area: string;
  readonly images: readonly string[];
  readonly needs: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly cmd: string;
    readonly tty?: { readonly cols: number; readonly rows: number };
    readonly input?: readonly string[];
  }[];
}

interface Figures {
  readonly scenario: string;
  readonly area: string;
  readonly steps: number;
  readonly equal: number;
}

const here = path.dirname(fileURLToPath(import.meta.url));
const floorFile = path.join(here, 'floor.json');
const fidelityFile = path.join(here, '../../src/content/fidelity.json');
const floor: Readonly<Record<string, number>> = existsSync(floorFile) ? JSON.parse(readFileSync(floorFile, 'utf8')) : {};
const recordings = readdirSync(path.join(here, 'recordings'))
  .filter((file) => file.endsWith('.json'))
  .sort();
const updates = process.env.DRYDOCK_UPDATE === '1';
const figures: Figures[] = [];

async function play(recording: Recording): Promise<readonly (PlayedCommand | PlayedTerminal)[]> {
  const machine = await createMachine(oracleSpec(recording), nodeHost);
  const played: (PlayedCommand | PlayedTerminal)[] = [];
  for (const { cmd, tty, input } of recording.steps) {
    played.push(
      tty
        ? await playTerminal(machine, { cmd, tty, input: input ?? [] }, ORACLE_SETTINGS)
        : await playCommand(machine, cmd, ORACLE_SETTINGS),
    );
  }
  expect(machine.faults()).toEqual([]);
  return played;
}

describe('recordings of Docker 29', () => {
  it.each(recordings)('%s', async (file) => {
    const recording = JSON.parse(readFileSync(path.join(here, 'recordings', file), 'utf8')) as Recording;
    const result = compareRecording(recording, await play(recording));
    const misses = result.steps.filter((step) => step.status !== 'equal');
    figures.push({
      scenario: recording.scenario,
      area: recording.area,
      steps: recording.steps.length,
      equal: recording.steps.length - misses.length,
    });
    const explained = misses.map((step) => explainStep(result, step)).join('\n');
    const wanted = updates ? 0 : (floor[recording.scenario] ?? recording.steps.length);
    expect(recording.steps.length - misses.length, `steps that differ:\n${explained}`).toBeGreaterThanOrEqual(wanted);
  });
});

afterAll(() => {
  const areas = [...new Set(figures.map(({ area }) => area))].sort().map((area) => {
    const of = figures.filter((one) => one.area === area);
    return { area, steps: of.reduce((sum, { steps }) => sum + steps, 0), equal: of.reduce((sum, { equal }) => sum + equal, 0) };
  });
  console.table(areas);
  if (!updates || figures.length !== recordings.length) return;
  writeFileSync(floorFile, `${JSON.stringify(Object.fromEntries(figures.map(({ scenario, equal }) => [scenario, equal])), null, 2)}\n`);
  writeFileSync(fidelityFile, `${JSON.stringify({ docker: '29.7.2', areas }, null, 2)}\n`);
});
