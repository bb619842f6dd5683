/** What a pane is once it is used: its frame, its bar, its browser. */
import { element } from '../page/element.ts';
import { siteRoot } from '../page/first-machine.ts';
import { labOfPage } from '../page/lab-of-page.ts';
import { pageWord } from '../page/words.ts';
import { PaneBrowser } from './browser.ts';
import { DrydockPane } from './pane-element.ts';

const ICONS = { back: 'M7 1L2 5l5 4', forward: 'M3 1l5 4-5 4', reload: 'M8.500 3A4 4 0 1 0 9 5M9 0v3.200H5.800' } as const;

function button(name: keyof typeof ICONS, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'dd-btn small';
  made.setAttribute('aria-label', pageWord(name));
  made.innerHTML = `<svg viewBox="0 0 10 10" aria-hidden="true"><path d="${ICONS[name]}" fill="none" stroke="currentColor" stroke-width="1.600"/></svg>`;
  made.addEventListener('click', act);
  return made;
}

/** As Pane.astro prints it. */
function frame(address: string): HTMLElement {
  const open = element(
    'button',
    { type: 'button', class: 'dd-btn small go', 'data-open-page': true },
    `${pageWord('openPage')} ${address}`,
  );
  const header = element(
    'header',
    {},
    element('span', { class: 'dd-kind' }, pageWord('browser')),
    element('span', { class: 'dd-acts' }, open),
  );
  const view = element('div', { class: 'view', 'data-view': true }, element('p', { class: 'quiet' }, pageWord('nothingOpen')));
  return element('figure', { class: 'dd-part not-content' }, header, view);
}

/** The browser of that pane, with its bar. */
export function browserIn(pane: HTMLElement): PaneBrowser {
  const view = pane.querySelector<HTMLElement>('[data-view]') ?? pane;
  const address = document.createElement('input');
  address.spellcheck = false;
  address.setAttribute('aria-label', pageWord('address'));
  address.translate = false;
  const code = element('span', { class: 'code', role: 'status' });
  const back = button('back', () => void browser.back());
  const forward = button('forward', () => void browser.forward());
  const browser: PaneBrowser = new PaneBrowser(labOfPage(), siteRoot(), { view, address, code, back, forward });
  const bar = element(
    'form',
    { class: 'bar' },
    back,
    forward,
    button('reload', () => void browser.reload()),
    address,
    code,
  );
  bar.addEventListener('submit', (event) => {
    event.preventDefault();
    void browser.open(address.value);
  });
  pane.querySelector('.bar')?.remove();
  view.before(bar);
  return browser;
}

/** The machine is a fresh one, and serves nothing. */
export function clear(pane: HTMLElement): void {
  pane.querySelector('.bar')?.remove();
  pane.querySelector('[data-view]')?.replaceChildren(element('p', { class: 'quiet' }, pageWord('nothingOpen')));
}

/** The pane of the page that shows that port: the lesson's own, or a new one after `part`. */
export function openPane(port: number, part: Element): void {
  const known = document.querySelector<DrydockPane>(`drydock-pane[data-port="${port}"]`);
  const pane = known ?? document.createElement('drydock-pane');
  if (!(pane instanceof DrydockPane)) return;
  if (!known) {
    pane.dataset.port = String(port);
    pane.append(frame(`localhost:${port}/`));
    part.after(pane);
  }
  pane.scrollIntoView({ block: 'nearest' });
  void pane.open(`localhost:${port}/`);
}
