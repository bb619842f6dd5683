/** `<drydock-pane>`: a browser on the machine's host. It is built when it is asked for; a lesson prints its frame, a terminal adds one. */
import './pane.css';
import { startMachine, whenLab } from '../page/machine.ts';
import type { PaneBrowser } from './browser.ts';

export class DrydockPane extends HTMLElement {
  #browser: Promise<PaneBrowser> | null = null;

  connectedCallback(): void {
    const open = this.querySelector<HTMLButtonElement>('[data-open-page]');
    if (!open) return;
    open.hidden = false;
    open.addEventListener('click', () => void this.open());
    whenLab((lab) => lab.onReset(() => void this.#clear()));
  }

  /** Opens an address, or the one that the lesson gave. */
  async open(address = this.#address): Promise<void> {
    this.#browser ??= this.#build();
    await (await this.#browser).open(address);
  }

  get #address(): string {
    return `localhost:${this.dataset.port ?? '8080'}${this.dataset.path ?? '/'}`;
  }

  async #build(): Promise<PaneBrowser> {
    await startMachine();
    const { browserIn } = await import('./window.ts');
    return browserIn(this);
  }

  async #clear(): Promise<void> {
    if (!this.#browser) return;
    this.#browser = null;
    const { clear } = await import('./window.ts');
    clear(this);
  }
}

customElements.define('drydock-pane', DrydockPane);
