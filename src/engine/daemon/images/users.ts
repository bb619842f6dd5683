import type { Daemon } from '../daemon.ts';

/** Containers by the digest of the manifest they run. */
export function usersByManifest(daemon: Daemon): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const { id, image } of daemon.containers.all()) {
    const digest = image.manifest?.digest ?? '';
    const ids = users.get(digest);
    if (ids) ids.push(id);
    else users.set(digest, [id]);
  }
  return users;
}
