/** Two machines that begin alike and are given nearly the same lines, as fast as they go. Nothing of them is kept. */
import { createMachine } from '../engine/machine/machine.ts';
import { type ConsoleShell, openConsole } from '../engine/machine/play-console.ts';
import type { Machine } from '../engine/machine/types.ts';
import { browserHost } from './browser-host.ts';
import { differences, thingsOf } from './compare.ts';
import type { FromWorlds, PlayedLine, ToWorlds, WorldState } from './worlds-protocol.ts';

interface World {
  readonly machine: Machine;
  readonly shell: ConsoleShell;
}

const post = (message: FromWorlds): void => self.postMessage(message);
let worlds: readonly [World, World] | null = null;
let current: Promise<void> = Promise.resolve();

async function begin({ spec, catalogue }: Extract<ToWorlds, { kind: 'begin' }>): Promise<void> {
  const make = async (): Promise<World> => {
    const machine = await createMachine(spec, browserHost(catalogue));
    return { machine, shell: openConsole(machine) };
  };
  worlds = [await make(), await make()];
  post({ kind: 'ready' });
}

async function play({ machine, shell }: World, { command, input }: PlayedLine): Promise<WorldState> {
  const { output, status } = await shell.line(command, input);
  return { output, status, things: await thingsOf((target) => machine.look(target)) };
}

async function line({ left, right }: Extract<ToWorlds, { kind: 'line' }>): Promise<void> {
  if (!worlds) return;
  const [one, other] = [await play(worlds[0], left), await play(worlds[1], right)];
  post({ kind: 'played', left: one, right: other, differences: differences(one.things, other.things) });
}

/** Takes a message of the page; they are answered in order. */
export function take(message: ToWorlds): void {
  current = current
    .then(() => (message.kind === 'begin' ? begin(message) : line(message)))
    .catch((error: unknown) => post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }));
}
