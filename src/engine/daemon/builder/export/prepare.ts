/** What all outputs that are images have in common. */
import type { BuildHistoryRecord, BuildOutput } from '../../../api-types/build-session.ts';
import { digestOf } from '../../../oci/digest.ts';
import { encodeJson, type Platform } from '../../../oci/manifest.ts';
import { formatPlatform } from '../../../oci/platform.ts';
import { parseCanonical } from '../../../oci/reference.ts';
import { encodeBase64 } from '../../../registry/base64.ts';
import { HOST_PLATFORM } from '../../images/image.ts';
import type { Exporting } from './export.ts';
import { type Annotations, type WrittenImage, writeImage } from './image.ts';
import { layersOf } from './layers.ts';
import { PREDICATE, type ProvenanceRequest, packageUrl, provenance, provenanceForClients } from './provenance.ts';

export interface Prepared {
  readonly vertex: string;
  readonly names: readonly string[];
  readonly attested: boolean;
}

const isOn = (text: string | undefined): boolean => text !== undefined && ['', '1', 'true', 't'].includes(text.toLowerCase());

export async function prepare(exporting: Exporting, { Attrs }: BuildOutput, { vertex, names, attested }: Prepared): Promise<WrittenImage> {
  const { daemon, progress, cache, top, plan, images } = exporting;
  const epochNs = plan.epoch === undefined ? undefined : BigInt(plan.epoch) * 1_000_000_000n;
  const clampNs = isOn(Attrs['rewrite-timestamp']) ? epochNs : undefined;
  const platform = platformOf(exporting);
  const layers = await progress.task(vertex, 'exporting layers', () => layersOf(daemon, { cache, top, clampNs }));
  if (clampNs !== undefined && epochNs !== undefined)
    await progress.task(vertex, `rewriting layers with source-date-epoch ${plan.epoch ?? ''} (${goTime(epochNs)})`, async () => {});
  for (const source of images.all())
    if (top?.image || layers.some(({ descriptor }) => source.manifest.manifest.layers.includes(descriptor)))
      await images.fetchLayers(source, { vertex, progress });
  return writeImage(daemon, progress, {
    vertex,
    image: plan.target.image,
    layers,
    epoch: epochNs === undefined ? undefined : timeOf(epochNs),
    nowNs: daemon.sys.clock.nowNs(),
    platform,
    // Nothing is said of how nothing came to be.
    attestation: attested && top ? attestationOf(exporting) : undefined,
    subjects: names.map((name) => packageUrl({ reference: parseCanonical(name), platform })),
    annotations: annotationsOf(exporting, Attrs),
  });
}

/** As Go prints a time. */
const goTime = (ns: bigint): string => `${timeOf(ns).replace('T', ' ').replace('Z', '')} +0000 UTC`;

const timeOf = (ns: bigint): string => new Date(Number(ns / 1_000_000n)).toISOString().replace('.000Z', 'Z');

function platformOf({ plan, request }: Exporting): Platform {
  const { architecture, os, variant } = plan.target.image;
  return (
    request.platform ??
    plan.target.platform ?? {
      architecture: architecture || HOST_PLATFORM.architecture,
      os: os || HOST_PLATFORM.os,
      ...(variant ? { variant } : {}),
    }
  );
}

/** The provenance that is asked for; undefined if it was switched off. */
export function attestationOf(exporting: Exporting): (() => object) | undefined {
  const { request } = exporting;
  const asked = request.session?.request.Attests;
  const given =
    asked && 'provenance' in asked ? asked.provenance : request.buildArgs.get('BUILDX_NO_DEFAULT_ATTESTATIONS') === '1' ? null : '';
  if (given === null || given === undefined || given === 'false') return undefined;
  return () => provenance(factsOf(exporting, /(^|,)mode=max(,|$)/.test(given) ? 'max' : 'min'));
}

/** What the history keeps with a build that made an image. */
export function attachmentsOf(exporting: Exporting, { target, manifest }: WrittenImage): BuildHistoryRecord['Attachments'] {
  const statement = encodeJson(provenance(factsOf(exporting, 'max')));
  const about = { Digest: digestOf(statement), Type: PREDICATE, Size: statement.length };
  const own = { Digest: manifest.digest, Type: manifest.mediaType, Size: manifest.size, Platform: formatPlatform(platformOf(exporting)) };
  return [{ Digest: target.digest, Type: target.mediaType, Size: target.size }, about, ...(target.digest === manifest.digest ? [] : [own])];
}

/** What `--metadata-file` shows: how it was built, without when. */
export function invocationOf(exporting: Exporting): object {
  const { metadata: _times, ...rest } = provenanceForClients(factsOf(exporting, 'min')) as { readonly metadata?: object };
  return rest;
}

/** What is known of a build. */
export function factsOf(exporting: Exporting, mode: 'min' | 'max'): ProvenanceRequest {
  const { daemon, images, request, definition, vertices, history } = exporting;
  return {
    mode,
    builderId: '',
    platform: platformOf(exporting),
    sources: images.all(),
    dockerfile: definition.filename,
    dockerfileText: encodeBase64(new TextEncoder().encode(definition.text)),
    target: request.target,
    buildArgs: request.buildArgs,
    labels: request.labels,
    secrets: Object.keys(request.session?.request.Secrets ?? {}),
    vertices,
    startedNs: history.startedNs,
    finishedNs: daemon.sys.clock.nowNs(),
    invocation: history.ref,
  };
}

function annotationsOf({ request }: Exporting, attrs: Readonly<Record<string, string>>): Annotations {
  const manifest: Record<string, string> = {};
  const index: Record<string, string> = {};
  const manifestDescriptor: Record<string, string> = {};
  const put = (level: string, key: string, value: string): void => {
    for (const one of level === '' ? ['manifest'] : level.split(',').map((word) => word.replace(/\[.*\]$/, '').trim())) {
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
    const [, level = '', key] = /^annotation(?:-([a-z-]+?))?(?:\[[^\]]*\])?\.(.+)$/.exec(name) ?? [];
    if (key !== undefined) put(level, key, value);
  }
  return { manifest, index, manifestDescriptor };
}
