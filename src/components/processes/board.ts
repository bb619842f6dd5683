/** Draws the states with the containers that stand in them, and the ways; the legal ones of the chosen container are its buttons. */
import { element } from '../page/element.ts';
import { shapeElement } from '../page/shapes.ts';
import { languageOf } from '../page/words.ts';
import { box, type Shape, shape, shorten, text } from '../section/shape.ts';
import { type Lifecycle, lifecycleAt, type Station, type Way } from './lifecycle.ts';
import { glyph } from './shapes.ts';
import type { Action, ContainerView } from './view-model.ts';
import { processesWords } from './words.ts';

export interface Board {
  readonly width: number;
  readonly views: readonly ContainerView[];
  readonly chosen: ContainerView | null;
  /** Names of those that were here and are gone. */
  readonly removed: readonly string[];
  readonly act: (action: Action) => void;
}

/** The width of a letter of a way's name. */
const LETTER = 6.7;

/** Whether the way is open to that container now. */
export const isOpen = ({ action, from }: Way, container: ContainerView | null): boolean =>
  container !== null && action !== undefined && from.includes(container.state as Station) && container.actions.includes(action);

function station(name: Station, life: Lifecycle, board: Board): Shape {
  const at = life.stations.get(name) ?? { x: 0, y: 0, width: 0, height: 0 };
  const here = board.views.filter(({ state }) => state === name);
  const names = name === 'removed' ? board.removed : here.map((view) => view.name);
  const isNow = board.chosen?.state === name;
  const title = at.y + (names.length > 0 ? 19 : 28);
  const left = name === 'image' || name === 'removed' ? at.x + 10 : at.x + 26;
  return shape(
    'g',
    { class: `station ${name}${isNow ? ' now' : ''}${names.length > 0 ? ' held' : ''}`, 'data-station': name },
    box(at, 'box'),
    ...(left > at.x + 10 ? [glyph(isNow ? (board.chosen?.shape ?? name) : name, { x: at.x + 10, y: title - 9 })] : []),
    text(left, title, name, { class: 'strong' }),
    ...(names.length > 0 ? [text(at.x + 10, at.y + 36, shorten(names.join(', '), at.width - 18), { class: 'mono' })] : []),
  );
}

const arrow = (id: string): Shape =>
  shape(
    'marker',
    {
      ...{ id, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, markerUnits: 'userSpaceOnUse' },
      orient: 'auto-start-reverse',
    },
    shape('path', { d: 'M0 0L8 4L0 8Z' }),
  );

/** Each line once; it is open if one of its ways is. */
function lines({ ways }: Lifecycle, chosen: ContainerView | null): readonly Shape[] {
  return [...new Set(ways.map(({ path }) => path))].map((path) => {
    const all = ways.filter((way) => way.path === path);
    const open = all.some((way) => isOpen(way, chosen));
    const ends = { 'marker-end': `url(#dd-way${open ? '-open' : ''})` };
    const begins: Shape['attributes'] = all.some(({ isBoth }) => isBoth === true) ? { 'marker-start': 'url(#dd-way)' } : {};
    return shape('path', { d: path, class: open ? 'way open' : 'way', ...ends, ...begins });
  });
}

/** A name on its way, where nothing can be pressed. */
function label({ name, label: { x, y } }: Way, shown: string): readonly Shape[] {
  const wide = shown.length * (/[가-힣]/.test(shown) ? 11 : LETTER) + 8;
  const size = { x: x - wide / 2, y: y - 9, width: wide, height: 18 };
  return name === '' ? [] : [box(size, 'ground'), text(x, y + 4, shown, { class: 'name', anchor: 'middle' })];
}

function picture(life: Lifecycle, board: Board): Shape {
  const words = processesWords[languageOf(document.documentElement.lang)];
  const { width, height, frame } = life;
  const notch = 'docker ps'.length * 7 + 12;
  const shown = ({ name }: Way): string => (name === 'fails' ? words.fails : name);
  return shape(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': words.board(board.views), class: 'pic lifecycle' },
    shape('defs', {}, arrow('dd-way'), arrow('dd-way-open')),
    box(frame, 'frame'),
    box({ x: frame.x + frame.width - notch - 10, y: frame.y - 8, width: notch, height: 16 }, 'ground'),
    text(frame.x + frame.width - 16, frame.y + 4, 'docker ps', { class: 'mono', anchor: 'end' }),
    ...lines(life, board.chosen),
    ...life.ways.flatMap((way) => (isOpen(way, board.chosen) ? [] : label(way, shown(way)))),
    ...life.signs.map(({ text: sign, x, y }) => text(x, y, sign, { class: 'name' })),
    ...[...life.stations.keys()].map((name) => station(name, life, board)),
  );
}

function button(way: Way, { chosen, act }: Board): HTMLElement {
  const { action, label: at, name } = way;
  return element(
    'button',
    {
      ...{ type: 'button', class: 'dd-btn small', style: `left:${at.x}px;top:${at.y}px` },
      'data-key': `way:${chosen?.id}:${action}`,
      click: () => action && act(action),
    },
    name,
  );
}

export function drawBoard(board: Board): HTMLElement {
  const words = processesWords[languageOf(document.documentElement.lang)];
  const life = lifecycleAt(board.width);
  const { chosen } = board;
  const open = life.ways.filter((way) => isOpen(way, chosen));
  return element(
    'div',
    { class: 'board', translate: 'no' },
    shapeElement(picture(life, board)),
    ...(chosen
      ? [element('div', { role: 'group', 'aria-label': words.legal(chosen.name) }, ...open.map((way) => button(way, board)))]
      : []),
  );
}
