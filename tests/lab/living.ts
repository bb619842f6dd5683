/** A stage whose clock leaps, with somebody who types on it. */
import { setImmediate } from 'node:timers/promises';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import type { Pacer } from '../../src/engine/machine/session.ts';
import { bookSpec } from '../../src/engine/machine/spec.ts';
import type { MachineSpec } from '../../src/engine/machine/types.ts';
import { History } from '../../src/lab/history.ts';
import { Stage } from '../../src/lab/stage.ts';

export const SPEC: MachineSpec = bookSpec({ start: 'images', images: ['alpine'] });
const PROMPT = '\x1b]133;A\x07';
const TURNS_AT_MOST = 1_000_000;

/** Waits are over at once, and took the time that they were to take. */
export function leapingPacer(): Pacer {
  let nowMs = 1000;
  return {
    nowMs: () => (nowMs += 0.05),
    after: (ms, wake) => {
      let cancelled = false;
      void setImmediate().then(() => {
        if (cancelled) return;
        nowMs += ms;
        wake();
      });
      return () => {
        cancelled = true;
      };
    },
  };
}

export interface Living {
  readonly stage: Stage;
  /** Types a line at the prompt; resolves to what came until the next one. */
  run(line: string): Promise<string>;
  /** What the terminal has shown, whoever printed it. */
  shown(): string;
}

export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export async function live(history = new History(), spec = SPEC): Promise<Living> {
  const faults: unknown[] = [];
  const stage = new Stage({
    history,
    create: () => createMachine(spec, nodeHost),
    pacer: leapingPacer(),
    onOutput: () => {},
    onEvent: () => {},
    onChange: () => {},
    onFault: (error) => faults.push(error),
  });
  await stage.open();
  if (!stage.hasTerminal(1)) stage.input({ kind: 'open-terminal', terminal: 1, size: { columns: 200, rows: 24 } });
  const shown = (): string => text(stage.screens.bytes(1));
  const prompts = (): number => shown().split(PROMPT).length;
  const until = async (condition: () => boolean): Promise<void> => {
    for (let turn = 0; !condition(); turn++) {
      if (faults.length > 0) throw faults[0];
      if (turn > TURNS_AT_MOST) throw new Error(`nothing comes after ${JSON.stringify(shown().slice(-500))}`);
      await setImmediate();
    }
  };
  await until(() => prompts() > 1);
  return {
    stage,
    shown,
    run: async (line) => {
      const [before, had] = [prompts(), shown().length];
      stage.input({ kind: 'type', terminal: 1, text: `${line}\r` }, line);
      await until(() => prompts() > before);
      return shown().slice(had);
    },
  };
}

export const never = (): boolean => false;
