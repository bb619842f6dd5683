/** What a part of a page does once the page has a machine: it says what the machine is about, and draws what the Engine tells. */
import type { Lab } from '../../lab/lab.ts';
import { watch } from './docker.ts';
import { element } from './element.ts';
import { stateLine } from './lab-state.ts';
import { soon } from './soon.ts';
import { pageWord } from './words.ts';

/** What a part does once it lives. */
export interface Living {
  /** Asks the Engine and draws what it says. Called when something happened; a refusal becomes the part's only words. */
  refresh(): Promise<void>;
  /** What changes without an event of Docker's: looked at this often while somebody may see it. */
  readonly everyMs?: number;
  /** Draws the same once more: the room has changed. */
  resize?(): void;
}

export type Mount = (host: HTMLElement, lab: Lab) => Living;

const DRAW_AFTER_MS = 60;

/** In place of a picture: why there is none. */
export function say(host: HTMLElement, text: string): void {
  host.querySelector('[data-body]')?.replaceChildren(element('p', { class: 'dd-quiet' }, text));
  host.querySelector('[data-twin]')?.replaceChildren(element('li', {}, text));
}

/** Draws now and whenever something happened. */
export function live(host: HTMLElement, lab: Lab, living: Living): void {
  const draw = soon(DRAW_AFTER_MS, async () => {
    if (!lab.isRunning) return;
    try {
      await living.refresh();
    } catch (error) {
      say(host, error instanceof Error ? error.message : String(error));
    }
  });
  watch(lab, draw);
  draw();
  if (living.everyMs !== undefined)
    setInterval(() => {
      if (!document.hidden && lab.isRunning) draw();
    }, living.everyMs);
  if (!living.resize) return;
  let width = host.clientWidth;
  new ResizeObserver(() => {
    if (Math.abs(host.clientWidth - width) < 3) return;
    width = host.clientWidth;
    living.resize?.();
  }).observe(host);
}

/** Says what the machine is about until it runs; then the part begins. */
export function followState(host: HTMLElement, lab: Lab, begin: () => void): void {
  lab.onState((state) => {
    const line = stateLine(state);
    if (lab.isRunning) begin();
    if (state === 'starting') say(host, `${pageWord('starting')} …`);
    else if (line && state !== 'unsaved') say(host, pageWord(line.text));
  });
}
