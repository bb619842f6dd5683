/** The shape of a state: it carries the meaning, its colour confirms it. */
import { type Shape, shape } from '../section/shape.ts';

const LINE = { fill: 'none', stroke: 'currentColor', 'stroke-width': '1.6' };

const SHAPES: Readonly<Record<string, Shape>> = {
  running: shape('circle', { cx: 5, cy: 5, r: 4.5, fill: 'currentColor' }),
  paused: shape('path', { d: 'M2 1h2v8H2zM6 1h2v8H6z', fill: 'currentColor' }),
  exited: shape('path', { d: 'M1 1h8v8H1z', ...LINE }),
  failed: shape('path', { d: 'M1 1l8 8M9 1l-8 8', ...LINE }),
  dead: shape('path', { d: 'M1 1l8 8M9 1l-8 8', ...LINE }),
  restarting: shape('path', { d: 'M8.5 3A4 4 0 1 0 9 5M9 0v3.2H5.8', ...LINE }),
  removing: shape('path', { d: 'M1 1h8v8H1z', ...LINE, 'stroke-dasharray': '2 1.4' }),
};
const CREATED = shape('circle', { cx: 5, cy: 5, r: 4, ...LINE });

/** Ten pixels square, with its upper left corner there. */
export const glyph = (state: string, at: { readonly x: number; readonly y: number } = { x: 0, y: 0 }): Shape =>
  shape(
    'svg',
    { ...at, width: 10, height: 10, viewBox: '0 0 10 10', 'aria-hidden': 'true', class: `glyph ${state}` },
    SHAPES[state] ?? CREATED,
  );
