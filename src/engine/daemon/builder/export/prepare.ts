/** What all outputs that are images have in common. */

import type { BuildOutput } from '../../../api-types/build-session.ts';
import { encodeBase64 } from '../../../http/base64.ts';
import { digestOf } from '../../../oci/digest.ts';
import { encodeJson, type Platform } from '../../../oci/manifest.ts';
import { formatPlatform } from '../../../oci/platform.ts';
import { parseCanonical } from '../../../oci/reference.ts';
import { HOST_PLATFORM } from '../../images/image.ts';
import { BuildFailure } from '../failure.ts';
import { type Vertex, verticesOf } from '../plan/vertex.ts';
import type { ImageSources, SourceImage } from '../solve/images.ts';
import { collect, isInline } from './cache-export.ts';
import type { Exported, Exporting, Result } from './export.ts';
import { type Annotations, type WrittenImage, writeImage } from './image.ts';
import { type Layer, layersOf } from './layers.ts';
import { PREDICATE, type ProvenanceRequest, packageUrl, provenance, provenanceForClients } from './provenance.ts';

export interface Prepared {
  readonly vertex: string;
  readonly names: readonly string[];
  readonly attested: boolean;
}

const isOn = (text: string | undefined): boolean => text !== undefined && ['', '1', 'true', 't'].includes(text.toLowerCase());

export async function prepare(exporting: Exporting, { Attrs }: BuildOutput, { vertex, names, attested }: Prepared): Promise<WrittenImage> {
  const { daemon, progress, cache, results, images } = exporting;
  const epoch = results[0]?.plan.epoch;
  const epochNs = epoch === undefined ? undefined : BigInt(epoch) * 1_000_000_000n;
  const clampNs = isOn(Attrs['rewrite-timestamp']) ? epochNs : undefined;
  const layers: (readonly Layer[])[] = [];
  await progress.task(vertex, 'exporting layers', async () => {
    for (const { top } of results) layers.push(await layersOf(daemon, { cache, top, clampNs }));
  });
  if (clampNs !== undefined && epochNs !== undefined)
    await progress.task(vertex, `rewriting layers with source-date-epoch ${epoch ?? ''} (${goTime(epochNs)})`, async () => {});
  const inline = isInline(exporting.request) && attested ? await inlineCache(exporting, vertex) : undefined;
  const used = layers.flat().map(({ descriptor }) => descriptor);
  for (const source of images.all())
    if (results.some(({ top }) => top?.image) || used.some((descriptor) => source.manifest.manifest.layers.includes(descriptor)))
      await images.fetchLayers(source, { vertex, progress });
  return writeImage(daemon, progress, {
    vertex,
    annotations: annotationsOf(exporting, Attrs).index,
    manifests: results.map((result, i) => {
      const platform = platformOf(result);
      return {
        image: result.plan.target.image,
        inlineCache: inline,
        layers: layers[i] ?? [],
        epoch: epochNs === undefined ? undefined : timeOf(epochNs),
        nowNs: daemon.sys.clock.nowNs(),
        platform,
        // Nothing is said of how nothing came to be.
        attestation: attested && result.top ? attestationOf(exporting, result) : undefined,
        subjects: names.map((name) => packageUrl({ reference: parseCanonical(name), platform })),
        annotations: annotationsOf(exporting, Attrs, platform),
      };
    }),
  });
}

/** The cache's configuration, for the image's own. */
const inlineCache = (exporting: Exporting, vertex: string): Promise<string> =>
  exporting.progress.task(vertex, 'preparing layers for inline cache', async () => {
    const { config } = await collect(exporting, false);
    return encodeBase64(new TextEncoder().encode(JSON.stringify(config)));
  });

/** As Go prints a time. */
const goTime = (ns: bigint): string => `${timeOf(ns).replace('T', ' ').replace('Z', '')} +0000 UTC`;

const timeOf = (ns: bigint): string => new Date(Number(ns / 1_000_000n)).toISOString().replace('.000Z', 'Z');

function platformOf({ plan, platform }: Result): Platform {
  const { architecture, os, variant } = plan.target.image;
  return (
    platform ??
    plan.target.platform ?? {
      architecture: architecture || HOST_PLATFORM.architecture,
      os: os || HOST_PLATFORM.os,
      ...(variant ? { variant } : {}),
    }
  );
}

