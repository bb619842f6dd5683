/** A connection inside of a call: a session that is opened over `/grpc` itself. Upstream: moby/buildkit session/grpchijack. */
import type { Socket } from 'node:net';
import type { Call } from './grpc/server.ts';
import { BYTES } from './messages/session.ts';
import { socketPair } from './socket-pair.ts';

/** A socket that has the bytes of a call's messages, both ways, until either ends. */
export async function callSocket(call: Call): Promise<Socket> {
  const [inner, outer] = await socketPair();
  outer.on('data', (data: Buffer) => {
    outer.pause();
    call.write(BYTES.encode({ data: new Uint8Array(data) })).then(
      () => outer.resume(),
      () => outer.destroy(),
    );
  });
  outer.on('error', () => outer.destroy());
  call.gone.addEventListener('abort', () => outer.destroy(), { once: true });
  pump(call, outer).then(
    () => outer.end(),
    () => outer.destroy(),
  );
  return inner;
}

async function pump(call: Call, socket: Socket): Promise<void> {
  for (let bytes = await call.read(); bytes !== null; bytes = await call.read())
    if (!socket.write(BYTES.decode(bytes).data)) await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
}
