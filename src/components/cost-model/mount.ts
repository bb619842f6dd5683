/** `<drydock-cost-model>`: needs no machine; with one, the load can be measured instead of assumed. */
import type { ContainerSummary, ImageSummary } from '../../engine/api-types/index.ts';
import type { Lab } from '../../lab/lab.ts';
import { call } from '../page/docker.ts';
import { element } from '../page/element.ts';
import type { Living } from '../page/live.ts';
import { redraw } from '../page/redraw.ts';
import { shapeElement } from '../page/shapes.ts';
import { statsOf } from '../page/stats.ts';
import { languageOf } from '../page/words.ts';
import { drawCost } from './draw.ts';
import { ASSUMED, type Assumptions, assumed, costInWords, costRows } from './view-model.ts';
import { costWords } from './words.ts';

interface Stats {
  readonly memory_stats: { readonly usage?: number };
}

/** The mean of what runs here; null if nothing does. */
async function measured(lab: Lab, old: Assumptions): Promise<{ readonly count: number; readonly found: Assumptions } | null> {
  const running = await call<readonly ContainerSummary[]>(lab, '/containers/json?size=1');
  if (running.length === 0) return null;
  const images = await call<readonly ImageSummary[]>(lab, '/images/json');
  let memory = 0;
  for (const { Id } of running) memory += (await statsOf<Stats>(lab, Id)).memory_stats.usage ?? 0;
  const mean = (bytes: number): number => Number((bytes / running.length / 1e6).toPrecision(3));
  const disk = running.reduce((sum, { ImageID }) => sum + (images.find(({ Id }) => Id === ImageID)?.Size ?? 0), 0);
  const written = running.reduce((sum, { SizeRw = 0 }) => sum + SizeRw, 0);
  return { count: running.length, found: { ...old, appMemoryMb: mean(memory), appDiskMb: mean(disk), writtenMb: mean(written) } };
}

class CostModel implements Living {
  readonly #host: HTMLElement;
  readonly #lab: Lab;
  readonly #language = languageOf(document.documentElement.lang);
  readonly #slider: HTMLInputElement | null;
  #assumptions = ASSUMED;
  #note = '';

  constructor(host: HTMLElement, lab: Lab) {
    this.#host = host;
    this.#lab = lab;
    this.#slider = host.querySelector<HTMLInputElement>('[data-copies] input');
    this.#slider?.addEventListener('input', () => this.resize());
    this.resize();
  }

  async refresh(): Promise<void> {}

  resize(): void {
    const copies = Number(this.#slider?.value ?? this.#host.dataset.copies ?? 10);
    const body = this.#host.querySelector<HTMLElement>('[data-body]');
    const output = this.#host.querySelector('output');
    if (output) output.textContent = String(copies);
    const picture = shapeElement(drawCost(copies, Math.max(280, body?.clientWidth ?? 0), this.#language));
    redraw(body, element('div', { class: 'cost' }, picture, this.#table(copies), this.#form()));
    const told = costInWords(copies, this.#assumptions, this.#language);
    this.#host.querySelector('[data-twin]')?.replaceChildren(...told.map((text) => element('li', {}, text)));
  }

  #table(copies: number): HTMLElement {
    const words = costWords[this.#language];
    const head = [words.costOf, words.machines(copies), words.containers(copies)];
    const cells = head.map((text, index) => element('th', { scope: 'col', class: index > 0 ? 'number' : '' }, text));
    const rows = costRows(copies, this.#assumptions, this.#language).map(({ name, machines, containers }) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, name),
        ...[machines, containers].map((text) => element('td', { class: 'number dd-mono' }, text)),
      ),
    );
    return element('table', { class: 'dd-table' }, element('thead', {}, element('tr', {}, ...cells)), element('tbody', {}, ...rows));
  }

  #field([key, label]: readonly [string, string]): HTMLElement {
    const change = (event: Event): void => {
      if (!(event.target instanceof HTMLInputElement)) return;
      this.#assumptions = assumed(this.#assumptions, key, event.target.value);
      this.resize();
    };
    const value = String(this.#assumptions[key as keyof Assumptions]);
    const input = element('input', {
      class: 'dd-field',
      type: 'number',
      min: '0',
      step: 'any',
      value,
      change,
      'data-key': `assumed:${key}`,
    });
    return element('label', {}, element('span', {}, label), input);
  }

  #form(): HTMLElement {
    const words = costWords[this.#language];
    const measure = element(
      'button',
      { type: 'button', class: 'dd-btn small', 'data-key': 'measure', click: () => void this.#measure() },
      words.measure,
    );
    return element(
      'details',
      { class: 'assumptions', 'data-key': 'assumptions' },
      element('summary', {}, words.assumptions),
      element('div', { class: 'fields' }, ...Object.entries(words.assumed).map((one) => this.#field(one))),
      element('p', { class: 'measure' }, measure, element('span', { class: 'dd-small', role: 'status' }, this.#note)),
    );
  }

  async #measure(): Promise<void> {
    const words = costWords[this.#language];
    const result = await measured(this.#lab, this.#assumptions).catch((error: unknown) => String(error));
    if (typeof result === 'string' || result === null) this.#note = result ?? words.nothing;
    else {
      this.#assumptions = result.found;
      this.#note = words.measured(result.count);
    }
    this.resize();
  }
}

export const mount = (host: HTMLElement, lab: Lab): Living => new CostModel(host, lab);
