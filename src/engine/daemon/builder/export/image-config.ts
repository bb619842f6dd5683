/** A result's configuration, with the times of its history. Upstream: buildkit exporter/containerimage/writer.go. */
import type { HistoryEntry, ImageConfig } from '../../../oci/config.ts';
import { rfc3339Nano } from '../../time.ts';
import type { DraftImage } from '../plan/stage.ts';
import type { Layer } from './layers.ts';

export interface ConfigRequest {
  readonly image: DraftImage;
  readonly layers: readonly Layer[];
  /** The time of everything, if the build was given one. */
  readonly epoch: string | undefined;
  readonly nowNs: bigint;
}

/** Steps were made when their layer was; what made no layer, when the one before it was. */
export function imageConfig({ image, layers, epoch, nowNs }: ConfigRequest): ImageConfig {
  const history = timed(image.history, layers, rfc3339Nano(nowNs));
  const created = epoch ?? history.at(-1)?.created ?? rfc3339Nano(nowNs);
  const { architecture, os, variant, author, config } = image;
  return {
    architecture,
    ...(author === undefined ? {} : { author }),
    config: sorted(config),
    created,
    history,
    os,
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    ...(variant === undefined ? {} : { variant }),
  };
}

/** Go writes the keys of a map in order, and leaves empty lists out. */
function sorted(config: DraftImage['config']): DraftImage['config'] {
  const inOrder = <T>(map: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
  const { Labels, ExposedPorts, Volumes, ...rest } = config;
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => !Array.isArray(value) || value.length > 0)),
    ...(ExposedPorts ? { ExposedPorts: inOrder(ExposedPorts) } : {}),
    ...(Volumes ? { Volumes: inOrder(Volumes) } : {}),
    ...(Labels ? { Labels: inOrder(Labels) } : {}),
  };
}

function timed(history: readonly HistoryEntry[], layers: readonly Layer[], now: string): readonly HistoryEntry[] {
  let index = 0;
  let last: string | undefined;
  const first = layers.find(({ createdNs }) => createdNs !== undefined)?.createdNs;
  const start = first === undefined ? now : rfc3339Nano(BigInt(first));
  return history.map((entry) => {
    const layer = entry.empty_layer ? undefined : layers[index];
    if (!entry.empty_layer) index += 1;
    const own = layer?.createdNs === undefined ? undefined : rfc3339Nano(BigInt(layer.createdNs));
    const created = entry.created ?? own ?? last ?? start;
    last = created;
    const { created: _replaced, ...rest } = entry;
    return { created, ...rest };
  });
}
