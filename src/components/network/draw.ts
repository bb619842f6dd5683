/** Draws lanes: other machines outside the host's frame, its card, a bridge as a beam with an arm below each row, containers on pairs of cables; and a way through them. */
import { type Box, box, type Shape, shape, shorten, text } from '../section/shape.ts';
import type { Lane, Station, Topology } from './topology.ts';
import type { Way } from './ways.ts';
import type { NetworkWords } from './words.ts';

const BOX = 40;
const GAP = 10;
/** From one row of containers to the next: the bridge's arm and the cables lie between. */
const ROW = BOX + 20;
const ARM = 10;
const LANE_GAP = 16;
const MOST_DRAWN = 60;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The centre of a thing, the corner that its number stands on, and where its cable leads, up to the bridge. */
interface Spot extends Point {
  readonly left: number;
  readonly top: number;
  readonly cable: readonly Point[];
}

const spot = ({ x, y, width, height }: Box, cable: readonly Point[] = []): Spot => ({
  ...{ x: x + width / 2, y: y + height / 2, left: x, top: y },
  cable,
});

interface Frame {
  readonly width: number;
  readonly isNarrow: boolean;
  readonly beam: number;
  readonly beamWidth: number;
  readonly first: number;
  readonly column: number;
  readonly columns: number;
}

function frameOf(width: number): Frame {
  const isNarrow = width < 520;
  const [beam, beamWidth] = isNarrow ? [12, width - 24] : [236, 132];
  const first = isNarrow ? 30 : beam + beamWidth + 30;
  const room = width - first - 14;
  const columns = Math.max(1, Math.floor((room + GAP) / (116 + GAP)));
  return { width, isNarrow, beam, beamWidth, first, columns, column: Math.min(170, (room - (columns - 1) * GAP) / columns) };
}

export interface Drawn {
  readonly picture: Shape;
  /** Each station, beam, the host's card and rules, and what is outside. */
  readonly places: ReadonlyMap<string, Spot>;
}

function station(one: Station, { x, y }: Point, { column }: Frame): Shape {
  const room = Math.floor(column - 14);
  const port = one.published[0];
  return shape(
    'g',
    { class: one.isRunning ? 'station' : 'station still' },
    box({ x, y, width: column, height: BOX }, 'container'),
    text(x + 8, y + 17, shorten(one.name, port ? room - 62 : room, 7), { class: 'strong' }),
    text(x + 8, y + 32, one.ip, { class: 'mono' }),
    ...(port ? [text(x + column - 8, y + 17, port, { class: 'mono port', anchor: 'end' })] : []),
  );
}

interface LaneShapes {
  /** Beneath the way of a packet, which is beneath the boxes. */
  readonly cables: readonly Shape[];
  readonly boxes: readonly Shape[];
  readonly height: number;
}

function beam(
  lane: Lane,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  words: NetworkWords,
): readonly Shape[] {
  if (lane.kind !== 'bridge' && lane.kind !== 'overlay') {
    const label = lane.kind === 'host' ? words.hostNetwork : lane.kind === 'none' ? words.noNetwork : `${lane.network} (${lane.device})`;
    return [
      box({ x, y, width, height }, lane.kind === 'lan' ? 'lan' : 'open'),
      text(x + 10, y + 17, shorten(label, width - 16, /[가-힣]/.test(label) ? 10 : 6.6), { class: 'strong' }),
    ];
  }
  const title = lane.network === 'bridge' || lane.device === lane.network ? lane.device : `${lane.network}`;
  return [
    box({ x, y, width, height }, 'bridge'),
    text(x + 10, y + 17, shorten(title, width - 16, 7), { class: 'strong' }),
    text(x + 10, y + 32, shorten(lane.address, width - 16, 7), { class: 'mono' }),
    ...(height > 50 && lane.device !== title ? [text(x + 10, y + 47, shorten(lane.device, width - 16, 7), { class: 'mono quiet' })] : []),
  ];
}

