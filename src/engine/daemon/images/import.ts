import type { Sys } from '../../kernel/sys.ts';
import { decompress } from '../../oci/gzip.ts';
import type { Platform } from '../../oci/manifest.ts';
import { rfc3339Nano } from '../time.ts';
import { applyChanges } from './changes.ts';
import { HOST_PLATFORM } from './image.ts';
import { makeImage } from './make.ts';
import { readName } from './requests.ts';
import type { Images } from './store.ts';

export interface ImportOptions {
  readonly bytes: Uint8Array;
  /** What was typed: an address, or `-`. */
  readonly source: string;
  readonly repository: string;
  readonly tag: string;
  readonly message: string;
  readonly changes: readonly string[];
  readonly platform?: Platform | undefined;
}

/** `docker import`: a file system as an image of one layer; its id. Throws DockerError for what is no archive; the image stays. */
export async function importImage(
  sys: Sys,
  images: Images,
  { bytes, source, repository, tag, message, changes, platform }: ImportOptions,
): Promise<string> {
  const layer = decompress(bytes);
  const created = rfc3339Nano(sys.clock.nowNs());
  return makeImage(sys, images, {
    layer,
    event: 'import',
    config: {
      ...(platform ?? HOST_PLATFORM),
      created,
      config: applyChanges({}, changes),
      history: [{ created, comment: message || `Imported from ${source}` }],
    },
    ...(repository === '' ? {} : { name: readName(repository, tag) }),
  });
}
