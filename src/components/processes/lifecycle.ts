/**
 * The states of a container and the ways between them, as a picture: where each state stands at a width, how each way runs, and what it is
 * called. What is inside the frame is what `docker ps` lists. No DOM.
 */
import type { Box } from '../section/shape.ts';
import type { Action } from './view-model.ts';

/** Docker's states, and what stands before and after them. */
export type Station = 'image' | 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'removing' | 'dead' | 'removed';

export interface Way {
  readonly name: string;
  /** What a hand can do about it; without, it comes by itself or by another command. */
  readonly action?: Action;
  readonly from: readonly Station[];
  /** Where it leads. */
  readonly to: Station;
  /** As an SVG path; ways that share one have it once. */
  readonly path: string;
  readonly isBoth?: boolean;
  readonly label: { readonly x: number; readonly y: number };
}

export interface Lifecycle {
  readonly width: number;
  readonly height: number;
  readonly stations: ReadonlyMap<Station, Box>;
  readonly frame: Box;
  readonly ways: readonly Way[];
  /** Arrows that say which way the names beside them go, where there is no room beside the ways themselves. */
  readonly signs: readonly { readonly text: string; readonly x: number; readonly y: number }[];
}

const HEIGHT = 46;
const NARROW = 600;

/** Places and paths that both layouts fill in. */
interface Plan {
  readonly boxes: Readonly<Record<Station, Box>>;
  readonly frame: Box;
  readonly paths: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, readonly [x: number, y: number]>>;
  readonly height: number;
  readonly signs?: Lifecycle['signs'];
}

const WAYS: readonly Omit<Way, 'path' | 'label'>[] = [
  { name: 'create', from: ['image'], to: 'created' },
  { name: 'run', from: ['image'], to: 'running' },
  { name: 'start', action: 'start', from: ['created'], to: 'running' },
  { name: 'pause', action: 'pause', from: ['running'], to: 'paused' },
  { name: 'unpause', action: 'unpause', from: ['paused'], to: 'running' },
  { name: '--restart', from: ['running', 'restarting'], to: 'restarting', isBoth: true },
  { name: 'exit', from: ['running'], to: 'exited' },
  { name: 'stop', action: 'stop', from: ['running', 'paused', 'restarting'], to: 'exited' },
  { name: 'kill', action: 'kill', from: ['running', 'paused', 'restarting'], to: 'exited' },
  { name: 'restart', action: 'restart', from: ['running', 'paused'], to: 'running' },
  { name: 'start', action: 'start', from: ['exited'], to: 'running' },
  { name: 'rm', action: 'rm', from: ['created'], to: 'removing' },
  { name: 'rm', action: 'rm', from: ['exited'], to: 'removing' },
  { name: '', from: ['removing'], to: 'removed' },
  { name: 'fails', from: ['removing'], to: 'dead' },
  { name: 'rm', action: 'rm', from: ['dead'], to: 'removed' },
];

const keyOf = ({ name, from, to }: Pick<Way, 'name' | 'from' | 'to'>): string =>
  name === 'start' || name === 'rm' ? `${name} ${from[0]}` : name === '' ? to : name;

/** Ways that are one line, told apart by their names beside it. */
const SHARED: Readonly<Record<string, string>> = { stop: 'exit', kill: 'exit' };

const middle = ({ x, width }: Box): number => x + width / 2;
const level = ({ y, height }: Box): number => y + height / 2;
const right = ({ x, width }: Box): number => x + width;
const bottom = ({ y, height }: Box): number => y + height;

function wide(width: number): Plan {
  const boxWidth = Math.min(150, (width - 16 - 3 * 84) / 4);
  const step = (width - 16 - boxWidth) / 3;
  const at = (column: number, y: number): Box => ({ x: 1 + column * step, y, width: boxWidth, height: HEIGHT });
  const boxes = {
    ...{ image: at(0, 58), created: at(1, 58), running: at(2, 58), paused: at(3, 58), restarting: at(3, 144) },
    ...{ dead: at(0, 190), removed: at(0, 288), removing: at(1, 288), exited: at(2, 288) },
  };
  const { image, created, running, paused, restarting, exited, removing, removed, dead } = boxes;
  const frame = { x: running.x - 16, y: 34, width: right(paused) - running.x + 31, height: 170 };
  const [down, up, aside] = [middle(running) - 24, middle(running) + 14, right(running) - 12];
  const gap = (left: Box, other: Box): number => (right(left) + other.x) / 2;
  const y = level(running);
  return {
    ...{ boxes, frame, height: bottom(exited) + 3 },
    paths: {
      create: `M${right(image)} ${y}H${created.x}`,
      run: `M${middle(image)} ${image.y}V12H${middle(running) - 24}V${running.y}`,
      'start created': `M${right(created)} ${y}H${running.x}`,
      pause: `M${right(running)} ${y - 14}H${paused.x}`,
      unpause: `M${paused.x} ${y + 14}H${right(running)}`,
      '--restart': `M${aside} ${bottom(running)}V${level(restarting)}H${restarting.x}`,
      exit: `M${down} ${bottom(frame)}V${exited.y}`,
      restart: `M${down} ${exited.y - 12}H${up}`,
      'start exited': `M${up} ${exited.y}V${bottom(running)}`,
      'rm created': `M${middle(created)} ${bottom(created)}V${removing.y}`,
      'rm exited': `M${exited.x} ${level(exited)}H${right(removing)}`,
      removed: `M${removing.x} ${level(removing)}H${right(removed)}`,
      fails: `M${middle(removing) - 24} ${removing.y}V${level(dead)}H${right(dead)}`,
      'rm dead': `M${middle(dead)} ${bottom(dead)}V${removed.y}`,
    },
    labels: {
      create: [gap(image, created), y],
      run: [middle(created), 12],
      'start created': [gap(created, running) - 6, y],
      pause: [gap(running, paused), y - 14],
      unpause: [gap(running, paused), y + 14],
      '--restart': [(aside + restarting.x) / 2 + 4, level(restarting)],
      exit: [down - 26, bottom(frame) + 13],
      stop: [down - 32, bottom(frame) + 36],
      kill: [down - 29, bottom(frame) + 64],
      'start exited': [up + 35, bottom(frame) + 22],
      restart: [up + 42, bottom(frame) + 64],
      'rm created': [middle(created), 166],
      'rm exited': [gap(removing, exited), level(exited)],
      fails: [(right(dead) + middle(removing) - 24) / 2 + 4, level(dead)],
      'rm dead': [middle(dead), (bottom(dead) + removed.y) / 2],
    },
  };
}

