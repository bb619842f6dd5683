/**
 * What `<Layers>` shows: stacks of layers, what each says about the ones below, what is seen from above, and what nobody sees any
 * more but the disk keeps. Pure: pictures and the text twin are drawn from here.
 */
export interface LayerFile {
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'whiteout' | 'other';
  readonly sizeBytes: number;
  readonly mode: number;
  readonly target?: string;
  /** A directory that hides all that is below it. */
  readonly isOpaque?: boolean;
}

export interface Layer {
  /** Equal for the same layer on the same layers. */
  readonly key: string;
  readonly kind: 'image' | 'writable';
  /** The line of the Dockerfile, or empty. */
  readonly madeBy: string;
  readonly sizeBytes: number;
  /** Sorted by path. */
  readonly files: readonly LayerFile[];
}

/** An image or a container. */
export interface Stack {
  readonly name: string;
  /** The lowest first. */
  readonly layers: readonly Layer[];
}

/** A plate of the picture: in rows from the ground up, over neighbouring stacks that share it. */
export interface Plate {
  readonly layer: Layer;
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/** Which stand on the same layers stand side by side; a layer that neighbours share is one plate. */
export function platesOf(stacks: readonly Stack[]): readonly Plate[] {
  const plates: Plate[] = [];
  const highest = Math.max(0, ...stacks.map(({ layers }) => layers.length));
  for (let row = 0; row < highest; row++)
    for (let from = 0; from < stacks.length; ) {
      const layer = stacks[from]?.layers[row];
      let to = from;
      while (layer && stacks[to + 1]?.layers[row]?.key === layer.key) to++;
      if (layer) plates.push({ layer, row, from, to });
      from = to + 1;
    }
  return plates;
}

/** Stacks with the same ground next to each other. */
export const inOrder = (stacks: readonly Stack[]): readonly Stack[] =>
  [...stacks].sort((a, b) => {
    const [one, other] = [a, b].map(({ layers }) =>
      layers
        .filter(({ kind }) => kind === 'image')
        .map(({ key }) => key)
        .join(),
    );
    return (one ?? '') < (other ?? '') ? -1 : (one ?? '') > (other ?? '') ? 1 : 0;
  });

/** Added, changed (copied up whole), or deleted (hidden by a whiteout): what a layer does to what is below. */
export type Change = 'A' | 'C' | 'D';

export interface ChangedFile {
  readonly path: string;
  readonly change: Change;
  readonly type: LayerFile['type'];
  readonly sizeBytes: number;
}

type Seen = ReadonlyMap<string, { readonly file: LayerFile; readonly index: number }>;

const isBelow = (path: string, directory: string): boolean => path.startsWith(`${directory}/`);

/** What the layers up to and with `count` show together. */
export function seenFromAbove(layers: readonly Layer[], count = layers.length): Seen {
  const seen = new Map<string, { file: LayerFile; index: number }>();
  const hide = (path: string, alsoItself: boolean): void => {
    for (const known of [...seen.keys()]) if (isBelow(known, path) || (alsoItself && known === path)) seen.delete(known);
  };
  layers.slice(0, count).forEach(({ files }, index) => {
    for (const file of files) {
      if (file.type === 'whiteout') hide(file.path, true);
      else if (file.isOpaque || (file.type !== 'directory' && seen.get(file.path)?.file.type === 'directory')) hide(file.path, false);
    }
    for (const file of files) if (file.type !== 'whiteout') seen.set(file.path, { file, index });
  });
  return seen;
}

const sameDirectory = (a: LayerFile | undefined, b: LayerFile): boolean =>
  a?.type === 'directory' && b.type === 'directory' && a.mode === b.mode && !b.isOpaque;

/** What a layer does; directories that only lead to it are left out. */
export function changesOf(layers: readonly Layer[], index: number): readonly ChangedFile[] {
  const below = seenFromAbove(layers, index);
  return (layers[index]?.files ?? []).flatMap((file): readonly ChangedFile[] => {
    const was = below.get(file.path)?.file;
    if (sameDirectory(was, file)) return [];
    const change: Change = file.type === 'whiteout' ? 'D' : was ? 'C' : 'A';
    return [{ path: file.path, change, type: file.type, sizeBytes: file.type === 'whiteout' ? (was?.sizeBytes ?? 0) : file.sizeBytes }];
  });
}

/** A directory of the whole, seen from above. */
export interface Entry {
  readonly path: string;
  readonly name: string;
  readonly type: LayerFile['type'];
  readonly sizeBytes: number;
  /** The layer it comes from. */
  readonly index: number;
}

export function folderFromAbove(layers: readonly Layer[], folder: string): readonly Entry[] {
  const start = folder === '/' ? '/' : `${folder}/`;
  return [...seenFromAbove(layers)]
    .filter(([path]) => path.startsWith(start) && path.length > start.length && !path.slice(start.length).includes('/'))
    .map(([path, { file, index }]) => ({ path, name: path.slice(start.length), type: file.type, sizeBytes: file.sizeBytes, index }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A file in each layer that says something about it, the lowest first. */
export const versionsOf = (layers: readonly Layer[], path: string): readonly { readonly index: number; readonly file: LayerFile }[] =>
  layers.flatMap(({ files }, index) => {
    const file = files.find((one) => one.path === path);
    return file ? [{ index, file }] : [];
  });

/** Bytes on the disk that nobody sees from above, by the layer that holds them. */
export function hiddenBytes(layers: readonly Layer[]): readonly number[] {
  const seen = seenFromAbove(layers);
  return layers.map(({ files }, index) =>
    files.reduce((sum, { path, type, sizeBytes }) => (type === 'file' && seen.get(path)?.index !== index ? sum + sizeBytes : sum), 0),
  );
}

export interface Totals {
  /** Each stack's own sum. */
  readonly sumBytes: number;
  /** Each layer once. */
  readonly onDiskBytes: number;
  readonly hiddenBytes: number;
}

export function totalsOf(stacks: readonly Stack[]): Totals {
  const once = new Map(stacks.flatMap(({ layers }) => layers.map((layer) => [layer.key, layer.sizeBytes] as const)));
  const hidden = new Map(
    stacks.flatMap(({ layers }) => hiddenBytes(layers).map((bytes, index) => [layers[index]?.key ?? '', bytes] as const)),
  );
  const add = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);
  return {
    sumBytes: add(stacks.map(({ layers }) => add(layers.map(({ sizeBytes }) => sizeBytes)))),
    onDiskBytes: add(once.values()),
    hiddenBytes: add(hidden.values()),
  };
}
