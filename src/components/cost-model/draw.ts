/** Columns as sections: a solid wall has a kernel behind it, a chain line is only a view. */
import type { Language } from '../page/words.ts';
import { box, type Shape, shape, text } from '../section/shape.ts';
import { costWords } from './words.ts';

const HEIGHT = 214;
const TOP = 26;
const BETWEEN = 24;
const NARROWEST = 18;

interface Side {
  readonly left: number;
  readonly room: number;
  readonly copies: number;
  readonly drawn: number;
  readonly title: string;
  readonly language: Language;
}

const hangul = (words: string): boolean => /[가-힣]/.test(words);
const widthOf = (words: string): number => words.length * (hangul(words) ? 10.5 : 6.8) + 16;

function ground({ left, room, language }: Side, top: number): readonly Shape[] {
  const words = costWords[language].hostKernel;
  const width = Math.min(room - 8, widthOf(words));
  return [
    shape('rect', { x: left, y: top, width: room, height: HEIGHT - top - 1, fill: 'url(#dd-cost-kernel)', class: 'ground' }),
    box({ x: left + room / 2 - width / 2, y: 180, width, height: 20 }, 'patch'),
    text(left + room / 2, 194, words, { anchor: 'middle' }),
  ];
}

const columns = ({ left, room, drawn }: Side): readonly { x: number; width: number }[] => {
  const width = (room - (drawn - 1) * 4) / drawn;
  return Array.from({ length: drawn }, (_, index) => ({ x: left + index * (width + 4), width }));
};

const heading = ({ left, room, copies, drawn, title, language }: Side): readonly Shape[] => [
  text(left, 14, title, { class: 'strong' }),
  ...(copies > drawn && room > 200 ? [text(left + room, 14, costWords[language].drawn(drawn), { class: 'quiet', anchor: 'end' })] : []),
];

const process = (x: number, y: number, width: number): Shape =>
  shape('circle', { cx: x + width / 2, cy: y, r: Math.max(2, Math.min(9, width / 2 - 4)), class: 'process' });

function machines(side: Side): readonly Shape[] {
  const { kernel, hypervisor } = costWords[side.language];
  const bottom = 134;
  const drawn = columns(side).flatMap(({ x, width }) => [
    box({ x: x + 1.5, y: TOP, width: width - 3, height: bottom - TOP }, 'machine'),
    shape('rect', { x: x + 3, y: bottom - 36, width: Math.max(0, width - 6), height: 34, fill: 'url(#dd-cost-kernel)', class: 'ground' }),
    process(x, TOP + 30, width),
    ...(width > 54
      ? [
          box({ x: x + width / 2 - 23, y: bottom - 28, width: 46, height: 17 }, 'patch'),
          text(x + width / 2, bottom - 15, kernel, { anchor: 'middle' }),
        ]
      : []),
  ]);
  return [
    ...heading(side),
    ...drawn,
    box({ x: side.left, y: 140, width: side.room, height: 18 }, 'plain'),
    text(side.left + side.room / 2, 153, hypervisor, { anchor: 'middle' }),
    ...ground(side, 162),
  ];
}

function containers(side: Side): readonly Shape[] {
  const bottom = 140;
  return [
    ...heading(side),
    ...columns(side).flatMap(({ x, width }) => [
      box({ x: x + 1, y: TOP, width: width - 2, height: bottom - TOP }, 'container'),
      process(x, TOP + 42, width),
    ]),
    box({ x: side.left, y: 144, width: side.room, height: 18 }, 'layer'),
    text(side.left + side.room / 2, 157, costWords[side.language].image, { anchor: 'middle' }),
    ...ground(side, 166),
  ];
}

/** The picture at that width. More than there is room for are counted, not drawn. */
export function drawCost(copies: number, width: number, language: Language): Shape {
  const words = costWords[language];
  const room = (width - BETWEEN) / 2;
  const most = (wanted: number): number => Math.max(1, Math.min(copies, wanted, Math.floor(room / (NARROWEST + 4))));
  const hatch = shape(
    'pattern',
    { id: 'dd-cost-kernel', width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    shape('rect', { width: 7, height: 7, class: 'hatch-ground' }),
    shape('line', { x1: 0, y1: 0, x2: 0, y2: 7, class: 'hatch' }),
  );
  return shape(
    'svg',
    { viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img', 'aria-label': words.picture(copies), class: 'pic cost-picture' },
    shape('defs', {}, hatch),
    ...machines({ left: 0, room, copies, drawn: most(6), title: words.machines(copies), language }),
    ...containers({ left: room + BETWEEN, room, copies, drawn: most(14), title: words.containers(copies), language }),
  );
}
