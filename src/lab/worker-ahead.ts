/**
 * Workers. A page starts its first one at the first touch, before its own end of the lab is there: they come side by side. It knows what
 * machine the page will want, and switches it on.
 */
import { type First, nameOf } from './first.ts';

const launch = (first: First): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: nameOf(first) });

let ahead: Worker | null = null;

/** Starts a worker that `takeWorker` will hand out. */
export function launchAhead(first: First): void {
  if (ahead) return;
  ahead = launch(first);
  // Whoever wants it starts another, and is told what is wrong.
  ahead.onerror = () => {
    ahead = null;
  };
}

/** The one that was started ahead, or a new one. */
export function takeWorker(first: First): Worker {
  const worker = ahead ?? launch(first);
  ahead = null;
  return worker;
}
