/** Draws stacks as plates, and beside them the chosen layer's files, the whole as it is seen from above, or one file through all layers. */
import { breakable } from '../page/breakable.ts';
import { element } from '../page/element.ts';
import { sizeText } from '../page/size.ts';
import type { Deed } from '../provenance/view-model.ts';
import type { DiffLine } from './diff.ts';
import {
  type ChangedFile,
  changesOf,
  folderFromAbove,
  hiddenBytes,
  type Layer,
  type Plate,
  platesOf,
  type Stack,
  totalsOf,
  versionsOf,
} from './view-model.ts';
import type { LayersWords } from './words.ts';

/** Where a reader looks. */
export interface Gaze {
  readonly stack: number;
  readonly layer: number;
  /** A folder seen from above; null: what the layer does. */
  readonly folder: string | null;
  readonly file: string | null;
}

export interface Scene {
  readonly stacks: readonly Stack[];
  /** How many stand on the same layers and are not drawn. */
  readonly more: number;
  readonly gaze: Gaze;
  readonly show: ReadonlySet<string>;
  readonly words: LayersWords;
  readonly look: (gaze: Partial<Gaze>) => void;
  /** What was there when it was last drawn: the rest is new. */
  readonly known: ReadonlySet<string>;
  /** The command that made a layer; undefined if nobody knows. */
  readonly makerOf: (layer: Layer) => Deed | undefined;
  /** The instant of the deed that a reader looks at, wherever on the page; null for none. */
  readonly deedNs: string | null;
  readonly choose: (deed: Deed) => void;
}

/** A layer of which a tenth or more is hidden says so. */
const WORTH_A_WORD = 10;

const titleOf = ({ kind, madeBy }: Layer, words: LayersWords): HTMLElement =>
  kind === 'writable' ? element('span', { class: 'name' }, words.writable) : element('code', { translate: 'no' }, madeBy || words.unknown);

/** Who stands on it, or whose it is. */
function whose({ layer, from, to }: Plate, { stacks, words }: Scene): string {
  const names = stacks.slice(from, to + 1).map(({ name }) => name);
  if (layer.kind === 'writable') return words.ofContainer(names.join(', '));
  return stacks.length === 1 ? '' : names.length > 1 ? words.shared(names.join(', ')) : words.only(names.join(', '));
}

function plate(one: Plate, scene: Scene, most: number): HTMLElement {
  const { layer, row, from, to } = one;
  const { gaze, look, words, show, stacks, known, deedNs } = scene;
  const isChosen = stacks[gaze.stack]?.layers[gaze.layer]?.key === layer.key;
  const why = whose(one, scene);
  const hidden = hiddenBytes(stacks[from]?.layers ?? [])[row] ?? 0;
  const share = Math.max(1, Math.round((layer.sizeBytes / most) * 100));
  return element(
    'button',
    {
      ...{ type: 'button', 'aria-pressed': String(isChosen), 'data-key': `plate:${layer.key}` },
      class: `plate ${layer.kind}${known.has(`plate:${layer.key}`) || known.size === 0 ? '' : ' new'}${deedNs !== null && scene.makerOf(layer)?.atNs === deedNs ? ' made' : ''}`,
      style: `grid-column:${from + 1} / ${to + 2};grid-row:${-row - 2}`,
      click: () => look({ stack: from, layer: row, folder: null, file: null }),
    },
    titleOf(layer, words),
    element('span', { class: 'size' }, sizeText(layer.sizeBytes)),
    ...(show.has('sizes') ? [element('span', { class: 'bar', style: `--share:${share}%`, 'aria-hidden': 'true' })] : []),
    ...(why === '' ? [] : [element('span', { class: 'why' }, why)]),
    ...(hidden * WORTH_A_WORD >= layer.sizeBytes && hidden > 0
      ? [element('span', { class: 'why lost' }, words.hidden(sizeText(hidden)))]
      : []),
  );
}

