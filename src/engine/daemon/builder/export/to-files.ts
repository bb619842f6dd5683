/** `--output type=local` and `type=tar`: the result's files, for the client to write. */
import type { BuildOutput } from '../../../api-types/build-session.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { formatPlatform } from '../../../oci/platform.ts';
import { type TarInput, writeTar } from '../../../oci/tar/write.ts';
import { HOST_PLATFORM } from '../../images/image.ts';
import { tarEntry } from '../../snapshots/diff.ts';
import { parseTime } from '../../time.ts';
import { internalStep } from '../frontend.ts';
import { walk } from '../solve/select.ts';
import type { Exported, Exporting } from './export.ts';

export async function exportFiles(
  { daemon, progress, workspace, results, salt }: Exporting,
  { Type, Attrs }: BuildOutput,
): Promise<Exported> {
  const step = internalStep(`exporting to client ${Type === 'local' ? 'directory' : 'tarball'}`, salt);
  await progress.start(step);
  const asked = Attrs['platform-split'];
  const splits = asked === undefined ? results.length > 1 : !['false', '0'].includes(asked);
  const all: TarInput[] = [];
  for (const { plan, platform, top } of results) {
    const epoch = plan.epoch === undefined ? undefined : parseTime(new Date(Number(plan.epoch) * 1000).toISOString());
    const where = splits ? formatPlatform(platform ?? HOST_PLATFORM) : '';
    const started = progress.now();
    const entries = entriesBelow(daemon.sys, workspace.view(top), epoch);
    const folder = where.replaceAll('/', '_');
    all.push(...(splits ? [folderOf(folder, daemon.sys), ...entries.map((entry) => below(folder, entry))] : entries));
    if (Type !== 'local') continue;
    const id = ['copying files', results.length > 1 ? where : ''].filter((word) => word !== '').join(' ');
    await progress.status(step.digest, { id, current: writeTar(entries).length, started, completed: progress.now() });
  }
  const started = progress.now();
  const archive = writeTar(all);
  if (Type !== 'local') await progress.status(step.digest, { id: 'sending tarball', started, completed: progress.now() });
  await progress.complete(step.digest);
  return { response: {}, attachments: [], archive };
}

/** Each platform's files are in a directory of their own. */
const folderOf = (name: string, { clock }: Sys): TarInput => ({
  name: `${name}/`,
  type: 'directory',
  mode: 0o755,
  mtimeNs: clock.nowNs(),
  content: new Uint8Array(),
});

const below = (folder: string, entry: TarInput): TarInput => ({
  ...entry,
  name: `${folder}/${entry.name}`,
  ...(entry.type === 'link' ? { linkname: `${folder}/${entry.linkname ?? ''}` } : {}),
});

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
