/** The dock that everything stands in: its stepped walls, the bridge, the kernel. Where things stand is decided here, once. */
import { box, type Shape, shape, text } from './shape.ts';

export const PLATE = 25;
export const GAP = 3;
const LEGEND_PX = 264;
/** From this width on the legend stands beside the dock, in it; section.css has the same. */
const LEGEND_BESIDE_PX = 1120;
const WIDEST_PX = 1232;
/** A drawing of this width stands in the middle of any wider room as one of that room's width would. */
export const STANDARD_PX = 1288;
/** How far the ground goes on beside the drawing, for a room that is wider. */
const BESIDE_PX = 4000;

/** The measures of a section at a width, for a number of containers and the most plates that one stands on. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly narrow: boolean;
  readonly margin: number;
  readonly step: number;
  readonly left: number;
  readonly room: number;
  readonly columnGap: number;
  readonly column: number;
  readonly bridge: number;
  readonly top: number;
  /** The upper edge of the lowest plate. */
  readonly base: number;
  readonly floor: number;
}

export function frameOf(width: number, columns: number, plates: number): Frame {
  const narrow = width < 700;
  const margin = narrow ? 10 : Math.max(28, (width - WIDEST_PX) / 2);
  const step = narrow ? 5 : 24;
  const left = margin + 3 * step + (narrow ? 0 : 6);
  const room = width - 2 * left - (width >= LEGEND_BESIDE_PX ? LEGEND_PX : 0);
  const columnGap = narrow ? 10 : 26;
  const column = Math.min(narrow ? room : 300, (room - columnGap * (columns - 1)) / Math.max(1, columns));
  const top = narrow ? 122 : 112;
  const base = top + 92 + (Math.max(1, plates) + 1) * (PLATE + GAP) - PLATE;
  const floor = base + PLATE + 8;
  return { width, height: floor + 58, narrow, margin, step, left, room, columnGap, column, bridge: narrow ? 72 : 60, top, base, floor };
}

export const BRIDGE_HEIGHT = 28;

/** Stepped walls of cut ground, with the kernel's plate in the floor. */
export function dock(frame: Frame, kernel: string): Shape {
  const { width: W, height: H, margin: m, step: s, top, base, floor, narrow } = frame;
  const [y1, y2, y3] = [narrow ? 40 : 30, top + 70, Math.max(top + 100, base - 34)];
  const outline = `M${-BESIDE_PX} ${y1}H${m}V${y2}H${m + s}V${y3}H${m + 2 * s}V${floor}H${W - m - 2 * s}V${y3}H${W - m - s}V${y2}H${W - m}V${y1}H${W + BESIDE_PX}V${H}H${-BESIDE_PX}Z`;
  const plate = kernel.length * (/[가-힣]/.test(kernel) ? 10.5 : 6.9) + 28;
  return shape(
    'g',
    {},
    shape('path', { d: outline, class: 'cut', fill: 'url(#dd-kernel)' }),
    box({ x: W / 2 - plate / 2, y: floor + 17, width: plate, height: 26 }, 'plain'),
    text(W / 2, floor + 34, kernel, { class: 'strong', anchor: 'middle' }),
  );
}

export function bridge(frame: Frame, gateway: string): Shape {
  const { left, room, bridge: y, narrow } = frame;
  const labels = [
    text(left + 26, y + 18.5, 'docker0', { class: 'mono strong' }),
    ...(narrow ? [] : [text(left + 104, y + 18.5, gateway, { class: 'mono' })]),
  ];
  return shape('g', {}, box({ x: left, y, width: room, height: BRIDGE_HEIGHT }, 'bridge'), ...labels);
}

const hatch = (id: string, className: string, gap: number): Shape =>
  shape(
    'pattern',
    { id, width: gap, height: gap, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    shape('rect', { width: gap, height: gap, class: `${className}-ground` }),
    shape('line', { x1: 0, y1: 0, x2: 0, y2: gap, class: className }),
  );

export const patterns = (): Shape => shape('defs', {}, hatch('dd-kernel', 'hatch', 7), hatch('dd-write', 'hatch-write', 6));
