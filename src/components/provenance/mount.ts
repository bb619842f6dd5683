/** `<drydock-provenance>`: commands above, what they did below; choosing one dims what it did not make, and the other way round. */
import type { DrydockCauses } from '../../engine/api-types/index.ts';
import type { Lab } from '../../lab/lab.ts';
import { breakable } from '../page/breakable.ts';
import { call, EngineError } from '../page/docker.ts';
import { element } from '../page/element.ts';
import { type Living, say } from '../page/live.ts';
import { redraw } from '../page/redraw.ts';
import { languageOf } from '../page/words.ts';
import { tellDeed, whenDeedIsTold } from './told.ts';
import { byKind, type Deed, deedInWords, deedsOf, type Thing } from './view-model.ts';
import { provenanceWords } from './words.ts';

class Provenance implements Living {
  readonly everyMs = 2000;
  readonly #host: HTMLElement;
  readonly #lab: Lab;
  readonly #words = provenanceWords[languageOf(document.documentElement.lang)];
  #deeds: readonly Deed[] = [];
  #drawn = '';
  #command: string | null = null;
  #thing: string | null = null;

  constructor(host: HTMLElement, lab: Lab) {
    this.#host = host;
    this.#lab = lab;
    whenDeedIsTold(this, (atNs) => {
      const deed = this.#deeds.find((one) => one.atNs === atNs);
      if (!deed || (deed.key === this.#command && this.#thing === null)) return;
      this.#command = deed.key;
      this.#thing = null;
      this.#draw();
      this.#show(deed);
    });
  }

  async refresh(): Promise<void> {
    try {
      const { list } = deedsOf(await call<DrydockCauses>(this.#lab, '/drydock/causes'));
      this.#deeds = list.filter(({ isPreparation }) => !isPreparation).slice(0, Number(this.#host.dataset.last ?? 6));
    } catch (error) {
      if (error instanceof EngineError && error.status === 404) return say(this.#host, this.#words.untold);
      throw error;
    }
    const drawn = JSON.stringify(this.#deeds);
    if (drawn === this.#drawn && this.#host.querySelector('.provenance')) return;
    this.#drawn = drawn;
    if (this.#deeds.length === 0) return say(this.#host, this.#words.nothing);
    this.#draw();
  }

  #draw(): void {
    const words = this.#words;
    const maker =
      this.#thing === null ? this.#command : (this.#deeds.find(({ things }) => things.some(({ key }) => key === this.#thing))?.key ?? null);
    const commands = this.#deeds.map((deed) => this.#commandButton(deed, maker));
    const shown = this.#deeds.filter(({ things }) => things.length > 0);
    const made = shown.map((deed) =>
      element(
        'div',
        { class: maker !== null && maker !== deed.key ? 'deed dim' : 'deed', 'data-deed': deed.key },
        ...byKind(deed).map(([kind, things]) =>
          element(
            'div',
            { class: `things ${kind}` },
            element('span', { class: 'kind' }, words.kinds[kind]),
            element('ul', {}, ...things.map((thing) => element('li', {}, this.#thingButton(thing)))),
          ),
        ),
      ),
    );
    redraw(
      this.#host.querySelector('[data-body]'),
      element(
        'div',
        { class: 'provenance' },
        element(
          'section',
          { 'aria-label': words.typed },
          element('p', { class: 'title' }, words.typed),
          element('ol', { class: 'commands' }, ...commands),
        ),
        element(
          'section',
          { class: 'below', 'aria-label': words.did, tabindex: '0', 'data-scroll': 'did', 'data-key': 'did' },
          element('p', { class: 'title' }, words.did),
          ...made,
        ),
      ),
    );
    const told = this.#deeds.map((deed) => element('li', {}, deedInWords(deed, words.nothingMade)));
    this.#host.querySelector('[data-twin]')?.replaceChildren(...told);
  }

  /** Brings to the top of the list what a command did. */
  #show({ key }: Deed): void {
    const below = this.#host.querySelector<HTMLElement>('.below');
    const chosen = below?.querySelector<HTMLElement>(`[data-deed="${key}"]`);
    if (below && chosen) below.scrollTop = chosen.offsetTop;
  }

  #commandButton(deed: Deed, maker: string | null): HTMLElement {
    const click = (): void => {
      this.#command = this.#command === deed.key && this.#thing === null ? null : deed.key;
      this.#thing = null;
      this.#draw();
      this.#show(deed);
      tellDeed(this, deed.atNs);
    };
    const pressed = { 'aria-pressed': String(maker === deed.key), 'data-key': `command:${deed.key}` };
    return element(
      'li',
      {},
      element('button', { type: 'button', class: 'command', ...pressed, click }, element('code', { translate: 'no' }, deed.command)),
    );
  }

  #thingButton(thing: Thing): HTMLElement {
    const click = (): void => {
      this.#thing = this.#thing === thing.key ? null : thing.key;
      this.#command = null;
      this.#draw();
      const maker = this.#deeds.find(({ things }) => things.some(({ key }) => key === thing.key));
      if (maker) tellDeed(this, maker.atNs);
    };
    const pressed = { 'aria-pressed': String(this.#thing === thing.key), 'data-key': `thing:${thing.key}` };
    return element(
      'button',
      { type: 'button', class: 'thing', ...pressed, click },
      element('code', { translate: 'no' }, ...breakable(thing.text)),
    );
  }
}

export const mount = (host: HTMLElement, lab: Lab): Living => new Provenance(host, lab);
