/** Which npm this is, and which node it finds, as both tell registries and scripts. */
import { readExecutable } from '../../../kernel/elf.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { releaseOf } from '../../program-io.ts';

export const npmVersion = (sys: Sys): string => releaseOf(sys, 'NPM_VERSION', '11.6.2');

/** The first node on PATH. */
export function nodePath({ env, path }: Sys): string | undefined {
  const folders = (env.get('PATH') ?? '/usr/local/bin:/usr/bin:/bin').split(':');
  return folders.map((folder) => `${folder}/node`).find((file) => path.access(file, { execute: true }));
}

function nodeVersion(sys: Sys): string {
  const file = nodePath(sys);
  const executable = file === undefined ? null : readExecutable(sys.path.readFile(file));
  return (executable?.kind === 'program' && executable.note.split(':')[1]) || (sys.env.get('NODE_VERSION') ?? 'unknown');
}

/** `npm/11.6.2 node/v24.12.0 linux x64 workspaces/false` */
export const userAgent = (sys: Sys): string =>
  `npm/${npmVersion(sys)} node/v${nodeVersion(sys)} linux ${sys.uname.machine === 'aarch64' ? 'arm64' : 'x64'} workspaces/false`;
