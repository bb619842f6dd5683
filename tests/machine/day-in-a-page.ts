/** The day on a page: played calmly, and with a host that takes its time. */
import { browserHost } from '../../src/lab/browser-host.ts';
import { type Day, delayStalls, playDay } from './eventful-day.ts';

declare global {
  interface Window {
    playCalmly(catalogue: string): Promise<Day>;
    playWithDelays(catalogue: string, seed: number): Promise<Day>;
  }
}

window.playCalmly = (catalogue) => playDay(browserHost(catalogue));

window.playWithDelays = async (catalogue, seed) => {
  let word = seed;
  const chance = (): number => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return word / 2 ** 32;
  };
  const host = browserHost(catalogue);
  const delay = async (): Promise<void> => {
    const kind = chance();
    if (kind > 0.8) await new Promise((resolve) => setTimeout(resolve, chance() * 4));
    else if (kind > 0.3) await host.breathe();
    for (let hops = chance() * 5; hops > 0; hops -= 1) await undefined;
  };
  const restore = delayStalls(delay);
  let clockMs = 0;
  const nowMs = (): number => {
    clockMs += chance() * 4;
    return clockMs;
  };
  return playDay({ ...host, breathe: delay, nowMs }).finally(restore);
};
