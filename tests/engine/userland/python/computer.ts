/** A computer on which containers of Python wait, with files of the host in them. */
import { nodeHost } from '../../../../src/bin/host.ts';
import { createMachine } from '../../../../src/engine/machine/machine.ts';
import { type PlayedCommand, type PlayedTerminal, playCommand, playTerminal } from '../../../../src/engine/machine/play.ts';
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
const TTY = { cols: 80, rows: 24 };

export interface PythonComputer {
  readonly machine: Machine;
  /** Runs a line in the host's shell. */
  shell(command: string): Promise<PlayedCommand>;
  /** Runs a line under a terminal, and types into it. */
  terminal(command: string, input: readonly string[]): Promise<PlayedTerminal>;
}

/** `files` by their paths below `src`, which the container `py3.13`, and those of other versions, have at `/src`. */
export async function pythonComputer(
  files: Readonly<Record<string, string | Uint8Array>>,
  versions: readonly string[] = ['3.13'],
): Promise<PythonComputer> {
  const put = Object.entries(files).map(([path, content]) => ({
    path: `${HOME}/src/${path}`,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
    mode: 0o644,
  }));
  const images = versions.map((version) => `python:${version}-slim`);
  const machine = await createMachine({ ...bookSpec({ start: 'images', images }), files: put }, nodeHost);
  const shell = (command: string): Promise<PlayedCommand> => playCommand(machine, command, SHELL);
  const terminal = (cmd: string, input: readonly string[]): Promise<PlayedTerminal> =>
    playTerminal(machine, { cmd, tty: TTY, input }, SHELL);
  for (const version of versions)
    await shell(
      `docker run -d --name py${version} -e PYTHONDONTWRITEBYTECODE=1 -v ./src:/src -w /work python:${version}-slim sleep infinity`,
    );
  return { machine, shell, terminal };
}
