/** What the layers below a directory show, and whether what stands above them is any different. */
import type { Stat } from '../../kernel/fs/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import { exists } from '../files.ts';

export const isWhiteout = ({ type, rdev }: Stat): boolean => type === 'char-device' && rdev === 0;

/** What the layers show at a path, which begins with `/`: the uppermost that says anything decides. */
export function lookBelow(sys: Sys, layers: readonly string[], path: string): Stat | undefined {
  for (const layer of layers) {
    if (!exists(sys, layer + path)) continue;
    const stat = sys.path.lstat(layer + path);
    return isWhiteout(stat) ? undefined : stat;
  }
  return undefined;
}

/** Time counts for what is no directory. Upstream: continuity/fs sameFile. */
export const isSame = (now: Stat, was: Stat): boolean =>
  now.type === was.type &&
  now.mode === was.mode &&
  now.uid === was.uid &&
  now.gid === was.gid &&
  (now.type === 'directory' || (now.sizeBytes === was.sizeBytes && now.mtimeNs === was.mtimeNs));
