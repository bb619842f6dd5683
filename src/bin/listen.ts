/** A server of the `drydock` command: its port, what it says when it listens, and its end by Ctrl-C. */
import { createServer, type Socket } from 'node:net';
import { UsageError } from './usage.ts';

export const LOOPBACK = '127.0.0.1';

export interface ListenAddress {
  readonly port: number;
  readonly address: string;
}

/** `--port` and `--host`. Throws UsageError. */
export function parseListen(args: readonly string[], defaultPort: number): ListenAddress {
  let [port, address] = [defaultPort, LOOPBACK];
  for (let index = 0; index < args.length; index++) {
    const [flag, inline] = (args[index] ?? '').split('=', 2);
    const value = inline ?? args[++index];
    if (value === undefined) throw new UsageError(`${flag} needs a value`);
    if (flag === '--port') port = Number(value);
    else if (flag === '--host') address = value;
    else throw new UsageError(`unknown flag: ${flag}. There are --port and --host.`);
  }
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new UsageError(`${port} is no port`);
  return { port, address };
}

export interface Listener extends ListenAddress {
  /** The subcommand, for messages. */
  readonly name: string;
  readonly onSocket: (socket: Socket) => void;
  /** What is printed when it listens. */
  readonly hello: (at: string) => string;
  readonly onClose?: () => void;
}

/** Listens until Ctrl-C; resolves to the exit status. */
export function listen({ name, port, address, onSocket, hello, onClose }: Listener): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, onSocket);
  return new Promise((resolve) => {
    server.on('error', (error: NodeJS.ErrnoException) => {
      process.stderr.write(
        error.code === 'EADDRINUSE'
          ? `drydock ${name}: port ${port} is taken. Choose another: drydock ${name} --port ${port + 1}\n`
          : `drydock ${name}: ${error.message}\n`,
      );
      onClose?.();
      resolve(1);
    });
    server.listen(port, address, () => {
      const bound = server.address();
      process.stdout.write(hello(`${address}:${typeof bound === 'object' && bound ? bound.port : port}`));
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        onClose?.();
        server.close();
        resolve(0);
      });
  });
}
