/** Whether a host is the one it was: the keys in ~/.ssh/known_hosts, and the question that is asked about a new one. */
import { encodeBase64 } from '../../../http/base64.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';
import { fileLines } from '../../coreutils/users.ts';
import { decode, encode, say } from '../../program-io.ts';
import { KEY_TYPE } from './keys.ts';
import { blobOfLine, fingerprint, sameKey } from './read-keys.ts';

export interface Host {
  /** As it was called, and where it is. */
  readonly name: string;
  readonly ip: string;
  readonly port: number;
}

export interface Trust {
  readonly file: string;
  /** StrictHostKeyChecking of ssh_config(5). */
  readonly strict: 'yes' | 'ask' | 'accept-new' | 'no';
  /** Warnings are not shown. */
  readonly isQuiet: boolean;
}

const FRAME = '@'.repeat(59);

/** Whether to go on with the host that has shown `key`; a new one may be asked about, and is remembered. */
export async function trusts(sys: Sys, host: Host, key: Uint8Array, { file, strict, isQuiet }: Trust): Promise<boolean> {
  const label = host.port === 22 ? host.name : `[${host.name}]:${host.port}`;
  const known = fileLines(sys, file).flatMap((line) => (line.split(/[\s]/)[0]?.split(',').includes(label) ? (blobOfLine(line) ?? []) : []));
  if (known.some((one) => sameKey(one, key))) return true;
  if (known.length > 0) {
    await say(sys, 2, changed(label, key, file));
    return strict === 'no';
  }
  if (strict === 'yes') {
    await say(sys, 2, `No ED25519 host key is known for ${label} and you have requested strict checking.\n`);
    return false;
  }
  if (strict === 'ask' && !(await asks(sys, { label, host, key }))) return false;
  if (!isQuiet) await say(sys, 2, `Warning: Permanently added '${label}' (ED25519) to the list of known hosts.\n`);
  remember(sys, file, `${label} ${KEY_TYPE} ${encodeBase64(key)}\n`);
  return true;
}

const changed = (label: string, key: Uint8Array, file: string): string =>
  `${FRAME}\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n${FRAME}\nThe fingerprint for the ED25519 key sent by the remote host is\n${fingerprint(key)}.\nOffending key in ${file}; remove it with:\n  ssh-keygen -f '${file}' -R '${label}'\n`;

interface Question {
  readonly label: string;
  readonly host: Host;
  readonly key: Uint8Array;
}

/** Asks at the terminal, whatever standard input is. Without one the answer is no. */
async function asks(sys: Sys, { label, host, key }: Question): Promise<boolean> {
  const terminal = await openTerminal(sys);
  if (terminal === undefined) return false;
  const called = host.name === host.ip ? label : `${label} (${host.ip})`;
  await say(
    sys,
    terminal,
    `The authenticity of host '${called}' can't be established.\nED25519 key fingerprint is ${fingerprint(key)}.\nThis key is not known by any other names.\nAre you sure you want to continue connecting (yes/no/[fingerprint])? `,
  );
  for (;;) {
    const answer = decode(await sys.read(terminal, 256));
    const word = answer.trim();
    if (word === 'yes' || word === fingerprint(key)) return true;
    if (word === 'no' || answer === '') return false;
    await say(sys, terminal, "Please type 'yes', 'no' or the fingerprint: ");
  }
}

async function openTerminal(sys: Sys): Promise<Fd | undefined> {
  try {
    return await sys.open('/dev/tty', { read: true, write: true });
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

function remember(sys: Sys, file: string, line: string): void {
  try {
    const folder = file.replace(/\/[^/]*$/, '');
    if (!sys.path.access(folder, {})) sys.path.mkdir(folder, 0o700);
    const before = fileLines(sys, file).map((one) => `${one}\n`);
    sys.path.writeFile(file, encode([...before, line].join('')), 0o600);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
