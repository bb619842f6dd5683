/** Images that a build stands on: found here, or in a registry, and brought here when their files are needed. */

import { digestOf } from '../../../oci/digest.ts';
import { type Descriptor, isAttestation, isIndexType, mediaTypeOf, type Platform, parseManifest } from '../../../oci/manifest.ts';
import { matchesPlatform } from '../../../oci/platform.ts';
import { canonicalName, type Reference } from '../../../oci/reference.ts';
import { createRegistryClient, type RegistryClient } from '../../../registry/client/client.ts';
import { RegistryError } from '../../../registry/client/errors.ts';
import type { Daemon } from '../../daemon.ts';
import { shortId } from '../../ids.ts';
import { chooseManifest, type ImageManifest, manifestsOf, readManifest, topSnapshot } from '../../images/image.ts';
import { unpack } from '../../images/unpack.ts';
import { endpointsFor } from '../../registry-settings.ts';
import type { ResolvedImage } from '../plan/options.ts';
import type { Progress } from '../progress.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface SourceImage extends ResolvedImage {
  /** That of the build, for which it was looked for. */
  readonly platform: Platform;
  readonly target: Descriptor;
  readonly manifest: ImageManifest;
}

const NO_MATCH = 'no match for platform in manifest: not found';

export class ImageSources {
  readonly #daemon: Daemon;
  readonly #credentials: (host: string) => Credentials | undefined;
  /** By the digest that the graph knows them by. */
  readonly #resolved = new Map<string, SourceImage>();
  readonly #pulled = new Set<string>();
  /** Registries that were told whom they deal with. */
  readonly #shared = new Set<string>();
  readonly #told = new Set<string>();
  readonly #hold: (digests: readonly string[]) => void;

  constructor(daemon: Daemon, credentials: (host: string) => Credentials | undefined, hold: (digests: readonly string[]) => void) {
    this.#daemon = daemon;
    this.#hold = hold;
    this.#credentials = credentials;
  }

