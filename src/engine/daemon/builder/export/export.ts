/** The second half of a build: its result becomes what was asked for, one output after the other. */
import type { BuildHistoryRecord, BuildOutput } from '../../../api-types/build-session.ts';
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
import type { Workspace } from '../solve/workspace.ts';
import { exportCaches } from './cache-export.ts';
import { exportArchive } from './to-archive.ts';
import { exportFiles } from './to-files.ts';
import { exportImage } from './to-image.ts';

export interface Exporting {
  readonly daemon: Daemon;
  readonly progress: Progress;
  readonly cache: CacheStore;
  readonly workspace: Workspace;
  readonly request: BuildRequest;
  readonly plan: Plan;
  readonly definition: Definition;
  /** The result; null for an image without files. */
  readonly top: CacheRecord | null;
  readonly images: ImageSources;
  readonly vertices: readonly Vertex[];
  readonly history: Build;
}

export interface Exported {
  readonly imageId?: string;
  readonly response: Readonly<Record<string, string>>;
  readonly attachments: BuildHistoryRecord['Attachments'];
  /** For the client to write. */
  readonly archive?: Uint8Array;
}

const KNOWN = ['image', 'moby', 'docker', 'oci', 'local', 'tar', 'cacheonly', 'registry'];

/** Throws BuildFailure for an exporter that there is not. */
export function checkOutputs({ outputs }: BuildRequest): void {
  const unknown = outputs.find(({ Type }) => !KNOWN.includes(Type));
  if (unknown) throw new BuildFailure(`exporter "${unknown.Type}" could not be found`);
}

export async function exportAll(exporting: Exporting): Promise<Exported> {
  const { request } = exporting;
  const isAsked = request.outputs.length > 0 || request.session?.request.Outputs !== undefined;
  const outputs = isAsked ? request.outputs : [{ Type: 'moby', Attrs: {} }];
  let result: Exported = { response: {}, attachments: [] };
  for (const [index, output] of outputs.entries()) {
    const exported = await exportOne(exporting, output);
    if (exported.archive) request.session?.outputs.set(index, exported.archive);
    result = { ...result, ...exported, response: { ...result.response, ...exported.response } };
  }
  await exportCaches(exporting);
  return result;
}

function exportOne(exporting: Exporting, output: BuildOutput): Promise<Exported> {
  const isImage = !['cacheonly', 'local', 'tar'].includes(output.Type);
  if (isImage && exporting.plan.target.image.architecture === '')
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
