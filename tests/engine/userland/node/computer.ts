/** A computer with a shell, the utilities, and node, on which scripts are run. */
import { makeExecutable } from '../../../../src/engine/kernel/elf.ts';
import type { Program, Sys } from '../../../../src/engine/kernel/sys.ts';
import { GNU_TABLE, gnu } from '../../../../src/engine/userland/gnu.ts';
import { node } from '../../../../src/engine/userland/node/index.ts';
import { dashShell } from '../../../../src/engine/userland/sh/index.ts';
import { makeDevices, onKernel, pipedShell, put } from '../piped.ts';

const LONGEST_MS = 600_000;

const load = async (note: string): Promise<Program | undefined> => {
  if (note === 'dash') return dashShell;
  if (note === 'node') return node;
  return note.startsWith('gnu:') ? gnu(note.slice('gnu:'.length)) : undefined;
};

export interface Ran {
  readonly exit: number | string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Files by their paths below /src, where the command runs. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a line of the shell. */
export async function run(command: string, { files = {}, stdin, env = {} }: RunOptions = {}): Promise<Ran> {
  let ran: Ran | undefined;
  await onKernel(
    async (sys) => {
      furnish(sys, files);
      const variables = { PATH: '/usr/local/bin:/bin', HOME: '/', NODE_VERSION: '24.21.0', ...env };
      const { out, err, status } = await pipedShell(sys, ['sh', '-c', command], { input: stdin, env: variables });
      ran = { exit: status, stdout: out, stderr: err };
    },
    { load, seed: 5, forMs: LONGEST_MS },
  );
  if (ran === undefined) throw new Error('the command did not end');
  return ran;
}

function furnish(sys: Sys, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const path of ['/bin', '/dev', '/tmp', '/etc', '/src', '/proc', '/usr', '/usr/local', '/usr/local/bin'])
    if (!sys.path.access(path, {})) sys.path.mkdir(path);
  sys.path.chmod('/tmp', 0o1777);
  sys.path.mount({ type: 'proc', source: 'proc', target: '/proc' });
  makeDevices(sys);
  for (const name of Object.keys(GNU_TABLE)) sys.path.writeFile(`/bin/${name}`, makeExecutable(`gnu:${name}`), 0o755);
  sys.path.writeFile('/bin/sh', makeExecutable('dash'), 0o755);
  sys.path.writeFile('/usr/local/bin/node', makeExecutable('node'), 0o755);
  put(sys, '/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\n');
  put(sys, '/etc/hosts', '127.0.0.1\tlocalhost\n::1\tlocalhost\n');
  sys.net.link.set('lo', { up: true });
  for (const [path, content] of Object.entries(files)) put(sys, `/src/${path}`, content);
  sys.path.chdir('/src');
}
