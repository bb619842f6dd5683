/**
 * Trees of files over a session, both ways: descriptions first, then the contents that the receiver asks for. Upstream:
 * tonistiigi/fsutil send.go, receive.go.
 */
import type { TarInput } from '../../engine/oci/index.ts';
import type { Stream } from './grpc/client.ts';
import { Code, GrpcError } from './grpc/status.ts';
import { FILE_MODE, FILE_PACKET, PACKET, type Packet, type Stat } from './messages/session.ts';

/** As much as the engine takes of one context. */
const MAX_TREE_BYTES = 512 * 1024 * 1024;
const PIECE_BYTES = 32 * 1024;

const invalid = (message: string): GrpcError => new GrpcError(Code.invalidArgument, message);
const has = (mode: number, bit: number): boolean => Math.floor(mode / bit) % 2 === 1;
const isRegular = ({ mode }: Stat): boolean =>
  ![FILE_MODE.directory, FILE_MODE.symlink, FILE_MODE.device, FILE_MODE.pipe, FILE_MODE.socket].some((bit) => has(mode, bit));

const packet = (type: number, rest: Partial<Packet> = {}): Uint8Array =>
  FILE_PACKET.encode({ type, id: 0, data: new Uint8Array(), ...rest });

/** All that the other end has in a tree. Throws GrpcError for what is no tree, is too large, or breaks off. */
export async function receiveTree(stream: Stream): Promise<readonly TarInput[]> {
  const receiving = new Receiving();
  for (let bytes = await stream.read(); ; bytes = await stream.read()) {
    if (bytes === null) throw new GrpcError(Code.unavailable, 'error from sender: unexpected EOF');
    const answer = receiving.take(FILE_PACKET.decode(bytes));
    if (answer) await stream.write(answer);
    if (receiving.isComplete) break;
  }
  await stream.write(packet(PACKET.end));
  stream.end();
  while ((await stream.read()) !== null);
  return receiving.entries();
}

class Receiving {
  readonly #stats: Stat[] = [];
  readonly #open = new Map<number, { readonly pieces: Uint8Array[]; readonly sizeBytes: number }>();
  readonly #contents = new Map<number, Uint8Array>();
  #sizeBytes = 0;
  #isDescribed = false;

  get isComplete(): boolean {
    return this.#isDescribed && this.#open.size === 0;
  }

  /** What to answer. Throws GrpcError. */
  take({ type, stat, id, data }: Packet): Uint8Array | undefined {
    if (type === PACKET.error) throw new GrpcError(Code.unknown, `error from sender: ${new TextDecoder().decode(data)}`);
    if (type === PACKET.data) return this.#data(id, data);
    if (type !== PACKET.stat) throw invalid(`unexpected packet ${type} from the sender of files`);
    if (this.#isDescribed) throw invalid('a file was described after the end of the descriptions');
    if (stat) return this.#stat(stat);
    this.#isDescribed = true;
    return undefined;
  }

  #stat(stat: Stat): Uint8Array | undefined {
    checkPath(stat.path);
    const id = this.#stats.push(stat) - 1;
    if (!isRegular(stat) || stat.linkname !== '' || stat.size === 0) return undefined;
    this.#open.set(id, { pieces: [], sizeBytes: stat.size });
    return packet(PACKET.request, { id });
  }

  #data(id: number, data: Uint8Array): undefined {
    const file = this.#open.get(id);
    if (!file) throw invalid(`invalid file request ${id}`);
    if (data.length === 0) {
      this.#open.delete(id);
      this.#contents.set(id, new Uint8Array(Buffer.concat(file.pieces)));
      return;
    }
    this.#sizeBytes += data.length;
    if (this.#sizeBytes > MAX_TREE_BYTES) throw new GrpcError(Code.resourceExhausted, `the context is larger than ${MAX_TREE_BYTES} bytes`);
    file.pieces.push(data);
  }

