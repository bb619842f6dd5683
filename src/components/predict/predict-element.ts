/** `<drydock-predict>`: keeps the reader's answer, runs the example, and then says how it turned out. */
import { touchWord } from '../page/touch-words.ts';

class DrydockPredict extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    const button = this.querySelector('button');
    if (!form || !button) return;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#reveal(new FormData(form));
    });
  }

  #reveal(data: FormData): void {
    const [chosen] = [...data.values()];
    const say = this.querySelector<HTMLElement>('[data-say]');
    const why = this.querySelector<HTMLElement>('[data-why]');
    const right = chosen === this.dataset.answer;
    if (chosen === undefined) {
      this.querySelector('input')?.focus();
      return;
    }
    for (const option of this.querySelectorAll<HTMLElement>('.option'))
      option.toggleAttribute('data-right', option.querySelector('input')?.value === this.dataset.answer);
    if (say) {
      say.textContent = touchWord(right ? 'right' : 'wrong');
      say.setAttribute('role', 'status');
    }
    if (why) why.hidden = false;
    const example = this.dataset.example && document.querySelector(`drydock-example[data-name="${this.dataset.example}"]`);
    if (example) {
      example.scrollIntoView({ block: 'nearest' });
      example.dispatchEvent(new Event('drydock-run'));
    }
  }
}

customElements.define('drydock-predict', DrydockPredict);
