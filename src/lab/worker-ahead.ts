/**
 * Workers. A page starts its first one at the first touch, before its own end of the lab is there: they come side by side. Until it is
 * spoken to a worker does nothing but fetch what it will need.
 */

const launch = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

let ahead: Worker | null = null;

/** Starts a worker that `takeWorker` will hand out. */
export function launchAhead(): void {
  if (ahead) return;
  ahead = launch();
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
