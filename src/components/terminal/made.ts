/**
 * Under a live terminal: what a command did. A press on a line of the output chooses the command that printed it; and where something
 * that a command made is chosen elsewhere on the page, its lines are marked here.
 */
import type { DrydockCauses } from '../../engine/api-types/index.ts';
import type { TerminalId } from '../../engine/machine/types.ts';
import type { Lab } from '../../lab/lab.ts';
import { call } from '../page/docker.ts';
import { element } from '../page/element.ts';
import { languageOf } from '../page/words.ts';
import { tellDeed, whenDeedIsTold } from '../provenance/told.ts';
import { byKind, type Deed, deedsOf } from '../provenance/view-model.ts';
import { provenanceWords } from '../provenance/words.ts';
import { deedsByLine } from './spans.ts';
import { terminalWord } from './words.ts';

/** The terminal above. */
export interface Screenful {
  /** The commands that have ended, the oldest first. */
  commands(): readonly string[];
  /** Its number on the machine. */
  terminal(): TerminalId | null;
  /** Marks a command with its output, or nothing. */
  mark(command: number | null): void;
}

export class Made {
  readonly #root: HTMLDetailsElement;
  readonly #lab: Lab;
  readonly #screen: Screenful;
  readonly #line = element('code', { translate: 'no' });
  readonly #what = element('div', { class: 'what', role: 'region', tabindex: '0', 'aria-label': terminalWord('did') });
  /** Null: the last one, whichever that is. */
  #chosen: number | null = null;
  readonly #words = provenanceWords[languageOf(document.documentElement.lang)];

  /** `terminal`: what it stands under, in the place of what stood there before. */
  constructor(lab: Lab, terminal: HTMLElement, screen: Screenful) {
    this.#lab = lab;
    this.#screen = screen;
    this.#root = document.createElement('details');
    this.#root.className = 'dd-made';
    this.#root.append(element('summary', {}, `${terminalWord('did')} `, this.#line), this.#what);
    this.#root.addEventListener('toggle', () => void this.#draw());
    if (terminal.nextElementSibling?.classList.contains('dd-made')) terminal.nextElementSibling.remove();
    terminal.after(this.#root);
    whenDeedIsTold(this, (atNs) => void this.#markMaker(atNs));
  }

  remove(): void {
    this.#root.remove();
  }

  /** The screen has other commands than before. */
  changed(): void {
    const commands = this.#screen.commands();
    if (this.#chosen !== null && this.#chosen >= commands.length) this.#chosen = null;
    this.#root.hidden = commands.length === 0;
    void this.#draw();
  }

  choose(command: number): void {
    this.#chosen = command;
    if (this.#root.open) void this.#draw();
    else this.#root.open = true;
  }

  get #index(): number {
    return this.#chosen ?? this.#screen.commands().length - 1;
  }

  async #markMaker(atNs: string): Promise<void> {
    const index = (await this.#deeds())?.findIndex((deeds) => deeds.some((deed) => deed.atNs === atNs)) ?? -1;
    this.#screen.mark(index < 0 ? null : index);
  }

  async #draw(): Promise<void> {
    const index = this.#index;
    this.#line.textContent = this.#screen.commands()[index] ?? '';
    this.#screen.mark(this.#root.open && index >= 0 ? index : null);
    if (!this.#root.open) return;
    const all = await this.#deeds();
    if (index !== this.#index) return;
    const deeds = all && (all[index] ?? []);
    this.#what.replaceChildren(...(deeds ? this.#told(deeds) : [element('p', {}, this.#words.untold)]));
    const [first] = deeds ?? [];
    if (first) tellDeed(this, first.atNs);
  }

  /** Of each command on the screen. Null: this engine tells no causes. */
  async #deeds(): Promise<readonly (readonly Deed[])[] | null> {
    const causes = await call<DrydockCauses>(this.#lab, '/drydock/causes').catch(() => null);
    if (!causes) return null;
    const screen = { lines: this.#screen.commands(), terminal: this.#screen.terminal() };
    return deedsByLine(deedsOf(causes).list, screen, this.#lab.timeline);
  }

  #told(deeds: readonly Deed[]): readonly HTMLElement[] {
    const kinds = deeds.flatMap(byKind);
    if (kinds.length === 0) return [element('p', {}, this.#words.nothingMade)];
    const names = [...new Set(kinds.map(([kind]) => kind))];
    return names.map((name) => {
      const things = kinds.filter(([kind]) => kind === name).flatMap(([, of]) => of);
      const list = element('ul', { translate: 'no' }, ...things.map(({ text }) => element('li', {}, element('code', {}, text))));
      return element('div', {}, element('b', {}, this.#words.kinds[name]), list);
    });
  }
}
