/** Notices a worker that answers no more. It counts its own ticks, not the clock: a laptop's lid stops both ends alike. */

const TICK_MS = 2000;
const MOST_MISSED = 4;

export interface Watchdog {
  /** The worker answered. */
  heard(): void;
  stop(): void;
}

export function watchdog(ping: () => void, onSilence: () => void): Watchdog {
  let missed = 0;
  const timer = setInterval(() => {
    if (document.hidden) return;
    missed++;
    if (missed > MOST_MISSED) {
      clearInterval(timer);
      onSilence();
    } else ping();
  }, TICK_MS);
  return {
    heard: () => {
      missed = 0;
    },
    stop: () => clearInterval(timer),
  };
}
