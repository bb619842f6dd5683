/** Path names by bash's options: globstar, dotglob, nocaseglob, nullglob, failglob. */

import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { byBytes } from '../expand/glob.ts';
import { compilePattern, matchPattern } from '../expand/pattern.ts';
import type { Shell } from '../shell.ts';
import { stateOf } from './state.ts';

/** Deeper directories `**` does not look into. */
const MAX_DEPTH = 64;

/** Undefined: none of the options changes anything. */
export function bashGlob(shell: Shell, pattern: string): readonly string[] | undefined {
  const state = stateOf(shell);
  const [star, dot, noCase] = [state.has('globstar') && pattern.includes('**'), state.has('dotglob'), state.has('nocaseglob')];
  if (!star && !dot && !noCase) return undefined;
  const isAbsolute = pattern.startsWith('/');
  const components = pattern.split('/').filter((part) => part !== '');
  const walk: Walk = { sys: shell.sys, dot, noCase, star };
  const paths = components.reduce<readonly string[]>(
    (bases, component, i) => step(walk, bases, { component, isLast: i === components.length - 1 }),
    [isAbsolute ? '/' : ''],
  );
  return [...new Set(paths)]
    .filter((path) => path !== '')
    .map((path) => path.replace(/\/$/, pattern.endsWith('/') ? '/' : ''))
    .sort(byBytes);
}

interface Walk {
  readonly sys: Sys;
  readonly dot: boolean;
  readonly noCase: boolean;
  readonly star: boolean;
}

function step(walk: Walk, bases: readonly string[], { component, isLast }: { component: string; isLast: boolean }): readonly string[] {
  if (component === '**' && walk.star)
    return bases.flatMap((base) => [...(isLast ? [] : [base]), ...below(walk, base, { isLast, depth: 0 })]);
  const fold = (text: string): string => (walk.noCase ? text.toLowerCase() : text);
  const pattern = compilePattern(fold(component));
  const showsHidden = walk.dot || component.startsWith('.');
  return bases.flatMap((base) =>
    entries(walk.sys, base)
      .filter(
        ({ name, isDirectory }) => (showsHidden || !name.startsWith('.')) && (isLast || isDirectory) && matchPattern(pattern, fold(name)),
      )
      .map(({ name }) => `${base}${name}${isLast ? '' : '/'}`),
  );
}

function below(walk: Walk, base: string, { isLast, depth }: { isLast: boolean; depth: number }): readonly string[] {
  if (depth > MAX_DEPTH) return [];
  return entries(walk.sys, base)
    .filter(({ name }) => walk.dot || !name.startsWith('.'))
    .flatMap(({ name, isDirectory }) => {
      if (!isDirectory) return isLast ? [base + name] : [];
      return [isLast ? base + name : `${base}${name}/`, ...below(walk, `${base}${name}/`, { isLast, depth: depth + 1 })];
    });
}

function entries(sys: Sys, base: string): readonly { readonly name: string; readonly isDirectory: boolean }[] {
  try {
    return sys.path
      .readdir(base === '' ? '.' : base)
      .map((entry) => ({ name: entry.name, isDirectory: isDirectory(sys, base + entry.name) }));
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

function isDirectory(sys: Sys, path: string): boolean {
  try {
    return sys.path.lstat(path).type === 'directory';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

/** What a pattern without a match becomes; undefined: itself. */
export function withoutMatch(shell: Shell, text: string): readonly string[] | undefined {
  const state = stateOf(shell);
  if (state.has('failglob')) shell.fail(`no match: ${text}`);
  return state.has('nullglob') ? [] : undefined;
}
