/** `<drydock-build-cache>`: the builds that were, where the engine keeps them; of a real one, the records of its cache. */

import type { BuildCacheRecord } from '../../engine/api-types/index.ts';
import type { Lab } from '../../lab/lab.ts';
import { call, EngineError } from '../page/docker.ts';
import { element } from '../page/element.ts';
import { type Living, say } from '../page/live.ts';
import { redraw } from '../page/redraw.ts';
import { sizeText } from '../page/size.ts';
import { languageOf } from '../page/words.ts';
import { drawBuild } from './draw.ts';
import { History } from './told.ts';
import { type Build, buildsOf, moved, type Step } from './view-model.ts';
import { buildCacheWords } from './words.ts';

const MOST_BUILDS = 5;

/** Whether the engine’s name for it is the author’s: they may stand in different folders. */
const isOf = (name: string, wanted: string): boolean =>
  wanted === '' || name.replace(/\/+$/, '').split('/').pop() === wanted.replace(/\/+$/, '').split('/').pop();

class BuildCache implements Living {
  readonly everyMs = 2000;
  readonly #host: HTMLElement;
  readonly #lab: Lab;
  readonly #words = buildCacheWords[languageOf(document.documentElement.lang)];
  readonly #history: History;
  #builds: readonly Build[] = [];
  #ref: string | null = null;
  #steps: readonly Step[] | null = null;
  #chosen: string | null = null;

  constructor(host: HTMLElement, lab: Lab) {
    this.#host = host;
    this.#lab = lab;
    this.#history = new History(lab);
  }

  async refresh(): Promise<void> {
    try {
      const { context = '', dockerfile = '' } = this.#host.dataset;
      const told = await this.#history.list((one) => isOf(one.Context, context) && isOf(one.Dockerfile, dockerfile), MOST_BUILDS);
      const builds = buildsOf(told);
      if (builds[0]?.ref !== this.#builds[0]?.ref) this.#begin(null);
      this.#builds = builds;
    } catch (error) {
      if (!(error instanceof EngineError) || error.status !== 404) throw error;
      return this.#records();
    }
    if (this.#builds.length === 0) return say(this.#host, this.#words.nothing.replaceAll('`', ''));
    this.#draw();
  }

  #begin(ref: string | null): void {
    this.#ref = ref;
    this.#steps = null;
    this.#chosen = null;
  }

  #draw(): void {
    const build = this.#builds.find(({ ref }) => ref === this.#ref) ?? this.#builds[0];
    if (!build) return;
    const steps = this.#steps ?? build.steps;
    const again = (act: () => void) => (): void => {
      act();
      this.#draw();
    };
    const move = (digest: string, by: number): void => {
      this.#steps = moved(steps, digest, by);
      this.#chosen = digest;
      this.#draw();
    };
    const scene = drawBuild({
      ...{ build, steps, chosen: this.#chosen, words: this.#words, move },
      choose: (digest) => again(() => (this.#chosen = this.#chosen === digest ? null : digest))(),
      drop: (digest, onto) =>
        move(digest, steps.findIndex((step) => step.digest === onto) - steps.findIndex((step) => step.digest === digest)),
      reset: again(() => this.#begin(this.#ref)),
    });
    redraw(this.#host.querySelector('[data-body]'), element('div', { class: 'build-cache' }, ...this.#choice(build), scene));
    const told = steps.map(({ instruction, result, why }) => `${instruction}: ${result}. ${this.#words.why[why]}`.trim());
    this.#host.querySelector('[data-twin]')?.replaceChildren(...told.map((text) => element('li', {}, text)));
  }

  #choice(build: Build): readonly HTMLElement[] {
    if (this.#builds.length < 2) return [];
    const button = (one: Build, index: number): HTMLElement => {
      const click = (): void => {
        this.#begin(one.ref);
        this.#draw();
      };
      const label = this.#words.build(this.#builds.length - index, one.steps.filter(({ cached }) => cached).length, one.steps.length);
      return element(
        'button',
        { type: 'button', class: 'dd-btn small', 'aria-pressed': String(one === build), 'data-key': `build:${one.ref}`, click },
        label,
      );
    };
    return [element('div', { class: 'dd-choices', role: 'group', 'aria-label': this.#words.builds }, ...this.#builds.map(button))];
  }

  /** What a real Engine tells: what is kept, not why. */
  async #records(): Promise<void> {
    const { BuildCache: records = [] } = await call<{ BuildCache?: readonly BuildCacheRecord[] | null }>(
      this.#lab,
      '/system/df?type=build-cache',
    );
    if (!records || records.length === 0) return say(this.#host, this.#words.nothing.replaceAll('`', ''));
    const rows = records.map(({ Description, Size, UsageCount }) => [Description, sizeText(Size), String(UsageCount)]);
    const head = ['DESCRIPTION', this.#words.size, 'USAGE'].map((text) => element('th', { scope: 'col' }, text));
    const body = rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', { class: 'dd-mono' }, cell))));
    const table = element('table', { class: 'dd-table' }, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...body));
    redraw(this.#host.querySelector('[data-body]'), table);
    this.#host.querySelector('[data-twin]')?.replaceChildren(...rows.map((cells) => element('li', {}, cells.join(', '))));
  }
}

export const mount = (host: HTMLElement, lab: Lab): Living => new BuildCache(host, lab);
