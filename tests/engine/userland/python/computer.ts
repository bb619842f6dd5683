/** A computer on which a container of Python waits, with files of the host in it. */
import { nodeHost } from '../../../../src/bin/host.ts';
import { createMachine } from '../../../../src/engine/machine/machine.ts';
import { type PlayedCommand, playCommand } from '../../../../src/engine/machine/play.ts';
import { bookSpec } from '../../../../src/engine/machine/spec.ts';
import type { Machine } from '../../../../src/engine/machine/types.ts';

const HOME = '/home/learner';
const SHELL = {
  env: [
    ['HOME', HOME],
    ['PATH', '/usr/bin:/bin'],
  ] as const,
  cwd: HOME,
  uid: 1000,
};

export interface PythonComputer {
  readonly machine: Machine;
  /** Runs a line in the host's shell. */
  shell(command: string): Promise<PlayedCommand>;
}

/** `files` by their paths below `src`, which the container `py` has at `/src`. */
export async function pythonComputer(files: Readonly<Record<string, string | Uint8Array>>): Promise<PythonComputer> {
  const put = Object.entries(files).map(([path, content]) => ({
    path: `${HOME}/src/${path}`,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
    mode: 0o644,
  }));
  const machine = await createMachine({ ...bookSpec({ start: 'images', images: ['python:3.13-slim'] }), files: put }, nodeHost);
  const shell = (command: string): Promise<PlayedCommand> => playCommand(machine, command, SHELL);
  await shell('docker run -d --name py -e PYTHONDONTWRITEBYTECODE=1 -v ./src:/src -w /work python:3.13-slim sleep infinity');
  return { machine, shell };
}
