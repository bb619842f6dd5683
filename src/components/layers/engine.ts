/** Stacks out of an Engine: Drydock's tells of each layer's files; of a real one the image is saved and opened, and a container asked for its changes. */
import type { ContainerSummary, DrydockFile, DrydockLayer, FilesystemChange, ImageSummary } from '../../engine/api-types/index.ts';
import { bytesOf } from '../page/bytes.ts';
import { call, EngineError, type Transport } from '../page/docker.ts';
import { instruction } from '../section/view-model.ts';
import { LARGEST_ARCHIVE, type OpenedArchive, openArchive } from './archive.ts';
import type { Layer, LayerFile, Stack } from './view-model.ts';

export interface Subject {
  readonly kind: 'image' | 'container';
  readonly name: string;
}

/** What can be looked at: containers first, then images. */
export async function subjectsIn(transport: Transport): Promise<readonly Subject[]> {
  const containers = await call<readonly ContainerSummary[]>(transport, '/containers/json?all=1');
  const images = await call<readonly ImageSummary[]>(transport, '/images/json');
  return [
    ...containers.map(({ Names }): Subject => ({ kind: 'container', name: Names[0]?.slice(1) ?? '' })),
    ...images.flatMap(({ RepoTags }) => (RepoTags ?? []).slice(0, 1).map((name): Subject => ({ kind: 'image', name }))),
  ];
}

/** Remembers what cannot change: an image's layers. */
export class LayerReader {
  readonly #transport: Transport;
  readonly #files = new Map<string, readonly LayerFile[]>();
  readonly #archives = new Map<string, OpenedArchive>();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Null if there is no such thing (yet). */
  async stack(subject: Subject): Promise<Stack | null> {
    const { kind, name } = subject;
    try {
      const layers = await call<readonly DrydockLayer[]>(this.#transport, `/drydock/layers?${kind}=${encodeURIComponent(name)}`);
      const made: Layer[] = [];
      for (const layer of layers) if (layer.Kind !== 'init') made.push(await this.#layer(layer));
      return { name, layers: made };
    } catch (error) {
      if (!(error instanceof EngineError) || error.status !== 404) throw error;
      return error.message.includes('page not found') ? this.#elsewhere(subject) : null;
    }
  }

  /** A file's bytes in a layer; null if they cannot be had. */
  async read(key: string, path: string): Promise<Uint8Array | null> {
    for (const archive of this.#archives.values()) {
      const bytes = archive.read(key, path);
      if (bytes) return bytes;
    }
    return bytesOf(this.#transport, `/drydock/layers/${key}/content?path=${encodeURIComponent(path)}`).catch(() => null);
  }

  async #layer({ Key, Kind, CreatedBy, SizeBytes }: DrydockLayer): Promise<Layer> {
    const kind = Kind === 'writable' ? 'writable' : 'image';
    const known = kind === 'image' ? this.#files.get(Key) : undefined;
    const files = known ?? (await call<readonly DrydockFile[]>(this.#transport, `/drydock/layers/${Key}/files`)).map(fileOf);
    if (kind === 'image') this.#files.set(Key, files);
    return { key: Key, kind, madeBy: instruction(CreatedBy), sizeBytes: SizeBytes, files };
  }

  /** A real Engine. */
  async #elsewhere({ kind, name }: Subject): Promise<Stack | null> {
    if (kind === 'image') return { name, layers: (await this.#saved(name)).stacks[0]?.layers ?? [] };
    const { Image, Id } = await call<{ Image: string; Id: string }>(this.#transport, `/containers/${name}/json`);
    const changes = await call<readonly FilesystemChange[] | null>(this.#transport, `/containers/${name}/changes`);
    const files = (changes ?? []).map(
      ({ Path, Kind }): LayerFile => ({ path: Path, type: Kind === 2 ? 'whiteout' : 'file', sizeBytes: 0, mode: 0 }),
    );
    const below = (await this.#saved(Image)).stacks[0]?.layers ?? [];
    return { name, layers: [...below, { key: Id, kind: 'writable', madeBy: '', sizeBytes: 0, files }] };
  }

  async #saved(image: string): Promise<OpenedArchive> {
    const known = this.#archives.get(image);
    if (known) return known;
    const opened = openArchive(await bytesOf(this.#transport, `/images/${encodeURIComponent(image)}/get`, { most: LARGEST_ARCHIVE }));
    this.#archives.set(image, opened);
    return opened;
  }
}

const fileOf = ({ Path, Type, SizeBytes, Mode, Target, Opaque }: DrydockFile): LayerFile => ({
  ...{ path: Path, type: Type, sizeBytes: SizeBytes, mode: Mode },
  ...(Target === undefined ? {} : { target: Target }),
  ...(Opaque ? { isOpaque: true } : {}),
});
