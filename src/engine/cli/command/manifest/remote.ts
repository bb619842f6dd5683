/** Manifests in a registry, asked by the client itself and not by the engine. Upstream: docker/cli internal/registryclient. */

import { TlsError } from '../../../http/index.ts';
import { createRegistryClient, type RegistryClient } from '../../../registry/client/client.ts';
import { defaultEndpoints } from '../../../registry/client/endpoint.ts';
import { RegistryError } from '../../../registry/client/errors.ts';
import { authOf } from '../../config/config-file.ts';
import { CliError, errorCode, systemError } from '../../errors.ts';
import { loadCode } from '../../io.ts';
import { fullString, parseReference, type Reference, registryOf, withDefaultTag } from '../../reference.ts';
import { decodeText } from '../../text.ts';
import type { Context } from '../command.ts';
import { type ImageManifest, imageManifest, type Platform, withPlatform } from './image-manifest.ts';

type World = Pick<Context, 'io' | 'config'>;
type Place = Parameters<RegistryClient['resolve']>[0];
type Digest = Parameters<RegistryClient['fetchManifest']>[1];

/** A name as it is kept: with its registry, and a tag or digest. Throws CliError. */
export const named = (text: string): Reference => withDefaultTag(parseReference(text));

export const placeOf = ({ domain, path, tag, digest }: Reference): Place => ({
  domain,
  path,
  ...(tag === '' ? {} : { tag }),
  ...(digest === '' ? {} : { digest: digest as Digest }),
});

/** Asks with the accounts of the client's configuration. A registry without TLS is asked only with `insecure`. */
export function openRegistry({ io, config }: World, insecure: boolean): RegistryClient {
  return createRegistryClient({
    dial: io.dial,
    load: (code) => loadCode(io, code),
    endpoints: (domain) => defaultEndpoints(domain).map((endpoint) => ({ ...endpoint, mayBePlain: insecure })),
    credentials: (domain) => {
      const { username, password } = authOf(config, registryOf({ domain, path: '', tag: '', digest: '' }));
      return username && password ? { username, password } : undefined;
    },
  });
}

const noSuch = (name: string): CliError => new CliError(`no such manifest: ${name}`);

/** Runs what asks the registry, with its errors in the client's words. */
export async function asClient<T>(reference: Reference, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof RegistryError ? sentence(fullString(reference), error) : error;
  }
}

function sentence(name: string, error: RegistryError): CliError {
  switch (error.kind) {
    case 'not-found':
    case 'no-credentials':
      return noSuch(name);
    case 'unreachable':
      if (error.cause instanceof TlsError && error.cause.isPlain) return noSuch(name);
      return new CliError(
        `failed to configure transport: error pinging v2 registry: Get "${error.url.replace(/\/v2\/.*$/, '/v2/')}": ${reason(error)}`,
      );
    default:
      return new CliError(registryErrors(error));
  }
}

function reason({ url, cause, message }: RegistryError): string {
  const host = url.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  if (errorCode(cause) === 'ENOENT') return `dial tcp: lookup ${host.replace(/:\d+$/, '')}: no such host`;
  return errorCode(cause) === undefined
    ? message
    : `dial tcp ${host.replace(/^localhost(?=:|$)/, '127.0.0.1')}: connect: ${systemError(cause)}`;
}

/** As the distribution library prints what a registry answers: one line, or a list of them. */
function registryErrors({ entries, challengeError, message }: RegistryError): string {
  const own = entries.length === 0 && challengeError !== undefined ? ['unauthorized: authentication required'] : [];
  const denied = challengeError === 'insufficient_scope' ? ['denied: requested access to the resource is denied'] : [];
  const lines = [...denied, ...own, ...entries.map((entry) => `${entry.code.toLowerCase().replaceAll('_', ' ')}: ${entry.message}`)];
  if (lines.length === 0) return message;
  return lines.length === 1 ? (lines[0] ?? '') : `errors:\n${lines.map((line) => `${line}\n`).join('')}`;
}

interface Document {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly bytes: Uint8Array;
}

async function fetchDocument(registry: RegistryClient, place: Place): Promise<Document> {
  const { digest } = await registry.resolve(place);
  const { descriptor, bytes } = await registry.fetchManifest(place, digest);
  return { mediaType: descriptor.mediaType, digest, bytes };
}

interface ListEntry {
  readonly digest: Digest;
  readonly platform?: Platform;
}

const isList = ({ mediaType }: Document): boolean => /(image\.index|manifest\.list)\./.test(mediaType);

async function asImage(
  registry: RegistryClient,
  place: Place,
  { document, name }: { document: Document; name: string },
): Promise<ImageManifest> {
  const { config } = JSON.parse(decodeText(document.bytes)) as { readonly config: Parameters<RegistryClient['fetchBlob']>[1] };
  const platform = JSON.parse(decodeText(await registry.fetchBlob(place, config))) as Platform;
  return imageManifest({ name, ...document, platform });
}

/** What a name stands for in its registry: one manifest, or the list of them. Throws CliError. */
export function fetchRemote(world: World, reference: Reference, insecure: boolean): Promise<ImageManifest | readonly ImageManifest[]> {
  return asClient(reference, async () => {
    const registry = openRegistry(world, insecure);
    const place = placeOf(reference);
    const document = await fetchDocument(registry, place);
    if (!isList(document)) return asImage(registry, place, { document, name: fullString(reference) });
    const { manifests } = JSON.parse(decodeText(document.bytes)) as { readonly manifests: readonly ListEntry[] };
    const found: ImageManifest[] = [];
    for (const { digest, platform } of manifests) {
      const one = { ...reference, tag: '', digest };
      const image = await asImage(registry, placeOf(one), {
        document: await fetchDocument(registry, placeOf(one)),
        name: fullString({ ...reference, digest }),
      });
      found.push(platform ? withPlatform(image, platform) : image);
    }
    return found;
  });
}

/** One manifest. Throws CliError, also for a list. */
export async function fetchOne(world: World, reference: Reference, insecure: boolean): Promise<ImageManifest> {
  const found = await fetchRemote(world, reference, insecure);
  if (!('Ref' in found)) throw new CliError(`${fullString(reference)} is a manifest list`);
  return found;
}
