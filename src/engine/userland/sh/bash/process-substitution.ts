import { runList } from '../run/command.ts';
import { TAIL } from '../run/context.ts';
import { forkShell } from '../run/fork.ts';
import { move } from '../run/read-all.ts';
import type { Shell } from '../shell.ts';
import type { List } from '../syntax/ast.ts';
import { parseSubstitution } from '../syntax/parse-all.ts';
import type { Source } from '../syntax/source.ts';
import type { PartList } from '../syntax/words.ts';

/** bash counts these descriptors down from here. */
const HIGHEST_FD = 63;

/** `<(…)` and `>(…)`: a path at which a command's output is read, or its input written. */
export function readProcessSubstitution(source: Source, out: PartList): boolean {
  const { at } = source;
  const isInput = source.next() === '<';
  source.next();
  const body = parseSubstitution(source);
  out.push({
    kind: 'own',
    quoted: false,
    text: source.text.slice(at, source.at),
    expand: (expansion) =>
      expansion.value(
        expansion.remember(() => start(expansion.shell, body, isInput)),
        true,
      ),
  });
  return true;
}

function start(shell: Shell, body: List, isInput: boolean): string {
  const { sys } = shell;
  const pipe = sys.fds.pipe();
  const [ours, theirs, standard] = isInput ? [pipe.read, pipe.write, 1] : [pipe.write, pipe.read, 0];
  const pid = forkShell(shell, {
    body: (child) => {
      child.sys.fds.close(ours);
      move(child.sys, theirs, standard);
      return runList(child, body, TAIL);
    },
  });
  sys.fds.close(theirs);
  const taken = sys.fds.list();
  let fd = HIGHEST_FD;
  while (taken.includes(fd)) fd -= 1;
  move(sys, ours, fd);
  shell.openedPaths.push(fd);
  shell.backgroundPid = pid;
  return `/dev/fd/${fd}`;
}
