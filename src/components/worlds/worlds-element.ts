/** `<drydock-worlds>`: plays the same lines in two worlds, one beside the other, and shows what differs after each. */
import type { Thing } from '../../lab/compare.ts';
import type { FromWorlds, ToWorlds, WorldState } from '../../lab/worlds-protocol.ts';
import { element } from '../page/element.ts';
import { siteRoot } from '../page/first-machine.ts';
import { languageOf } from '../page/words.ts';
import { foldThings } from '../timeline/folded.ts';
import { filesWord, kindWord } from '../timeline/words.ts';
import type { WorldLine } from './view-model.ts';
import { worldsWord } from './words.ts';

/** Images were there before, and files are told by their volumes. */
const TOLD: readonly Thing['kind'][] = ['container', 'volume', 'file', 'network'];
const NETWORKS_OF_DOCKER = ['bridge', 'host', 'none'];

class DrydockWorlds extends HTMLElement {
  #worker: Worker | null = null;
  #next = 0;
  #isPlaying = false;
  #toEnd = false;

  get #lines(): readonly WorldLine[] {
    return JSON.parse(this.dataset.lines ?? '[]') as WorldLine[];
  }

  connectedCallback(): void {
    this.#on('next', () => this.#go(false));
    this.#on('all', () => this.#go(true));
    this.#on('again', () => this.#again());
  }

  #on(name: string, act: () => void): void {
    this.querySelector(`[data-${name}]`)?.addEventListener('click', act);
  }

  #go(toEnd: boolean): void {
    this.#toEnd = toEnd;
    void this.#play();
  }

  async #play(): Promise<void> {
    const line = this.#lines[this.#next];
    if (this.#isPlaying || !line) return;
    this.#isPlaying = true;
    const { left, right } = line;
    (this.#worker ?? (await this.#begin())).postMessage({ kind: 'line', left, right } satisfies ToWorlds);
  }

  async #begin(): Promise<Worker> {
    const { bookSpec } = await import('../../engine/machine/spec.ts');
    const worker = new Worker(new URL('../../lab/worker.ts', import.meta.url), { type: 'module', name: 'worlds' });
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<FromWorlds>) => void this.#take(data);
    worker.onerror = ({ message }) => this.#failed(message);
    const images = (this.dataset.imagesHere ?? '').split(' ').filter((name) => name !== '');
    const spec = bookSpec({ start: this.dataset.startHere ?? 'empty', images });
    worker.postMessage({ kind: 'begin', spec, catalogue: new URL('catalogue/', siteRoot()).href } satisfies ToWorlds);
    return worker;
  }

  async #take(message: FromWorlds): Promise<void> {
    if (message.kind === 'failed') this.#failed(message.message);
    if (message.kind !== 'played') return;
    const row = this.querySelector(`[data-line="${this.#next}"]`);
    this.#print(row?.querySelector('[data-left]'), message.left);
    this.#print(row?.querySelector('[data-right]'), message.right);
    this.#there('left', message.left, message.right);
    this.#there('right', message.right, message.left);
    const { differenceTable } = await import('../timeline/difference-table.ts');
    this.querySelector('[data-difference]')?.replaceChildren(
      element('h3', {}, worldsWord('difference')),
      differenceTable(
        message.differences.filter(({ kind }) => kind !== 'image'),
        [worldsWord('without'), worldsWord('with')],
      ),
    );
    this.#next += 1;
    this.#isPlaying = false;
    const isDone = this.#next >= this.#lines.length;
    for (const name of ['next', 'all']) this.querySelector(`[data-${name}]`)?.toggleAttribute('hidden', isDone);
    this.querySelector('[data-again]')?.removeAttribute('hidden');
    if (this.#toEnd) void this.#play();
  }

  #print(cell: Element | null | undefined, { output, status }: WorldState): void {
    const exit = status === 0 ? [] : [element('span', { class: 'exit' }, `exit ${status}`)];
    cell?.querySelector('[data-out]')?.replaceChildren(element('pre', { class: 'out' }, output.replace(/\n$/, '')), ...exit);
  }

  /** What is there in one world; what the other has not is marked. */
  #there(side: 'left' | 'right', state: WorldState, other: WorldState): void {
    const language = languageOf(document.documentElement.lang);
    const known = new Set(foldThings(other.things, filesWord).map(({ kind, name, is }) => `${kind} ${name} ${is}`));
    const told = foldThings(state.things, filesWord).filter(
      ({ kind, name }) => TOLD.includes(kind) && !(kind === 'network' && NETWORKS_OF_DOCKER.includes(name)),
    );
    const rows = told.map(({ kind, name, is }) =>
      element(
        'li',
        { class: known.has(`${kind} ${name} ${is}`) ? kind : `${kind} own` },
        `${kindWord(kind, language)} `,
        element('code', { translate: 'no' }, name),
        element('span', { translate: 'no' }, ` ${is}`),
      ),
    );
    this.querySelector(`[data-there="${side}"]`)?.replaceChildren(
      ...(rows.length > 0 ? rows : [element('li', { class: 'quiet' }, worldsWord('nothing'))]),
    );
  }

  #again(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#next = 0;
    this.#isPlaying = false;
    for (const out of this.querySelectorAll('[data-out], [data-there], [data-difference]')) out.replaceChildren();
    for (const name of ['next', 'all']) this.querySelector(`[data-${name}]`)?.removeAttribute('hidden');
    this.querySelector('[data-again]')?.setAttribute('hidden', '');
    this.querySelector<HTMLElement>('[data-next]')?.focus();
  }

  #failed(message: string): void {
    this.querySelector('[data-difference]')?.replaceChildren(element('p', { role: 'alert' }, `${worldsWord('failed')} ${message}`));
    this.#isPlaying = false;
  }
}

customElements.define('drydock-worlds', DrydockWorlds);
