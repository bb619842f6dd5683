/** `--output type=local` and `type=tar`: the result's files, for the client to write. */
import type { BuildOutput } from '../../../api-types/build-session.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { type TarInput, writeTar } from '../../../oci/tar/write.ts';
import { tarEntry } from '../../snapshots/diff.ts';
import { parseTime } from '../../time.ts';
import { internalStep } from '../frontend.ts';
import { walk } from '../solve/select.ts';
import type { Exported, Exporting } from './export.ts';

export async function exportFiles(
  { daemon, progress, workspace, top, history, plan }: Exporting,
  { Type }: BuildOutput,
): Promise<Exported> {
  const step = internalStep(`exporting to client ${Type === 'local' ? 'directory' : 'tarball'}`, history.ref);
  await progress.start(step);
  const epoch = plan.epoch === undefined ? undefined : parseTime(new Date(Number(plan.epoch) * 1000).toISOString());
  const archive = writeTar(entriesBelow(daemon.sys, workspace.view(top), epoch));
  const started = progress.now();
  const status = Type === 'local' ? { id: 'copying files', current: archive.length } : { id: 'sending tarball' };
  await progress.status(step.digest, { ...status, started, completed: progress.now() });
  await progress.complete(step.digest);
  return { response: {}, attachments: [], archive };
}

function entriesBelow(sys: Sys, root: string, clampNs: bigint | undefined): readonly TarInput[] {
  const seen = new Map<number, string>();
  const entries: TarInput[] = [];
  for (const { at, path } of walk(sys, root)) {
    const stat = sys.path.lstat(at);
    if (path === '' || stat.type === 'socket') continue;
    const entry = tarEntry(sys, { at, name: path, stat, seen });
    entries.push(clampNs === undefined ? entry : { ...entry, mtimeNs: clampNs });
  }
  return entries;
}
