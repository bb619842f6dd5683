/** `--ssh`: agents that the steps of a build may ask. Upstream: buildkit session/sshforward/sshprovider. */
import { CliError, errorCode, systemError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { absolutePath } from '../../path.ts';
import { cutPair } from './csv.ts';

export interface SshAgent {
  readonly id: string;
  /** Of an agent that runs. */
  readonly socket?: string;
  /** Private keys, of which an agent is made. */
  readonly keys: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  /** What went wrong, with the agent it went wrong with. */
  readonly fails: (why: string) => CliError;
}

const LARGEST_KEY_BYTES = 100 * 1024;

/** Each needs a socket or keys that are there. Throws CliError. */
export function sshAgents(io: Io, list: readonly string[]): readonly SshAgent[] {
  const agents: SshAgent[] = [];
  for (const text of list.filter((one) => one !== '')) {
    const [name, paths = ''] = cutPair(text);
    const id = name === '' ? 'default' : name;
    if (agents.some((one) => one.id === id)) throw new CliError(`duplicate agent ID ${JSON.stringify(id)}`);
    const given = paths === '' ? [] : paths.split(',');
    const wanted = given.length === 0 ? [io.env.get('SSH_AUTH_SOCK') ?? ''] : given;
    const outer = (why: string) => new CliError(`failed to convert agent config {${id} [${given.join(' ')}] false}: ${why}`);
    if (wanted[0] === '') throw outer('invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set');
    const fails = (why: string) => outer(`failed to convert agent config for ID: ${JSON.stringify(id)}: ${why}`);
    agents.push({ id, fails, ...sourcesOf(io, wanted, fails) });
  }
  return agents;
}

function sourcesOf(io: Io, paths: readonly string[], fails: SshAgent['fails']): Pick<SshAgent, 'socket' | 'keys'> {
  const keys: SshAgent['keys'][number][] = [];
  let socket: string | undefined;
  for (const path of paths) {
    if (socket !== undefined) throw fails('only single socket allowed');
    const full = absolutePath(io.cwd, path);
    const found = io.files.stat(full);
    if (found === null) throw fails(`stat ${path}: no such file or directory`);
    if (found.type === 'socket') socket = full;
    else keys.push({ path, bytes: readKey(io, path, fails) });
  }
  if (socket !== undefined && keys.length > 0) throw fails('invalid combination of keys and sockets');
  return socket === undefined ? { keys } : { socket, keys };
}

function readKey(io: Io, path: string, fails: SshAgent['fails']): Uint8Array {
  try {
    return io.files.read(absolutePath(io.cwd, path)).subarray(0, LARGEST_KEY_BYTES);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    const what = code === 'EISDIR' ? `failed to read ${path}: read ${path}` : `failed to open ${path}: open ${path}`;
    throw fails(`${what}: ${systemError(error)}`);
  }
}
