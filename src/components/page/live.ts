/** A part of a page that comes to life: its code is fetched when the page's machine runs, or when a hand reaches for it. */
import type { Lab } from '../../lab/lab.ts';
import { watch } from './docker.ts';
import { element } from './element.ts';
import { labOfPage } from './lab-of-page.ts';
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
const REACHES = ['pointerdown', 'focusin', 'dragenter', 'input'] as const;

/** In place of a picture: why there is none. */
export function say(host: HTMLElement, text: string): void {
  host.querySelector('[data-body]')?.replaceChildren(element('p', { class: 'dd-quiet' }, text));
  host.querySelector('[data-twin]')?.replaceChildren(element('li', {}, text));
}

function live(host: HTMLElement, lab: Lab, living: Living): void {
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

/** Defines the custom element `tag`. Until its code is there, it says what the machine is about; one that is static has a picture already. */
export function livePart(tag: string, load: () => Promise<{ readonly mount: Mount }>, { isStatic = false } = {}): void {
  class Part extends HTMLElement {
    #begun = false;

    connectedCallback(): void {
      const lab = labOfPage();
      const begin = (): void => {
        if (this.#begun) return;
        this.#begun = true;
        void load().then(({ mount }) => live(this, lab, mount(this, lab)));
      };
      for (const reach of REACHES) this.addEventListener(reach, begin);
      lab.onState((state) => {
        if (isStatic) return;
        const line = stateLine(state);
        if (state === 'running') begin();
        else if (state === 'starting') say(this, `${pageWord('starting')} …`);
        else if (line && state !== 'unsaved') say(this, pageWord(line.text));
      });
    }
  }
  customElements.define(tag, Part);
}
