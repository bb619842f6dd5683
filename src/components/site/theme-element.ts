/** `<drydock-theme>`: switches between light and dark. The choice is kept under the key that Starlight's first script reads. */
const KEY = 'starlight-theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

const stored = (): string | null => {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
};

class DrydockTheme extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    if (!button) return;
    button.addEventListener('click', () => this.#choose(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'));
    dark.addEventListener('change', () => {
      if (!stored()) document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light';
    });
  }

  #choose(theme: 'light' | 'dark'): void {
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // It holds for this page at least.
    }
  }
}

customElements.define('drydock-theme', DrydockTheme);
