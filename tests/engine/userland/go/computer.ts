/** A computer on which a container of Go waits, with files of the host in it. */
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

export interface GoComputer {
  readonly machine: Machine;
  /** Runs a line in the host's shell. */
  shell(command: string): Promise<PlayedCommand>;
}

/** `files` by their paths below `folder`, which the container `go` has at `/` under its own name. */
export async function goComputer(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<GoComputer> {
  const put = Object.entries(files).map(([path, content]) => ({
    path: `${HOME}/${folder}/${path}`,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
    mode: 0o644,
  }));
  const machine = await createMachine({ ...bookSpec({ start: 'images', images: ['golang:1.25-alpine'] }), files: put }, nodeHost);
  const shell = (command: string): Promise<PlayedCommand> => playCommand(machine, command, SHELL);
  await shell(`docker run -d --name go -v ./${folder}:/${folder} -w /work golang:1.25-alpine sleep infinity`);
  return { machine, shell };
}
