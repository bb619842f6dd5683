/** `--output type=oci` and `type=docker` with a file to write: an image as an archive. */

import type { BuildOutput } from '../../../api-types/build-session.ts';
import { encodeBase64 } from '../../../http/base64.ts';
import { writeImageArchive } from '../../../oci/archive/write.ts';
import { concatBytes } from '../../../oci/bytes.ts';
import type { Descriptor } from '../../../oci/manifest.ts';
import { canonicalName, InvalidReference, parseReference, withDefaultTag } from '../../../oci/reference.ts';
import { readTar } from '../../../oci/tar/read.ts';
import { TAR_END, tarEntryPieces } from '../../../oci/tar/write.ts';
import { removeContext } from '../../containers/held.ts';
import { rfc3339 } from '../../time.ts';
import { BuildFailure } from '../failure.ts';
import { internalStep } from '../frontend.ts';
import type { Exported, Exporting } from './export.ts';
import { prepare } from './prepare.ts';

export async function exportArchive(exporting: Exporting, output: BuildOutput): Promise<Exported> {
  const { daemon, progress, request, salt } = exporting;
  const isDocker = output.Type === 'docker';
  const step = internalStep(`exporting to ${output.Type} image format`, salt);
  await progress.start(step);
  const names = output.Attrs.name !== undefined && request.names.length === 0 ? output.Attrs.name.split(',').map(named) : request.names;
  if (isDocker && exporting.results.length > 1) {
    const message = 'docker exporter does not currently support exporting manifest lists';
    await progress.complete(step.digest, { error: message });
    throw new BuildFailure(message, { vertex: step.digest });
  }
  const { target: written, manifests } = await prepare(exporting, output, { vertex: step.digest, names, attested: false });
  const target = dated(written, exporting);
  const pack = async (): Promise<Uint8Array> => {
    const images = names.length > 0 ? names.map((name) => ({ target, name })) : [{ target }];
    const whole = concatBytes([...writeImageArchive({ images, read: (digest) => daemon.images.content.find(digest) })]);
    return isDocker ? whole : withoutManifestJson(whole);
  };
  // A directory is filled as a content store is: nothing is packed.
  const archive = ['false', '0'].includes(output.Attrs.tar ?? '')
    ? await pack()
    : await progress.task(step.digest, 'sending tarball', pack);
  removeContext(daemon).collect();
  await progress.complete(step.digest);
  const descriptor = encodeBase64(new TextEncoder().encode(JSON.stringify(target)));
  return {
    response: {
      'containerimage.digest': target.digest,
      ...(manifests[0] && manifests.length === 1 ? { 'containerimage.config.digest': manifests[0].config.digest } : {}),
      'containerimage.descriptor': descriptor,
      ...(names.length > 0 ? { 'image.name': names.join(',') } : {}),
    },
    attachments: [],
    archive,
  };
}

/** An archive says when it was made. */
function dated({ annotations, platform, ...plain }: Descriptor, { daemon, results }: Exporting): Descriptor {
  const epoch = results[0]?.plan.epoch;
  const created = rfc3339(epoch === undefined ? daemon.sys.clock.nowNs() : BigInt(epoch) * 1_000_000_000n);
  return {
    ...plain,
    annotations: { ...annotations, 'org.opencontainers.image.created': created },
    ...(platform === undefined ? {} : { platform }),
  };
}

/** Throws BuildFailure for what is no name. */
function named(text: string): string {
  try {
    return canonicalName(withDefaultTag(parseReference(text)));
  } catch (error) {
    if (error instanceof InvalidReference) throw new BuildFailure(`invalid reference format: ${error.message}`);
    throw error;
  }
}

/** An OCI layout has no file for old Dockers. */
function withoutManifestJson(archive: Uint8Array): Uint8Array {
  const entries = [...readTar(archive)].filter(({ name }) => name !== 'manifest.json');
  return concatBytes([...entries.flatMap((entry) => [...tarEntryPieces(entry)]), TAR_END]);
}
