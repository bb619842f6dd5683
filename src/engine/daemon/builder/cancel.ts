/** Builds that run, by the id that their client gave them: `POST /build/cancel?id=…` ends one. */
import type { Daemon } from '../daemon.ts';

const running = new WeakMap<Daemon, Map<string, () => void>>();

function buildsOf(daemon: Daemon): Map<string, () => void> {
  const known = running.get(daemon) ?? new Map<string, () => void>();
  running.set(daemon, known);
  return known;
}

/** What stops the work, however early it is asked to. */
export interface Cancellation {
  /** Whoever does the work says how it is stopped. */
  readonly onCancel: (stop: () => void) => void;
  readonly cancel: () => void;
  /** The build is over. */
  readonly done: () => void;
}

export function cancellation(daemon: Daemon, id: string): Cancellation {
  let stop = (): void => {};
  let isAsked = false;
  const cancel = (): void => {
    isAsked = true;
    stop();
  };
  if (id !== '') buildsOf(daemon).set(id, cancel);
  return {
    cancel,
    onCancel: (how) => {
      stop = how;
      if (isAsked) how();
    },
    done: () => void buildsOf(daemon).delete(id),
  };
}

/** An unknown id is no error: the build may be over. */
export const cancelBuild = (daemon: Daemon, id: string): void => buildsOf(daemon).get(id)?.();