/** The provenance that is asked for; undefined if it was switched off. */
export function attestationOf(exporting: Exporting, result: Result): (() => object) | undefined {
  const { request } = exporting;
  const asked = request.session?.request.Attests;
  const given =
    asked && 'provenance' in asked ? asked.provenance : request.buildArgs.get('BUILDX_NO_DEFAULT_ATTESTATIONS') === '1' ? null : '';
  if (given === null || given === undefined || given === 'false') return undefined;
  const mode = /(?:^|,)mode=([^,]*)/.exec(given)?.[1] ?? 'min';
  if (!['min', 'max', 'full'].includes(mode)) throw new BuildFailure(`invalid mode ${JSON.stringify(mode)}`);
  return () => provenance(factsOf(exporting, result, mode === 'min' ? 'min' : 'max'));
}

/** What the history keeps with a build that made an image. */
export function attachmentsOf(exporting: Exporting, { target, manifests }: WrittenImage): Pick<Exported, 'attachments' | 'statements'> {
  const isSeveral = exporting.results.length > 1;
  const parts = exporting.results.map((result, i) => {
    const statement = encodeJson(provenance(factsOf(exporting, result, 'max')));
    const platform = formatPlatform(platformOf(result));
    const about = { Digest: digestOf(statement), Type: PREDICATE, Size: statement.length, ...(isSeveral ? { Platform: platform } : {}) };
    const manifest = manifests[i]?.manifest;
    if (!manifest || manifest.digest === target.digest) return { statement, about, own: [] };
    return { statement, about, own: [{ Digest: manifest.digest, Type: manifest.mediaType, Size: manifest.size, Platform: platform }] };
  });
  const whole = { Digest: target.digest, Type: target.mediaType, Size: target.size };
  return {
    attachments: [whole, ...parts.map(({ about }) => about), ...parts.flatMap(({ own }) => own)],
    statements: parts.map(({ statement }) => statement),
  };
}

/** What `--metadata-file` shows: how it was built, without when. */
export function invocationOf(exporting: Omit<Exporting, 'salt'>, result: Result): object {
  const { metadata: _times, ...rest } = provenanceForClients(factsOf(exporting, result, 'min')) as { readonly metadata?: object };
  return rest;
}

/** What is known of a build. */
export function factsOf(exporting: Omit<Exporting, 'salt'>, result: Result, mode: 'min' | 'max'): ProvenanceRequest {
  const { images, request, definition, vertices, history, results } = exporting;
  const own = results.length > 1 ? verticesOf(result.plan.target.state) : undefined;
  const shown = own ? vertices.filter(({ digest }) => own.has(digest)) : vertices;
  return {
    mode,
    builderId: '',
    platform: platformOf(result),
    sources: own ? sourcesOf(images, shown) : images.all(),
    dockerfile: definition.filename,
    dockerfileText: encodeBase64(new TextEncoder().encode(definition.text)),
    target: request.target,
    buildArgs: request.buildArgs,
    labels: request.labels,
    secrets: Object.keys(request.session?.request.Secrets ?? {}),
    vertices: shown,
    startedNs: history.startedNs,
    finishedNs: exporting.finishedNs,
    invocation: history.ref,
  };
}

const sourcesOf = (images: ImageSources, vertices: readonly Vertex[]): readonly SourceImage[] =>
  vertices.flatMap(({ operation }) => (operation.kind === 'image' ? (images.find(operation.digest, operation.platform) ?? []) : []));

/** Annotations of a platform's manifest are in square brackets: `manifest[linux/amd64]`. */
function annotationsOf({ request }: Exporting, attrs: Readonly<Record<string, string>>, platform?: Platform): Annotations {
  const isFor = (word: string): boolean => {
    const named = /\[(.*)\]$/.exec(word)?.[1];
    return named === undefined || platform === undefined || named === formatPlatform(platform);
  };
  const manifest: Record<string, string> = {};
  const index: Record<string, string> = {};
  const manifestDescriptor: Record<string, string> = {};
  const put = (level: string, key: string, value: string): void => {
    const levels = level === '' ? ['manifest'] : level.split(',').filter(isFor);
    for (const one of levels.map((word) => word.replace(/\[.*\]$/, '').trim())) {
      if (one === 'manifest') manifest[key] = value;
      if (one === 'index') index[key] = value;
      if (one === 'manifest-descriptor') manifestDescriptor[key] = value;
    }
  };
  for (const [text, value] of Object.entries(request.session?.request.Annotations ?? {})) {
    const at = text.indexOf(':');
    put(at === -1 ? '' : text.slice(0, at), text.slice(at + 1), value);
  }
  for (const [name, value] of Object.entries(attrs)) {
    const [, level = '', key] = /^annotation(?:-([a-z-]+?(?:\[[^\]]*\])?))?\.(.+)$/.exec(name) ?? [];
    if (key !== undefined) put(level, key, value);
  }
  return { manifest, index, manifestDescriptor };
}
