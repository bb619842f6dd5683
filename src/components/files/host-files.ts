/** Files of the host and of containers, over the machine's API: what a pane beside the terminal reads and writes. */
import { type ContainerSummary, call, EngineError, type Transport } from '../page/docker.ts';
import { type ArchiveFile, onlyFile, tarOf } from './tar.ts';

export const HOME = '/home/learner';
export const MOST_BYTES = 8 * 1024 * 1024;
/** What the trace calls whoever edits and drops. */
const AGENT = 'Files';

interface Listed {
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
}

const target = (path: string): string => `/drydock/files?path=${encodeURIComponent(path)}`;
const archiveOf = (container: string, path: string): string => `/containers/${container}/archive?path=${encodeURIComponent(path)}`;

async function bytesOf(transport: Transport, asked: string): Promise<Uint8Array> {
  const response = await transport.http(asked);
  const pieces: Uint8Array[] = [];
  for (let piece = await response.read(); piece !== null; piece = await response.read()) pieces.push(piece);
  const whole = new Uint8Array(await new Blob(pieces.map((piece) => new Uint8Array(piece))).arrayBuffer());
  if (response.status >= 400)
    throw new EngineError(response.status, (JSON.parse(new TextDecoder().decode(whole) || '{}') as { message?: string }).message ?? '');
  return whole;
}

async function send(transport: Transport, method: 'PUT' | 'DELETE', { asked, body }: { asked: string; body?: Uint8Array }): Promise<void> {
  const response = await transport.http(asked, {
    method,
    headers: [
      ['user-agent', AGENT],
      ['content-type', 'application/x-tar'],
    ],
    ...(body ? { body } : {}),
  });
  let text = '';
  for (let piece = await response.read(); piece !== null; piece = await response.read()) text += new TextDecoder().decode(piece);
  if (response.status >= 400) throw new EngineError(response.status, (JSON.parse(text || '{}') as { message?: string }).message ?? text);
}

/** Files below the home folder, those of a project first, nothing hidden that nobody made. */
export async function listHome(transport: Transport, folder = HOME, depth = 3): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, type } of await call<readonly Listed[]>(transport, target(folder))) {
    const path = `${folder}/${name}`;
    if (type === 'file') found.push(path);
    if (type === 'directory' && depth > 0 && !name.startsWith('.')) found.push(...(await listHome(transport, path, depth - 1)));
  }
  return found;
}

export const readHost = (transport: Transport, path: string): Promise<Uint8Array> => bytesOf(transport, target(path));
export const writeHost = (transport: Transport, path: string, body: Uint8Array): Promise<void> =>
  send(transport, 'PUT', { asked: target(path), body });
export const removeHost = (transport: Transport, path: string): Promise<void> => send(transport, 'DELETE', { asked: target(path) });

export async function containerNames(transport: Transport): Promise<readonly string[]> {
  const all = await call<readonly ContainerSummary[]>(transport, '/containers/json?all=1');
  return all.map(({ Names }) => (Names[0] ?? '').replace(/^\//, ''));
}

/** As `docker cp FILE CONTAINER:FOLDER`. */
export const copyIn = (
  transport: Transport,
  { container, folder, files }: { container: string; folder: string; files: readonly ArchiveFile[] },
): Promise<void> => send(transport, 'PUT', { asked: archiveOf(container, folder), body: tarOf(files) });

/** As `docker cp CONTAINER:PATH -`: the file itself, or an archive of what is there. */
export async function copyOut(transport: Transport, container: string, path: string): Promise<ArchiveFile> {
  const archive = await bytesOf(transport, archiveOf(container, path));
  return onlyFile(archive) ?? { name: `${path.split('/').findLast((name) => name !== '') ?? 'root'}.tar`, bytes: archive };
}
