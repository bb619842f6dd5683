/** `<drydock-terminal>`: terminals of the page's machine, started when they are focused or asked for; and Reset. */
import { fetchLab, startMachine, whenLab } from '../page/machine.ts';
import type { TerminalTabs } from './tabs.ts';

class DrydockTerminal extends HTMLElement {
  #opening: Promise<TerminalTabs | null> | null = null;

  connectedCallback(): void {
    const place = this.querySelector<HTMLElement>('[data-terminal]');
    const open = this.querySelector<HTMLButtonElement>('[data-open]');
    const reset = this.querySelector<HTMLButtonElement>('[data-reset]');
    if (!place || !open || !reset) return;
    // The engine is on its way while the finger is still down.
    place.addEventListener('pointerdown', () => void startMachine());
    place.addEventListener('click', () => {
      if (!this.#opening) void this.#focus();
    });
    open.addEventListener('click', () => void this.#focus());
    reset.addEventListener('click', () => void this.#reset());
    whenLab((lab) => {
      // A fresh machine's terminal is a new one.
      lab.onReset(() => {
        if (!this.#opening) return;
        void this.#opening.then((tabs) => tabs?.remove());
        this.#opening = null;
        void this.#open();
      });
      lab.onKnownTerminal((name) => {
        if (name === this.#name || name.startsWith(`${this.#name}:`)) void this.#open().then((tabs) => tabs?.known(name));
      });
    });
    this.addEventListener('drydock-open', () => void this.#focus());
    this.addEventListener('drydock-type', (event) => void this.#type(event instanceof CustomEvent ? String(event.detail) : ''));
    place.addEventListener('focusin', () => {
      if (!this.#opening) void this.#focus();
    });
  }

  get #name(): string {
    return this.dataset.name ?? 'main';
  }

  async #reset(): Promise<void> {
    const [lab, { pageWord }] = await Promise.all([fetchLab(), import('../page/words.ts')]);
    if (confirm(pageWord('resetQuestion'))) lab.reset();
  }

  async #focus(): Promise<void> {
    (await this.#open())?.focus();
  }

  /** Types a line as soon as there is a prompt for it. */
  async #type(line: string): Promise<void> {
    const tabs = await this.#open();
    tabs?.run(line);
    tabs?.focus();
  }

  #open(): Promise<TerminalTabs | null> {
    this.#opening ??= this.#make();
    return this.#opening;
  }

  async #make(): Promise<TerminalTabs | null> {
    const starting = startMachine();
    this.querySelector('[data-open]')?.setAttribute('hidden', '');
    const place = this.querySelector<HTMLElement>('[data-terminal]');
    const { TerminalTabs } = await import('./tabs.ts');
    await starting;
    if (!place) return null;
    const tabs = new TerminalTabs(place, this.#name, this.querySelector('figure .dd-acts'));
    // There is a field to type into before the machine answers: what is typed ahead waits for its prompt.
    void tabs.open().then(() => this.querySelector('[data-live]')?.removeAttribute('hidden'));
    return tabs;
  }
}

customElements.define('drydock-terminal', DrydockTerminal);
