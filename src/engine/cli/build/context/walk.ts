/** The files of a context: what its ignore file leaves, as a tar stream. Links are sent as links; nothing is followed out of it. */

import {
  compilePatterns,
  judge,
  mayHaveExceptions,
  type Pattern,
  PatternSyntaxError,
  type Verdict,
} from '../../../api-types/ignore/patterns.ts';
import type { BodyWriter } from '../../../http/index.ts';
import { CliError, errorCode, systemError } from '../../errors.ts';
import { byBytes } from '../../formatter/text.ts';
import type { Files } from '../../io.ts';
import { TAR_END, type TarEntry, tarBlocks } from '../../tar/tar.ts';

export interface Tree {
  readonly files: Files;
  /** An absolute path. */
  readonly root: string;
  readonly patterns: readonly Pattern[];
}

interface Found {
  /** Below the root, without a slash in front. */
  readonly path: string;
  readonly stat: NonNullable<ReturnType<Files['stat']>>;
}

const NS_PER_SECOND = 1_000_000_000n;
const MODE_BITS = 0o7777;
/** A path is at most so long in Linux, so directories cannot nest deeper. */
const DEEPEST = 2048;

/** Compiles the lines of an ignore file; nothing of what cannot be read, which the engine complains of. */
export function ignorePatterns(lines: readonly string[]): readonly Pattern[] {
  try {
    return compilePatterns(lines);
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    return compilePatterns(['*']);
  }
}

/** In the order of their names, each directory before what is in it. An ignored directory comes if something in it is not ignored. */
export function* walkTree(tree: Tree): Generator<Found> {
  yield* walkDirectory(tree, { path: '', depth: 0, pending: [] });
}

interface Place {
  readonly path: string;
  readonly depth: number;
  readonly verdict?: Verdict;
  /** Ignored directories above, not yet told of. */
  readonly pending: Found[];
}

function* walkDirectory(tree: Tree, place: Place): Generator<Found> {
  if (place.depth > DEEPEST) throw new CliError(`failed to solve: error from sender: open ${place.path}: file name too long`);
  for (const name of namesIn(tree, place.path)) {
    const path = place.path === '' ? name : `${place.path}/${name}`;
    const stat = tree.files.lstat(below(tree.root, path));
    if (stat === null || stat.type === 'socket' || (stat.type === 'other' && stat.special === undefined)) continue;
    const verdict = judgeOrFail(tree.patterns, path, place.verdict);
    const found: Found = { path, stat };
    if (!verdict.ignored) {
      yield* place.pending.splice(0);
      yield found;
    }
    if (stat.type !== 'directory' || (verdict.ignored && !mayHaveExceptions(tree.patterns, path))) continue;
    const pending = verdict.ignored ? [...place.pending, found] : place.pending;
    yield* walkDirectory(tree, { path, depth: place.depth + 1, verdict, pending });
    if (verdict.ignored && pending.length === 0) place.pending.length = 0;
  }
}

function judgeOrFail(patterns: readonly Pattern[], path: string, above: Verdict | undefined): Verdict {
  try {
    return judge(patterns, path, above);
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    throw new CliError(`failed to solve: error from sender: failed to match excludepatterns: ${error.message}`);
  }
}

const below = (root: string, path: string): string => `${root === '/' ? '' : root}/${path}`;

function namesIn({ files, root }: Tree, path: string): readonly string[] {
  try {
    return [...files.readdir(path === '' ? root : below(root, path))].sort(byBytes);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CliError(`failed to solve: error from sender: open ${path === '' ? root : below(root, path)}: ${systemError(error)}`);
  }
}

function entryOf({ files, root }: Tree, { path, stat }: Found): TarEntry {
  const full = below(root, path);
  try {
    return {
      name: stat.type === 'directory' ? `${path}/` : path,
      type: stat.type === 'socket' ? 'other' : stat.type,
      mode: stat.mode & MODE_BITS,
      uid: 0,
      gid: 0,
      mtimeSeconds: Number(stat.mtimeNs / NS_PER_SECOND),
      linkName: stat.type === 'symlink' ? files.readlink(full) : '',
      bytes: stat.type === 'file' ? files.read(full) : new Uint8Array(),
      ...(stat.special === undefined ? {} : { special: stat.special }),
    };
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CliError(`failed to solve: error from sender: open ${full}: ${systemError(error)}`);
  }
}

/** The tree as a tar stream. Owners are left behind, as BuildKit leaves them. Entries given beside it come first, in place of its own. */
export const treeBody =
  (tree: Tree, more: readonly TarEntry[] = []) =>
  async (write: BodyWriter): Promise<void> => {
    for (const entry of more) for (const block of tarBlocks(entry)) await write(block);
    for (const found of walkTree(tree)) {
      if (more.some(({ name }) => name === found.path)) continue;
      for (const block of tarBlocks(entryOf(tree, found))) await write(block);
    }
    await write(TAR_END);
  };

/** A file of this client's making. */
export const madeFile = (name: string, bytes: Uint8Array): TarEntry => ({
  name,
  type: 'file',
  mode: 0o600,
  uid: 0,
  gid: 0,
  mtimeSeconds: 0,
  linkName: '',
  bytes,
});