/** The bridge's arm below each row, and from it a pair of thin lines into each container: a veth has two ends. */
function cablesOf(
  count: number,
  { frame, top, stationsTop, rows }: { frame: Frame; top: number; stationsTop: number; rows: number },
): readonly Shape[] {
  const { isNarrow, columns, column, first } = frame;
  const from = isNarrow ? frame.beam + 8 : frame.beam + frame.beamWidth;
  return Array.from({ length: rows }, (_, row) => {
    const bottom = stationsTop + row * ROW + BOX;
    const middles = Array.from(
      { length: Math.min(columns, count - row * columns) },
      (_, index) => first + index * (column + GAP) + column / 2,
    );
    const rise = isNarrow ? `M${from} ${top + BOX}V${bottom + ARM}` : `M${from} ${bottom + ARM}`;
    const pairs = middles.map((x) => `M${x - 3} ${bottom + ARM}v${-ARM}M${x + 3} ${bottom + ARM}v${-ARM}`);
    return [
      shape('path', { d: pairs.join(''), class: 'veth' }),
      shape('path', { d: `${rise}H${(middles.at(-1) ?? from) + 3}`, class: 'arm' }),
    ];
  }).flat();
}

function drawLane(lane: Lane, top: number, scene: { frame: Frame; words: NetworkWords; places: Map<string, Spot> }): LaneShapes {
  const { frame, words, places } = scene;
  const { isNarrow, columns, column, first } = frame;
  const shown = lane.stations.slice(0, MOST_DRAWN);
  const rows = Math.max(1, Math.ceil(shown.length / columns));
  const stationsTop = isNarrow ? top + BOX + 18 : top;
  const isPlugged = shown.length > 0 && lane.kind !== 'none' && lane.kind !== 'host';
  const height = rows * ROW - (ROW - BOX) + (isPlugged ? ARM + 2 : 0);
  const beamHeight = isNarrow ? BOX : height;
  const cables = isPlugged ? cablesOf(shown.length, { frame, top, stationsTop, rows }) : [];
  const stations = shown.map((one, index) => {
    const point = { x: first + (index % columns) * (column + GAP), y: stationsTop + Math.floor(index / columns) * ROW };
    const plug = { x: point.x + column / 2, y: point.y + BOX + ARM };
    const riser = frame.beam + 8;
    const cable = isNarrow ? [plug, { x: riser, y: plug.y }, { x: riser, y: top + BOX / 2 }] : [plug];
    if (!places.has(one.id)) places.set(one.id, spot({ ...point, width: column, height: BOX }, isPlugged ? cable : []));
    return station(one, point, frame);
  });
  const arm = { x: frame.beam, y: top, width: isNarrow ? 80 : frame.beamWidth, height: beamHeight };
  places.set(lane.key, spot(arm));
  const rest = lane.stations.length - shown.length;
  return {
    cables,
    boxes: [
      ...beam(lane, { x: frame.beam, y: top, width: frame.beamWidth, height: beamHeight }, words),
      ...stations,
      ...(rest > 0 ? [text(frame.width - 14, stationsTop + height + 12, words.rest(rest), { class: 'quiet', anchor: 'end' })] : []),
    ],
    height: stationsTop - top + (shown.length === 0 && isNarrow ? -18 : height) + (rest > 0 ? 14 : 0),
  };
}

export interface Outside {
  /** The host's card and its address. */
  readonly address: string;
  /** Machines that took part in a way. */
  readonly others: readonly string[];
}

/** From one thing to the next: out by the first one's cable, in by the other's. */
const leg = (from: Spot, to: Spot): string =>
  from === to ? '' : [...from.cable, ...to.cable.toReversed(), to].map(({ x, y }) => `H${x}V${y}`).join('');

/** The numbered way, as far as the picture has its places; a bar with a cross where it stopped. */
function wayShapes(way: Way, places: ReadonlyMap<string, Spot>): { readonly line: readonly Shape[]; readonly marks: readonly Shape[] } {
  const stops = way.steps.flatMap(({ at, isBad }, index) => {
    const point = places.get(at);
    return point ? [{ at, point, number: index + 1, isBad }] : [];
  });
  const joined = stops.filter((stop, index) => stops[index - 1]?.at !== stop.at || stop.isBad);
  const [start] = joined;
  if (!start) return { line: [], marks: [] };
  const path = `M${start.point.x} ${start.point.y}${joined
    .slice(1)
    .map(({ point }, index) => leg(joined[index]?.point ?? point, point))
    .join('')}`;
  const shift = new Map<string, number>();
  const discs = joined.map(({ at, point, number, isBad }) => {
    const by = shift.get(at) ?? 0;
    shift.set(at, by + 22);
    const [x, y] = [point.left + by, point.top - 2];
    if (!isBad)
      return shape(
        'g',
        { class: 'hop' },
        shape('circle', { cx: x, cy: y, r: 9 }),
        text(x, y + 4, String(number), { class: 'mono', anchor: 'middle' }),
      );
    return shape(
      'g',
      { class: 'hop bad' },
      shape('path', { d: `M${x} ${y - 16}v32`, class: 'bar' }),
      shape('path', { d: `M${x} ${y - 11}l11 11l-11 11l-11 -11z` }),
      text(x, y + 4, '✕', { anchor: 'middle' }),
      shape('circle', { cx: x + 22, cy: y, r: 9 }),
      text(x + 22, y + 4, String(number), { class: 'mono', anchor: 'middle' }),
    );
  });
  const packet = shape('path', { d: 'M0 -7L7 0L0 7L-7 0Z', class: 'packet', style: `offset-path:path("${path}");--hops:${joined.length}` });
  return { line: [shape('path', { d: path, class: way.stoppedAt > 0 ? 'way bad' : 'way' })], marks: [packet, ...discs] };
}

