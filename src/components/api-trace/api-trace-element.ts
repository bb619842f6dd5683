/** `<drydock-api-trace>`: the last requests that clients made to dockerd, as they come. */
import { breakable } from '../page/breakable.ts';
import { call, watch } from '../page/docker.ts';
import { element } from '../page/element.ts';
import { labOfPage } from '../page/lab-of-page.ts';
import { soon } from '../page/soon.ts';
import { pageWord } from '../page/words.ts';
import { durationText, inWords, type TracedRequest, type TraceRow, traceRows } from './view-model.ts';

const DRAW_AFTER_MS = 80;
const LOOK_EVERY_MS = 1500;
const LONGEST_BODY = 4000;

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

const bodyText = (title: string, body: string): readonly HTMLElement[] =>
  body === ''
    ? []
    : [
        element('p', { class: 'body-title' }, title),
        element('pre', { tabindex: '0', 'aria-label': title }, pretty(body).slice(0, LONGEST_BODY)),
      ];

function drawRow(row: TraceRow, open: boolean): HTMLElement {
  const head = element(
    'summary',
    {},
    element('span', { class: 'method' }, row.method),
    element('code', { class: 'path' }, ...breakable(row.path)),
    element('span', { class: row.failed ? 'code bad' : 'code' }, row.status),
    element('span', { class: 'bar', style: `--from:${row.fromPercent}%;--length:${row.lengthPercent}%`, 'aria-hidden': 'true' }),
    element('span', { class: 'took' }, `${row.agent} · ${durationText(row.durationMs)}`),
  );
  return element(
    'li',
    {},
    element(
      'details',
      { open, 'data-id': String(row.id) },
      head,
      ...bodyText('→', row.requestBody),
      ...bodyText('←', row.responseBody),
      element('pre', { class: 'curl', tabindex: '0', 'aria-label': 'curl' }, row.curl),
    ),
  );
}

class DrydockApiTrace extends HTMLElement {
  readonly #refresh = soon(DRAW_AFTER_MS, () => this.#load());
  #shown = '';

  connectedCallback(): void {
    const lab = labOfPage();
    watch(lab, this.#refresh);
    setInterval(() => {
      if (!document.hidden && lab.isRunning) this.#refresh();
    }, LOOK_EVERY_MS);
  }

  async #load(): Promise<void> {
    const requests = await call<readonly TracedRequest[]>(labOfPage(), '/drydock/requests').catch(() => null);
    if (!requests) return;
    const rows = traceRows(requests, Number(this.dataset.last ?? 8));
    const shown = JSON.stringify(rows);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const open = new Set([...this.querySelectorAll<HTMLElement>('details[open][data-id]')].map((details) => details.dataset.id));
    const focused = document.activeElement?.closest<HTMLElement>('[data-id]')?.dataset.id;
    const empty = element('li', { class: 'quiet' }, pageWord('noRequests'));
    this.querySelector('[data-list]')?.replaceChildren(
      ...(rows.length > 0 ? rows.map((row) => drawRow(row, open.has(String(row.id)))) : [empty]),
    );
    if (focused) this.querySelector<HTMLElement>(`[data-id="${focused}"] summary`)?.focus({ preventScroll: true });
    this.querySelector('[data-twin]')?.replaceChildren(...rows.map((row) => element('li', {}, inWords(row))));
  }
}

customElements.define('drydock-api-trace', DrydockApiTrace);
