/** What is kept of a machine for the day when its journal plays differently. */
import type { Stage } from './stage.ts';
import type { Snapshot } from './store.ts';

const HOME = '/home/learner';
const MOST_BYTES = 512 * 1024;

/** The images that were pulled, and the files of whoever types. */
export async function snapshotOf(stage: Stage): Promise<Snapshot> {
  const json = async <T>(target: string, otherwise: T): Promise<T> => {
    const seen = await stage.look(target);
    return seen.kind === 'seen' && seen.status === 200 ? (JSON.parse(new TextDecoder().decode(seen.body)) as T) : otherwise;
  };
  const images = await json<readonly { readonly RepoTags?: readonly string[] }[]>('/images/json', []);
  const files: { path: string; bytes: Uint8Array; mode: number }[] = [];
  let sizeBytes = 0;
  const walk = async (folder: string): Promise<void> => {
    const target = `/drydock/files?path=${encodeURIComponent(folder)}`;
    for (const { name, type, sizeBytes: size } of await json<readonly { name: string; type: string; sizeBytes: number }[]>(target, [])) {
      const path = `${folder}/${name}`;
      if (type === 'directory') await walk(path);
      if (type !== 'file' || sizeBytes + size > MOST_BYTES) continue;
      const seen = await stage.look(`/drydock/files?path=${encodeURIComponent(path)}`);
      if (seen.kind !== 'seen' || seen.status !== 200) continue;
      sizeBytes += size;
      const isScript = seen.body[0] === 35 && seen.body[1] === 33;
      files.push({ path, bytes: seen.body, mode: isScript ? 0o755 : 0o644 });
    }
  };
  await walk(HOME);
  return { images: images.flatMap(({ RepoTags = [] }) => RepoTags), files };
}
