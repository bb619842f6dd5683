/** What an earlier dockerd left behind: a namespace that nothing but its file holds. */
import type { Sys } from '../../../kernel/sys.ts';
import { exists } from '../../files.ts';
import { ignoring } from '../../networks/store.ts';

/** Where dockerd keeps namespaces. */
export const KEYS = '/var/run/docker/netns';

/** Takes it away, with all that is in it. */
export function forgetNamespace(sys: Sys, key: string): void {
  if (!exists(sys, key)) return;
  const { ino: inode } = sys.path.stat(key);
  ignoring('EINVAL', () => sys.path.umount(key, { lazy: true }));
  sys.path.unlink(key);
  ignoring('EINVAL', () => sys.ns.release({ kind: 'net', inode }));
}
