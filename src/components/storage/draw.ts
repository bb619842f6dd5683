/** Draws containers on the left, the places on the right, and from each path a line of its kind to where the bytes are. */
import type { Language } from '../page/words.ts';
import { box, type Shape, shape, shorten, text } from '../section/shape.ts';
import { type Path, type Place, placeName, type StorageView } from './view-model.ts';
import { storageWords } from './words.ts';

const ROW = 30;
const PLACE = 42;
const GAP = 14;
const HEAD = 28;

const hatch = (): Shape =>
  shape(
    'defs',
    {},
    shape(
      'pattern',
      { id: 'dd-storage-write', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      shape('rect', { width: 6, height: 6, class: 'hatch-write-ground' }),
      shape('line', { x1: 0, y1: 0, x2: 0, y2: 6, class: 'hatch-write' }),
    ),
  );

interface Frame {
  readonly width: number;
  readonly left: number;
  readonly right: number;
  readonly room: number;
}

const frameOf = (width: number): Frame => {
  const left = width < 460 ? Math.max(104, width * 0.33) : Math.min(220, width * 0.3);
  const right = width < 460 ? left + 36 : left + Math.min(140, width * 0.18);
  return { width, left, right, room: width - right - 2 };
};

function containerShape(name: string, paths: readonly Path[], at: number, { left }: Frame): readonly Shape[] {
  const rows = paths.map(({ path }, index) =>
    text(12, at + HEAD + index * ROW + 19, shorten(path, left - 24, 7), { class: 'mono strong' }),
  );
  return [
    text(2, at + 14, shorten(name, left, 7), { class: 'strong' }),
    box({ x: 1, y: at + HEAD, width: left, height: paths.length * ROW }, 'container'),
    ...rows,
  ];
}

function outline({ kind }: Place, { x, y, width }: { x: number; y: number; width: number }): readonly Shape[] {
  switch (kind) {
    case 'writable':
      return [shape('rect', { x, y, width, height: PLACE, class: 'writable' })];
    case 'volume':
      return [
        shape('path', { d: `M${x} ${y}V${y + PLACE - 10}q0 10 10 10H${x + width - 10}q10 0 10 -10V${y}`, class: 'volume' }),
        ...[0.4, 0.7].map((part) => shape('path', { d: `M${x + width - 34} ${y + PLACE * part}h28`, class: 'level' })),
      ];
    case 'bind':
      return [box({ x, y, width, height: PLACE }, 'bind'), shape('path', { d: `M${x + 4} ${y}v${PLACE}`, class: 'bind-edge' })];
    case 'tmpfs':
      return [box({ x, y, width, height: PLACE }, 'tmpfs')];
  }
}

function placeShape(place: Place, y: number, { right: x, room }: Frame, language: Language): Shape {
  const title = shorten(placeName(place, language), room - 24, language === 'ko' ? 8.4 : 7);
  const below = shorten(
    [place.kind === 'bind' ? storageWords[language].kinds.bind : place.path, place.size].filter((word) => word !== '').join(', '),
    room - (place.kind === 'volume' ? 58 : 24),
    language === 'ko' ? 8 : 7,
  );
  const patch =
    place.kind === 'writable'
      ? [
          box(
            { x: x + 7, y: y + 4, width: Math.min(room - 14, Math.max(title.length, below.length) * 7.3 + 12), height: PLACE - 8 },
            'sheet',
          ),
        ]
      : [];
  return shape(
    'g',
    { class: 'place', 'data-place': place.key },
    ...outline(place, { x, y, width: room }),
    ...patch,
    text(x + 12, y + 17, title, { class: 'strong' }),
    text(x + 12, y + 33, below, { class: 'mono' }),
  );
}

function wire({ kind }: Place, { fromX, fromY, toX, toY }: { fromX: number; fromY: number; toX: number; toY: number }): readonly Shape[] {
  const middle = fromX + (toX - fromX) / 2;
  const way = (shift: number): string =>
    `M${fromX} ${fromY + shift}C${middle} ${fromY + shift} ${middle} ${toY + shift} ${toX} ${toY + shift}`;
  if (kind === 'bind')
    return [shape('path', { d: way(-2.5), class: 'wire bind-wire' }), shape('path', { d: way(2.5), class: 'wire bind-wire' })];
  return [shape('path', { d: way(0), class: `wire ${kind}-wire` })];
}

/** The picture at that width. */
export function drawStorage(view: StorageView, width: number, language: Language): Shape {
  const frame = frameOf(width);
  const words = storageWords[language];
  const shapes: Shape[] = [];
  const starts = new Map<Path, number>();
  let at = 0;
  for (const { name } of view.containers) {
    const paths = view.paths.filter(({ container }) => container === name);
    paths.forEach((path, index) => void starts.set(path, at + HEAD + index * ROW + ROW / 2));
    shapes.push(...containerShape(name, paths, at, frame));
    at += HEAD + paths.length * ROW + GAP;
  }
  const tops = new Map<string, number>();
  let top = HEAD - 6;
  for (const place of view.places) {
    // A place stands beside the first path that leads to it, unless another is there already.
    const wish = Math.min(...view.paths.filter((path) => path.place === place.key).map((path) => (starts.get(path) ?? 0) - PLACE / 2));
    const y = Number.isFinite(wish) ? Math.max(top, wish) : top;
    tops.set(place.key, y);
    top = y + PLACE + 8;
  }
  const marks: Shape[] = [];
  const wires = view.paths.flatMap((path) => {
    const place = view.places.find(({ key }) => key === path.place);
    const [fromY, toY] = [starts.get(path) ?? 0, (tops.get(path.place) ?? 0) + PLACE / 2];
    if (!place) return [];
    const ro = path.isReadOnly && frame.width >= 460;
    const [x, y] = [(frame.left + frame.right) / 2, (fromY + toY) / 2];
    const mark = ro
      ? [
          box({ x: x - 13, y: y - 10, width: 26, height: 20 }, 'patch'),
          text(x, y + 4, words.readOnly, { class: 'mono strong', anchor: 'middle' }),
        ]
      : [];
    marks.push(...mark);
    return wire(place, { fromX: frame.left - 6, fromY, toX: frame.right, toY });
  });
  return shape(
    'svg',
    { viewBox: `0 0 ${width} ${Math.max(at, top) + 4}`, role: 'img', 'aria-label': words.picture, class: 'pic storage' },
    hatch(),
    text(frame.right, 14, words.places, { class: 'strong' }),
    ...shapes,
    ...wires,
    ...marks,
    ...view.places.map((place) => placeShape(place, tops.get(place.key) ?? 0, frame, language)),
  );
}
