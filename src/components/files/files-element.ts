/** `<drydock-files>`: files of the page's machine, once they are asked for. */
import { startMachine, whenLab } from '../page/machine.ts';

class DrydockFiles extends HTMLElement {
  #isOpen = false;

  connectedCallback(): void {
    const open = this.querySelector<HTMLButtonElement>('[data-open]');
    if (!open) return;
    open.addEventListener('click', () => void this.#open());
    whenLab((lab) => lab.onState((state) => void this.#say(state !== 'off')));
  }

  async #say(isOn: boolean): Promise<void> {
    const { filesWord } = await import('./words.ts');
    const off = this.querySelector('[data-off]');
    if (off) off.textContent = filesWord(isOn ? 'ready' : 'off');
  }

  async #open(): Promise<void> {
    if (this.#isOpen) return;
    this.#isOpen = true;
    const lab = await startMachine();
    const { FilesPane } = await import('./pane.ts');
    new FilesPane(this, lab);
    this.querySelector('[data-open]')?.remove();
    this.querySelector('[data-off]')?.remove();
    this.querySelector<HTMLElement>('[data-pane]')?.removeAttribute('hidden');
    this.querySelector<HTMLElement>('[data-new]')?.focus();
  }
}

customElements.define('drydock-files', DrydockFiles);
