/** `<drydock-predict>`: keeps the reader's answer, runs the example, and then says how it turned out. */
import { touchWord } from '../page/touch-words.ts';

class DrydockPredict extends HTMLElement {
  #isAsking = false;

  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form) return;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const [chosen] = [...new FormData(form).values()];
      if (chosen === undefined) {
        this.#say('choose');
        this.querySelector('input')?.focus();
      } else if (!this.#isAsking) this.#ask(String(chosen));
    });
  }

  /** The answer comes with the output, not before it. */
  #ask(chosen: string): void {
    const example = this.dataset.example && document.querySelector(`drydock-example[data-name="${this.dataset.example}"]`);
    if (!example) return this.#reveal(chosen);
    this.#isAsking = true;
    const reveal = (): void => {
      this.#isAsking = false;
      this.#reveal(chosen);
    };
    example.addEventListener('drydock-played', reveal, { once: true });
    example.scrollIntoView({ block: 'nearest' });
    example.dispatchEvent(new Event('drydock-run'));
  }

  #reveal(chosen: string): void {
    const why = this.querySelector<HTMLElement>('[data-why]');
    for (const option of this.querySelectorAll<HTMLElement>('.option'))
      option.toggleAttribute('data-right', option.querySelector('input')?.value === this.dataset.answer);
    this.#say(chosen === this.dataset.answer ? 'right' : 'wrong');
    if (why) why.hidden = false;
  }

  #say(name: Parameters<typeof touchWord>[0]): void {
    const say = this.querySelector('[data-say]');
    if (say) say.textContent = touchWord(name);
  }
}

customElements.define('drydock-predict', DrydockPredict);
