import type { Sys } from '../../kernel/sys.ts';
import type { Descriptor } from '../../oci/manifest.ts';

/** As dockerd's `max-concurrent-downloads`. */
const AT_ONCE = 3;

export interface Downloads {
  /** Waits until it is here. Rejects with the first failure of any. */
  arrived(digest: string): Promise<void>;
  all(): Promise<void>;
  /** Begins no further one. */
  stop(): void;
}

/** Fetches blobs in their order, a few at once. */
export function startDownloads(sys: Sys, blobs: readonly Descriptor[], fetchOne: (blob: Descriptor) => Promise<void>): Downloads {
  const changed = sys.queue();
  const left = [...blobs];
  const missing = new Set(blobs.map(({ digest }) => digest as string));
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let blob = left.shift(); blob !== undefined; blob = left.shift()) {
      try {
        await fetchOne(blob);
        missing.delete(blob.digest);
      } catch (error) {
        failures.push(error);
        left.length = 0;
      }
      changed.wake();
    }
  };
  for (let i = 0; i < Math.min(AT_ONCE, blobs.length); i += 1) sys.thread(work);
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) {
      if (failures.length > 0) throw failures[0];
      await changed.wait();
    }
  };
  return {
    arrived: (digest) => until(() => !missing.has(digest)),
    all: () => until(() => missing.size === 0),
    stop: () => {
      left.length = 0;
    },
  };
}
