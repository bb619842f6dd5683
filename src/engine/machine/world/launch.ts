/** How the agent's processes begin and end. */
import { isErrno } from '../../kernel/errno.ts';
import type { Exited, Fd, Signal, Sys } from '../../kernel/sys.ts';
import type { Settings } from './settings.ts';

const READ_BYTES = 65_536;
const SIGNAL_STATUS = 128;
const NOT_FOUND = 127;
const NUMBERS: Partial<Record<Signal, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
};

/** As a shell has it: 128 and the signal's number. */
export const statusOf = ({ status, signal }: Exited): number => status ?? SIGNAL_STATUS + ((signal && NUMBERS[signal]) ?? 0);

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Hands on what comes out of a descriptor until its end. A hung-up terminal ends with EIO, one that was closed meanwhile with EBADF. */
export async function pump(sys: Sys, fd: Fd, take: (bytes: Uint8Array) => void): Promise<void> {
  try {
    for (let bytes = await sys.read(fd, READ_BYTES); bytes.length > 0; bytes = await sys.read(fd, READ_BYTES)) take(bytes);
  } catch (error) {
    if (!isErrno(error, 'EIO', 'ECONNRESET', 'EBADF')) throw error;
  }
}

export interface Launch {
  readonly argv: readonly string[];
  readonly env?: readonly (readonly [string, string])[];
  readonly cwd?: string;
  readonly uid?: number;
}

/** Becomes the user, goes to the directory, and runs the command, which is looked up on PATH. */
export async function become(sys: Sys, settings: Settings, launch: Launch): Promise<never> {
  const env = new Map(launch.env ?? settings.env);
  login(sys, launch.uid ?? settings.uid);
  sys.path.chdir(launch.cwd ?? settings.cwd);
  const [name = 'sh'] = launch.argv;
  const folders = name.includes('/') ? [''] : (env.get('PATH') ?? '').split(':').map((folder) => `${folder}/`);
  const file = folders.map((folder) => `${folder}${name}`).find((path) => sys.path.access(path, { execute: true }));
  if (file !== undefined) await sys.exec(file, launch.argv, env);
  await sys.write(2, encode(`${name}: command not found\n`));
  return sys.exit(NOT_FOUND);
}

/** Takes on a user's ids and the groups that /etc/group lists her in. */
export function login(sys: Sys, uid: number): void {
  if (uid === 0) return;
  const lines = (path: string): string[][] =>
    new TextDecoder()
      .decode(sys.path.readFile(path))
      .split('\n')
      .map((line) => line.split(':'));
  const account = lines('/etc/passwd').find((fields) => Number(fields[2]) === uid && fields.length > 3);
  const gid = Number(account?.[3] ?? uid);
  const groups = lines('/etc/group')
    .filter((fields) => (fields[3] ?? '').split(',').includes(account?.[0] ?? '?'))
    .map((fields) => Number(fields[2]));
  sys.ids.setgroups([gid, ...groups]);
  sys.ids.setgid(gid);
  sys.ids.setuid(uid);
}
