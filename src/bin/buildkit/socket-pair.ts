/** Two sockets that are connected to each other. Node's HTTP/2 is at home on these: on other streams it fails when one end goes early. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export async function socketPair(): Promise<readonly [Socket, Socket]> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const near = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const accepted: Socket[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const look = (): void => {
    // Somebody else may have found the port.
    const own = accepted.find(({ remotePort }) => remotePort !== undefined && remotePort === near.localPort);
    if (own) resolve(own);
  };
  server.on('connection', (socket) => {
    accepted.push(socket.on('error', () => socket.destroy()));
    look();
  });
  near.on('connect', look).on('error', reject);
  const far = await promise.finally(() => server.close());
  for (const socket of accepted) if (socket !== far) socket.destroy();
  return [near, far];
}
