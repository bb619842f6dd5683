import { isErrno } from '../../../kernel/errno.ts';
import type { Shell } from '../shell.ts';

/** Replaces `~` and `~user` at the beginning of a word, and in an assignment after each colon too (POSIX 2.6.1). */
export function expandTilde(shell: Shell, text: string, place: { isFirst: boolean; isLast: boolean; isAssignment: boolean }): string {
  if (!text.includes('~')) return text;
  if (place.isAssignment) {
    const pieces = text.split(':');
    return pieces
      .map((piece, i) =>
        (i > 0 || place.isFirst) && (i < pieces.length - 1 || place.isLast || piece.includes('/')) ? home(shell, piece) : piece,
      )
      .join(':');
  }
  return place.isFirst && (place.isLast || text.includes('/')) ? home(shell, text) : text;
}

function home(shell: Shell, text: string): string {
  const match = /^~([^/]*)/.exec(text);
  if (match === null) return text;
  const user = match[1] ?? '';
  const directory = user === '' ? shell.variables.get('HOME') : homeOf(shell, user);
  return directory === undefined ? text : directory + text.slice(match[0].length);
}

function homeOf(shell: Shell, user: string): string | undefined {
  try {
    const lines = new TextDecoder().decode(shell.sys.path.readFile('/etc/passwd')).split('\n');
    return lines.map((line) => line.split(':')).find(([name]) => name === user)?.[5];
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}
