/** Puts images together to one index, and copies what it needs. Upstream: docker/buildx util/imagetools/create.go. */

import { sha256Hex } from '../config/sha256.ts';
import { CliError } from '../errors.ts';
import type { Descriptor, Registries, Repository } from '../io.ts';
import { fullString } from '../reference.ts';
import { escapeForHtml } from '../template/index.ts';
import { decodeText, encodeText } from '../text.ts';
import { type FetchedImage, fetchImage, type IndexDocument, isIndex, type Member, platformText, repositoryOf, saying } from './images.ts';

export interface Combined {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly digest: string;
  /** What it consists of, and where each part comes from. */
  readonly parts: readonly { readonly descriptor: Descriptor; readonly from: Repository; readonly name: string }[];
}

const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';

export interface Wanted {
  readonly annotations: Readonly<Record<string, string>>;
  readonly preferIndex: boolean;
  /** None: all. */
  readonly platforms: readonly string[];
}

/** One source alone is taken as it is, if it is an index or need not become one. */
export async function combine(registries: Registries, sources: readonly FetchedImage[], wanted: Wanted): Promise<Combined> {
  const [only] = sources;
  const isAlone = sources.length === 1 && Object.keys(wanted.annotations).length === 0 && wanted.platforms.length === 0;
  if (only !== undefined && isAlone && (isIndex(only.descriptor) || !wanted.preferIndex)) {
    const members = isIndex(only.descriptor) ? (only.document.manifests ?? []) : [only.descriptor];
    const [from, name] = [repositoryOf(only.reference), fullString(only.reference)];
    const parts = members.map(({ mediaType, digest, size }) => ({ descriptor: { mediaType, digest, size }, from, name }));
    return { mediaType: only.descriptor.mediaType, bytes: only.bytes, digest: only.descriptor.digest, parts };
  }
  const members = new Map<string, { readonly member: Member; readonly from: Repository; readonly name: string }>();
  for (const source of sources)
    for (const member of await membersOf(registries, source)) {
      const before = members.get(member.digest)?.member;
      const annotations = { ...before?.annotations, ...member.annotations };
      const merged = { ...before, ...member, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
      members.set(member.digest, { member: merged, from: repositoryOf(source.reference), name: fullString(source.reference) });
    }
  const kept = withPlatforms([...members.values()], wanted.platforms);
  const parts = kept.map(({ member: { mediaType, digest, size }, from, name }) => ({
    descriptor: { mediaType, digest, size },
    from,
    name,
  }));
  return {
    ...indexOf(
      kept.map(({ member }) => member),
      wanted.annotations,
    ),
    parts,
  };
}

async function membersOf(registries: Registries, { reference, descriptor, document }: FetchedImage): Promise<readonly Member[]> {
  if (isIndex(descriptor)) return document.manifests ?? [];
  const { config } = document;
  if (config === undefined) return [descriptor];
  const image = JSON.parse(decodeText(await saying(() => registries.blob(repositoryOf(reference), config)))) as Member['platform'];
  if (image === undefined) return [descriptor];
  const { architecture, os } = image;
  // What every processor of its kind is needs no name.
  const variant = architecture === 'arm64' && image.variant === 'v8' ? undefined : image.variant;
  return [{ ...descriptor, platform: { architecture, os, ...(variant === undefined ? {} : { variant }) } }];
}

/** Attestations go with the images that they are about. */
function withPlatforms<Held extends { readonly member: Member }>(all: readonly Held[], platforms: readonly string[]): readonly Held[] {
  if (platforms.length === 0) return all;
  const images = new Set(all.filter(({ member }) => platforms.includes(platformText(member))).map(({ member }) => member.digest));
  if (images.size === 0) throw new CliError(`none of the manifests match the provided platforms`);
  return all.filter(({ member }) => images.has(member.digest) || images.has(member.annotations?.['vnd.docker.reference.digest'] ?? ''));
}

function indexOf(members: readonly Member[], annotations: Wanted['annotations']): Pick<Combined, 'mediaType' | 'bytes' | 'digest'> {
  const isDocker = members.every(({ mediaType }) => mediaType.startsWith('application/vnd.docker.'));
  const own: Record<string, string> = {};
  const onMembers: { readonly platform: string; readonly name: string; readonly value: string }[] = [];
  for (const [key, value] of isDocker ? [] : Object.entries(annotations)) {
    const [head, name = ''] = key.includes(':') ? key.split(/:(.*)/s) : ['', key];
    const [, level = '', platform = ''] = /^(.*?)(?:\[(.*)\])?$/s.exec(head ?? '') ?? [];
    if (level === 'index') own[name] = value;
    else if (level === 'manifest-descriptor') onMembers.push({ platform, name, value });
    else if (level === 'index-descriptor') throw new CliError(`"index-descriptor" annotations are invalid while creating an image`);
    else throw new CliError(`${JSON.stringify(level)} annotations are not supported yet`);
  }
  const annotated = (member: Member): Member => {
    const added = onMembers.filter(({ platform }) => platform === '' || platform === platformText(member));
    return ordered({
      ...member,
      annotations: { ...member.annotations, ...Object.fromEntries(added.map(({ name, value }) => [name, value])) },
    });
  };
  const document: IndexDocument = {
    schemaVersion: 2,
    mediaType: isDocker ? DOCKER_LIST : OCI_INDEX,
    manifests: members.map(annotated),
    ...(Object.keys(own).length === 0 ? {} : { annotations: sorted(own) }),
  };
  const bytes = encodeText(escapeForHtml(JSON.stringify(document, null, 2)));
  return { mediaType: document.mediaType ?? OCI_INDEX, bytes, digest: `sha256:${sha256Hex(bytes)}` };
}

const sorted = (record: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** A descriptor as Go writes it down: without annotations that are none, and the platform behind them. */
function ordered({ mediaType, digest, size, annotations = {}, platform, ...rest }: Member): Member {
  const own = Object.keys(annotations).length === 0 ? {} : { annotations: sorted(annotations) };
  return { mediaType, digest, size, ...own, ...(platform === undefined ? {} : { platform }), ...rest };
}

/** Copies manifests with all they refer to, the deepest first, as a registry wants it. */
export async function copyImage(
  registries: Registries,
  part: Pick<Combined['parts'][number], 'descriptor' | 'from'>,
  to: Repository,
): Promise<void> {
  const { descriptor, from } = part;
  const image = await fetchImage(registries, { ...from, tag: '', digest: descriptor.digest });
  for (const member of image.document.manifests ?? []) await copyImage(registries, { descriptor: member, from }, to);
  const { config, layers = [] } = image.document;
  for (const blob of [...layers, ...(config === undefined ? [] : [config])]) await saying(() => registries.copyBlob(from, to, blob));
  await saying(() => registries.push(to, '', { mediaType: image.descriptor.mediaType, bytes: image.bytes }));
}
