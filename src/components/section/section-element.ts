/** `<drydock-section>`: the section of the page's machine, drawn anew when something happens in the Engine or the room changes. */
import { type ContainerSummary, call, type ImageHistory, type ImageInspect, processesOf, watch } from '../page/docker.ts';
import { element, svg } from '../page/element.ts';
import { labOfPage } from '../page/lab-of-page.ts';
import { soon } from '../page/soon.ts';
import { languageOf } from '../page/words.ts';
import { columnsAt, drawSection } from './draw.ts';
import type { Shape } from './shape.ts';
import { type Parts, type SectionView, sectionContainer, sectionInWords } from './view-model.ts';
import { emptySection, sectionWords } from './words.ts';

const DRAW_AFTER_MS = 60;

const elementOf = ({ tag, attributes, children }: Shape): SVGElement =>
  svg(
    tag,
    Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)])),
    ...children.map((child) => (typeof child === 'string' ? child : elementOf(child))),
  );

/** Null in place of an answer that the Engine refuses: the thing went in the meantime. */
const maybe = <T>(target: string): Promise<T | null> => call<T>(labOfPage(), target).catch(() => null);

async function partsOf(summary: ContainerSummary): Promise<Parts> {
  const image = await maybe<ImageInspect>(`/images/${summary.ImageID}/json`);
  const history = (await maybe<readonly ImageHistory[]>(`/images/${summary.ImageID}/history`)) ?? [];
  const top = summary.State === 'running' ? await processesOf(labOfPage(), summary.Id).catch(() => null) : null;
  return { summary, image, history, top };
}

class DrydockSection extends HTMLElement {
  #view: SectionView = emptySection;
  #drawnAt = 0;
  readonly #refresh = soon(DRAW_AFTER_MS, () => this.#load());

  connectedCallback(): void {
    watch(labOfPage(), this.#refresh);
    new ResizeObserver(() => {
      if (Math.abs(this.clientWidth - this.#drawnAt) > 2) this.#draw();
    }).observe(this);
  }

  async #load(): Promise<void> {
    const all = await maybe<readonly ContainerSummary[]>('/containers/json?all=1');
    if (!all) return;
    const shown = [...all].reverse().slice(0, columnsAt(this.clientWidth));
    const { between } = sectionWords[languageOf(document.documentElement.lang)];
    const containers = [];
    for (const summary of shown) containers.push(sectionContainer(await partsOf(summary), between));
    this.#view = { ...emptySection, containers, more: all.length - shown.length };
    this.#draw();
  }

  #draw(): void {
    const language = languageOf(document.documentElement.lang);
    this.#drawnAt = this.clientWidth;
    this.querySelector('[data-picture]')?.replaceChildren(elementOf(drawSection(this.#view, this.#drawnAt, sectionWords[language])));
    this.querySelector('[data-twin]')?.replaceChildren(...sectionInWords(this.#view, language).map((words) => element('li', {}, words)));
  }
}

customElements.define('drydock-section', DrydockSection);
