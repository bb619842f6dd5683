/** The half of an attached session that types. */
import type { Duplex } from '../../http/index.ts';
import type { InputStream, Io } from '../io.ts';
import { type Ended, readOutput, type Session } from './hold.ts';

/** Holds a session with both halves until one of them ends it. */
export async function holdBoth(io: Io, session: Session, stdin: InputStream): Promise<Ended> {
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

/**
 * Looks for the keys in what is typed. What may be their beginning is held back until it is clear; `pass` is what goes on to the
 * container. Upstream: moby/term proxy.go.
 */
export function detachKeys(keys: Uint8Array): (typed: Uint8Array) => { readonly pass: Uint8Array; readonly detached: boolean } {
  let matched = 0;
  return (typed) => {
    const pass: number[] = [];
    for (const byte of typed) {
      if (byte === keys[matched]) {
        matched++;
        if (matched === keys.length) return { pass: Uint8Array.from(pass), detached: true };
        continue;
      }
      pass.push(...keys.slice(0, matched));
      matched = byte === keys[0] ? 1 : 0;
      if (matched === 0) pass.push(byte);
    }
    return { pass: Uint8Array.from(pass), detached: false };
  };
}
