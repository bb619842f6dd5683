/** An attached session: what is typed goes to the container, what it prints to the streams, until one of them ends it. */
import type { Duplex } from '../../http/index.ts';
import type { InputStream, Io, OutputStream } from '../io.ts';
import { detachKeys } from './detach-keys.ts';
import { readFrames, readPlain } from './frames.ts';

export interface Session {
  readonly connection: Duplex;
  readonly tty: boolean;
  /** Null: nothing is sent. */
  readonly stdin: InputStream | null;
  readonly stdout: OutputStream | null;
  readonly stderr: OutputStream | null;
  /** Null: no keys detach. */
  readonly keys: Uint8Array | null;
}

export type Ended = 'output-ended' | 'detached';

/** Holds the session until the container's output ends or the keys to detach are typed. The terminal is raw meanwhile. */
export async function holdSession(io: Io, session: Session): Promise<Ended> {
  const mode = session.tty && session.stdin?.isTerminal === true ? session.stdin.mode() : null;
  if (mode !== null) session.stdin?.setMode({ canonical: false, echo: false, signals: false, inputNewline: false, outputNewline: false });
  try {
    return await (session.stdin === null ? readOutput(session) : holdBoth(io, session, session.stdin));
  } finally {
    if (mode !== null) session.stdin?.setMode(mode);
  }
}

async function readOutput(session: Session): Promise<Ended> {
  const read = () => session.connection.read();
  if (session.tty && session.stdout !== null) await readPlain(read, session.stdout);
  else await readFrames(read, { stdout: session.stdout, stderr: session.stderr });
  return 'output-ended';
}

async function holdBoth(io: Io, session: Session, stdin: InputStream): Promise<Ended> {
  const changed = io.queue();
  const state: { ended?: Ended; error?: unknown } = {};
  const finish = (body: () => Promise<Ended | null>) => async () => {
    try {
      const ended = await body();
      if (ended !== null) state.ended ??= ended;
    } catch (error) {
      state.error ??= error;
    }
    changed.wake();
  };
  io.spawn(finish(() => readOutput(session)));
  io.spawn(finish(() => sendInput(session, stdin)));
  while (state.ended === undefined && state.error === undefined) await changed.wait();
  if (state.ended === undefined) throw state.error;
  return state.ended;
}

async function sendInput(session: Session, stdin: InputStream): Promise<Ended | null> {
  const filter = session.tty && session.keys !== null ? detachKeys(session.keys) : null;
  for (let typed = await stdin.read(); typed !== null; typed = await stdin.read()) {
    const { pass, detached } = filter?.(typed) ?? { pass: typed, detached: false };
    if (pass.length > 0 && !(await sent(session.connection, pass))) return null;
    if (detached) return 'detached';
  }
  session.connection.closeWrite();
  return null;
}

/** The other end may be gone already: its output says what there is to say. */
async function sent(connection: Duplex, bytes: Uint8Array): Promise<boolean> {
  try {
    await connection.write(bytes);
    return true;
  } catch {
    return false;
  }
}
