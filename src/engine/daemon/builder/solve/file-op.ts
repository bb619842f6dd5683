/** Operations on files: directories, here-documents, copies. */
import type { Sys } from '../../../kernel/sys.ts';
import { system } from '../../errors.ts';
import { inRoot, parentOf } from '../../files.ts';
import { parseTime } from '../../time.ts';
import type { CopyAction, FileAction } from '../plan/vertex.ts';
import { copySelected, makeDirectory } from './copy.ts';
import { hasWildcard } from './go-match.ts';
import { isNumber, ownerOf } from './owner.ts';
import { fixedPart, select } from './select.ts';

export interface FileWork {
  /** Where the result is written. */
  readonly root: string;
  /** Whether there is anything that it is written into. */
  readonly hasBase: boolean;
  /** A copy's source, by the index of its input. */
  readonly source: (input: number) => string;
  /** Whether the client would have sent anything below this directory. */
  readonly wasSent: (input: number, directory: string) => boolean;
}

/** Throws DockerError. */
export async function applyActions(sys: Sys, actions: readonly FileAction[], work: FileWork): Promise<void> {
  const [first] = actions;
  if (first && first.kind !== 'mkfile' && !work.hasBase) checkOwner(first.owner);
  for (const action of actions) {
    if (action.kind === 'copy') await copy(sys, action, work);
    else if (action.kind === 'mkdir') {
      const { path, owner, createdNs, mode } = action;
      const created = createdNs === undefined ? undefined : parseTime(createdNs);
      makeDirectory(sys, { root: work.root, path, owner: ownerOf(sys, work.root, owner), createdNs: created, mode });
    } else {
      const at = inRoot(sys, work.root, action.path);
      makeDirectory(sys, { root: work.root, path: parentOf(action.path), owner: undefined });
      sys.path.writeFile(at, new TextEncoder().encode(action.data), action.mode);
      sys.path.chmod(at, action.mode);
      sys.path.utimes(at, { mtimeNs: 0n, atimeNs: 0n });
    }
  }
}

/** Where there are no files, nobody has a name. Upstream: buildkit solver/llbsolver/ops/file.go. */
function checkOwner(owner: string): void {
  if (owner.split(':').some((part) => part !== '' && !isNumber(part))) throw system('invalid user index: -1');
}

async function copy(sys: Sys, action: CopyAction, { root, source, wasSent }: FileWork): Promise<void> {
  const selected = select(sys, source(action.input), action);
  const fixed = fixedPart(action.source);
  if (selected.length === 0 && hasWildcard(action.source) && fixed !== '/' && !wasSent(action.input, fixed))
    throw system(`lstat ${fixed}: no such file or directory`);
  await copySelected(sys, selected, { action, to: { root, owner: ownerOf(sys, root, action.owner) } });
}
