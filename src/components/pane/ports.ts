/** Offers each port that a container publishes under the live terminals of the page: `Open localhost:8080`. */
import type { Lab } from '../../lab/lab.ts';
import { type ContainerSummary, call, watch } from '../page/docker.ts';
import { element } from '../page/element.ts';
import { soon } from '../page/soon.ts';
import { pageWord } from '../page/words.ts';
import { publishedPorts } from './published.ts';

const LOOK_AFTER_MS = 60;

function draw(ports: readonly number[]): void {
  for (const part of document.querySelectorAll<HTMLElement>('drydock-terminal, drydock-example')) {
    const place = part.querySelector<HTMLElement>('[data-terminal]');
    const isLive = part.querySelector('[role="log"]') !== null && place !== null && !place.hidden;
    const strip = part.querySelector('.dd-ports');
    const shown = isLive ? ports.join(' ') : '';
    if (strip?.getAttribute('data-ports') === shown || (!strip && shown === '')) continue;
    strip?.remove();
    if (shown === '') continue;
    const buttons = ports.map((port) =>
      element(
        'button',
        { type: 'button', class: 'dd-btn small', click: async () => (await import('./window.ts')).openPane(port, part) },
        `${pageWord('openPage')} localhost:${port}`,
      ),
    );
    place?.after(element('p', { class: 'dd-ports', 'data-ports': shown }, ...buttons));
  }
}

/** Follows the Engine's events from now on. */
export function followPorts(lab: Lab): void {
  const look = soon(LOOK_AFTER_MS, async () => {
    const containers = await call<readonly ContainerSummary[]>(lab, '/containers/json').catch(() => []);
    draw(publishedPorts(containers));
  });
  watch(lab, look);
  look();
}
