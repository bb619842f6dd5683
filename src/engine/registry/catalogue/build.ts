/** From recipes to blobs: an index for each image, as Docker Hub serves them, deterministic to the last byte. */
import {
  ANNOTATION,
  type Descriptor,
  type Digest,
  descriptorOf,
  digestOf,
  encodeJson,
  gzip,
  type HistoryEntry,
  type ImageConfig,
  MEDIA_TYPE,
  type Platform,
  type TarInput,
  writeTar,
} from '../../oci/index.ts';
import { BUILDKIT, type FileRecipe, type ImageRecipe, type LayerRecipe, type Libc, type Step, type Weight } from './recipe.ts';

type Machine = 'amd64' | 'arm64';

/** Makes an executable of ours (the kernel's makeExecutable: a registry knows no kernel). */
export type MakeExecutable = (note: string, options: { readonly machine: Machine; readonly interpreter?: string }) => Uint8Array;

export interface BuiltImage {
  readonly recipe: ImageRecipe;
  readonly index: Descriptor;
  readonly blobs: ReadonlyMap<Digest, Uint8Array>;
}

const PLATFORMS = [
  { architecture: 'amd64', os: 'linux' },
  { architecture: 'arm64', os: 'linux', variant: 'v8' },
] as const satisfies readonly Platform[];
const BASHBREW: Record<Machine, string> = { amd64: 'amd64', arm64: 'arm64v8' };
const LOADERS: Record<Libc, Record<Machine, string>> = {
  glibc: { amd64: '/lib64/ld-linux-x86-64.so.2', arm64: '/lib/ld-linux-aarch64.so.1' },
  musl: { amd64: '/lib/ld-musl-x86_64.so.1', arm64: '/lib/ld-musl-aarch64.so.1' },
};
const encoder = new TextEncoder();

/** Puts blobs away and gives their descriptors. */
type Put = (bytes: Uint8Array, mediaType: string) => Descriptor;

/** An image for every platform, with its attestations. */
export function buildImage(recipe: ImageRecipe, makeExecutable: MakeExecutable): BuiltImage {
  const blobs = new Map<Digest, Uint8Array>();
  const put: Put = (bytes, mediaType) => {
    const descriptor = descriptorOf(bytes, mediaType);
    blobs.set(descriptor.digest, bytes);
    return descriptor;
  };
  const manifests: Descriptor[] = [];
  const attestations: Descriptor[] = [];
  for (const platform of PLATFORMS) {
    const manifest = putPlatform({ recipe, platform, makeExecutable }, put);
    manifests.push(manifest);
    attestations.push(putAttestation({ recipe, manifest }, put));
  }
  const index = put(
    encodeJson({ schemaVersion: 2, mediaType: MEDIA_TYPE.index, manifests: [...manifests, ...attestations] }),
    MEDIA_TYPE.index,
  );
  return { recipe, index, blobs };
}

interface PlatformBuild {
  readonly recipe: ImageRecipe;
  readonly platform: (typeof PLATFORMS)[number];
  readonly makeExecutable: MakeExecutable;
}

interface DatedStep {
  readonly step: Step;
  readonly created: string;
}

const allSteps = (recipe: ImageRecipe): readonly DatedStep[] => [
  ...(recipe.parent ? allSteps(recipe.parent) : []),
  ...recipe.steps.map((step) => ({ step, created: recipe.created })),
];

const isLayer = (dated: DatedStep): dated is DatedStep & { readonly step: Step & { readonly layer: LayerRecipe } } =>
  dated.step.layer !== undefined;

function putPlatform({ recipe, platform, makeExecutable }: PlatformBuild, put: Put): Descriptor {
  const steps = allSteps(recipe);
  const layers = steps.filter(isLayer).map(({ step, created }) => {
    const tar = layerTar(step.layer, { created, machine: recipe.isPlain ? 'amd64' : platform.architecture, makeExecutable });
    return { diffId: digestOf(tar), descriptor: { ...put(gzip(tar), MEDIA_TYPE.layerGzip), ...originalAnnotations(step.layer) } };
  });
  const config: ImageConfig = {
    ...platform,
    created: recipe.created,
    config: recipe.config,
    history: steps.map(historyEntry),
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
  };
  const manifest = put(
    encodeJson({
      schemaVersion: 2,
      mediaType: MEDIA_TYPE.manifest,
      config: put(encodeJson(config), MEDIA_TYPE.config),
      layers: layers.map(({ descriptor }) => descriptor),
    }),
    MEDIA_TYPE.manifest,
  );
  return { ...manifest, ...(recipe.isPlain ? {} : { annotations: officialAnnotations(recipe, platform.architecture) }), platform };
}

function originalAnnotations({ original }: LayerRecipe): { annotations?: Readonly<Record<string, string>> } {
  if (!original) return {};
  return {
    annotations: { [ANNOTATION.originalSize]: String(original.sizeBytes), [ANNOTATION.originalUnpacked]: String(original.unpackedBytes) },
  };
}

