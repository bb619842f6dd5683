/** `<drydock-dashboard>`: a second client of the same Engine. What a reader does here is asked in the dashboard's own name. */
import type { ContainerSummary, ImageSummary, NetworkInspect, NetworkSummary, VolumeListResponse } from '../../engine/api-types/index.ts';
import type { Lab } from '../../lab/lab.ts';
import { bytesOf } from '../page/bytes.ts';
import { call, EngineError } from '../page/docker.ts';
import { element } from '../page/element.ts';
import { closeByEscape } from '../page/escape.ts';
import type { Living } from '../page/live.ts';
import { redraw } from '../page/redraw.ts';
import { languageOf } from '../page/words.ts';
import { containerDetail, type Detail } from './detail.ts';
import { lineForm, runForm } from './forms.ts';
import { drawTable, type TableHands } from './tables.ts';
import { createBody, type Listing, pullTarget, type Row, type RunForm, rowInWords, rowsOf, type View, viewsIn } from './view-model.ts';
import { dashboardWords } from './words.ts';

const AGENT = 'Dashboard';

async function list(lab: Lab, views: readonly View[]): Promise<Listing> {
  const has = (view: View): boolean => views.includes(view);
  const containers = await call<readonly ContainerSummary[]>(lab, '/containers/json?all=1');
  const images = has('images') ? await call<readonly ImageSummary[]>(lab, '/images/json') : [];
  const volumes = has('volumes') ? ((await call<VolumeListResponse>(lab, '/volumes')).Volumes ?? []) : [];
  const networks: NetworkInspect[] = [];
  for (const { Id } of has('networks') ? await call<readonly NetworkSummary[]>(lab, '/networks') : [])
    networks.push(await call<NetworkInspect>(lab, `/networks/${Id}`));
  return { containers, images, volumes, networks };
}

/** A name that is not here is pulled first, as the client does it. */
async function run(lab: Lab, form: RunForm, onPull: () => void): Promise<void> {
  const name = form.name.trim() === '' ? '' : `?name=${encodeURIComponent(form.name.trim())}`;
  const create = (): Promise<{ Id: string }> =>
    call(lab, `/containers/create${name}`, { method: 'POST', json: createBody(form), agent: AGENT });
  let made: { Id: string };
  try {
    made = await create();
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 404 || !error.message.startsWith('No such image')) throw error;
    onPull();
    await pull(lab, form.image);
    made = await create();
  }
  await call(lab, `/containers/${made.Id}/start`, { method: 'POST', agent: AGENT });
}

/** Throws what the last line of the progress says went wrong. */
async function pull(lab: Lab, image: string): Promise<void> {
  const text = new TextDecoder().decode(await bytesOf(lab, pullTarget(image), { method: 'POST', agent: AGENT }));
  const wrong = text.split('\n').find((line) => line.includes('"errorDetail"'));
  if (wrong) throw new Error((JSON.parse(wrong) as { error?: string }).error ?? wrong);
}

