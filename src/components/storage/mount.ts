/** `<drydock-storage>`: asks the Docker API alone. */
import type { ContainerSummary, VolumeListResponse } from '../../engine/api-types/index.ts';
import type { Lab } from '../../lab/lab.ts';
import { call } from '../page/docker.ts';
import { element } from '../page/element.ts';
import { type Living, say } from '../page/live.ts';
import { redraw } from '../page/redraw.ts';
import { shapeElement } from '../page/shapes.ts';
import { languageOf } from '../page/words.ts';
import { drawStorage } from './draw.ts';
import { placeName, REMOVALS, type StorageView, type StoredContainer, storageInWords, storageView, survives } from './view-model.ts';
import { storageWords } from './words.ts';

export function mount(host: HTMLElement, lab: Lab): Living {
  const language = languageOf(document.documentElement.lang);
  const words = storageWords[language];
  let view: StorageView = { containers: [], paths: [], places: [] };

  const survival = (): HTMLElement => {
    const row = (place: StorageView['places'][number]): HTMLElement =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, placeName(place, language)),
        ...REMOVALS.map((removal) =>
          element('td', { 'data-label': removal }, survives(place, removal) ? element('b', {}, words.stays) : element('s', {}, words.gone)),
        ),
      );
    const head = [
      element('th', { scope: 'col' }, words.after),
      ...REMOVALS.map((removal) => element('th', { scope: 'col', class: 'dd-mono', translate: 'no' }, removal)),
    ];
    return element(
      'div',
      { class: 'dd-scroll', role: 'region', tabindex: '0', 'aria-label': words.survival, 'data-key': 'survival' },
      element(
        'table',
        { class: 'dd-table survival' },
        element('thead', {}, element('tr', {}, ...head)),
        element('tbody', {}, ...view.places.map(row)),
      ),
    );
  };
  const draw = (): void => {
    if (view.places.length === 0) return say(host, words.nothing);
    const width = Math.max(300, (host.querySelector('[data-body]')?.clientWidth ?? 0) || host.clientWidth - 32);
    redraw(host.querySelector('[data-body]'), shapeElement(drawStorage(view, width, language)), survival());
    host.querySelector('[data-twin]')?.replaceChildren(...storageInWords(view, language).map((text) => element('li', {}, text)));
  };
  const refresh = async (): Promise<void> => {
    const all = await call<readonly ContainerSummary[]>(lab, '/containers/json?all=1');
    const containers: StoredContainer[] = [];
    for (const { Id } of [...all].reverse()) {
      const found = await call<StoredContainer>(lab, `/containers/${Id}/json?size=1`).catch(() => null);
      if (found) containers.push(found);
    }
    const { Volumes } = await call<VolumeListResponse>(lab, '/volumes');
    view = storageView(containers, Volumes ?? [], host.dataset.container);
    draw();
  };
  return { refresh, resize: draw };
}
