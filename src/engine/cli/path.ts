/** Paths of the client's machine, as Go's path/filepath treats them. */
import { cleanPath } from '../api-types/ignore/clean-path.ts';

export { cleanPath };

export const absolutePath = (cwd: string, path: string): string => cleanPath(path.startsWith('/') ? path : `${cwd}/${path}`);
export const joinPath = (...parts: readonly string[]): string => cleanPath(parts.filter((part) => part !== '').join('/'));

export function dirName(path: string): string {
  const at = path.lastIndexOf('/');
  return cleanPath(at < 0 ? '.' : at === 0 ? '/' : path.slice(0, at));
}

export function baseName(path: string): string {
  const bare = path.replace(/\/+$/, '');
  return bare === '' ? (path === '' ? '.' : '/') : bare.slice(bare.lastIndexOf('/') + 1);
}
