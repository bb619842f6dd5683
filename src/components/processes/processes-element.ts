/** `<drydock-processes>`: follows the containers of the page's machine and offers what is legal now. */
import type { LabState } from '../../lab/protocol.ts';
import { type ContainerInspect, type ContainerSummary, call, EngineError, processesOf, watch } from '../page/docker.ts';
import { element } from '../page/element.ts';
import { labOfPage } from '../page/lab-of-page.ts';
import { stateLine } from '../page/lab-state.ts';
import { redraw } from '../page/redraw.ts';
import { soon } from '../page/soon.ts';
import { languageOf, pageWord } from '../page/words.ts';
import type { Action, ContainerView } from './view-model.ts';

type Drawing = typeof import('./drawing.ts');
type Inside = InstanceType<Drawing['Inside']>;

const DRAW_AFTER_MS = 40;
const MOST_REMOVED = 3;
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
  #drawing: Drawing | null = null;
  /** The container whose ways are open on the board: the one that was pressed since the last one came, or the one that changed last. */
  #chosen: string | null = null;
  #isPressed = false;
  /** The last ones that were here and are gone, by their names. */
  #removed: readonly string[] = [];
  readonly #refresh = soon(DRAW_AFTER_MS, () => this.#load());

  connectedCallback(): void {
    const lab = labOfPage();
    watch(lab, this.#refresh);
    lab.onState((state) => this.#machine(state));
    let width = this.clientWidth;
    new ResizeObserver(() => {
      if (Math.abs(this.clientWidth - width) < 3) return;
      width = this.clientWidth;
      if (this.#drawing && this.#views.length > 0) this.#draw(this.#drawing);
    }).observe(this);
    setInterval(() => {
      if (!document.hidden && lab.isRunning && this.#views.some(({ state }) => state === 'running')) this.#refresh();
    }, LOOK_EVERY_MS);
  }

  #machine(state: LabState | 'off'): void {
    if (state === 'off') this.#say(pageWord('machineOff'));
    if (state === 'starting') this.#say(`${pageWord('starting')} …`);
    const line = stateLine(state);
    if (line && state !== 'unsaved') this.#say(pageWord(line.text));
    if (state === 'running' || state === 'past') this.#removed = [];
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
      this.#follow(await this.#inside.look(views));
      this.#drawing = drawing;
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

  /** What changed is what one looks at next. */
  #follow(views: readonly ContainerView[]): void {
    const before = new Map(this.#views.map((view) => [view.id, view]));
    const changed = views.filter(({ id, state }) => before.get(id)?.state !== state);
    const gone = [...before.values()].filter(({ id }) => !views.some((view) => view.id === id)).map(({ name }) => name);
    this.#removed = [...gone, ...this.#removed].slice(0, MOST_REMOVED);
    const isHere = (wanted: string | null | undefined): boolean => views.some(({ id }) => id === wanted);
    if (!isHere(this.#chosen) || views.some(({ id }) => !before.has(id))) this.#isPressed = false;
    const last = this.#isPressed ? this.#chosen : (changed.at(-1)?.id ?? this.#chosen);
    this.#chosen = (isHere(last) ? last : views.at(-1)?.id) ?? null;
    this.#views = views;
  }

  #draw({ drawBoard, drawContainer, inWords }: Drawing): void {
    const list = this.querySelector('[data-list]');
    if (this.#views.length === 0 && this.#removed.length === 0) return this.#say(pageWord('noContainers'));
    const chosen = this.#views.find(({ id }) => id === this.#chosen) ?? null;
    const choose = (id: string) => (): void => {
      this.#chosen = id;
      this.#isPressed = true;
      if (this.#drawing) this.#draw(this.#drawing);
    };
    const board = {
      ...{ width: list?.clientWidth ?? 0, views: this.#views, chosen, removed: this.#removed },
      act: (action: Action) => void (chosen && this.#act(chosen, action)),
    };
    redraw(
      list,
      drawBoard(board),
      ...this.#views.map((view) =>
        drawContainer(view, {
          act: (action) => void this.#act(view, action),
          choose: this.#views.length > 1 ? choose(view.id) : null,
          isChosen: view === chosen,
          above: this.#inside?.above(view) ?? [],
          below: this.#inside?.parts(view) ?? [],
        }),
      ),
    );
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
