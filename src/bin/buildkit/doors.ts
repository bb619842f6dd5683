/** `POST /grpc` and `POST /session` of one engine, for real clients: BuildKit's protocol, translated into the engine's own. */
import type { Socket } from 'node:net';
import type { Duplex } from '../../engine/http/types.ts';
import { Callers, sessionHeaders } from './callers.ts';
import { builderMethods } from './control.ts';
import { engineAt } from './engine.ts';
import { serveGrpc } from './grpc/server.ts';
import type { Upgrade } from './upgrade.ts';

/** Serves connections that were upgraded, each until it is closed. `dial` connects to the engine's socket. */
export function builderDoors(dial: () => Promise<Duplex>): (socket: Socket, upgrade: Upgrade) => Promise<void> {
  const callers = new Callers();
  const methods = builderMethods(engineAt(dial), callers);
  return async (socket, { door, headers }) => {
    if (door === 'grpc') await serveGrpc(socket, methods);
    else
      await callers.open(
        socket,
        sessionHeaders((name) => headers.get(name) ?? []),
      );
  };
}
