/** `docker attach`: a client's three streams on a container's. Upstream: moby daemon/attach.go and container/stream/attach.go. */
import type { Duplex } from '../../http/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { Daemon } from '../daemon.ts';
import { DockerError, invalid } from '../errors.ts';
import type { Source } from './attach-input.ts';
import { type Container, isNetworkMode } from './container.ts';
import { isRestarting, notRunning } from './errors.ts';
import { happened } from './happened.ts';
import type { OutputHub, StreamName } from './output-hub.ts';

export interface AttachOptions {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  /** `ctrl-p,ctrl-q`. */
  readonly detachKeys: string;
  /** Not to say which stream each piece is of, as on a WebSocket, whose frames keep pieces apart. */
  readonly isPlain?: boolean;
}

/** How a piece of output is put on the connection. */
export type Framer = (stream: StreamName, bytes: Uint8Array) => Uint8Array;

const DEFAULT_DETACH_KEYS = 'ctrl-p,ctrl-q';

/** Bytes of a key sequence. Throws DockerError. Upstream: moby/term ToBytes. */
export function keyBytes(text: string): Uint8Array {
  const specials: Readonly<Record<string, number>> = { '@': 0, '[': 27, '\\': 28, ']': 29, '^': 30, _: 31 };
  const bytes = (text === '' ? DEFAULT_DETACH_KEYS : text).split(',').map((key) => {
    if (key.length === 1) return key.charCodeAt(0);
    const control = /^ctrl-(.)$/.exec(key)?.[1];
    const code = control === undefined ? undefined : /[a-z]/i.test(control) ? control.toLowerCase().charCodeAt(0) - 96 : specials[control];
    if (code === undefined) throw invalid(`Invalid detach keys (${text}) provided: Unknown character: '${key}'`);
    return code;
  });
  return Uint8Array.from(bytes);
}

/** Eight bytes before each piece: which stream, and how many bytes. */
export const multiplexed: Framer = (stream, bytes) => {
  const frame = new Uint8Array(8 + bytes.length);
  frame[0] = stream === 'stdout' ? 1 : 2;
  new DataView(frame.buffer).setUint32(4, bytes.length);
  frame.set(bytes, 8);
  return frame;
};

export const raw: Framer = (_stream, bytes) => bytes;

export interface Attachment {
  readonly container: Container;
  readonly isTerminal: boolean;
  /** Carries everything until the container ends or the client goes. */
  readonly carry: (connection: Duplex) => Promise<void>;
}

/** Checks, and begins to collect at once: nothing that is printed from now on is missed. Throws DockerError. */
export function attach(daemon: Daemon, name: string, options: AttachOptions): Attachment {
  const container = daemon.containers.get(name);
  const keys = keyBytes(options.detachKeys);
  if (container.state.paused)
    throw new DockerError('conflict', `container ${container.name} is paused, unpause the container before attach`);
  if (container.state.restarting) throw isRestarting(container.id, 'wait until the container is running');
  if (isNetworkMode(container.hostConfig.NetworkMode, 'container') && container.live.isRemoved) throw notRunning(container.id);
  const subscription = container.live.output.attach();
  happened(daemon, container, 'attach');
  const { config, live } = container;
  // The run that is attached to may be one that is still to come, also of a container that has run before.
  const exits = live.exits;
  let isCarried = false;
  const source: Source = {
    fd: () => live.stdin,
    isOver: () => isCarried || live.isRemoved || (live.exits !== exits && live.task === null),
    changed: live.changed,
    close: () => closeStdin(daemon.sys, live, config),
  };
  const isTerminal = config.Tty;
  return {
    container,
    isTerminal,
    carry: async (connection) => {
      const input = { sys: daemon.sys, connection, keys: isTerminal ? keys : new Uint8Array() };
      if (options.stdin && config.OpenStdin) {
        daemon.sys.thread(async () => {
          const { carryInput } = await daemon.sys.stall(() => import('./attach-input.ts'));
          await carryInput(input, source, () => {
            happened(daemon, container, 'detach');
            subscription.close();
          });
        });
      }
      await carryOutput(connection, { subscription, options, framer: isTerminal || options.isPlain ? raw : multiplexed });
      isCarried = true;
      live.changed.wake();
    },
  };
}

/** The end of the client's input is the end of the container's if only one client may ever type (`-i` without `-d`). */
function closeStdin(sys: Sys, live: Container['live'], config: Container['config']): void {
  if (!config.StdinOnce || live.stdin === null || live.stdin === live.terminal) return;
  sys.fds.close(live.stdin);
  live.stdin = null;
}

interface Output {
  readonly subscription: ReturnType<OutputHub['attach']>;
  readonly options: Pick<AttachOptions, 'stdout' | 'stderr'>;
  readonly framer: Framer;
}

/** Passes on what is printed until its end. */
export async function carryOutput(connection: Duplex, { subscription, options, framer }: Output): Promise<void> {
  try {
    for (let chunk = await subscription.next(); chunk; chunk = await subscription.next()) {
      if (chunk.stream === 'stdout' ? options.stdout : options.stderr) await connection.write(framer(chunk.stream, chunk.bytes));
    }
  } catch {
    // The client is gone: nobody reads what is left.
    subscription.close();
  }
}
