/** What stands below a terminal's lines: a line that was perhaps meant, the end of the shell, the way out. */
import { element } from '../page/element.ts';
import { terminalWord } from './words.ts';

const button = (word: Parameters<typeof terminalWord>[0], click: () => void): HTMLElement =>
  element('button', { type: 'button', class: 'dd-btn small', click }, terminalWord(word));

export class Notice {
  readonly host = element('p', { class: 'meant', role: 'status', hidden: true });

  #say(...words: readonly (string | Node)[]): void {
    this.host.hidden = words.length === 0;
    this.host.replaceChildren(...words);
  }

  clear(): void {
    this.#say();
  }

  /** Null: nothing else was meant. */
  suggest(line: string | null, use: (line: string) => void): void {
    if (line === null) return this.clear();
    const take = (): void => {
      this.clear();
      use(line);
    };
    this.#say(`${terminalWord('didYouMean')} `, element('code', {}, line), ' ', button('useIt', take));
  }

  /** Offers another shell, where there can be one. */
  tellEnd(another: (() => void) | undefined): void {
    this.#say(`${terminalWord('ended')} `, another ? button('newTab', another) : '');
  }

  tellWayOut(): void {
    this.#say(terminalWord('leave'));
  }
}
