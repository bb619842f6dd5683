/** A part of a page that comes to life: its code is fetched when the page's machine runs, or when a hand reaches for it. */
import type { Mount } from './live.ts';
import { fetchLab, whenLab } from './machine.ts';

const REACHES = ['pointerdown', 'focusin', 'dragenter', 'input'] as const;

/** Defines the custom element `tag`. Until its code is there, it says what the machine is about; one that is static has a picture already. */
export function livePart(tag: string, load: () => Promise<{ readonly mount: Mount }>, { isStatic = false } = {}): void {
  class Part extends HTMLElement {
    #begun = false;

    connectedCallback(): void {
      const begin = (): void => {
        if (!this.#begun) void this.#begin();
      };
      for (const reach of REACHES) this.addEventListener(reach, begin);
      // A hand may have reached for it before this code was there.
      if (this.matches(':focus-within')) begin();
      whenLab((lab) => {
        if (!isStatic) void import('./live.ts').then(({ followState }) => followState(this, lab, begin));
      });
    }

    async #begin(): Promise<void> {
      this.#begun = true;
      const [{ live }, { mount }, lab] = await Promise.all([import('./live.ts'), load(), fetchLab()]);
      live(this, lab, mount(this, lab));
    }
  }
  customElements.define(tag, Part);
}
