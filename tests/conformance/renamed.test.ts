/**
 * No answer of the model is a recording's: with the names of images, containers, volumes, networks and folders changed, in commands
 * and in what was printed, as many steps are equal as before.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { type PlayedCommand, type PlayedTerminal, playCommand, playTerminal } from '../../src/engine/machine/play.ts';
import { oracleSpec } from '../../src/engine/machine/spec.ts';
import { ORACLE_SETTINGS } from '../../src/engine/machine/world/settings.ts';
import { compareRecording, explainStep } from './oracle/lib/check-compare.mjs';
import { chosenNames, IMAGES, renamed } from './rename.ts';

interface Recording {
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

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'recordings');
const AREAS = ['containers', 'lifecycle', 'exec', 'logs', 'errors', 'volumes', 'networks'];
/** Their names are parts of other words too (options, folders, names of hosts, words of the shell and of pages), or decide the order of what is printed. */
const ENTANGLED = new Set(
  [
    'containers-filters-combined',
    'containers-many-filters',
    'containers-ps-and-format',
    'containers-run-options-tour',
    'containers-run-rare-options',
    'containers-run-wild',
    'containers-verbs-in-rows',
    'containers-workday',
    'errors-engine-away',
    'errors-ordinary-day',
    'exec-mistakes-and-signals',
    'lifecycle-rm-auto',
    'lifecycle-signals-story',
    'logs-while-it-speaks',
    'networks-aliases-hosts-dns',
    'networks-compose-networks',
    'networks-dns-and-none',
    'networks-first-hour',
    'networks-ipv6',
    'networks-mac-addresses',
    'networks-modes-and-plans',
    'networks-names-and-hosts',
    'networks-small-shop',
    'networks-tutorial-three-tiers',
    'volumes-backup-and-move',
    'volumes-backup-tar-forms',
    'volumes-binds-in-development',
    'volumes-driver-options',
    'volumes-ls-inspect-forms',
    'volumes-notes',
    'volumes-in-use',
    'volumes-mount-syntax',
    'volumes-owners-and-modes',
    'volumes-week-of-uses',
  ].map((name) => `${name}.json`),
);
const recordings = readdirSync(folder)
  .filter((file) => file.endsWith('.json') && !ENTANGLED.has(file))
  .sort()
  .map((file) => [file, JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Recording] as const)
  .filter(([, recording]) => AREAS.includes(recording.area) && chosenNames(recording).size > 0);

/** Plays it after the images of the start got their other names. */
async function play(
  { steps, ...spec }: Recording,
  names: Readonly<Record<string, string>>,
): Promise<readonly (PlayedCommand | PlayedTerminal)[]> {
  const machine = await createMachine(oracleSpec(spec), nodeHost);
  for (const image of spec.images) {
    const name = names[image];
    if (name !== undefined) await playCommand(machine, `docker tag ${image} ${name} && docker rmi ${image}`, ORACLE_SETTINGS);
  }
  const played: (PlayedCommand | PlayedTerminal)[] = [];
  for (const { cmd, tty, input } of steps)
    played.push(
      tty
        ? await playTerminal(machine, { cmd, tty, input: input ?? [] }, ORACLE_SETTINGS)
        : await playCommand(machine, cmd, ORACLE_SETTINGS),
    );
  return played;
}

describe('recordings under other names', () => {
  it.each(recordings)('%s', async (_file, recording) => {
    const original = compareRecording(recording, await play(recording, {}));
    const other = renamed(recording);
    const result = compareRecording(other, await play(other, IMAGES));
    const lost = result.steps.filter(({ status }, index) => status !== 'equal' && original.steps[index]?.status === 'equal');
    expect(lost.map((step) => explainStep(result, step)).join('\n')).toBe('');
  });

  it('changes something in each', () => {
    for (const [, recording] of recordings) expect(renamed(recording).steps).not.toEqual(recording.steps);
    expect(recordings.length).toBeGreaterThanOrEqual(10);
  });
});
