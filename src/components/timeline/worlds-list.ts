/** The worlds that are not being lived: to go to, to compare with the present one, to forget. */
import type { Timeline } from '../../lab/lab.ts';
import { element } from '../page/element.ts';
import { labOfPage } from '../page/lab-of-page.ts';
import { differenceTable } from './difference-table.ts';
import { timelineWord } from './words.ts';

type World = Timeline['worlds'][number];

const button = (text: string, click: () => void, about: string): HTMLElement =>
  element('button', { type: 'button', class: 'dd-btn small', click, 'aria-label': `${text}: ${about}` }, text);

async function compare(world: World, row: HTMLElement): Promise<void> {
  const found = await labOfPage().compare(world.id);
  row.querySelector('.differences, .quiet')?.remove();
  row.append(differenceTable(found, [timelineWord('present'), world.label]));
}

function drawWorld(world: World, present: string): HTMLElement {
  const lab = labOfPage();
  const { id, label, isLeft } = world;
  const name = element('span', {}, ...(isLeft ? [`${timelineWord('left')} `] : []), element('code', { translate: 'no' }, label));
  const row = element(
    'li',
    { 'data-world': String(id) },
    name,
    button(timelineWord('compare'), () => void compare(world, row), label),
    button(timelineWord('enter'), () => lab.enterWorld(id, present), label),
    button(timelineWord('forget'), () => lab.forgetWorld(id), label),
  );
  return row;
}

export function drawWorlds(place: HTMLElement, { worlds, steps, position }: Timeline): void {
  const present = steps[position - 1]?.label ?? timelineWord('start');
  place.hidden = worlds.length === 0;
  const list = place.querySelector('ul');
  const known = new Set(worlds.map(({ id }) => String(id)));
  const drawn = new Map([...(list?.children ?? [])].map((row) => [row instanceof HTMLElement ? row.dataset.world : '', row]));
  for (const [id, row] of drawn) if (!known.has(id ?? '')) row.remove();
  for (const world of worlds) if (!drawn.has(String(world.id))) list?.append(drawWorld(world, present));
}
