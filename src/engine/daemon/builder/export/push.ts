/** `--push`: the image goes to its registry. Upstream: buildkit util/push. */
import type { Descriptor } from '../../../oci/manifest.ts';
import { parseCanonical } from '../../../oci/reference.ts';
import { RegistryError } from '../../../registry/client/errors.ts';
import { messageOf } from '../../errors.ts';
import { pushContent } from '../../images/push-content.ts';
import { PushProgress } from '../../images/push-progress.ts';
import { pushFailure } from '../../images/registry-errors.ts';
import { BuildFailure } from '../failure.ts';
import type { Exporting } from './export.ts';

export interface PushedImage {
  readonly vertex: string;
  readonly name: string;
  readonly target: Descriptor;
}

/** Throws BuildFailure. */
export async function pushImage(
  { daemon, progress, images }: Pick<Exporting, 'daemon' | 'progress' | 'images'>,
  pushed: PushedImage,
): Promise<void> {
  const { vertex, name, target } = pushed;
  const reference = parseCanonical(name);
  const pushing = { images: daemon.images, reference, client: images.client(reference), progress: new PushProgress(async () => {}) };
  try {
    await progress.task(vertex, 'pushing layers', () => pushContent(pushing, target));
    await images.tellShared(progress);
    await progress.task(vertex, `pushing manifest for ${name}@${target.digest}`, async () => {});
  } catch (error) {
    const why =
      error instanceof RegistryError && error.kind === 'no-credentials'
        ? `unexpected status from ${error.method} request to ${error.url}: 401 Unauthorized`
        : messageOf(pushFailure(error));
    const message = `failed to push ${name}: ${why}`;
    await progress.complete(vertex, { error: message });
    throw new BuildFailure(message, { vertex });
  }
}
