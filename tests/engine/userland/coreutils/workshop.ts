/** A machine with a shell and every utility of one dialect, on which scripts are run and read. */
import { makeExecutable } from '../../../../src/engine/kernel/elf.ts';
import type { Program, Sys } from '../../../../src/engine/kernel/sys.ts';
import { applets, busybox } from '../../../../src/engine/userland/busybox.ts';
import { GNU_TABLE, gnu } from '../../../../src/engine/userland/gnu.ts';
import { dashShell } from '../../../../src/engine/userland/sh/index.ts';
import type { Dialect } from '../../../../src/engine/userland/tool.ts';
import { makeDevices, onKernel, pipedShell, put, type Ran } from '../piped.ts';

const LONGEST_MS = 600_000;

const load = async (note: string): Promise<Program | undefined> => {
  if (note === 'dash') return dashShell;
  if (note === 'busybox') return busybox;
  return gnu(note.replace(/^gnu:/, ''));
};

export interface ScriptOptions {
  readonly dialect?: Dialect;
  readonly input?: string | Uint8Array;
  /** Files below /w, the working directory. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** Runs `sh -c script` in /w. */
export async function run(script: string, options: ScriptOptions = {}): Promise<Ran> {
  let ran: Ran | undefined;
  await onKernel(
    async (sys) => {
      furnish(sys, options);
      ran = await pipedShell(sys, ['sh', '-c', script], { input: options.input, env: { PATH: '/bin', HOME: '/' } });
    },
    { load, seed: 5, forMs: LONGEST_MS },
  );
  if (ran === undefined) throw new Error('the script did not end');
  return ran;
}

/** What it prints, of both streams, and its status in brackets if it is not 0. */
export async function shown(script: string, options: ScriptOptions = {}): Promise<string> {
  const { out, err, status } = await run(script, options);
  return `${out}${err}${status === 0 ? '' : `[${status}]`}`;
}

function furnish(sys: Sys, { dialect = 'gnu', files = {} }: ScriptOptions): void {
  for (const path of ['/bin', '/dev', '/tmp', '/etc', '/w']) if (!sys.path.access(path, {})) sys.path.mkdir(path);
  sys.path.chmod('/tmp', 0o1777);
  makeDevices(sys);
  if (dialect === 'gnu') {
    for (const name of Object.keys(GNU_TABLE)) sys.path.writeFile(`/bin/${name}`, makeExecutable(`gnu:${name}`), 0o755);
    sys.path.writeFile('/bin/sh', makeExecutable('dash'), 0o755);
  } else {
    sys.path.writeFile('/bin/busybox', makeExecutable('busybox'), 0o755);
    for (const name of applets) sys.path.link('/bin/busybox', `/bin/${name}`);
  }
  put(sys, '/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nlearner:x:1000:1000::/home/learner:/bin/sh\n');
  put(sys, '/etc/group', 'root:x:0:\nlearner:x:1000:\n');
  sys.path.chdir('/w');
  for (const [name, content] of Object.entries(files)) put(sys, name, content);
}
