/** Path name expansion (POSIX 2.13.3): fields with a pattern become the files that match, in the order of the C locale. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { compilePattern, matchPattern, unquotePattern } from './pattern.ts';

const SPECIAL = /(?:^|[^\\])(?:\\\\)*[*?[\ufdd0]/;

/** The paths that match; none if there is none. */
export function glob(sys: Sys, pattern: string): string[] {
  const isAbsolute = pattern.startsWith('/');
  let found = [isAbsolute ? '/' : ''];
  const components = pattern.split(/(\/+)/).filter((part) => part !== '');
  if (isAbsolute) components.shift();
  for (let i = 0; i < components.length; i += 2) {
    const slash = components[i + 1] ?? '';
    found = found.flatMap((base) => step(sys, base, { component: components[i] ?? '', slash }));
    if (found.length === 0) break;
  }
  return found.sort(byBytes);
}

function step(sys: Sys, base: string, { component, slash }: { component: string; slash: string }): string[] {
  if (!SPECIAL.test(component)) {
    const path = base + unquotePattern(component);
    return slash !== '' || exists(sys, path) ? [path + slash] : [];
  }
  const pattern = compilePattern(component);
  const wantsHidden = component.startsWith('.') || component.startsWith('\\.');
  const names = list(sys, base === '' ? '.' : base).filter((name) => (wantsHidden || !name.startsWith('.')) && matchPattern(pattern, name));
  const paths = names.map((name) => base + name);
  return slash === '' ? paths : paths.filter((path) => isDirectory(sys, path)).map((path) => path + slash);
}

function list(sys: Sys, directory: string): string[] {
  try {
    return sys.path.readdir(directory).map((entry) => entry.name);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

function exists(sys: Sys, path: string): boolean {
  try {
    sys.path.lstat(path);
    return true;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

function isDirectory(sys: Sys, path: string): boolean {
  try {
    return sys.path.stat(path).type === 'directory';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

/** As strcmp(3) over UTF-8, which is the order of code points. */
export function byBytes(a: string, b: string): number {
  const [x, y] = [[...a], [...b]];
  for (let i = 0; i < x.length && i < y.length; i += 1) {
    const difference = (x[i]?.codePointAt(0) ?? 0) - (y[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}
