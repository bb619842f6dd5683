/** The second half of a build: its result becomes what was asked for, one output after the other. */

import type { BuildHistoryRecord, BuildOutput } from '../../../api-types/build-session.ts';
import { encodeBase64 } from '../../../http/base64.ts';
import type { Platform } from '../../../oci/manifest.ts';
import { formatPlatform } from '../../../oci/platform.ts';
import type { Daemon } from '../../daemon.ts';
import { BuildFailure } from '../failure.ts';
import type { Definition } from '../frontend.ts';
import type { Build } from '../history.ts';
import type { Plan } from '../plan/plan.ts';
import type { Vertex } from '../plan/vertex.ts';
import type { Progress } from '../progress.ts';
import type { BuildRequest } from '../request.ts';
import type { ImageSources } from '../solve/images.ts';
import type { CacheRecord, CacheStore } from '../solve/records.ts';
import type { SolvedKey } from '../solve/solver.ts';
import type { Workspace } from '../solve/workspace.ts';
import { checkCaches, exportCaches } from './cache-export.ts';
import { checkOptions } from './options.ts';
import { invocationOf } from './prepare.ts';
import { exportArchive } from './to-archive.ts';
import { exportFiles } from './to-files.ts';
import { exportImage } from './to-image.ts';

/** What was made for a platform. */
export interface Result {
  readonly plan: Plan;
  /** Undefined: none was asked for. */
  readonly platform: Platform | undefined;
  /** Null for an image without files. */
  readonly top: CacheRecord | null;
}

export interface Exporting {
  readonly daemon: Daemon;
  readonly progress: Progress;
  readonly cache: CacheStore;
  readonly workspace: Workspace;
  readonly request: BuildRequest;
  readonly definition: Definition;
  /** One for each platform. */
  readonly results: readonly Result[];
  readonly images: ImageSources;
  readonly vertices: readonly Vertex[];
  readonly solved: readonly SolvedKey[];
  readonly history: Build;
  /** When the outputs were begun, which is the end of the build itself. */
  readonly finishedNs: bigint;
  /** Tells the steps of one output from those of another. */
  readonly salt: string;
}

export interface Exported {
  readonly imageId?: string;
  readonly response: Readonly<Record<string, string>>;
  readonly attachments: BuildHistoryRecord['Attachments'];
  /** Attachments that are nowhere else. */
  readonly statements?: readonly Uint8Array[];
  /** For the client to write. */
  readonly archive?: Uint8Array;
}

const KNOWN = ['image', 'moby', 'docker', 'oci', 'local', 'tar', 'cacheonly', 'registry'];

/** Throws BuildFailure for an exporter that there is not, or that cannot do as it is told. */
export function checkOutputs(request: BuildRequest): void {
  const unknown = request.outputs.find(({ Type }) => !KNOWN.includes(Type));
  if (unknown) throw new BuildFailure(`exporter "${unknown.Type}" could not be found`);
  for (const output of request.outputs) checkOptions(output);
  checkCaches(request);
}

export async function exportAll(exporting: Omit<Exporting, 'salt'>): Promise<Exported> {
  const { request } = exporting;
  const isAsked = request.outputs.length > 0 || request.session?.request.Outputs !== undefined;
  const outputs = isAsked ? request.outputs : [{ Type: 'moby', Attrs: {} }];
  let result: Exported = { response: provenanceResponse(exporting), attachments: [] };
  // As a group of goroutines begins: the last one, then the others.
  for (const [index, output] of [...outputs.entries()].map((_, i, all) => all.at(i - 1)).filter((one) => one !== undefined)) {
    const exported = await exportOne(
      { ...exporting, salt: outputs.length > 1 ? `${exporting.history.ref}/${index}` : exporting.history.ref },
      output,
    );
    if (exported.archive) request.session?.outputs.set(index, exported.archive);
    result = { ...result, ...exported, response: { ...result.response, ...exported.response } };
  }
  await exportCaches({ ...exporting, salt: exporting.history.ref });
  return result;
}

/** How it was built, of whatever it was made. */
const provenanceResponse = (exporting: Omit<Exporting, 'salt'>): Exported['response'] =>
  Object.fromEntries(
    exporting.results.map((result) => {
      const where = exporting.results.length > 1 && result.platform ? `/${formatPlatform(result.platform)}` : '';
      return [`buildx.build.provenance${where}`, encodeBase64(new TextEncoder().encode(JSON.stringify(invocationOf(exporting, result))))];
    }),
  );

function exportOne(exporting: Exporting, output: BuildOutput): Promise<Exported> {
  const isImage = !['cacheonly', 'local', 'tar'].includes(output.Type);
  if (isImage && exporting.results.some(({ plan }) => plan.target.image.architecture === ''))
    throw new BuildFailure('invalid image config for export: missing architecture');
  switch (output.Type) {
    case 'cacheonly':
      return Promise.resolve({ response: {}, attachments: [] });
    case 'local':
    case 'tar':
      return exportFiles(exporting, output);
    case 'oci':
      return exportArchive(exporting, output);
    case 'docker':
      // Without a session there is nobody to take the archive.
      return exporting.request.session ? exportArchive(exporting, output) : exportImage(exporting, output);
    default:
      return exportImage(exporting, output);
  }
}
