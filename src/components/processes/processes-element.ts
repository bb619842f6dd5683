/** `<drydock-processes>`: follows the containers of the page's machine and offers what is legal now. */
import type { LabState } from '../../lab/protocol.ts';
import { type ContainerInspect, type ContainerSummary, call, EngineError, processesOf, watch } from '../page/docker.ts';
import { element } from '../page/element.ts';
import { labOfPage } from '../page/lab-of-page.ts';
import { stateLine } from '../page/lab-state.ts';
import { soon } from '../page/soon.ts';
import { languageOf, pageWord } from '../page/words.ts';
import type { Action, ContainerView } from './view-model.ts';

type Drawing = typeof import('./drawing.ts');
type Inside = InstanceType<Drawing['Inside']>;

const DRAW_AFTER_MS = 40;
/** Processes come and go without an event of Docker's; while something runs it is looked at this often. */
const LOOK_EVERY_MS = 2000;
/** What the trace calls these buttons. */
const BUTTONS = 'Buttons';
const REQUESTS: Readonly<Record<Action, (id: string) => { method: string; target: string }>> = {
  start: (id) => ({ method: 'POST', target: `/containers/${id}/start` }),
  stop: (id) => ({ method: 'POST', target: `/containers/${id}/stop?t=1` }),
  kill: (id) => ({ method: 'POST', target: `/containers/${id}/kill` }),
  pause: (id) => ({ method: 'POST', target: `/containers/${id}/pause` }),
  unpause: (id) => ({ method: 'POST', target: `/containers/${id}/unpause` }),
  restart: (id) => ({ method: 'POST', target: `/containers/${id}/restart?t=1` }),
  rm: (id) => ({ method: 'DELETE', target: `/containers/${id}` }),
};

class DrydockProcesses extends HTMLElement {
  #views: readonly ContainerView[] = [];
  #inside: Inside | null = null;
  readonly #refresh = soon(DRAW_AFTER_MS, () => this.#load());

  connectedCallback(): void {
    const lab = labOfPage();
    watch(lab, this.#refresh);
    lab.onState((state) => this.#machine(state));
    setInterval(() => {
      if (!document.hidden && lab.isRunning && this.#views.some(({ state }) => state === 'running')) this.#refresh();
    }, LOOK_EVERY_MS);
  }

  #machine(state: LabState | 'off'): void {
    if (state === 'off') this.#say(pageWord('machineOff'));
    if (state === 'starting') this.#say(`${pageWord('starting')} …`);
    const line = stateLine(state);
    if (line && state !== 'unsaved') this.#say(pageWord(line.text));
    if (state === 'running') this.#refresh();
  }

  async #load(): Promise<void> {
    const wanted = (this.dataset.of ?? '').split(',').filter((name) => name !== '');
    try {
      const lab = labOfPage();
      const drawing = await import('./drawing.ts');
      const all = await call<readonly ContainerSummary[]>(lab, '/containers/json?all=1');
      const shown = all
        .filter(({ Names }) => wanted.length === 0 || Names.some((name) => wanted.includes(name.replace(/^\//, ''))))
        .reverse();
      const views: ContainerView[] = [];
      for (const { Id } of shown) {
        const view = await this.#one(drawing, Id);
        if (view) views.push(view);
      }
      this.#inside ??= new drawing.Inside(lab, this.dataset.show ?? '', this.#refresh);
      this.#views = await this.#inside.look(views);
      this.#draw(drawing);
    } catch (error) {
      if (labOfPage().isRunning) this.#say(error instanceof Error ? error.message : String(error));
    }
  }

  /** Null for a container that went in the meantime: the next event draws without it anyhow. */
  async #one({ containerView }: Drawing, id: string): Promise<ContainerView | null> {
    const lab = labOfPage();
    try {
      const container = await call<ContainerInspect>(lab, `/containers/${id}/json`);
      return containerView(container, container.State.Pid > 0 ? await processesOf(lab, id) : null);
    } catch (error) {
      if (error instanceof EngineError) return null;
      throw error;
    }
  }

  #draw({ drawContainer, inWords }: Drawing): void {
    if (this.#views.length === 0) {
      this.#say(pageWord('noContainers'));
      return;
    }
    const focused = document.activeElement?.getAttribute('data-key');
    this.querySelector('[data-list]')?.replaceChildren(
      ...this.#views.map((view) =>
        drawContainer(view, {
          act: (action) => void this.#act(view, action),
          above: this.#inside?.above(view) ?? [],
          below: this.#inside?.parts(view) ?? [],
        }),
      ),
    );
    this.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
    const language = languageOf(document.documentElement.lang);
    this.querySelector('[data-twin]')?.replaceChildren(
      ...this.#views.flatMap((view) => [element('li', {}, inWords(view, language)), ...(this.#inside?.words(view) ?? [])]),
    );
  }

  async #act(view: ContainerView, action: Action): Promise<void> {
    const { method, target } = REQUESTS[action](view.id);
    const error = this.querySelector<HTMLElement>('[data-error]');
    if (error) error.textContent = '';
    try {
      await call(labOfPage(), target, { method, agent: BUTTONS });
    } catch (refused) {
      if (error) error.textContent = refused instanceof Error ? refused.message : String(refused);
    }
    this.#refresh();
  }

  #say(text: string): void {
    this.#views = [];
    this.querySelector('[data-list]')?.replaceChildren(element('p', { class: 'quiet' }, text));
    this.querySelector('[data-twin]')?.replaceChildren(element('li', {}, text));
  }
}

customElements.define('drydock-processes', DrydockProcesses);
