/**
 * `docker images` as Docker 29 prints it: a line for each name, with what an image takes on disk and what of it can be fetched again;
 * expanded, the platforms of each image below it. Upstream: docker/cli cli/command/image/tree.go.
 */
import type { ImageSummary, ManifestSummary } from '../../api-types/index.ts';
import type { Output } from '../output.ts';
import { isDangling } from './images.ts';
import { padTo } from './tabs.ts';
import { byBytes, truncateId } from './text.ts';
import { humanSize } from './units.ts';

const UNTAGGED = '<untagged>';
const GAP = '   ';
const ID_COLUMNS = 12;
const EXTRA_COLUMNS = 5;
/** Go counts bytes here: a branch is seven of them. */
const BRANCH_BYTES = 7;
/** A column goes rather than that names have less. */
const NARROWEST_NAME = 12;

interface Details {
  readonly id: string;
  readonly diskUsage: string;
  readonly contentSize: string;
  readonly inUse: boolean;
}
interface Child extends Details {
  readonly platform: string;
  readonly available: boolean;
}
interface Top extends Details {
  readonly names: readonly string[];
  readonly children: readonly Child[];
}

export function imageTree(images: readonly ImageSummary[], options: { expanded: boolean; out: Output; plain: boolean }): string {
  const tops = images.map(topOf).sort(byName);
  const rows = options.expanded
    ? tops
    : tops.flatMap((top) => top.names.map((name) => ({ ...top, names: [name], children: [] }))).sort(byName);
  const style = options.out.isTerminal && !options.plain ? ANSI : PLAIN;
  const columns = layout(rows, options);
  const head = [style.head(padTo('IMAGE', columns.name)), style.head(padTo('ID', ID_COLUMNS)), ...columns.heads.map(style.head)].join(GAP);
  const legend = options.out.isTerminal ? `${style.legend(options.out.stream.size().columns)}\n` : '';
  return `${legend}${head}\n${rows.map((row) => showTop(row, { columns, style, expanded: options.expanded })).join('')}`;
}

interface Layout {
  readonly name: number;
  readonly heads: readonly string[];
  readonly cells: (details: Details) => readonly string[];
}

/** Columns from the right go when a terminal is too narrow for them. */
function layout(rows: readonly Top[], options: { out: Output }): Layout {
  const widest = Math.max(
    'IMAGE'.length,
    ...rows.flatMap((row) => [
      ...row.names.map((name) => name.length),
      ...row.children.map(({ platform }) => platform.length + BRANCH_BYTES),
    ]),
  );
  const all = [
    { head: 'DISK USAGE', cell: ({ diskUsage }: Details) => diskUsage.padStart(10) },
    { head: 'CONTENT SIZE', cell: ({ contentSize }: Details) => contentSize.padStart(12) },
    { head: 'EXTRA', cell: ({ inUse }: Details) => (inUse ? 'U' : '') },
  ];
  if (!options.out.isTerminal)
    return { name: widest, heads: all.map(({ head }) => head), cells: (details) => all.map(({ cell }) => cell(details)) };
  let left = Math.max(20, options.out.stream.size().columns) - ID_COLUMNS - GAP.length;
  const shown: typeof all = [];
  for (const column of all) {
    const width = column.head.length + GAP.length;
    if (left - width < NARROWEST_NAME) break;
    left -= width;
    shown.push(column);
  }
  return { name: Math.min(left, widest), heads: shown.map(({ head }) => head), cells: (details) => shown.map(({ cell }) => cell(details)) };
}

interface Look {
  readonly columns: Layout;
  readonly style: Style;
  readonly expanded: boolean;
}

function showTop(top: Top, look: Look): string {
  const { columns, style, expanded } = look;
  const others = top.names.slice(0, -1).map((name) => `${style.name(padTo(name, columns.name))}\n`);
  const last = top.names.at(-1) ?? UNTAGGED;
  const gap = last.length > columns.name ? `\n${' '.repeat(columns.name)}${GAP}` : GAP;
  const line = `${style.name(padTo(last, columns.name))}${gap}${showDetails(top, look)}\n`;
  const children = top.children.map((child, i) => {
    const branch = i === top.children.length - 1 ? '└─ ' : '├─ ';
    return `${style.name(padTo(branch + child.platform, columns.name), { child: true, dim: !child.available })}${GAP}${showDetails(child, look, !child.available)}\n`;
  });
  return [...others, line, ...children, expanded ? '\n' : ''].join('');
}

