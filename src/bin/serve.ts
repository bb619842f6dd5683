/** `drydock serve`: the Engine API of a fresh machine on a TCP port, in real time, for real clients. */

import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import type { Duplex } from '../engine/http/types.ts';
import { createMachine } from '../engine/machine/machine.ts';
import { openSession } from '../engine/machine/session.ts';
import { bookSpec, oracleSpec } from '../engine/machine/spec.ts';
import type { MachineSpec } from '../engine/machine/types.ts';
import { nodeHost, nodePacer } from './host.ts';
import { UsageError } from './usage.ts';

const DEFAULT_PORT = 2375;
const NS_PER_MS = 1_000_000n;
const LOOPBACK = '127.0.0.1';
const DOCKER_SOCKET = { unix: '/var/run/docker.sock' };

interface Options {
  readonly port: number;
  readonly address: string;
}

function parse(args: readonly string[]): Options {
  let [port, address] = [DEFAULT_PORT, LOOPBACK];
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

/** The machine that a checker asks for by its environment; else the book's. */
function specFromEnvironment(env: NodeJS.ProcessEnv): MachineSpec {
  if (env.ORACLE_IMAGES === undefined && env.ORACLE_RECORDING === undefined) return bookSpec();
  const recording = env.ORACLE_RECORDING ? JSON.parse(readFileSync(env.ORACLE_RECORDING, 'utf8')) : {};
  const words = (text: string | undefined) => (text ?? '').split(/[\s,]+/).filter((word) => word !== '');
  return oracleSpec({ images: words(env.ORACLE_IMAGES), needs: words(env.ORACLE_NEEDS), files: recording.files ?? {} });
}

/** Joins a client's socket and a connection into the machine, both ways, with half-close. */
function join(socket: Socket, connection: Duplex): void {
  socket.on('data', (bytes: Buffer) => void connection.write(new Uint8Array(bytes)));
  socket.on('end', () => connection.closeWrite());
  socket.on('error', () => connection.abort());
  socket.on('close', () => connection.abort());
  const pump = async (): Promise<void> => {
    for (let piece = await connection.read(); piece !== null; piece = await connection.read()) {
      if (!socket.write(piece)) await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
    }
    socket.end();
  };
  pump().catch(() => socket.destroy());
}

export async function serve(args: readonly string[]): Promise<number> {
  const { port, address } = parse(args);
  if (address !== LOOPBACK)
    process.stderr.write(`WARNING: the API is reachable from other machines at ${address}, without any authentication.\n`);
  const session = await openSession({
    // A real client compares the engine's clock with its own.
    spec: { ...specFromEnvironment(process.env), epochNs: BigInt(Date.now()) * NS_PER_MS },
    create: (spec) => createMachine(spec, nodeHost),
    pacer: nodePacer,
    onOutput: () => {},
    onFault: (error) => {
      process.stderr.write(
        `drydock serve: the machine stopped: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
      process.exit(1);
    },
  });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    session.dialer.dial(DOCKER_SOCKET).then(
      (connection) => join(socket, connection),
      () => socket.destroy(),
    );
  });
  return new Promise((resolve) => {
    server.on('error', (error: NodeJS.ErrnoException) => {
      process.stderr.write(
        error.code === 'EADDRINUSE'
          ? `drydock serve: port ${port} is taken. Choose another: drydock serve --port ${port + 1}\n`
          : `drydock serve: ${error.message}\n`,
      );
      session.close();
      resolve(1);
    });
    server.listen(port, address, () => {
      const bound = server.address();
      const shown = typeof bound === 'object' && bound ? bound.port : port;
      process.stdout.write(`The Engine API is at tcp://${address}:${shown}. Try: DOCKER_HOST=tcp://${address}:${shown} docker version\n`);
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        session.close();
        server.close();
        resolve(0);
      });
  });
}
