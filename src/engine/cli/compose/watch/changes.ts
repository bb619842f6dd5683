/** Tells of files that have changed, in batches: what is saved at once comes at once. Upstream: compose pkg/watch. */
import { errorCode } from '../../errors.ts';
import type { Files, Io } from '../../io.ts';
import { joinPath } from '../../path.ts';

/** How often the files are looked at. */
const LOOK_EVERY_MS = 100;
/** A batch is complete once nothing has changed for so long. */
const QUIET_MS = 500;

/** What each path below the roots looks like. */
type Looks = ReadonlyMap<string, string>;

export interface Following {
  readonly roots: readonly string[];
  readonly isOver: () => boolean;
}

/** Gives each batch of changed paths to `act`, one after the other, until it is over. */
export async function eachBatch(io: Io, { roots, isOver }: Following, act: (paths: readonly string[]) => Promise<void>): Promise<void> {
  let before = look(io, roots);
  const changed = new Set<string>();
  for (let quietMs = 0; ; quietMs += LOOK_EVERY_MS) {
    await io.clock.sleep(LOOK_EVERY_MS);
    if (isOver()) return;
    const now = look(io, roots);
    for (const path of differences(before, now)) {
      changed.add(path);
      quietMs = 0;
    }
    before = now;
    if (changed.size === 0 || quietMs < QUIET_MS) continue;
    const batch = [...changed];
    changed.clear();
    await act(batch);
  }
}

function differences(before: Looks, now: Looks): readonly string[] {
  const gone = [...before.keys()].filter((path) => !now.has(path));
  return [...[...now].filter(([path, looks]) => before.get(path) !== looks).map(([path]) => path), ...gone];
}

function look(io: Io, roots: readonly string[]): Looks {
  const found = new Map<string, string>();
  for (const root of roots) visit(io.files, root, found);
  return found;
}

function visit(files: Files, path: string, found: Map<string, string>): void {
  const stat = files.lstat(path);
  if (stat === null || found.has(path)) return;
  const isDirectory = stat.type === 'directory';
  // What lies in a directory speaks for itself.
  found.set(path, isDirectory ? 'directory' : `${stat.type} ${stat.sizeBytes} ${stat.mtimeNs} ${stat.shared ?? ''}`);
  if (!isDirectory) return;
  for (const name of namesIn(files, path)) visit(files, joinPath(path, name), found);
}

function namesIn(files: Files, path: string): readonly string[] {
  try {
    return files.readdir(path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}
