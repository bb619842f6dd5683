/**
 * The two doors through which a builder's client comes in: `POST /grpc`, on which it asks, and `POST /session`, on which it is asked.
 * Both turn a connection of HTTP/1.1 into one of HTTP/2 ("Upgrade: h2c"). Upstream: moby daemon/server/router/grpc and /session.
 */
import type { Socket } from 'node:net';

/** A head that is longer is the engine's to refuse. */
const MAX_HEAD_BYTES = 64 * 1024;
const DOOR = /^POST (?:\/v\d+\.\d+)?\/(grpc|session)(?:\?\S*)? HTTP\/1\.1$/;

export interface Upgrade {
  readonly door: 'grpc' | 'session';
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

/**
 * Looks at what a connection begins with. The bytes of what is the engine's own are handed back; an upgrade's head is taken and answered,
 * and what follows on the socket is HTTP/2. The socket is paused afterwards.
 */
export async function upgradeOf(socket: Socket): Promise<Upgrade | Uint8Array> {
  const head = await readHead(socket);
  const end = head.indexOf('\r\n\r\n');
  const [first = '', ...lines] = head.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n');
  const door = DOOR.exec(first)?.[1];
  const headers = headersOf(lines);
  const isUpgrade = end !== -1 && door !== undefined && headers.get('upgrade')?.[0]?.toLowerCase() === 'h2c';
  if (!isUpgrade) return new Uint8Array(head);
  if (end + 4 < head.length) socket.unshift(head.subarray(end + 4));
  // HTTP/2 has no half of a connection: whoever has hung up is gone.
  socket.allowHalfOpen = false;
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
  return { door: door as Upgrade['door'], headers };
}

function headersOf(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const at = line.indexOf(':');
    const name = line.slice(0, at).trim().toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(at + 1).trim()]);
  }
  return headers;
}

/** So much of what comes first that it can be judged: a line that opens no door, or a whole head. */
function readHead(socket: Socket): Promise<Buffer> {
  return new Promise((resolve) => {
    let head: Buffer = Buffer.alloc(0);
    const done = (): void => {
      socket.off('data', take).off('end', done).off('close', done).pause();
      resolve(head);
    };
    const take = (piece: Buffer): void => {
      head = Buffer.concat([head, piece]);
      if (isJudged(head)) done();
    };
    socket.on('data', take).on('end', done).on('close', done);
  });
}

function isJudged(head: Buffer): boolean {
  if (head.length > MAX_HEAD_BYTES) return true;
  const line = head.indexOf('\r\n');
  if (line === -1) return !'POST '.startsWith(head.subarray(0, 5).toString('latin1'));
  return !DOOR.test(head.subarray(0, line).toString('latin1')) || head.includes('\r\n\r\n');
}
