/** `drydock serve`: the Engine API of a fresh machine on a TCP port, in real time, for real clients. */

import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { Duplex } from '../engine/http/types.ts';
import { createMachine } from '../engine/machine/machine.ts';
import { openSession } from '../engine/machine/session.ts';
import { bookSpec, oracleSpec } from '../engine/machine/spec.ts';
import type { MachineSpec } from '../engine/machine/types.ts';
import { builderDoors } from './buildkit/doors.ts';
import { upgradeOf } from './buildkit/upgrade.ts';
import { nodeHost, nodePacer } from './host.ts';
import { LOOPBACK, listen, parseListen } from './listen.ts';

const DEFAULT_PORT = 2375;
const NS_PER_MS = 1_000_000n;
const DOCKER_SOCKET = { unix: '/var/run/docker.sock' };

/** The machine that a checker asks for by its environment; else the book's. */
function specFromEnvironment(env: NodeJS.ProcessEnv): MachineSpec {
  if (env.ORACLE_IMAGES === undefined && env.ORACLE_RECORDING === undefined) return bookSpec();
  const recording = env.ORACLE_RECORDING ? JSON.parse(readFileSync(env.ORACLE_RECORDING, 'utf8')) : {};
  const words = (text: string | undefined) => (text ?? '').split(/[\s,]+/).filter((word) => word !== '');
  return oracleSpec({ images: words(env.ORACLE_IMAGES), needs: words(env.ORACLE_NEEDS), files: recording.files ?? {} });
}

/** Joins a client's socket and a connection into the machine, both ways, with half-close. `first` was read already. */
function join(socket: Socket, connection: Duplex, first: Uint8Array): void {
  if (first.length > 0) void connection.write(first);
  if (socket.readableEnded) connection.closeWrite();
  socket.on('data', (bytes: Buffer) => void connection.write(new Uint8Array(bytes)));
  socket.on('end', () => connection.closeWrite());
  socket.on('error', () => connection.abort());
  socket.on('close', () => connection.abort());
  socket.resume();
  const pump = async (): Promise<void> => {
    for (let piece = await connection.read(); piece !== null; piece = await connection.read()) {
      if (!socket.write(piece)) await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
    }
    socket.end();
  };
  pump().catch(() => socket.destroy());
}

/** A builder's client comes in by doors of its own; the rest is for dockerd. */
async function accept(socket: Socket, dial: () => Promise<Duplex>, open: ReturnType<typeof builderDoors>): Promise<void> {
  socket.on('error', () => socket.destroy());
  const begun = await upgradeOf(socket);
  if (begun instanceof Uint8Array) join(socket, await dial(), begun);
  else await open(socket, begun).finally(() => socket.destroy());
}

export async function serve(args: readonly string[]): Promise<number> {
  const { port, address } = parseListen(args, DEFAULT_PORT);
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
  const dial = (): Promise<Duplex> => session.dialer.dial(DOCKER_SOCKET);
  const doors = builderDoors(dial);
  return listen({
    name: 'serve',
    port,
    address,
    onSocket: (socket) => void accept(socket, dial, doors).catch(() => socket.destroy()),
    hello: (at) => `The Engine API is at tcp://${at}. Try: DOCKER_HOST=tcp://${at} docker version\n`,
    onClose: () => session.close(),
  });
}
