/** Permissions as letters and numbers: `rwxr-xr-x`, `u+x,go-w`, `0755`. */
import type { FileType, Stat } from '../../kernel/fs/types.ts';

const TYPE_LETTERS: Readonly<Record<FileType, string>> = {
  regular: '-',
  directory: 'd',
  symlink: 'l',
  'char-device': 'c',
  'block-device': 'b',
  fifo: 'p',
  socket: 's',
};

/** `drwxr-xr-t`. */
export function modeText({ type, mode }: Pick<Stat, 'type' | 'mode'>): string {
  const triple = (shift: number, special: number, letter: string): string => {
    const bits = (mode >> shift) & 7;
    const isSpecial = (mode & special) !== 0;
    const execute = (bits & 1) !== 0;
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${isSpecial ? (execute ? letter : letter.toUpperCase()) : execute ? 'x' : '-'}`;
  };
  return TYPE_LETTERS[type] + triple(6, 0o4000, 's') + triple(3, 0o2000, 's') + triple(0, 0o1000, 't');
}

const WHO: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007 };

interface ModeContext {
  readonly mode: number;
  readonly isDirectory: boolean;
  readonly umask: number;
}

/** The mode after a change; undefined if the change is not understood. Numbers of up to four digits keep a directory's set-ids. */
export function changeMode(change: string, context: ModeContext): number | undefined {
  if (/^[0-7]{1,5}$/.test(change)) {
    const kept = context.isDirectory && change.length < 5 ? context.mode & 0o6000 : 0;
    return (Number.parseInt(change, 8) & 0o7777) | kept;
  }
  let { mode } = context;
  for (const clause of change.split(',')) {
    const match = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause);
    if (!match) return undefined;
    const [, who = '', actions = ''] = match;
    for (const [, operator = '', letters = ''] of actions.matchAll(/([-+=])([rwxXstugo]*)/g))
      mode = apply({ ...context, mode }, { who, operator, letters });
  }
  return mode;
}

function apply(
  { mode, isDirectory, umask }: ModeContext,
  { who, operator, letters }: { who: string; operator: string; letters: string },
): number {
  const isAll = who === '' || who.includes('a');
  const mask = isAll ? 0o7777 : [...who].reduce((bits, letter) => bits | (WHO[letter] ?? 0), 0);
  let bits = 0;
  for (const letter of letters) {
    if (letter === 'r') bits |= 0o444;
    if (letter === 'w') bits |= 0o222;
    if (letter === 'x' || (letter === 'X' && (isDirectory || (mode & 0o111) !== 0))) bits |= 0o111;
    if (letter === 's') bits |= 0o6000;
    if (letter === 't') bits |= 0o1000;
    if ('ugo'.includes(letter)) bits |= ((mode >> { u: 6, g: 3, o: 0 }[letter as 'u' | 'g' | 'o']) & 7) * 0o111;
  }
  bits &= mask;
  if (who === '') bits &= ~umask;
  if (operator === '+') return mode | bits;
  if (operator === '-') return mode & ~bits;
  return (mode & ~(mask & 0o777) & ~(letters === '' && !isDirectory ? mask & 0o7000 : 0)) | bits;
}
