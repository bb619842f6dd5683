/** Draws a section through a machine: down is what stands on what, across is who talks to whom. */
import { BRIDGE_HEIGHT, bridge, dock, type Frame, frameOf, GAP, PLATE, patterns } from './ground.ts';
import { box, type Shape, shape, shorten, text } from './shape.ts';
import type { SectionContainer, SectionView } from './view-model.ts';

/** The few words of the picture. */
export interface SectionWords {
  readonly kernel: string;
  readonly writable: string;
  readonly empty: string;
  readonly noProcess: string;
  readonly more: (count: number) => string;
  readonly name: string;
}

/** How many containers have room beside each other. */
export const columnsAt = (width: number): number => (width < 700 ? 2 : width < 1080 ? 3 : 4);

interface Column {
  readonly frame: Frame;
  readonly container: SectionContainer;
  readonly index: number;
  readonly words: SectionWords;
}

const columnLeft = ({ left, column, columnGap }: Frame, index: number): number => left + index * (column + columnGap);

function callout(x: number, y: number, letter: string): Shape {
  return shape(
    'g',
    { class: 'callout' },
    shape('circle', { cx: x, cy: y, r: 9 }),
    text(x, y + 4, letter, { class: 'mono strong', anchor: 'middle' }),
  );
}

function process({ frame, container, words }: Column, x: number, y: number): readonly Shape[] {
  if (container.process === null) return [text(x + 14, y + 4, container === ghost ? words.empty : words.noProcess, { class: 'quiet' })];
  const radius = frame.narrow ? 14 : 18;
  const center = x + 14 + radius;
  const label = shorten(container.process, frame.column - 2 * radius - 34);
  return [
    shape('circle', { cx: center, cy: y, r: radius, class: 'process' }),
    shape('circle', { cx: center, cy: y, r: radius - 4, class: 'process' }),
    text(center, y + 4.5, '1', { class: 'mono strong', anchor: 'middle' }),
    text(center + radius + 10, y + 4, label, { class: 'mono strong' }),
  ];
}

/** The published port: an opening in the dock's wall, and the way from it to the bridge. */
function opening({ margin, bridge: y, left, narrow }: Frame, port: number): Shape {
  const middle = y + BRIDGE_HEIGHT / 2;
  return shape(
    'g',
    {},
    shape('rect', { x: 0, y: middle - 11, width: margin + 1, height: 22, class: 'opening' }),
    shape('path', {
      d: `M0 ${middle}H${left - 2}M${left - 8} ${middle - 5}L${left - 1} ${middle}L${left - 8} ${middle + 5}`,
      class: 'way',
    }),
    text(narrow ? left : margin + 8, narrow ? y - 7 : middle - 16, `:${port}`, { class: 'mono strong' }),
  );
}

function standing(column: Column): Shape {
  const { frame, container, index, words } = column;
  const x = columnLeft(frame, index);
  const writable = frame.base - container.plates.length * (PLATE + GAP);
  const bottom = writable - 4;
  const middle = x + frame.column * 0.36;
  const wire =
    container.address === ''
      ? []
      : [
          shape('path', {
            d: `M${middle - 2.5} ${frame.bridge + BRIDGE_HEIGHT}V${frame.top}M${middle + 2.5} ${frame.bridge + BRIDGE_HEIGHT}V${frame.top}`,
            class: 'veth',
          }),
        ];
  const label = words.writable.length * (/[가-힣]/.test(words.writable) ? 10.5 : 6.6) + 12;
  return shape(
    'g',
    { class: `state-${container.state}` },
    ...wire,
    box({ x, y: frame.top, width: frame.column, height: bottom - frame.top }, 'container'),
    ...(container === ghost ? [] : [shape('circle', { cx: x + 14, cy: frame.top + 18, r: 4.5, class: 'state' })]),
    text(x + 25, frame.top + 22, shorten(container.name, frame.column / 2 - 25), { class: 'strong' }),
    ...(container === ghost
      ? []
      : [
          text(x + frame.column - 12, frame.top + 22, frame.narrow ? container.state : container.address, { class: 'mono', anchor: 'end' }),
        ]),
    ...process(column, x, (frame.top + 30 + bottom) / 2),
    box({ x, y: writable, width: frame.column, height: PLATE }, 'write'),
    box({ x: x + 7, y: writable + 4, width: Math.min(frame.column - 14, label), height: PLATE - 8 }, 'patch'),
    text(x + 13, writable + 17, words.writable),
    ...(index === 0 ? [callout(x + frame.column - 16, bottom - 16, 'A'), callout(x + frame.column - 16, writable + PLATE / 2, 'B')] : []),
  );
}

/** Image layers: a plate that neighbours share is one plate under all of them. */
function plates(frame: Frame, containers: readonly SectionContainer[]): readonly Shape[] {
  const drawn: Shape[] = [];
  const most = Math.max(0, ...containers.map(({ plates: own }) => own.length));
  for (let depth = 0; depth < most; depth++) {
    for (let from = 0; from < containers.length; ) {
      const plate = containers[from]?.plates[depth];
      let to = from;
      while (plate && containers[to + 1]?.plates[depth]?.chain === plate.chain) to++;
      const x = columnLeft(frame, from);
      const width = columnLeft(frame, to) + frame.column - x;
      const y = frame.base - depth * (PLATE + GAP);
      if (plate)
        drawn.push(box({ x, y, width, height: PLATE }, 'layer'), text(x + 11, y + 17, shorten(plate.label, width - 44), { class: 'mono' }));
      if (plate && from === 0 && depth === (containers[0]?.plates.length ?? 0) - 1) drawn.push(callout(x + width - 16, y + PLATE / 2, 'C'));
      from = to + 1;
    }
  }
  return drawn;
}

/** The place where the first container will stand. */
const ghost: SectionContainer = {
  name: '',
  image: '',
  state: 'none',
  address: ' ',
  process: null,
  port: null,
  plates: ['a', 'b', 'c'].map((chain) => ({ chain, label: '' })),
};

/** The picture at that width. */
export function drawSection(view: SectionView, width: number, words: SectionWords): Shape {
  // Who stands on the same layers stands side by side.
  const standingNow = [...view.containers].sort((a, b) => (a.image < b.image ? -1 : a.image > b.image ? 1 : 0));
  const containers = standingNow.length === 0 ? [ghost] : standingNow;
  const frame = frameOf(width, containers.length, Math.max(3, ...containers.map(({ plates: own }) => own.length)));
  const port = containers.find(({ port: published }) => published !== null)?.port;
  const more =
    view.more > 0 ? [text(frame.left + frame.room, frame.bridge - 7, words.more(view.more), { class: 'quiet', anchor: 'end' })] : [];
  const kernelPlate = words.kernel.length * (/[가-힣]/.test(words.kernel) ? 10.5 : 6.9) + 28;
  return shape(
    'svg',
    { viewBox: `0 0 ${width} ${frame.height}`, role: 'img', 'aria-label': words.name, class: 'section' },
    patterns(),
    dock(frame, words.kernel),
    ...plates(frame, containers),
    bridge(frame, view.gateway),
    ...(port ? [opening(frame, port.host)] : []),
    ...containers.map((container, index) => standing({ frame, container, index, words })),
    ...more,
    callout(frame.left + frame.room - 18, frame.bridge + BRIDGE_HEIGHT / 2, 'D'),
    callout(width / 2 + kernelPlate / 2 + 16, frame.floor + 30, 'E'),
  );
}