const officialAnnotations = ({ created, version }: ImageRecipe, machine: Machine): Readonly<Record<string, string>> => ({
  'com.docker.official-images.bashbrew.arch': BASHBREW[machine],
  'org.opencontainers.image.created': created,
  'org.opencontainers.image.version': version,
});

const historyEntry = ({ step, created }: DatedStep): HistoryEntry => ({
  created,
  created_by: step.createdBy,
  comment: step.comment ?? BUILDKIT,
  ...(step.layer ? {} : { empty_layer: true }),
});

/** What BuildKit says of how the image came about: a manifest of its own, for no platform. */
function putAttestation({ recipe, manifest }: { recipe: ImageRecipe; manifest: Descriptor }, put: Put): Descriptor {
  const name = `pkg:docker/${recipe.repository.replace(/^.*\//, '')}@${recipe.tags[0] ?? 'latest'}?platform=linux%2F${manifest.platform?.architecture ?? ''}`;
  const predicateType = 'https://slsa.dev/provenance/v1';
  const statement = put(
    encodeJson({
      _type: 'https://in-toto.io/Statement/v0.1',
      predicateType,
      subject: [{ name, digest: { sha256: manifest.digest.slice('sha256:'.length) } }],
      predicate: { buildDefinition: { buildType: 'https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md' } },
    }),
    MEDIA_TYPE.inToto,
  );
  const unknown: Platform = { architecture: 'unknown', os: 'unknown' };
  const config = put(encodeJson({ ...unknown, config: {}, rootfs: { type: 'layers', diff_ids: [statement.digest] } }), MEDIA_TYPE.config);
  const layers = [{ ...statement, annotations: { 'in-toto.io/predicate-type': predicateType } }];
  const attestation = put(encodeJson({ schemaVersion: 2, mediaType: MEDIA_TYPE.manifest, config, layers }), MEDIA_TYPE.manifest);
  const annotations = { [ANNOTATION.referenceDigest]: manifest.digest, [ANNOTATION.referenceType]: 'attestation-manifest' };
  return { ...attestation, annotations, platform: unknown };
}

interface LayerBuild {
  readonly created: string;
  readonly machine: Machine;
  readonly makeExecutable: MakeExecutable;
}

const tars = new WeakMap<LayerRecipe, Map<string, Uint8Array>>();

/** A layer's tar. Images that share a layer share its bytes. */
function layerTar(layer: LayerRecipe, build: LayerBuild): Uint8Array {
  const known = tars.get(layer) ?? new Map<string, Uint8Array>();
  tars.set(layer, known);
  const key = `${build.machine} ${build.created}`;
  const tar = known.get(key) ?? writeTar(sorted(layer.files).map((one) => tarEntry(one, build)));
  known.set(key, tar);
  return tar;
}

/** By path, but a hard link after the file that it names. */
const sorted = (files: readonly FileRecipe[]): readonly FileRecipe[] =>
  [...files].sort((a, b) => Number(a.kind === 'link') - Number(b.kind === 'link') || (a.path < b.path ? -1 : 1));

/** The same noise each time: what follows an executable's own bytes is never looked at. */
function weighted(content: Uint8Array, { sizeBytes, noiseBytes, seed }: Weight): Uint8Array {
  const whole = new Uint8Array(sizeBytes);
  let word = seed;
  for (let at = content.length; at < content.length + noiseBytes; at += 1) {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    whole[at] = word & 0xff;
  }
  whole.set(content);
  return whole;
}

function tarEntry(one: FileRecipe, { created, machine, makeExecutable }: LayerBuild): TarInput {
  const common = {
    name: one.path,
    uid: one.uid ?? 0,
    gid: one.gid ?? 0,
    mtimeNs: BigInt(Math.floor(Date.parse(created) / 1000)) * 1_000_000_000n,
    ...(one.mode === undefined ? {} : { mode: one.mode }),
  };
  switch (one.kind) {
    case 'directory':
      return { ...common, type: 'directory' };
    case 'text':
      return { ...common, type: 'file', content: encoder.encode(one.text) };
    case 'symlink':
      return { ...common, type: 'symlink', linkname: one.target };
    case 'link':
      return { ...common, mode: one.mode ?? 0o755, type: 'link', linkname: one.target };
    case 'program': {
      const options = { machine, ...(one.libc ? { interpreter: LOADERS[one.libc][machine] } : {}) };
      const content = makeExecutable(one.note, options);
      return { ...common, mode: one.mode ?? 0o755, type: 'file', content: one.weight ? weighted(content, one.weight) : content };
    }
    case 'loader':
      return {
        ...common,
        name: one.path + LOADERS[one.libc][machine].replace(/^.*\//, ''),
        mode: 0o755,
        type: 'file',
        content: makeExecutable(`${one.libc}:ld.so`, { machine }),
      };
  }
}
