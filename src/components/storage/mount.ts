/** `<drydock-storage>`: asks the Docker API, and under `/drydock/` for files that it does not tell. */
import type { ContainerSummary, DrydockFile, VolumeListResponse } from '../../engine/api-types/index.ts';
import type { Lab } from '../../lab/lab.ts';
import { call } from '../page/docker.ts';
import { element } from '../page/element.ts';
import { type Living, say } from '../page/live.ts';
import { redraw } from '../page/redraw.ts';
import { shapeElement } from '../page/shapes.ts';
import { languageOf } from '../page/words.ts';
import { drawStorage } from './draw.ts';
import {
  fileLines,
  filesTarget,
  type Place,
  placeName,
  REMOVALS,
  type StorageView,
  type StoredContainer,
  storageInWords,
  storageView,
  survives,
} from './view-model.ts';
import { storageWords } from './words.ts';

const LEAST_WIDTH = 300;
const PADDING = 32;

class StoragePart implements Living {
  readonly #host: HTMLElement;
  readonly #lab: Lab;
  readonly #language = languageOf(document.documentElement.lang);
  readonly #words = storageWords[this.#language];
  #view: StorageView = { containers: [], paths: [], places: [] };
  /** The key of the place whose files are shown, and what is known of them. */
  #chosen: string | null = null;
  #files: readonly string[] | null = null;

  constructor(host: HTMLElement, lab: Lab) {
    this.#host = host;
    this.#lab = lab;
  }

  readonly refresh = async (): Promise<void> => {
    const all = await call<readonly ContainerSummary[]>(this.#lab, '/containers/json?all=1');
    const containers: StoredContainer[] = [];
    for (const { Id } of [...all].reverse()) {
      const found = await call<StoredContainer>(this.#lab, `/containers/${Id}/json?size=1`).catch(() => null);
      if (found) containers.push(found);
    }
    const { Volumes } = await call<VolumeListResponse>(this.#lab, '/volumes');
    this.#view = storageView(containers, Volumes ?? [], this.#host.dataset.container);
    await this.#look();
    this.resize();
  };

  readonly resize = (): void => {
    if (this.#view.places.length === 0) return say(this.#host, this.#words.nothing);
    redraw(this.#host.querySelector('[data-body]'), this.#picture(), this.#survival(), ...this.#shownFiles());
    const twin = storageInWords(this.#view, this.#language).map((text) => element('li', {}, text));
    this.#host.querySelector('[data-twin]')?.replaceChildren(...twin);
  };

  #place(): Place | undefined {
    return this.#view.places.find(({ key }) => key === this.#chosen);
  }

  async #choose(key: string): Promise<void> {
    this.#chosen = key === this.#chosen ? null : key;
    await this.#look();
    this.resize();
  }

  async #look(): Promise<void> {
    const place = this.#place();
    if (!place) return;
    const lines = await call<readonly DrydockFile[] | null>(this.#lab, filesTarget(this.#view, place)).then(fileLines, () => null);
    if (place.key === this.#chosen) this.#files = lines;
  }

  #picture(): SVGElement {
    const room = (this.#host.querySelector('[data-body]')?.clientWidth ?? 0) || this.#host.clientWidth - PADDING;
    const drawn = shapeElement(drawStorage(this.#view, Math.max(LEAST_WIDTH, room), this.#language));
    for (const part of drawn.querySelectorAll<SVGElement>('[data-place]')) {
      part.classList.toggle('chosen', part.dataset.place === this.#chosen);
      part.addEventListener('click', () => void this.#choose(part.dataset.place ?? ''));
    }
    return drawn;
  }

  #survival(): HTMLElement {
    const head = [
      element('th', { scope: 'col' }, this.#words.after),
      ...REMOVALS.map((removal) => element('th', { scope: 'col', class: 'dd-mono', translate: 'no' }, removal)),
    ];
    return element(
      'div',
      { class: 'dd-scroll', role: 'region', tabindex: '0', 'aria-label': this.#words.survival, 'data-key': 'survival' },
      element(
        'table',
        { class: 'dd-table survival' },
        element('thead', {}, element('tr', {}, ...head)),
        element('tbody', {}, ...this.#view.places.map((place) => this.#row(place))),
      ),
    );
  }

  #row(place: Place): HTMLElement {
    const { stays, gone } = this.#words;
    const name = placeName(place, this.#language);
    const button = element(
      'button',
      {
        ...{ type: 'button', class: 'dd-look', 'aria-expanded': String(place.key === this.#chosen), 'data-key': `place:${place.key}` },
        ...{ title: this.#words.files(name), click: () => void this.#choose(place.key) },
      },
      name,
    );
    const fates = REMOVALS.map((removal) =>
      element('td', { 'data-label': removal }, survives(place, removal) ? element('b', {}, stays) : element('s', {}, gone)),
    );
    return element('tr', {}, element('th', { scope: 'row' }, button), ...fates);
  }

  #shownFiles(): readonly HTMLElement[] {
    const place = this.#place();
    if (!place) return [];
    const name = this.#words.files(placeName(place, this.#language));
    const lines = (this.#files ?? []).map((line) => element('li', {}, line));
    const list =
      lines.length > 0
        ? element('ul', { translate: 'no', tabindex: '0', 'aria-label': name, 'data-scroll': 'held', 'data-key': 'held' }, ...lines)
        : element('p', {}, this.#files ? this.#words.empty : this.#words.untold);
    return [element('section', { class: 'held', 'aria-label': name }, element('h4', {}, name), list)];
  }
}

export const mount = (host: HTMLElement, lab: Lab): Living => new StoragePart(host, lab);
