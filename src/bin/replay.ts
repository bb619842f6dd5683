/** `drydock replay`: plays examples and recordings on fresh machines in virtual time. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseConsole } from '../engine/machine/console.ts';
import { createMachine } from '../engine/machine/machine.ts';
import { type PlayedCommand, type PlayedTerminal, playCommand, playTerminal } from '../engine/machine/play.ts';
import { playConsole } from '../engine/machine/play-console.ts';
import { oracleSpec } from '../engine/machine/spec.ts';
import { ORACLE_SETTINGS } from '../engine/machine/world/settings.ts';
import { nodeHost } from './host.ts';
import { UsageError } from './usage.ts';

interface Recording {
  readonly images: readonly string[];
  readonly needs: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly (Partial<PlayedCommand & PlayedTerminal> & { readonly cmd: string })[];
}

type Played = PlayedCommand | PlayedTerminal;

async function playRecording(file: string, onStep: (step: Played) => void): Promise<void> {
  const recording = JSON.parse(readFileSync(file, 'utf8')) as Recording;
  const machine = await createMachine(oracleSpec(recording), nodeHost);
  for (const { cmd, tty, input } of recording.steps) {
    onStep(
      tty
        ? await playTerminal(machine, { cmd, tty, input: input ?? [] }, ORACLE_SETTINGS)
        : await playCommand(machine, cmd, ORACLE_SETTINGS),
    );
  }
}

/** What a step printed, as a transcript's lines. */
const transcript = (step: Played): string => ('output' in step ? step.output : `${step.stdout}${step.stderr}`);

/** Compares by plain text, without normalising: the conformance tests know how recordings are compared. */
function difference(expected: Recording['steps'][number], played: Played): string | null {
  const wanted = expected.output ?? `${expected.stdout ?? ''}${expected.stderr ?? ''}`;
  if (wanted === transcript(played) && expected.exit === played.exit) return null;
  const lines = (text: string, mark: string): string =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `${mark} ${line}\n`)
      .join('');
  return `$ ${played.cmd}\n${lines(wanted, '-')}- [exit ${expected.exit}]\n${lines(transcript(played), '+')}+ [exit ${played.exit}]\n`;
}

async function showRecording(file: string, json: boolean): Promise<number> {
  const { steps } = JSON.parse(readFileSync(file, 'utf8')) as Recording;
  let [index, misses] = [0, 0];
  await playRecording(file, (step) => {
    const expected = steps[index++];
    if (json) process.stdout.write(`${JSON.stringify(step)}\n`);
    const text = !json && expected?.exit !== undefined ? difference(expected, step) : null;
    if (text === null) return;
    misses++;
    process.stdout.write(text);
  });
  if (!json) process.stdout.write(`${file}: ${index - misses} of ${index} steps the same to the letter\n`);
  return misses === 0 ? 0 : 1;
}

async function showConsole(file: string, json: boolean): Promise<number> {
  const example = parseConsole(readFileSync(file, 'utf8'));
  const { text, steps } = await playConsole(example, nodeHost, (name) =>
    parseConsole(readFileSync(path.join(path.dirname(file), '..', `${name}.console`), 'utf8')),
  );
  if (json) process.stdout.write(steps.map((step) => `${JSON.stringify(step)}\n`).join(''));
  const same = text === readFileSync(file, 'utf8');
  if (!json) process.stdout.write(same ? `${file}: the same to the letter\n` : text);
  return same ? 0 : 1;
}

export async function replay(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  const unknown = args.find((word) => word.startsWith('--') && word !== '--json');
  if (unknown !== undefined) throw new UsageError(`unknown flag: ${unknown}`);
  const files = args.filter((word) => !word.startsWith('--'));
  if (files.length === 0) throw new UsageError('name a .console example or a recording');
  let status = 0;
  for (const file of files)
    status = Math.max(status, file.endsWith('.console') ? await showConsole(file, json) : await showRecording(file, json));
  return json ? 0 : status;
}