  /** A registry, asked as the build's client. */
  client({ domain }: Reference): RegistryClient {
    const credentials = this.#credentials(domain);
    return createRegistryClient({
      dial: this.#daemon.dial,
      endpoints: endpointsFor(this.#daemon.registries),
      load: (code) => this.#daemon.sys.stall(code),
      ...(credentials
        ? {
            credentials: () => {
              this.#shared.add(domain);
              return credentials;
            },
          }
        : {}),
    });
  }

  /** Tells of each registry that was given the client's credentials, once. */
  async tellShared(progress: Progress): Promise<void> {
    for (const host of this.#shared) {
      if (this.#told.has(host)) continue;
      this.#told.add(host);
      const name = `[auth] sharing credentials for ${host}`;
      const step = { name, digest: digestOf(new TextEncoder().encode(name)) };
      await progress.start(step);
      await progress.complete(step.digest);
    }
  }

  all(): readonly SourceImage[] {
    return [...this.#resolved.values()];
  }

  /** Throws an Error that says why not. */
  async resolve(reference: Reference, { platform, pull }: { readonly platform: Platform; readonly pull: boolean }): Promise<SourceImage> {
    const found = (pull ? undefined : this.#local(reference, platform)) ?? (await this.#remote(reference, platform));
    this.#resolved.set(`${found.digest} ${JSON.stringify(platform)}`, found);
    return found;
  }

  /** Makes sure that an image is somewhere, without building on it. Throws an Error that says why not. */
  async look(reference: Reference, platform: Platform): Promise<void> {
    if (!this.#local(reference, platform)) await this.#remote(reference, platform);
  }

  /** Whether it came from a registry just now. */
  wasPulled({ digest }: SourceImage): boolean {
    return this.#pulled.has(digest);
  }

  find(digest: string, platform: Platform): SourceImage | undefined {
    return this.#resolved.get(`${digest} ${JSON.stringify(platform)}`);
  }

  #local(reference: Reference, platform: Platform): SourceImage | undefined {
    const { images } = this.#daemon;
    const { digest } = reference;
    const target = digest === undefined ? images.named(canonicalName(reference))?.target : images.find(digest)?.target;
    const manifest = target && chooseManifest(images, target, platform);
    return target && manifest ? { reference, digest: target.digest, config: manifest.config, target, manifest, platform } : undefined;
  }

  async #remote(reference: Reference, platform: Platform): Promise<SourceImage> {
    try {
      return await this.#fetch(reference, platform);
    } catch (error) {
      throw error instanceof RegistryError ? new Error(sentence(reference, error)) : error;
    }
  }

  /** Index, manifest and configuration; the layers come when they are needed. */
  async #fetch(reference: Reference, platform: Platform): Promise<SourceImage> {
    const { content } = this.#daemon.images;
    const client = this.client(reference);
    const target = await client.resolve(reference);
    const { bytes } = await client.fetchManifest(reference, target.digest);
    content.put(bytes, target.digest);
    this.#hold([target.digest]);
    const offered = manifestsOf(this.#daemon.images, target);
    const chosen = isIndexType(target.mediaType)
      ? offered.find((one) => !isAttestation(one) && one.platform && matchesPlatform(platform, one.platform))
      : target;
    if (!chosen) throw new Error(NO_MATCH);
    const manifestBytes = content.find(chosen.digest) ?? (await client.fetchManifest(reference, chosen.digest)).bytes;
    content.put(manifestBytes, chosen.digest);
    this.#hold([chosen.digest]);
    const { config } = parseManifest(manifestBytes);
    this.#hold([config.digest]);
    if (!content.has(config.digest)) content.put(await client.fetchBlob(reference, config), config.digest);
    const manifest = readManifest(this.#daemon.images, { ...chosen, mediaType: chosen.mediaType || mediaTypeOf(manifestBytes) });
    if (!manifest) throw new Error(NO_MATCH);
    return { reference, digest: target.digest, config: manifest.config, target, manifest, platform };
  }

  /** Brings its layers and unpacks them; the snapshot of the uppermost. */
  async materialize(source: SourceImage, { vertex, progress }: { vertex: string; progress: Progress }): Promise<string> {
    const { sys, images } = this.#daemon;
    const { manifest } = source;
    const top = topSnapshot(manifest);
    if (top !== '' && images.snapshots.has(top)) return top;
    await this.fetchLayers(source, { vertex, progress });
    const started = new Map<string, bigint>();
    for (const { digest } of manifest.manifest.layers) started.set(digest, progress.now());
    await unpack(sys, images, manifest, {
      before: async (layer) =>
        progress.status(vertex, { id: `extracting ${layer}`, started: started.get(layer) ?? progress.now(), completed: progress.now() }),
    });
    return top;
  }

  async fetchLayers({ reference, manifest, digest }: SourceImage, told: { vertex: string; progress: Progress }): Promise<void> {
    const { content } = this.#daemon.images;
    for (const layer of manifest.manifest.layers) {
      if (content.has(layer.digest)) continue;
      this.#pulled.add(digest);
      this.#hold([layer.digest]);
      content.put(await this.#fetchLayer(reference, layer, told), layer.digest);
    }
  }

  async #fetchLayer(
    reference: Reference,
    layer: Descriptor,
    { vertex, progress }: { vertex: string; progress: Progress },
  ): Promise<Uint8Array> {
    const started = progress.now();
    const status = (current: number, completed?: bigint): Promise<void> =>
      progress.status(vertex, { id: layer.digest, current, total: layer.size, started, ...(completed === undefined ? {} : { completed }) });
    try {
      const bytes = await this.client(reference).fetchBlob(reference, layer, { onProgress: (current) => status(current) });
      await status(layer.size, progress.now());
      return bytes;
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      throw new Error(`failed to copy: ${error.message} (${shortId(layer.digest)})`);
    }
  }
}

/** A registry's refusal as containerd's resolver says it. */
function sentence(reference: Reference, error: RegistryError): string {
  switch (error.kind) {
    case 'unauthorized':
    case 'denied':
      return 'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed';
    case 'no-credentials':
      return `unexpected status from ${error.method} request to ${error.url}: 401 Unauthorized`;
    case 'not-found':
      return `${canonicalName(reference)}: not found`;
    case 'unreachable':
      return `failed to do request: ${error.method.slice(0, 1)}${error.method.slice(1).toLowerCase()} "${error.url}": ${error.message}`;
    default:
      return error.message;
  }
}