/** The picture at that width. */
export function drawNetwork(
  topology: Topology,
  { width, words, outside, way }: { width: number; words: NetworkWords; outside: Outside; way: Way | null },
): Drawn {
  const frame = frameOf(width);
  const places = new Map<string, Spot>();
  const cables: Shape[] = [];
  const shapes: Shape[] = [];
  const frameTop = frame.isNarrow && outside.others.length > 0 ? 62 : 16;
  let top = frameTop + (frame.isNarrow ? 62 : 26);
  for (const lane of topology.lanes) {
    const drawn = drawLane(lane, top, { frame, words, places });
    cables.push(...drawn.cables);
    shapes.push(...drawn.boxes);
    top += drawn.height + LANE_GAP;
  }
  const isBeside = !frame.isNarrow && outside.others.length > 0;
  const height = Math.max(top + 2, frameTop + (isBeside ? 98 + outside.others.length * (BOX + GAP) : 110));
  const left = frame.isNarrow ? 2 : 104;
  const card = frame.isNarrow
    ? { x: 12, y: frameTop + 14, width: 150, height: BOX - 4 }
    : { x: left - 82, y: frameTop + 30, width: 110, height: BOX };
  const table = frame.isNarrow
    ? { x: width - 152, y: frameTop + 14, width: 140, height: BOX - 4 }
    : { x: 142, y: frameTop + 30, width: 78, height: BOX };
  const first = { x: 10, y: frame.isNarrow ? 11 : frameTop + 98, width: frame.isNarrow ? 120 : 93, height: BOX - 4 };
  places.set('card', spot(card));
  places.set('host', spot(table));
  places.set('outside', spot(first));
  const other = outside.others.map((name, index) => {
    const at = { ...first, ...(frame.isNarrow ? { x: first.x + index * 128 } : { y: first.y + index * (BOX + GAP) }) };
    return shape('g', {}, box(at, 'other'), text(at.x + 2, at.y + 22, shorten(name, at.width - 2, 6.9), { class: 'mono' }));
  });
  const name = words.picture(
    new Set(topology.lanes.flatMap(({ stations }) => stations.map(({ id }) => id))).size,
    topology.lanes.filter(({ kind }) => kind === 'bridge').length,
  );
  const tag = words.host.length * 7.2 + 12;
  // The way lies beneath the boxes, so that it covers no name; its numbers lie on top.
  const drawn = way ? wayShapes(way, places) : { line: [], marks: [] };
  const picture = shape(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': name, class: 'pic network' },
    box({ x: left, y: frameTop, width: width - left - 2, height: height - frameTop - 2 }, 'host'),
    box({ x: width - tag - 14, y: frameTop - 8, width: tag, height: 16 }, 'patch'),
    text(width - tag - 8, frameTop + 4, words.host, { class: 'strong' }),
    ...cables,
    ...drawn.line,
    ...shapes,
    box(card, 'plain'),
    text(card.x + 8, card.y + 16, 'eth0', { class: 'mono strong' }),
    text(card.x + 8, card.y + 30, shorten(outside.address, card.width - 10, 6.9), { class: 'mono' }),
    box(table, 'plain'),
    shape('path', {
      d: `M${table.x + 4} ${table.y}v${table.height}M${table.x + table.width - 4} ${table.y}v${table.height}`,
      class: 'table',
    }),
    text(table.x + 10, table.y + 17, words.rules, { class: 'strong' }),
    text(table.x + 10, table.y + 31, words.routes, { class: 'mono quiet' }),
    ...other,
    ...drawn.marks,
  );
  return { picture, places };
}
