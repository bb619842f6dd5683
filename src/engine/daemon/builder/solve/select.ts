/** Which files of a source a COPY means. Nothing outside the source's root is ever looked at. */
import { compilePatterns, isMatched, type Pattern, PatternSyntaxError } from '../../../api-types/ignore/patterns.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { system } from '../../errors.ts';
import { exists, inRoot, namesIn } from '../../files.ts';
import type { CopyAction } from '../plan/vertex.ts';
import { hasWildcard, matches } from './go-match.ts';

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

/** Whether what is below a selected directory is copied, by `--parents` and `--exclude`. Throws DockerError. */
export function filterOf({ includes, excludes }: Pick<CopyAction, 'includes' | 'excludes'>): (path: string) => boolean {
  const included = patternsOf('includepatterns', includes);
  const excluded = patternsOf('excludepatterns', excludes);
  return (path) => (includes.length === 0 || isMatched(included, path)) && !isMatched(excluded, path);
}

function patternsOf(what: string, lines: readonly string[]): readonly Pattern[] {
  try {
    return compilePatterns(lines);
  } catch (error) {
    if (error instanceof PatternSyntaxError) throw system(`invalid ${what}: [${lines.join(' ')}]: ${error.message}`);
    throw error;
  }
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