function stack(scene: Scene): HTMLElement {
  const { stacks, words, more } = scene;
  const plates = platesOf(stacks);
  const rows = Math.max(...stacks.map(({ layers }) => layers.length));
  const most = Math.max(1, ...plates.map(({ layer }) => layer.sizeBytes));
  // A reader who steps through them goes from the top down.
  const drawn = [...plates].sort((a, b) => b.row - a.row || a.from - b.from).map((one) => plate(one, scene, most));
  const names =
    stacks.length > 1
      ? [
          element(
            'div',
            { class: 'names', style: `--columns:${stacks.length}` },
            ...stacks.map(({ name }) => element('b', { translate: 'no' }, name)),
          ),
        ]
      : [];
  return element(
    'div',
    { class: 'stacks' },
    ...names,
    element(
      'div',
      { class: 'stack', role: 'group', 'aria-label': words.stack, style: `--columns:${stacks.length};--rows:${rows}` },
      ...drawn,
    ),
    ...(more > 0 ? [element('p', { class: 'dd-small' }, words.more(more))] : []),
    ...(scene.show.has('sizes') ? [sums(scene)] : []),
  );
}

function sums({ stacks, words }: Scene): HTMLElement {
  const { sumBytes, onDiskBytes, hiddenBytes: lost } = totalsOf(stacks);
  const line = (label: string, bytes: number, name: string): readonly HTMLElement[] => [
    element('dt', {}, label),
    element(
      'dd',
      { class: name },
      element('i', { style: `--share:${Math.round((bytes / Math.max(1, sumBytes)) * 100)}%`, 'aria-hidden': 'true' }),
      element('span', { class: 'dd-mono' }, sizeText(bytes)),
    ),
  ];
  return element(
    'dl',
    { class: 'sums' },
    ...(stacks.length > 1 ? line(words.sum, sumBytes, 'sum') : []),
    ...line(words.onDisk, onDiskBytes, 'disk'),
    ...line(words.hiddenLabel, lost, 'lost'),
  );
}

const origin = (layer: Layer | undefined, words: LayersWords): HTMLElement =>
  element('span', { class: `origin ${layer?.kind ?? 'image'}` }, layer?.kind === 'writable' ? words.writable : (layer?.madeBy ?? ''));

function changedFile({ path, change, type, sizeBytes }: ChangedFile, { look, words, known }: Scene): HTMLElement {
  const key = `file:${path}:${change}`;
  const name = element(change === 'D' ? 's' : 'span', {}, ...breakable(`${path}${type === 'directory' ? '/' : ''}`));
  const note =
    change === 'D'
      ? words.whiteout
      : change === 'C'
        ? `${words.copied}, ${sizeText(sizeBytes)}`
        : type === 'file'
          ? sizeText(sizeBytes)
          : '';
  return element(
    'li',
    { class: known.has(key) || known.size === 0 ? '' : 'new' },
    element('abbr', { class: `change ${change}`, title: words.changes[change] }, change),
    element('button', { type: 'button', class: 'file', 'data-key': key, click: () => look({ file: path }) }, name),
    element('span', { class: 'note' }, note),
  );
}

const MOST_FILES = 200;

function layerFiles(scene: Scene): readonly HTMLElement[] {
  const { stacks, gaze, words } = scene;
  const done = changesOf(stacks[gaze.stack]?.layers ?? [], gaze.layer);
  if (done.length === 0) return [element('p', { class: 'dd-quiet' }, words.nothingDone)];
  const more = done.length > MOST_FILES ? [element('li', { class: 'dd-small' }, `+ ${done.length - MOST_FILES}`)] : [];
  const list = done.slice(0, MOST_FILES).map((one) => changedFile(one, scene));
  return [
    element(
      'ul',
      { class: 'files', translate: 'no', 'data-scroll': 'files', tabindex: '0', 'aria-label': words.thisLayer },
      ...list,
      ...more,
    ),
  ];
}

