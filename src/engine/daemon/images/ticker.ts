import type { Sys } from '../../kernel/sys.ts';

const TICK_MS = 100;

/** What is told again and again while something goes on. */
export interface Telling {
  /** Tells how far it is. Throws when nobody listens any more. */
  update(): Promise<void>;
  /** Set when nobody listens any more: the work ends with it as soon as it looks. */
  failure: unknown;
}

/** Does the work while its progress is told every tenth of a second, and once more at its end, however it ends. */
export async function whileTelling<T>(sys: Sys, telling: Telling, work: () => Promise<T>): Promise<T> {
  const ended = sys.queue();
  let isOver = false;
  sys.thread(async () => {
    await ended.wait(TICK_MS);
    while (!isOver && telling.failure === undefined) {
      await telling.update().catch((error: unknown) => {
        telling.failure = error;
      });
      await ended.wait(TICK_MS);
    }
  });
  try {
    return await work();
  } finally {
    isOver = true;
    ended.wake();
    if (telling.failure === undefined) await telling.update();
  }
}
