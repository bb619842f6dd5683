/** `--chmod`: an octal number, or clauses as `u=rwX,go-w`. */
import { DockerfileError } from '../dockerfile/errors.ts';

const CLAUSE = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/;
const MAX_MODE = 0o7777;

/** Throws DockerfileError for what is no mode. */
export function checkMode(text: string): void {
  if (text === '') return;
  const wrongNumber = `invalid chmod parameter: '${text}'. it should be octal string and between 0 and 07777`;
  if (/^[0-7]+$/.test(text)) {
    if (Number.parseInt(text, 8) > MAX_MODE) throw new DockerfileError(wrongNumber);
    return;
  }
  if (/^\d+$/.test(text)) throw new DockerfileError(wrongNumber);
  if (!text.split(',').every((clause) => CLAUSE.test(clause))) throw new DockerfileError('invalid syntax');
}

/** What a number says of directories that a copy has to make on its way; clauses say nothing of them. */
export const modeOfNew = (text: string): number => (/^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : 0o755);

const SHIFT: Readonly<Record<string, number>> = { u: 6, g: 3, o: 0 };

/** The mode of a file that had `before`. */
export function changedMode(text: string, before: number, isDirectory: boolean): number {
  if (/^[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  return text.split(',').reduce((mode, clause) => applyClause(mode, clause, isDirectory), before);
}

function applyClause(before: number, clause: string, isDirectory: boolean): number {
  const [, who = '', actions = ''] = CLAUSE.exec(clause) ?? [];
  const classes = who === '' || who.includes('a') ? ['u', 'g', 'o'] : [...who];
  let mode = before;
  for (const [, operator = '', what = ''] of actions.matchAll(/([-+=])([rwxXst]*|[ugo])/g)) {
    const bits = classes.reduce((sum, one) => sum | bitsFor(one, { what, mode, isDirectory }), 0);
    const all = classes.reduce((sum, one) => sum | (7 << (SHIFT[one] ?? 0)), 0);
    if (operator === '+') mode |= bits;
    else if (operator === '-') mode &= ~bits;
    else mode = (mode & ~all) | bits;
  }
  return mode;
}

function bitsFor(one: string, { what, mode, isDirectory }: { what: string; mode: number; isDirectory: boolean }): number {
  const shift = SHIFT[one] ?? 0;
  if (/^[ugo]$/.test(what)) return ((mode >> (SHIFT[what] ?? 0)) & 7) << shift;
  let bits = 0;
  if (what.includes('r')) bits |= 4;
  if (what.includes('w')) bits |= 2;
  if (what.includes('x') || (what.includes('X') && (isDirectory || (mode & 0o111) !== 0))) bits |= 1;
  const special = what.includes('s') ? ({ u: 0o4000, g: 0o2000 }[one] ?? 0) : 0;
  return (bits << shift) | special | (what.includes('t') ? 0o1000 : 0);
}