function showDetails(details: Details, { columns, style }: Look, dim = false): string {
  const cells = columns.cells(details).map((cell, i) => (columns.heads[i] === 'EXTRA' ? style.use(details.inUse) : style.cell(cell, dim)));
  return [style.cell(padTo(truncateId(details.id), ID_COLUMNS), dim), ...cells].join(GAP);
}

function topOf(image: ImageSummary): Top {
  const manifests = image.Manifests ?? [];
  const children = manifests.filter(({ Kind }) => Kind === 'image').map(childOf);
  const content = manifests.reduce((sum, { Size, Kind }) => (Kind === 'image' ? sum + Size.Content : sum), 0);
  const names = isDangling(image) || (image.RepoTags ?? []).length === 0 ? [UNTAGGED] : [...(image.RepoTags ?? [])].sort(byBytes);
  return {
    id: image.Id,
    names,
    children,
    diskUsage: humanSize(image.Size, 3),
    contentSize: humanSize(content, 3),
    inUse: children.some(({ inUse }) => inUse),
  };
}

function childOf({ ID, Size, ImageData, Available }: ManifestSummary): Child {
  const { os = '', architecture = '', variant } = ImageData?.Platform ?? {};
  return {
    id: ID,
    available: Available,
    platform: [os, architecture, ...(variant === undefined || variant === '' ? [] : [variant])].join('/'),
    diskUsage: humanSize(Size.Total, 3),
    contentSize: humanSize(Size.Content, 3),
    inUse: (ImageData?.Containers ?? []).length > 0,
  };
}

/** Untagged ones come last. */
function byName(a: Top, b: Top): number {
  const [left = '', right = ''] = [a.names[0], b.names[0]];
  if ((left === UNTAGGED) !== (right === UNTAGGED)) return left === UNTAGGED ? 1 : -1;
  return byBytes(left, right);
}

interface Style {
  head(text: string): string;
  name(text: string, options?: { child: boolean; dim: boolean }): string;
  cell(text: string, dim: boolean): string;
  use(on: boolean): string;
  legend(columns: number): string;
}
const same = (text: string): string => text;
const extra = (on: boolean): string => (on ? 'U' : ' ').padEnd(EXTRA_COLUMNS);
const rightAligned = (text: string, columns: number): string => ' '.repeat(Math.max(0, columns - 'i Info →   U  In Use'.length)) + text;
const PLAIN: Style = {
  head: same,
  name: same,
  cell: same,
  use: extra,
  legend: (columns) => `${' '.repeat(Math.max(0, columns - 'Info ->  U In Use'.length))}Info ->  U In Use`,
};
const CHIP = '\x1b[38;5;0m\x1b[48;5;14m U \x1b[0m';
/** Escapes stand around the text of a cell only, not around the blanks that pad it. */
const around = (codes: string, text: string): string => text.replace(/\S(.*\S)?/, (inner) => `${codes}${inner}\x1b[0m`);
const ANSI: Style = {
  head: (text) => around('\x1b[39m\x1b[1m', text),
  name: (text, options) => around(options === undefined ? '\x1b[34m\x1b[1m' : `\x1b[39m${options.dim ? '\x1b[2m' : ''}`, text),
  cell: (text, dim) => around(`\x1b[39m${dim ? '\x1b[2m' : ''}`, text),
  use: (on) => (on ? `${CHIP}  ` : ' '.repeat(EXTRA_COLUMNS)),
  legend: (columns) => rightAligned(`\x1b[1m\x1b[106m\x1b[30mi\x1b[0m\x1b[0m \x1b[96mInfo → \x1b[0m\x1b[0m ${CHIP} In Use`, columns),
};
