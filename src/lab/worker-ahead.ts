/**
 * Workers. A page starts its first one at the first touch, before its own end of the lab is there: they come side by side. It is told
 * what machine the page will want, and has it switched on by then.
 */
import type { First, ToWorker } from './protocol.ts';

const launch = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

let ahead: Worker | null = null;

/** Starts a worker that `takeWorker` will hand out. */
export function launchAhead(first: First): void {
  if (ahead) return;
  ahead = launch();
  ahead.postMessage({ kind: 'ahead', ...first } satisfies ToWorker);
  // Whoever wants it starts another, and is told what is wrong.
  ahead.onerror = () => {
    ahead = null;
  };
}

/** The one that was started ahead, or a new one. */
export function takeWorker(): Worker {
  const worker = ahead ?? launch();
  ahead = null;
  return worker;
}