class Dashboard implements Living {
  readonly #host: HTMLElement;
  readonly #lab: Lab;
  readonly #words = dashboardWords[languageOf(document.documentElement.lang)];
  readonly #views: readonly View[];
  #view: View;
  #listing: Listing | null = null;
  #opened: string | null = null;
  #detail: Detail | null = null;
  #form: HTMLElement | null = null;
  /** What opened the form, by its key. */
  #opener = 'run';
  readonly #hands: TableHands = {
    act: (_, { method, target }) => void this.#attempt(() => call(this.#lab, target, { method, agent: AGENT })),
    run: ({ title, key }) => this.#openRun(title, `${this.#words.run}:${key}`),
    open: (row) => this.#look(row),
  };

  constructor(host: HTMLElement, lab: Lab) {
    this.#host = host;
    this.#lab = lab;
    this.#views = viewsIn(host.dataset.views ?? '');
    this.#view = this.#views[0] ?? 'containers';
    closeByEscape(host, () => this.#dismiss());
  }

  async refresh(): Promise<void> {
    this.#listing = await list(this.#lab, this.#views);
    const row = rowsOf('containers', this.#listing).find(({ key }) => key === this.#opened);
    if (row) this.#detail?.refresh(row);
    this.#draw();
  }

  /** Whether it was done; if not, the Engine's own words stand under the list. */
  async #attempt(job: () => Promise<unknown>): Promise<boolean> {
    this.#tell('');
    try {
      await job();
      await this.refresh();
      return true;
    } catch (refused) {
      this.#tell(refused instanceof Error ? refused.message : String(refused));
      return false;
    }
  }

  #tell(text: string): void {
    const error = this.#host.querySelector('[data-error]');
    if (error) error.textContent = text;
  }

  #look(row: Row): void {
    if (this.#opened === row.key) return this.#close();
    this.#opened = row.key;
    this.#detail = containerDetail({ lab: this.#lab, id: row.key, agent: AGENT, words: this.#words, row }, () => this.#close());
    this.#draw();
  }

  #close(): void {
    const was = this.#opened;
    this.#opened = null;
    this.#detail = null;
    this.#draw();
    this.#focus(`look:${was}`);
  }

  #openRun(image: string, opener = 'run'): void {
    this.#opener = opener;
    const close = (): void => void this.#dismiss();
    this.#form = runForm(this.#words, { image, close, run: (form) => void this.#run(form) });
    this.#draw();
    this.#form.querySelector<HTMLInputElement>(image === '' ? '[name="image"]' : '[name="name"]')?.focus();
  }

  /** Closes what was opened last; the focus goes back to what opened it. */
  #dismiss(): boolean {
    if (!this.#form && this.#opened === null) return false;
    if (!this.#form) this.#close();
    else {
      this.#form = null;
      this.#draw();
      this.#focus(this.#opener);
    }
    return true;
  }

  #focus(key: string): void {
    const found = this.#host.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    (found ?? this.#host.querySelector<HTMLElement>('[data-key="run"]'))?.focus();
  }

  async #run(form: RunForm): Promise<void> {
    if (!(await this.#attempt(() => run(this.#lab, form, () => this.#tell(this.#words.pulling(form.image)))))) return;
    this.#form = null;
    if (this.#views.includes('containers')) this.#view = 'containers';
    this.#tell('');
    this.#draw();
    this.#focus('run');
  }

  #create(target: string, json: object): void {
    void this.#attempt(() => call(this.#lab, target, { method: 'POST', json, agent: AGENT }));
  }

  /** What can be made in this view. */
  #above(): HTMLElement {
    const words = this.#words;
    if (this.#form) return this.#form;
    switch (this.#view) {
      case 'containers': {
        const open = (): void => this.#openRun('');
        return element('button', { type: 'button', class: 'dd-btn small go above', 'data-key': 'run', click: open }, words.runNew);
      }
      case 'images':
        return lineForm(words.image, {
          ...{ verb: words.pull, placeholder: 'alpine:3.23' },
          send: (image) => {
            this.#tell(words.pulling(image));
            void this.#attempt(() => pull(this.#lab, image));
          },
        });
      case 'volumes':
        return lineForm(words.volumeName, {
          verb: words.create,
          placeholder: 'data',
          send: (Name) => this.#create('/volumes/create', { Name }),
        });
      case 'networks':
        return lineForm(words.volumeName, {
          ...{ verb: words.create, placeholder: 'shop' },
          send: (Name) => this.#create('/networks/create', { Name, Driver: 'bridge' }),
        });
    }
  }

  #draw(): void {
    const listing = this.#listing;
    if (!listing) return;
    this.#drawTabs();
    const rows = rowsOf(this.#view, listing);
    const isOpen = rows.some(({ key }) => key === this.#opened);
    if (!isOpen && this.#view === 'containers') this.#opened = null;
    const table = drawTable({
      ...{ view: this.#view, rows, opened: isOpen ? this.#opened : null, words: this.#words, hands: this.#hands },
      detail: this.#detail?.node ?? null,
    });
    redraw(this.#host.querySelector('[data-body]'), element('div', { class: 'dashboard' }, this.#above(), table));
    const told = this.#views.flatMap((one) => {
      const own = rowsOf(one, listing);
      return [this.#words.twin(this.#words.views[one], own.length), ...own.map((row) => rowInWords(one, row))];
    });
    this.#host.querySelector('[data-twin]')?.replaceChildren(...told.map((text) => element('li', {}, text)));
  }

  #drawTabs(): void {
    const bar = this.#host.querySelector('[data-tabs]');
    bar?.classList.add('dd-choices');
    const tab = (view: View): HTMLElement => {
      const click = (): void => {
        this.#view = view;
        this.#form = null;
        this.#draw();
      };
      const pressed = { 'data-key': `view:${view}`, 'aria-pressed': String(view === this.#view) };
      return element('button', { type: 'button', class: 'dd-btn small', ...pressed, click }, this.#words.views[view]);
    };
    redraw(bar, ...this.#views.map(tab));
  }
}

export const mount = (host: HTMLElement, lab: Lab): Living => new Dashboard(host, lab);
