/** `<drydock-terminal>`: a terminal of the page's machine, started when it is focused or asked for; and Reset. */
import { labOfPage } from '../page/lab-of-page.ts';
import { pageWord } from '../page/words.ts';
import type { TerminalView } from './terminal-view.ts';

class DrydockTerminal extends HTMLElement {
  #opening: Promise<TerminalView | null> | null = null;
  #atPrompt = false;
  readonly #lines: string[] = [];

  connectedCallback(): void {
    const place = this.querySelector<HTMLElement>('[data-terminal]');
    const open = this.querySelector<HTMLButtonElement>('[data-open]');
    const reset = this.querySelector<HTMLButtonElement>('[data-reset]');
    if (!place || !open || !reset) return;
    open.hidden = false;
    reset.hidden = false;
    // The engine is on its way while the finger is still down.
    place.addEventListener('pointerdown', () => labOfPage().start());
    place.addEventListener('click', () => {
      if (!this.#opening) void this.#open().then((view) => view?.focus());
    });
    open.addEventListener('click', () => {
      open.hidden = true;
      void this.#open().then((view) => view?.focus());
    });
    reset.addEventListener('click', () => {
      if (confirm(pageWord('resetQuestion'))) labOfPage().reset();
    });
    // A fresh machine's terminal is a new one.
    labOfPage().onReset(() => {
      if (!this.#opening) return;
      this.#opening = null;
      void this.#open();
    });
    labOfPage().onKnownTerminal((name) => {
      if (name === this.#name) void this.#open();
    });
    this.addEventListener('drydock-open', () => void this.#open().then((view) => view?.focus()));
    this.addEventListener('drydock-type', (event) => void this.#type(event instanceof CustomEvent ? String(event.detail) : ''));
    place.addEventListener('focusin', () => {
      open.hidden = true;
      if (!this.#opening) void this.#open().then((view) => view?.focus());
    });
  }

  get #name(): string {
    return this.dataset.name ?? 'main';
  }

  /** Types a line as soon as there is a prompt for it. */
  async #type(line: string): Promise<void> {
    const view = await this.#open();
    if (!this.#atPrompt) this.#lines.push(line);
    else this.#send(view, line);
    view?.focus();
  }

  #send(view: TerminalView | null, line: string): void {
    this.#atPrompt = false;
    view?.type(`${line}\r`);
  }

  #open(): Promise<TerminalView | null> {
    this.#opening ??= this.#make();
    return this.#opening;
  }

  async #make(): Promise<TerminalView | null> {
    labOfPage().start();
    const place = this.querySelector<HTMLElement>('[data-terminal]');
    const { TerminalView } = await import('./terminal-view.ts');
    if (!place) return null;
    const view: TerminalView = new TerminalView(
      place,
      { terminal: pageWord('terminal'), input: pageWord('commandLine') },
      {
        onPrompt: () => this.#prompt(view),
        onLine: () => {
          this.#atPrompt = false;
        },
      },
    );
    await view.open(labOfPage(), this.#name);
    this.querySelector('[data-live]')?.removeAttribute('hidden');
    return view;
  }

  #prompt(view: TerminalView): void {
    this.#atPrompt = true;
    const line = this.#lines.shift();
    if (line !== undefined) this.#send(view, line);
  }
}

customElements.define('drydock-terminal', DrydockTerminal);
