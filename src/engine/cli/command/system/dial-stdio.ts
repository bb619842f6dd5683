import type { Duplex } from '../../../http/index.ts';
import type { DockerHttp } from '../../client/http.ts';
import { CliError, errorCode, systemError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { command, noArgs } from '../command.ts';

/** Passes bytes between whoever started it, a client at the other end of `ssh`, and the engine. Upstream: docker/cli command/system/dial_stdio.go. */
export const dialStdio = command({
  names: ['system dial-stdio'],
  summary: 'Proxy the stdio stream to the daemon connection. Should not be invoked manually.',
  usage: '',
  args: noArgs,
  complete: 'nothing',
  flags: {},
  run: async ({ io, client }) => {
    const engine = await dial(io, client.http);
    io.spawn(async () => {
      for (let bytes = await io.stdin.read(); bytes !== null; bytes = await io.stdin.read()) await engine.write(bytes);
      engine.closeWrite();
    });
    // Standard input may stay open for ever: the engine says when it is over.
    for (let bytes = await engine.read(); bytes !== null; bytes = await engine.read()) await io.stdout.write(bytes);
    engine.abort();
  },
});

async function dial(io: Io, { endpoint }: DockerHttp): Promise<Duplex> {
  try {
    return await io.dial(endpoint.address, endpoint.tls && 'host' in endpoint.address ? { serverName: endpoint.address.host } : undefined);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CliError(`failed to open the raw stream connection: dial ${endpoint.shown}: connect: ${systemError(error)}`);
  }
}
