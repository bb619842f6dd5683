/** A path without `.`, `..` and empty parts. */

/** As Go's path.Clean has it, but that a slash at the end stays: servers of Go lead there, and their clients go there at once. */
export function cleanPath(path: string): string {
  if (!/\/(\/|\.)/.test(path)) return path;
  const kept: string[] = [];
  for (const part of path.split('/'))
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  return `/${kept.join('/')}${path.endsWith('/') && kept.length > 0 ? '/' : ''}`;
}