function narrow(width: number): Plan {
  const boxWidth = Math.min(150, (width - 38 - 90) / 2);
  const [left, other] = [9, width - 27 - boxWidth];
  const at = (x: number, y: number): Box => ({ x, y, width: boxWidth, height: HEIGHT });
  const boxes = {
    ...{ image: at(left, 2), created: at(other, 2), running: at(left, 130), paused: at(other, 130), restarting: at(other, 208) },
    ...{ exited: at(left, 364), removing: at(other, 364), dead: at(left, 452), removed: at(other, 452) },
  };
  const { image, created, running, paused, restarting, exited, removing, removed, dead } = boxes;
  const frame = { x: 1, y: 112, width: width - 18, height: 154 };
  const [down, up, aside, edge] = [middle(running) - 16, middle(running) + 16, right(running) - 10, width - 5];
  const gap = (right(running) + paused.x) / 2;
  const y = level(running);
  return {
    ...{ boxes, frame, height: bottom(dead) + 3 },
    paths: {
      create: `M${right(image)} ${level(image)}H${created.x}`,
      run: `M${middle(image) - 16} ${bottom(image)}V${running.y}`,
      'start created': `M${created.x + 16} ${bottom(created)}V78H${middle(running) + 16}V${running.y}`,
      pause: `M${right(running)} ${y - 15}H${paused.x}`,
      unpause: `M${paused.x} ${y + 15}H${right(running)}`,
      '--restart': `M${aside} ${bottom(running)}V${level(restarting)}H${restarting.x}`,
      exit: `M${down} ${bottom(frame)}V${exited.y}`,
      restart: `M${down} ${exited.y - 12}H${up}`,
      'start exited': `M${up} ${exited.y}V${bottom(running)}`,
      'rm created': `M${right(created)} ${level(created)}H${edge}V${level(removing)}H${right(removing)}`,
      'rm exited': `M${right(exited)} ${level(exited)}H${removing.x}`,
      removed: `M${middle(removing) + 16} ${bottom(removing)}V${removed.y}`,
      fails: `M${removing.x + 16} ${bottom(removing)}V432H${middle(dead)}V${dead.y}`,
      'rm dead': `M${right(dead)} ${level(dead)}H${removed.x}`,
    },
    labels: {
      create: [gap, level(image)],
      run: [middle(image) - 16, 92],
      'start created': [gap, 78],
      pause: [gap, y - 15],
      unpause: [gap, y + 15],
      '--restart': [(aside + restarting.x) / 2 + 2, level(restarting)],
      exit: [gap - 26, bottom(frame) + 27],
      stop: [gap + 22, bottom(frame) + 27],
      kill: [gap + 74, bottom(frame) + 27],
      'start exited': [gap - 14, bottom(frame) + 68],
      restart: [gap + 54, bottom(frame) + 68],
      'rm created': [edge - 14, 88],
      'rm exited': [gap, level(exited)],
      fails: [gap, 432],
      'rm dead': [gap, level(dead)],
    },
    signs: [
      { text: '↓', x: gap - 58, y: bottom(frame) + 31 },
      { text: '↑', x: gap - 58, y: bottom(frame) + 72 },
    ],
  };
}

export function lifecycleAt(width: number): Lifecycle {
  const { boxes, frame, paths, labels, height, signs = [] } = width < NARROW ? narrow(width) : wide(width);
  const ways = WAYS.map((way): Way => {
    const key = keyOf(way);
    const [x, y] = labels[key] ?? [0, 0];
    return { ...way, path: paths[SHARED[key] ?? key] ?? '', label: { x, y } };
  });
  return { width, height, stations: new Map(Object.entries(boxes) as [Station, Box][]), frame, ways, signs };
}
