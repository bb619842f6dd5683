/** `history`, `fc -l`, and what `!!` and its like stand for. */

import { isErrno } from '../../../../kernel/errno.ts';
import type { Builtin } from '../../builtins/index.ts';
import type { Shell } from '../../shell.ts';
import { usage } from './usage.ts';

type Run = Builtin['run'];

export const history: Run = async (shell, argv) => {
  const [, option, operand] = argv;
  switch (option) {
    case '-c':
      shell.history = [];
      return 0;
    case '-d':
      return forget(shell, operand ?? '');
    case '-w':
    case '-a':
      shell.sys.path.writeFile(
        operand ?? historyFile(shell),
        new TextEncoder().encode(shell.history.map((line) => `${line}\n`).join('')),
        0o600,
      );
      return 0;
    case '-r':
    case '-n':
      readHistory(shell, operand);
      return 0;
    case '-s':
      shell.history.push(argv.slice(2).join(' '));
      return 0;
    default:
      break;
  }
  if (option !== undefined && /^-/.test(option)) return usage(shell, 'history', `${option}: invalid option`);
  if (option !== undefined && !/^\d+$/.test(option)) {
    await shell.complain(`${option}: numeric argument required`);
    return 1;
  }
  await shell.write(1, numbered(shell, option === undefined ? shell.history.length : Number(option)));
  return 0;
};

function numbered(shell: Shell, count: number): string {
  const first = Math.max(0, shell.history.length - count);
  return shell.history
    .slice(first)
    .map((line, i) => `${String(first + i + 1).padStart(5)}  ${line}\n`)
    .join('');
}

async function forget(shell: Shell, text: string): Promise<number> {
  const index = Number(text) > 0 ? Number(text) - 1 : shell.history.length + Number(text);
  if (!/^-?\d+$/.test(text) || shell.history[index] === undefined) {
    await shell.complain(`${text}: history position out of range`);
    return 1;
  }
  shell.history.splice(index, 1);
  return 0;
}

const historyFile = (shell: Shell): string => shell.variables.get('HISTFILE') ?? `${shell.variables.get('HOME') ?? ''}/.bash_history`;

/** Lines of earlier sessions. */
export function readHistory(shell: Shell, path = historyFile(shell)): void {
  try {
    const text = new TextDecoder().decode(shell.sys.path.readFile(path));
    shell.history.push(...text.split('\n').filter((line) => line !== ''));
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

/** At the end of an interactive shell. */
export function writeHistory(shell: Shell): void {
  try {
    if (shell.history.length > 0)
      shell.sys.path.writeFile(historyFile(shell), new TextEncoder().encode(shell.history.map((line) => `${line}\n`).join('')), 0o600);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

export const fc: Run = async (shell, argv) => {
  if (!argv.slice(1).some((word) => /^-[nr]*l/.test(word))) {
    await shell.complain("editing the history needs an editor: use `fc -l' to list it");
    return 1;
  }
  const first = Math.max(0, shell.history.length - 17);
  await shell.write(
    1,
    shell.history
      .slice(first, -1)
      .map((line, i) => `${first + i + 1}\t ${line}\n`)
      .join(''),
  );
  return 0;
};

interface Recalled {
  readonly text: string;
  readonly isChanged: boolean;
}

/** Replaces `!!`, `!n`, `!-n`, `!text`, `!?text?`, `!$`, `!*`, `!^` and `^a^b^`. Null if there is no such event. */
export async function recallHistory(shell: Shell, line: string): Promise<Recalled | null> {
  const quick = /^\^([^^]+)\^([^^]*)\^?$/.exec(line);
  if (quick !== null) {
    const last = shell.history.at(-1);
    if (last?.includes(quick[1] ?? '') !== true) return notFound(shell, `:s${line}`, 'substitution failed');
    return { text: last.replace(quick[1] ?? '', () => quick[2] ?? ''), isChanged: true };
  }
  let text = '';
  let isChanged = false;
  let isQuoted = false;
  for (let i = 0; i < line.length; ) {
    const char = line.charAt(i);
    if (char === '\\') {
      text += line.slice(i, i + 2);
      i += 2;
      continue;
    }
    if (char === "'") isQuoted = !isQuoted;
    const match = char === '!' && !isQuoted ? EVENT.exec(line.slice(i)) : null;
    if (match === null) {
      text += char;
      i += 1;
      continue;
    }
    const found = event(shell, match);
    if (found === undefined) return notFound(shell, match[0], 'event not found');
    text += found;
    isChanged = true;
    i += match[0].length;
  }
  return { text, isChanged };
}

const EVENT = /^!(?:(!)|(-?\d+)|([$^*])|\?([^?\n]+)\??|([A-Za-z0-9_./~-][^\s;&|()<>:"'!]*))(?::([$^*]|\d+))?/;

async function notFound(shell: Shell, text: string, problem: string): Promise<null> {
  await shell.write(2, `${shell.name}: ${text}: ${problem}\n`);
  return null;
}

function event(shell: Shell, [, last, number, word, inside, start, part]: RegExpExecArray): string | undefined {
  const { history: lines } = shell;
  const previous = lines.at(-1);
  if (word !== undefined) return previous === undefined ? undefined : partOf(previous, word);
  const line =
    last !== undefined
      ? previous
      : number !== undefined
        ? lines.at(Number(number) > 0 ? Number(number) - 1 : Number(number))
        : inside !== undefined
          ? lines.findLast((one) => one.includes(inside))
          : lines.findLast((one) => one.startsWith(start ?? ''));
  return line === undefined || part === undefined ? line : partOf(line, part);
}

function partOf(line: string, part: string): string {
  const words = line.trim().split(/\s+/);
  if (part === '$') return words.at(-1) ?? '';
  if (part === '^') return words[1] ?? '';
  return part === '*' ? words.slice(1).join(' ') : (words[Number(part)] ?? '');
}