function fromAbove(scene: Scene): readonly HTMLElement[] {
  const { stacks, gaze, words, look } = scene;
  const layers = stacks[gaze.stack]?.layers ?? [];
  const folder = gaze.folder ?? '/';
  const entries = folderFromAbove(layers, folder).map((entry) => {
    const isFolder = entry.type === 'directory';
    return element(
      'li',
      {},
      element('span', { class: 'change' }),
      element(
        'button',
        {
          ...{ type: 'button', class: 'file', 'data-key': `seen:${entry.path}` },
          click: () => look(isFolder ? { folder: entry.path } : { file: entry.path }),
        },
        `${entry.name}${isFolder ? '/' : ''}`,
      ),
      origin(layers[entry.index], words),
    );
  });
  const up = element(
    'button',
    { type: 'button', class: 'dd-btn small', 'data-key': 'up', click: () => look({ folder: folder.replace(/\/[^/]*$/, '') || '/' }) },
    words.up,
  );
  return [
    element('p', { class: 'path' }, element('code', {}, folder), ...(folder === '/' ? [] : [up])),
    element('ul', { class: 'files', translate: 'no', 'data-scroll': 'files', tabindex: '0', 'aria-label': words.above }, ...entries),
  ];
}

/** One file, the uppermost layer first, with what each says; differences come when their bytes are there. */
export type Compared = { readonly lines: readonly DiffLine[] } | { readonly note: string };

export function drawVersions(scene: Scene, compared: readonly (Compared | null)[]): readonly HTMLElement[] {
  const { stacks, gaze, words, look } = scene;
  const layers = stacks[gaze.stack]?.layers ?? [];
  const path = gaze.file ?? '';
  const versions = versionsOf(layers, path);
  const items = versions
    .map(({ index, file }, order) => {
      const layer = layers[index];
      const one = compared[order];
      const lines = one && 'lines' in one ? one.lines : [];
      const diff = lines.map(({ sign, text }) =>
        element('span', { class: sign === '+' ? 'added' : sign === '-' ? 'gone' : 'same' }, `${sign} ${text}\n`),
      );
      return element(
        'li',
        {},
        element(
          'div',
          { class: 'version' },
          origin(layer, words),
          element('span', { class: 'note' }, file.type === 'whiteout' ? words.whiteout : sizeText(file.sizeBytes)),
        ),
        ...(one && 'note' in one ? [element('p', { class: 'dd-small' }, one.note)] : []),
        ...(diff.length > 0
          ? [
              element(
                'pre',
                { class: 'lines', tabindex: '0', role: 'region', 'aria-label': `${path} ${order + 1}`, translate: 'no' },
                ...diff,
              ),
            ]
          : []),
      );
    })
    .reverse();
  return [
    element(
      'p',
      { class: 'path' },
      element('b', {}, words.versions(path)),
      element('button', { type: 'button', class: 'dd-btn small', 'data-key': 'back', click: () => look({ file: null }) }, words.back),
    ),
    element('ol', { class: 'versions' }, ...items),
  ];
}

/** The command that made the chosen layer; pressed, the page shows what else it made. */
function maker({ stacks, gaze, words, makerOf, deedNs, choose }: Scene): readonly HTMLElement[] {
  const layer = stacks[gaze.stack]?.layers[gaze.layer];
  const deed = layer && makerOf(layer);
  if (!deed) return [];
  const press = element(
    'button',
    { type: 'button', class: 'maker', 'data-key': 'maker', 'aria-pressed': String(deed.atNs === deedNs), click: () => choose(deed) },
    element('code', { translate: 'no' }, deed.command),
  );
  return [element('p', { class: 'dd-small' }, `${words.madeBy} `, press)];
}

function tabs({ gaze, words, look }: Scene): HTMLElement {
  const tab = (label: string, isOn: boolean, to: Partial<Gaze>): HTMLElement =>
    element(
      'button',
      {
        type: 'button',
        class: 'dd-btn small',
        'aria-pressed': String(isOn),
        'data-key': `tab:${label}`,
        click: () => look({ file: null, ...to }),
      },
      label,
    );
  return element(
    'div',
    { class: 'dd-choices' },
    tab(words.thisLayer, gaze.folder === null, { folder: null }),
    tab(words.above, gaze.folder !== null, { folder: '/' }),
  );
}

export function drawLayers(scene: Scene, compared: readonly (Compared | null)[]): HTMLElement {
  const { gaze, show } = scene;
  if (!show.has('files')) return element('div', { class: 'layers' }, stack(scene));
  const side =
    gaze.file !== null && show.has('diff') ? drawVersions(scene, compared) : gaze.folder === null ? layerFiles(scene) : fromAbove(scene);
  return element('div', { class: 'layers split' }, stack(scene), element('div', { class: 'side' }, tabs(scene), ...maker(scene), ...side));
}
