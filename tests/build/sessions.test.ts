/** What people type around builds, as a real Engine answered it: odd Dockerfiles, Buildx's commands, outputs, contexts, mounts. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { playCommand, playTerminal } from '../../src/engine/machine/play.ts';
import { oracleSpec } from '../../src/engine/machine/spec.ts';
import { ORACLE_SETTINGS } from '../../src/engine/machine/world/settings.ts';
import { compareRecording, explainStep } from '../conformance/oracle/lib/check-compare.mjs';
import { DIFFERENT } from './sessions-different.ts';

interface Session {
  readonly scenario: string;
  readonly images: readonly string[];
  readonly needs: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly cmd: string;
    readonly tty?: { readonly cols: number; readonly rows: number };
    readonly input?: readonly string[];
  }[];
}

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'sessions');

describe('sessions of a real Engine', () => {
  it.each(readdirSync(folder).sort())('%s', async (file) => {
    const session = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Session;
    const machine = await createMachine(oracleSpec(session), nodeHost);
    const played = [];
    for (const { cmd, tty, input = [] } of session.steps)
      played.push(
        tty === undefined
          ? await playCommand(machine, cmd, ORACLE_SETTINGS)
          : await playTerminal(machine, { cmd, tty, input }, ORACLE_SETTINGS),
      );
    expect(machine.faults()).toEqual([]);
    const result = compareRecording(session, played);
    const misses = result.steps.filter(({ status }) => status !== 'equal');
    const unknown = misses.filter(({ cmd }) => !DIFFERENT.has(cmd));
    expect(unknown.map((step) => explainStep(result, step)).join('\n')).toBe('');
  });
});
