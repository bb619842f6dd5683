import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';

export type Resize = (size: { rows: number; columns: number }) => Promise<unknown>;

/** Tells the container's terminal the size of ours, now and whenever it changes. */
export async function followSize(io: Io, resize: Resize): Promise<void> {
  const tell = async () => {
    const size = io.stdout.size();
    if (size.rows === 0 && size.columns === 0) return;
    try {
      await resize(size);
    } catch (error) {
      // It may have ended meanwhile.
      if (!(error instanceof CliError)) throw error;
    }
  };
  await tell();
  io.onSignal('SIGWINCH', () => {
    io.spawn(tell);
  });
}
