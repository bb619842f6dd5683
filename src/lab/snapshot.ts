/** What is kept of a machine for the day when its journal plays differently. */
import type { Stage } from './stage.ts';
import type { Snapshot } from './store.ts';

const HOME = '/home/learner';
const MOST_BYTES = 512 * 1024;

/** What lies in every machine's home. */
async function ownFiles(): Promise<(path: string, bytes: Uint8Array) => boolean> {
  const { HOME_FILES } = await import('../engine/machine/world/home/files.ts');
  const { CLOUD_FILES } = await import('../engine/machine/world/cloud-account.ts');
  const files = new Map([...HOME_FILES, ...CLOUD_FILES].map(({ path, bytes }) => [path, bytes]));
  return (path, bytes) => {
    const own = files.get(path);
    return own !== undefined && own.length === bytes.length && own.every((byte, index) => byte === bytes[index]);
  };
}

/** The images that were pulled, and the files of whoever types: without those that lie in every machine's home. */
export async function snapshotOf(stage: Stage): Promise<Snapshot> {
  const json = async <T>(target: string, otherwise: T): Promise<T> => {
    const seen = await stage.look(target);
    return seen.kind === 'seen' && seen.status === 200 ? (JSON.parse(new TextDecoder().decode(seen.body)) as T) : otherwise;
  };
  const images = await json<readonly { readonly RepoTags?: readonly string[] }[]>('/images/json', []);
  const isOwn = await ownFiles();
  const files: { path: string; bytes: Uint8Array; mode: number }[] = [];
  let sizeBytes = 0;
  const walk = async (folder: string): Promise<void> => {
    const target = `/drydock/files?path=${encodeURIComponent(folder)}`;
    for (const { name, type, sizeBytes: size } of await json<readonly { name: string; type: string; sizeBytes: number }[]>(target, [])) {
      const path = `${folder}/${name}`;
      if (type === 'directory') await walk(path);
      if (type !== 'file' || sizeBytes + size > MOST_BYTES) continue;
      const seen = await stage.look(`/drydock/files?path=${encodeURIComponent(path)}`);
      if (seen.kind !== 'seen' || seen.status !== 200 || isOwn(path, seen.body)) continue;
      sizeBytes += size;
      const isScript = seen.body[0] === 35 && seen.body[1] === 33;
      files.push({ path, bytes: seen.body, mode: isScript ? 0o755 : 0o644 });
    }
  };
  await walk(HOME);
  return { images: images.flatMap(({ RepoTags = [] }) => RepoTags), files };
}
