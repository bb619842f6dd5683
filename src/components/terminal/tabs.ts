/** Several terminals of one machine in one place: the first one is the page's own, and the others are opened beside it. */
import { element } from '../page/element.ts';
import { labOfPage } from '../page/lab-of-page.ts';
import { pageWord } from '../page/words.ts';
import { TerminalView } from './terminal-view.ts';
import { terminalWord } from './words.ts';

interface Tab {
  readonly name: string;
  readonly root: HTMLElement;
  readonly view: TerminalView;
  readonly button: HTMLButtonElement;
  readonly lines: string[];
  atPrompt: boolean;
}

export class TerminalTabs {
  readonly #first: HTMLElement;
  readonly #name: string;
  readonly #strip: HTMLElement;
  readonly #add: HTMLElement | null;
  readonly #tabs: Tab[] = [];
  #shown: Tab | null = null;

  /** `acts`: where the button for another one goes; without it there is only one. */
  constructor(place: HTMLElement, name: string, acts: Element | null) {
    this.#first = place;
    this.#name = name;
    this.#strip = element('div', {
      class: 'dd-tabs',
      role: 'tablist',
      'aria-label': terminalWord('tabs'),
      hidden: true,
      keydown: (event) => this.#move(event),
    });
    place.before(this.#strip);
    this.#add =
      acts &&
      element(
        'button',
        {
          type: 'button',
          class: 'dd-btn small',
          'aria-label': terminalWord('newTab'),
          title: terminalWord('newTab'),
          click: () => void this.#another(),
        },
        '+',
      );
    if (this.#add) acts?.prepend(this.#add);
  }

  async open(): Promise<void> {
    await this.#make(this.#name, this.#first);
  }

  /** The restored journal has that one. */
  known(name: string): void {
    if (!this.#tabs.some((tab) => tab.name === name)) void this.#make(name, this.#place());
  }

  focus(): void {
    this.#shown?.view.focus();
  }

  /** Sends a line to the terminal that is shown, when it has a prompt. */
  run(line: string): void {
    const tab = this.#shown;
    if (!tab) return;
    if (tab.atPrompt) tab.view.run(line);
    else tab.lines.push(line);
  }

  remove(): void {
    this.#strip.remove();
    this.#add?.remove();
    for (const { root, view } of this.#tabs) {
      view.close();
      if (root !== this.#first) root.remove();
    }
  }

  async #another(): Promise<void> {
    const numbers = this.#tabs.map(({ name }) => Number(name.slice(this.#name.length + 1) || 1));
    await this.#make(`${this.#name}:${Math.max(0, ...numbers) + 1}`, this.#place());
    this.focus();
  }

  #place(): HTMLElement {
    const place = element('div', { class: 'dd-term dd-live', translate: 'no' });
    (this.#tabs.at(-1)?.root ?? this.#first).after(place);
    return place;
  }

  async #make(name: string, root: HTMLElement): Promise<void> {
    const number = Number(name.slice(this.#name.length + 1) || 1);
    const label = number === 1 ? pageWord('terminal') : `${pageWord('terminal')} ${number}`;
    const view = new TerminalView(
      root,
      { terminal: label, input: pageWord('commandLine') },
      {
        ...{ onPrompt: () => this.#prompt(tab), onLine: () => this.#busy(tab), onClosed: () => this.#closed(tab) },
        onAnother: () => void this.#another(),
      },
    );
    const button = element('button', { type: 'button', role: 'tab', click: () => this.#choose(tab) }, label) as HTMLButtonElement;
    const tab: Tab = { name, root, view, button, lines: [], atPrompt: false };
    this.#tabs.push(tab);
    this.#strip.append(button);
    this.#show(tab);
    await view.open(labOfPage(), name);
  }

  #choose(tab: Tab): void {
    this.#show(tab);
    tab.view.focus();
  }

  #show(tab: Tab): void {
    this.#shown = tab;
    for (const { root, button } of this.#tabs) {
      const isShown = root === tab.root;
      root.hidden = !isShown;
      button.setAttribute('aria-selected', String(isShown));
      button.tabIndex = isShown ? 0 : -1;
    }
    this.#strip.hidden = this.#tabs.length < 2;
  }

  /** Arrows go from tab to tab. */
  #move(event: Event): void {
    if (!(event instanceof KeyboardEvent)) return;
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = this.#tabs.findIndex(({ button }) => button === document.activeElement);
    const next = by === undefined || at < 0 ? undefined : this.#tabs[(at + by + this.#tabs.length) % this.#tabs.length];
    if (!next) return;
    event.preventDefault();
    this.#show(next);
    next.button.focus();
  }

  #prompt(tab: Tab): void {
    tab.atPrompt = true;
    const line = tab.lines.shift();
    if (line !== undefined) tab.view.run(line);
  }

  #busy(tab: Tab): void {
    tab.atPrompt = false;
  }

  /** A shell that has ended leaves nothing to do in its tab; the first one stays, with what it printed. */
  #closed(tab: Tab): void {
    if (tab.root === this.#first) return;
    tab.view.close();
    tab.root.remove();
    tab.button.remove();
    this.#tabs.splice(this.#tabs.indexOf(tab), 1);
    const first = this.#tabs[0];
    if (first) this.#show(first);
  }
}
