/** `drydock registry`: the catalogue of images as a registry on a TCP port, for real clients. */
import { serveCatalogue } from '../engine/machine/catalogue-registry.ts';
import { nodeHost } from './host.ts';
import { LOOPBACK, listen, parseListen } from './listen.ts';
import { connectionOf } from './socket.ts';

const DEFAULT_PORT = 5000;

export async function registry(args: readonly string[]): Promise<number> {
  const { port, address } = parseListen(args, DEFAULT_PORT);
  if (address !== LOOPBACK) process.stderr.write(`WARNING: the registry can be read from other machines at ${address}.\n`);
  const serve = serveCatalogue(nodeHost.catalogue);
  return listen({
    name: 'registry',
    port,
    address,
    onSocket: (socket) => {
      socket.on('error', () => socket.destroy());
      serve(connectionOf(socket)).then(
        () => socket.end(),
        () => socket.destroy(),
      );
    },
    hello: (at) => `The catalogue is at http://${at}. Try: skopeo inspect --tls-verify=false docker://${at}/library/nginx\n`,
  });
}