  entries(): readonly TarInput[] {
    return this.#stats.flatMap((stat, id) => {
      const type = typeOf(stat);
      if (type === undefined) return [];
      const { path: name, linkname, devmajor, devminor } = stat;
      const special = (has(stat.mode, FILE_MODE.setuid) ? 0o4000 : 0) | (has(stat.mode, FILE_MODE.setgid) ? 0o2000 : 0);
      const mode = (stat.mode % 0o1000) | special | (has(stat.mode, FILE_MODE.sticky) ? 0o1000 : 0);
      const content = this.#contents.get(id);
      return [{ name, type, mode, linkname, devmajor, devminor, mtimeNs: BigInt(stat.modTime), ...(content ? { content } : {}) }];
    });
  }
}

/** Undefined for a socket, which no archive has. */
function typeOf(stat: Stat): TarInput['type'] | undefined {
  if (has(stat.mode, FILE_MODE.directory)) return 'directory';
  if (has(stat.mode, FILE_MODE.symlink)) return 'symlink';
  if (has(stat.mode, FILE_MODE.socket)) return undefined;
  if (has(stat.mode, FILE_MODE.pipe)) return 'fifo';
  if (has(stat.mode, FILE_MODE.device)) return has(stat.mode, FILE_MODE.charDevice) ? 'char-device' : 'block-device';
  return stat.linkname === '' ? 'file' : 'link';
}

function checkPath(path: string): void {
  if (path.split('/').some((part) => part === '' || part === '.' || part === '..') || path.includes('\0'))
    throw invalid(`invalid path ${JSON.stringify(path)} from the sender of files`);
}

/** A file to send, as archives have it; its name has no slash at the end. */
export interface SentFile {
  readonly stat: Stat;
  readonly content: Uint8Array;
}

const TYPE_BITS: Readonly<Record<string, number>> = {
  directory: FILE_MODE.directory,
  symlink: FILE_MODE.symlink,
  fifo: FILE_MODE.pipe,
  'block-device': FILE_MODE.device,
  'char-device': FILE_MODE.device + FILE_MODE.charDevice,
};

/** An archive's entry as it is described. */
export function sentFile(
  { name, type = 'file', mode = 0, linkname = '', devmajor = 0, devminor = 0, mtimeNs = 0n }: TarInput,
  content: Uint8Array,
): SentFile {
  const special =
    ((mode & 0o4000) !== 0 ? FILE_MODE.setuid : 0) +
    ((mode & 0o2000) !== 0 ? FILE_MODE.setgid : 0) +
    ((mode & 0o1000) !== 0 ? FILE_MODE.sticky : 0);
  return {
    stat: {
      path: name.replace(/\/$/, ''),
      mode: (mode & 0o777) + special + (TYPE_BITS[type] ?? 0),
      uid: 0,
      gid: 0,
      size: type === 'file' ? content.length : 0,
      modTime: Number(mtimeNs),
      linkname,
      devmajor,
      devminor,
      xattrs: [],
    },
    content,
  };
}

/** The order in which trees are sent: each directory before what is in it, names by bytes. */
const byPath = (a: SentFile, b: SentFile): number => {
  const [x, y] = [Buffer.from(a.stat.path.replaceAll('/', '\0')), Buffer.from(b.stat.path.replaceAll('/', '\0'))];
  return Buffer.compare(x, y);
};

/** Sends a tree, and what the other end asks for of it. Throws GrpcError with what the other end has against it. */
export async function sendTree(stream: Stream, files: readonly SentFile[]): Promise<void> {
  const sorted = [...files].sort(byPath);
  for (const { stat } of sorted) await stream.write(packet(PACKET.stat, { stat }));
  await stream.write(packet(PACKET.stat));
  for (let bytes = await stream.read(); bytes !== null; bytes = await stream.read()) {
    const { type, id, data } = FILE_PACKET.decode(bytes);
    if (type === PACKET.end) break;
    if (type === PACKET.error) throw new GrpcError(Code.unknown, `error from receiver: ${new TextDecoder().decode(data)}`);
    const file = sorted[id];
    if (type !== PACKET.request || !file) throw invalid(`invalid file id ${id}`);
    for (let at = 0; at < file.content.length; at += PIECE_BYTES)
      await stream.write(packet(PACKET.data, { id, data: file.content.subarray(at, at + PIECE_BYTES) }));
    await stream.write(packet(PACKET.data, { id }));
  }
  await stream.write(packet(PACKET.end));
  stream.end();
  while ((await stream.read()) !== null);
}
