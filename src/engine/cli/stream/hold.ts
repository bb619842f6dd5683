/** An attached session: what is typed goes to the container, what it prints to the streams, until one of them ends it. */
import type { Duplex } from '../../http/index.ts';
import { type InputStream, type Io, loadCode, type OutputStream } from '../io.ts';
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
    if (session.stdin === null) return await readOutput(session);
    const { holdBoth } = await loadCode(io, () => import('./hold-input.ts'));
    return await holdBoth(io, session, session.stdin);
  } finally {
    if (mode !== null) session.stdin?.setMode(mode);
  }
}

/** Passes on the container's output until its end. */
export async function readOutput(session: Session): Promise<Ended> {
  const read = () => session.connection.read();
  if (session.tty && session.stdout !== null) await readPlain(read, session.stdout);
  else await readFrames(read, { stdout: session.stdout, stderr: session.stderr });
  return 'output-ended';
}
