/** Images in registries, as `buildx imagetools` reads and puts them together. Upstream: docker/buildx util/imagetools. */

import type { Context } from '../command/command.ts';
import { authOf } from '../config/config-file.ts';
import { CliError } from '../errors.ts';
import type { Descriptor, Registries, Repository } from '../io.ts';
import { parseReference, type Reference, registryOf, withDefaultTag } from '../reference.ts';
import { decodeText } from '../text.ts';

/** A descriptor as an index holds it. */
export interface Member extends Descriptor {
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string; readonly 'os.version'?: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface IndexDocument {
  readonly schemaVersion: number;
  readonly mediaType?: string;
  readonly manifests?: readonly Member[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
}

export interface FetchedImage {
  readonly reference: Reference;
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
  readonly document: IndexDocument;
}

const INDEXES = ['application/vnd.oci.image.index.v1+json', 'application/vnd.docker.distribution.manifest.list.v2+json'];
export const isIndex = ({ mediaType }: Descriptor): boolean => INDEXES.includes(mediaType);

/** The way to registries, with this client's accounts. Throws CliError where there is none. */
export async function openRegistries({ io, config }: Pick<Context, 'io' | 'config'>): Promise<Registries> {
  if (io.registries === undefined) throw new CliError('registries cannot be reached from this client');
  return io.registries((domain) => {
    const { username, password } = authOf(config, registryOf({ domain, path: '', tag: '', digest: '' }));
    return username === undefined || password === undefined ? undefined : { username, password };
  });
}

export const locationOf = (text: string): Reference => withDefaultTag(parseReference(text));
export const repositoryOf = ({ domain, path }: Reference): Repository => ({ domain, path });

/** What a name points to. */
export async function fetchImage(registries: Registries, reference: Reference): Promise<FetchedImage> {
  const found = await saying(() => registries.manifest(repositoryOf(reference), reference.digest || reference.tag));
  return { reference, ...found, document: JSON.parse(decodeText(found.bytes)) as IndexDocument };
}

/** A registry's errors are this command's own. */
export async function saying<Value>(act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof CliError || !(error instanceof Error) || error.cause === undefined) throw error;
    throw new CliError(error.message);
  }
}

/** `linux/arm64/v8`, `unknown/unknown`. */
export const platformText = ({ platform }: Member): string =>
  platform === undefined ? '' : [platform.os, platform.architecture, platform.variant ?? ''].filter((part) => part !== '').join('/');
