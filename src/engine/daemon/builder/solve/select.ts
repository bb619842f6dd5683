/** Which files of a source a COPY means. Nothing outside the source's root is ever looked at. */
import type { Sys } from '../../../kernel/sys.ts';
import { exists, inRoot, namesIn } from '../../files.ts';
import type { CopyAction } from '../plan/vertex.ts';
import { hasWildcard, matches } from './go-match.ts';
import { matcher } from './patterns.ts';

export interface Selected {
  /** On the host. */
  readonly at: string;
  /** As it was found, below the source's root: `/src/a.txt`. */
  readonly path: string;
}

export class MissingSource extends Error {
  override readonly name = 'MissingSource';
}

const partsOf = (path: string): readonly string[] => path.split('/').filter((part) => part !== '' && part !== '.');

/** Throws MissingSource for a path without wildcards that is not there. */
export function select(sys: Sys, root: string, { source, isPath, required }: CopyAction): readonly Selected[] {
  for (const path of required) if (!exists(sys, inRoot(sys, root, path))) throw new MissingSource(path);
  if (!isPath || !hasWildcard(source)) {
    const at = inRoot(sys, root, source, isPath ? {} : { noFollowLast: true });
    if (!exists(sys, at)) throw new MissingSource(source);
    return [{ at, path: source }];
  }
  let found: readonly string[] = [''];
  for (const part of partsOf(source)) found = found.flatMap((path) => step(sys, root, { path, part }));
  return found.map((path) => ({ at: inRoot(sys, root, path), path }));
}

function step(sys: Sys, root: string, { path, part }: { readonly path: string; readonly part: string }): readonly string[] {
  const here = inRoot(sys, root, path);
  if (!hasWildcard(part)) return exists(sys, `${here}/${part}`) ? [`${path}/${part}`] : [];
  return namesIn(sys, here)
    .filter((name) => matches(part, name))
    .map((name) => `${path}/${name}`);
}

/** The directory before the first wildcard. */
export function fixedPart(source: string): string {
  const parts = partsOf(source);
  const first = parts.findIndex(hasWildcard);
  return `/${parts.slice(0, first === -1 ? parts.length : first).join('/')}`;
}

/** Whether a file below a selected directory is copied, by `--parents` and `--exclude`. */
export function filterOf({
  includes,
  excludes,
}: Pick<CopyAction, 'includes' | 'excludes'>): (path: string, isDirectory: boolean) => boolean {
  const included = matcher(includes);
  const excluded = matcher(excludes);
  return (path, isDir) => {
    if (excludes.length > 0 && excluded.matches(path) && !(isDir && excluded.hasExceptions)) return false;
    return includes.length === 0 || included.matches(path);
  };
}

export interface Found {
  readonly at: string;
  /** Below the selected directory; empty for itself. */
  readonly path: string;
}

/** A tree from the top down. */
export function* walk(sys: Sys, at: string, path = ''): Generator<Found, void, void> {
  yield { at, path };
  if (sys.path.lstat(at).type !== 'directory') return;
  for (const name of namesIn(sys, at)) yield* walk(sys, `${at}/${name}`, path === '' ? name : `${path}/${name}`);
}
