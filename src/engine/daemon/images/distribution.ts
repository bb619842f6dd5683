/** What a registry has under a name, without pulling it. Upstream: moby daemon/server/router/distribution. */
import type { DistributionInspect } from '../../api-types/index.ts';
import { parseConfig } from '../../oci/config.ts';
import { type Descriptor, isIndexType, MEDIA_TYPE, type Platform, parseIndex, parseManifest } from '../../oci/manifest.ts';
import type { Reference } from '../../oci/reference.ts';
import type { RegistryClient } from '../../registry/client/client.ts';
import { asDaemon, distributionError } from './registry-errors.ts';

/** GET /distribution/{name}/json. Throws DockerError. */
export async function inspectDistribution(client: RegistryClient, reference: Reference): Promise<DistributionInspect> {
  const ask = <T>(job: () => Promise<T>): Promise<T> => asDaemon(job, distributionError);
  const { mediaType, digest, size } = await ask(() => client.resolve(reference));
  const { bytes } = await ask(() => client.fetchManifest(reference, digest));
  return { Descriptor: { mediaType, digest, size }, Platforms: await platformsOf({ mediaType, digest, size }, bytes) };

  /** Of an index all that it lists; of a manifest only Docker's own kind is asked further. */
  async function platformsOf(target: Descriptor, document: Uint8Array): Promise<readonly Platform[] | null> {
    if (isIndexType(target.mediaType)) return parseIndex(document).manifests.flatMap(({ platform }) => platform ?? []);
    if (target.mediaType !== MEDIA_TYPE.dockerManifest) return null;
    const { config } = parseManifest(document);
    const { architecture, os, variant } = parseConfig(await ask(() => client.fetchBlob(reference, config)));
    return [{ architecture, os, ...(variant === undefined ? {} : { variant }) }];
  }
}
