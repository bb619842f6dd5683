/** Connections from outside, made of a machine's inputs and outputs alone, so that a journal has them like any other input. */
import type { Dial, Duplex } from '../http/types.ts';
import type { ConnectionId, Input, Output } from './types.ts';

/** A dial that failed, with the system call's code (`ECONNREFUSED`, `ENOENT`, …). */
export class DialError extends Error {
  override readonly name = 'DialError';
  readonly code: string;

  constructor(code: string) {
    super(`dial: ${code}`);
    this.code = code;
  }
}

interface Connection {
  readonly pieces: (Uint8Array | null)[];
  /** Called whenever something changed: connected, refused, a piece came. */
  changed: () => void;
  refused: string | null;
  connected: boolean;
}

export interface Dialer {
  readonly dial: Dial;
  /** Every output of the machine passes here. */
  take(output: Output): void;
  /** Connections that were made and not ended. */
  open(): readonly ConnectionId[];
}

/** Makes connections by `input` events. `firstId` lies above every id that a restored journal used. */
export function createDialer(input: (event: Input) => void, firstId = 1): Dialer {
  const connections = new Map<ConnectionId, Connection>();
  let nextId = firstId;

  const until = (connection: Connection, ready: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (ready()) resolve();
        else connection.changed = look;
      };
      look();
    });

  const duplex = (id: ConnectionId, connection: Connection): Duplex => ({
    read: async () => {
      await until(connection, () => connection.pieces.length > 0);
      // The end stays at the head of the line: whoever reads again sees it again.
      return connection.pieces[0] === null ? null : (connection.pieces.shift() ?? null);
    },
    write: async (bytes) => {
      if (bytes.length > 0) input({ kind: 'send', connection: id, bytes });
    },
    closeWrite: () => input({ kind: 'end', connection: id }),
    abort: () => {
      if (connections.delete(id)) input({ kind: 'abort', connection: id });
    },
  });

  const take = (output: Output): void => {
    if (!('connection' in output)) return;
    const connection = connections.get(output.connection);
    if (!connection) return;
    if (output.kind === 'connected') connection.connected = true;
    if (output.kind === 'refused') connection.refused = output.code;
    if (output.kind === 'received') connection.pieces.push(output.bytes);
    if (output.kind === 'ended') {
      connection.pieces.push(null);
      connections.delete(output.connection);
    }
    connection.changed();
  };

  const dial: Dial = async (to) => {
    const id = nextId++;
    const connection: Connection = { pieces: [], changed: () => {}, refused: null, connected: false };
    connections.set(id, connection);
    input({ kind: 'dial', connection: id, to });
    await until(connection, () => connection.connected || connection.refused !== null);
    if (connection.refused === null) return duplex(id, connection);
    connections.delete(id);
    throw new DialError(connection.refused);
  };

  return { dial, take, open: () => [...connections.keys()] };
}
