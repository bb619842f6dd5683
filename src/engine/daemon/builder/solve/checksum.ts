/** What files are, for the cache: their content, names, modes and owners, not their times. Upstream: buildkit cache/contenthash. */
import type { Sys } from '../../../kernel/sys.ts';
import { createDigester, type Digest, digestOf } from '../../../oci/digest.ts';
import type { CopyAction } from '../plan/vertex.ts';
import { hasWildcard } from './go-match.ts';
import { filterOf, select, walk } from './select.ts';

const encoder = new TextEncoder();

function describe(sys: Sys, at: string): readonly (string | number)[] {
  const { type, mode, uid, gid, rdev } = sys.path.lstat(at);
  if (type === 'regular') return [type, mode, uid, gid, digestOf(sys.path.readFile(at))];
  if (type === 'symlink') return [type, uid, gid, sys.path.readlink(at)];
  return [type, mode, uid, gid, rdev];
}

/** Throws MissingSource. */
export function checksumOf(sys: Sys, root: string, action: CopyAction): Digest {
  const digester = createDigester();
  const add = (value: unknown): void => digester.update(encoder.encode(`${JSON.stringify(value)}\n`));
  const wanted = filterOf(action);
  for (const { at, path } of select(sys, root, action)) {
    const name = hasWildcard(action.source) ? path : '';
    const isTree = sys.path.lstat(at).type === 'directory';
    for (const found of walk(sys, at)) {
      if (found.path !== '' && !wanted(found.path)) continue;
      // A directory's own mode does not count where only what is in it is copied.
      if (found.path === '' && isTree && action.isPath) add([name, 'directory']);
      else add([name, found.path, ...describe(sys, found.at)]);
    }
  }
  return digester.digest();
}

/** A whole tree or file, as a mount shows it. Throws MissingSource. */
export const treeChecksum = (sys: Sys, root: string, source: string): Digest =>
  checksumOf(sys, root, {
    kind: 'copy',
    input: 0,
    source,
    dest: '',
    owner: '',
    mode: '',
    includes: [],
    excludes: [],
    required: [],
    unpack: false,
    isPath: false,
  });
