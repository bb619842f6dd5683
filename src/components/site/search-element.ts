/** `<drydock-search>`: opens the search by its button or by Ctrl K; the rest of it comes when a hand reaches for it. */
const fetchWindow = (): Promise<typeof import('./search-window.ts')> => import('./search-window.ts');

class DrydockSearch extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>('[data-open]');
    const dialog = this.querySelector('dialog');
    if (!button || !dialog) return;
    const key = button.querySelector('kbd');
    if (key && /Mac|iPhone|iPad/.test(navigator.userAgent)) key.textContent = '⌘ K';
    for (const reach of ['pointerenter', 'pointerdown', 'focus']) button.addEventListener(reach, () => void fetchWindow());
    button.addEventListener('click', () => this.#open(dialog));
    document.addEventListener('keydown', (event) => {
      // A terminal has taken its own ^K.
      if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      if (dialog.open) dialog.close();
      else this.#open(dialog);
    });
  }

  #open(dialog: HTMLDialogElement): void {
    dialog.showModal();
    dialog.querySelector('input')?.select();
    void fetchWindow().then(({ searchIn }) => searchIn(dialog));
  }
}

customElements.define('drydock-search', DrydockSearch);
