/** “Did you mean”: a command that was typed in the wrong mode, or with a letter wrong. */
import { hasHangul, keysOf } from './hangul-keys.ts';

/** What a line of this book begins with. */
const COMMANDS = [
  ...['docker', 'ls', 'cat', 'cd', 'echo', 'curl', 'ping', 'ps', 'sudo', 'mkdir', 'rm', 'cp', 'mv', 'touch', 'grep', 'sh', 'exit', 'clear'],
  ...['vi', 'pwd', 'ip', 'kill', 'history', 'export', 'head', 'tail', 'less', 'date', 'sleep', 'systemctl', 'whoami', 'tar', 'find', 'sed'],
];
const DOCKERS = [
  ...[
    'run',
    'ps',
    'images',
    'image',
    'container',
    'volume',
    'network',
    'build',
    'pull',
    'push',
    'exec',
    'logs',
    'inspect',
    'stop',
    'start',
  ],
  ...[
    'rm',
    'rmi',
    'compose',
    'system',
    'version',
    'info',
    'create',
    'kill',
    'restart',
    'pause',
    'unpause',
    'cp',
    'commit',
    'diff',
    'events',
  ],
  ...[
    'history',
    'load',
    'save',
    'login',
    'port',
    'rename',
    'search',
    'stats',
    'tag',
    'top',
    'update',
    'wait',
    'attach',
    'export',
    'import',
  ],
];
/** As a shell says it of a command that is none. */
const NOT_FOUND = 127;

/** How many letters are to be put in, taken out, changed or exchanged with their neighbour; given up beyond `most`. */
export function distance(one: string, other: string, most = 2): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let least = Math.min((last[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
      const isSwapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwapped) least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
      now.push(least);
    }
    [beforeLast, last] = [last, now];
  }
  return last[other.length] ?? most + 1;
}

/** The one word that is nearest; null if none is near, or if it is one of them. */
function nearest(word: string, words: readonly string[]): string | null {
  if (word.length < 2 || words.includes(word)) return null;
  const most = word.length < 5 ? 1 : 2;
  const found = words.map((known) => ({ known, far: distance(word, known, most) })).filter(({ far }) => far <= most);
  return found.sort((a, b) => a.far - b.far)[0]?.known ?? null;
}

/** The line that was meant, if it is another one: by how it was typed, or by how it ended (its exit status and what it printed). */
export function meant(line: string, status?: number, printed = ''): string | null {
  if (hasHangul(line)) {
    const keys = keysOf(line);
    const [first = ''] = keys.trim().split(/\s+/);
    const command = COMMANDS.includes(first) ? first : nearest(first, COMMANDS);
    return command && hasHangul(line.trim().split(/\s+/)[0] ?? '') ? keys.replace(first, command) : null;
  }
  const [first = '', second = ''] = line.trim().split(/\s+/);
  if (status === NOT_FOUND) {
    const command = nearest(first, COMMANDS);
    return command && line.replace(first, command);
  }
  if (first !== 'docker' || status === 0 || !/unknown command|is not a docker command/.test(printed)) return null;
  const command = nearest(second, DOCKERS);
  return command && line.replace(second, command);
}
