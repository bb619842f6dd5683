/** `<drydock-timeline>`: what was done on the page's machine, step by step: to look back, to go back, to fork, and to pass on. */
import type { Timeline } from '../../lab/lab.ts';
import { element } from '../page/element.ts';
import { closeMenu } from '../page/escape.ts';
import { labOfPage } from '../page/lab-of-page.ts';
import { languageOf } from '../page/words.ts';
import { placeInWords, type StepView, timelineView } from './view-model.ts';
import { timelineWord } from './words.ts';

const PEEK_AFTER_MS = 150;

class DrydockTimeline extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    const lab = labOfPage();
    this.#on('undo', () => lab.undo());
    this.#on('redo', () => lab.redo());
    this.#on('fork', () => lab.fork(lab.timeline.steps[lab.timeline.position - 1]?.label ?? timelineWord('start')));
    this.#on('link', () => void this.#share(async ({ copyLink }) => this.#say(await copyLink(lab))));
    this.#on('file', () => void this.#share(({ saveFile }) => saveFile(lab)));
    this.#on('console', () => void this.#share(({ saveReproduction }) => saveReproduction(lab)));
    const chosen = this.querySelector<HTMLInputElement>('[data-open-file]');
    chosen?.addEventListener('change', () => {
      const [file] = chosen.files ?? [];
      chosen.value = '';
      if (file) void this.#share(({ bringFile }) => bringFile(lab, file));
    });
    const slider = this.querySelector<HTMLInputElement>('[data-slider]');
    slider?.addEventListener('input', () => this.#scrub(Number(slider.value)));
    lab.onTimeline((timeline) => this.#draw(timeline));
    this.addEventListener('keydown', (event) => this.#press(event));
  }

  #on(name: string, act: () => void): void {
    const button = this.querySelector<HTMLButtonElement>(`[data-${name}]`);
    if (!button) return;
    button.addEventListener('click', () => {
      if (button.getAttribute('aria-disabled') !== 'true') act();
    });
  }

  async #share(act: (code: typeof import('./share.ts')) => Promise<void>): Promise<void> {
    const menu = this.querySelector('.share');
    if (menu) closeMenu(menu);
    await act(await import('./share.ts'));
  }

  /** What comes under the finger is looked at when it rests there for a moment. */
  #scrub(position: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => labOfPage().peek(position), PEEK_AFTER_MS);
  }

  #press(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
    event.preventDefault();
    if (event.shiftKey) labOfPage().redo();
    else labOfPage().undo();
  }

  #draw(timeline: Timeline): void {
    const language = languageOf(document.documentElement.lang);
    const view = timelineView(timeline, language);
    this.#able('undo', view.canUndo);
    this.#able('redo', view.canRedo);
    const words = placeInWords(view, language);
    const slider = this.querySelector<HTMLInputElement>('[data-slider]');
    if (slider) {
      slider.max = String(timeline.steps.length);
      slider.value = String(view.shown);
      slider.disabled = timeline.steps.length === 0;
      slider.setAttribute('aria-valuetext', words);
    }
    const place = this.querySelector('[data-place]');
    if (place) place.textContent = timeline.steps.length === 0 ? timelineWord('none') : words;
    this.querySelector('[data-steps]')?.replaceChildren(...view.steps.map((step) => this.#step(step)));
    void this.#worlds(timeline);
  }

  #able(name: string, isAble: boolean): void {
    this.querySelector(`[data-${name}]`)?.setAttribute('aria-disabled', String(!isAble));
  }

  #step({ position, label, state, isShown }: StepView): HTMLElement {
    const go = element(
      'button',
      { type: 'button', 'aria-current': isShown ? 'step' : false, click: () => labOfPage().goTo(position), title: timelineWord('goHere') },
      label,
    );
    return element('li', { class: `${state}${isShown ? ' shown' : ''}`, value: String(position) }, go);
  }

  async #worlds(timeline: Timeline): Promise<void> {
    const place = this.querySelector<HTMLElement>('[data-worlds]');
    if (!place || (timeline.worlds.length === 0 && place.hidden)) return;
    const { drawWorlds } = await import('./worlds-list.ts');
    drawWorlds(place, timeline);
  }

  #say(text: string): void {
    const said = this.querySelector('[data-say]');
    if (said) said.textContent = text;
  }
}

customElements.define('drydock-timeline', DrydockTimeline);
