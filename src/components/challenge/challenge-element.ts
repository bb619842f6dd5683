/** `<drydock-challenge>`: its buttons; an attempt is fetched with the first press. */
import { startMachine } from '../page/machine.ts';
import type { Attempt } from './attempt.ts';

class DrydockChallenge extends HTMLElement {
  #attempt: Promise<Attempt> | null = null;

  connectedCallback(): void {
    this.#on('begin', (attempt) => void attempt.begin());
    this.#on('look', (attempt) => attempt.look());
    this.#on('again', (attempt) => void attempt.begin());
    this.querySelector('[data-solution-show]')?.addEventListener('click', () =>
      this.querySelector('[data-solution]')?.removeAttribute('hidden'),
    );
  }

  #on(name: string, action: (attempt: Attempt) => void): void {
    this.querySelector(`[data-${name}]`)?.addEventListener('click', () => {
      this.#attempt ??= this.#fetch();
      void this.#attempt.then(action);
    });
  }

  async #fetch(): Promise<Attempt> {
    await startMachine();
    const { Attempt } = await import('./attempt.ts');
    return new Attempt(this);
  }
}

customElements.define('drydock-challenge', DrydockChallenge);
