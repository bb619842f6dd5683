/** Reading a `.dockerignore`. Upstream: moby/patternmatcher ignorefile. */
import { cleanPath } from './clean-path.ts';

/** Its patterns in order: without comments, blanks around them, and slashes in front. */
export function readIgnoreFile(bytes: Uint8Array): readonly string[] {
  return new TextDecoder()
    .decode(bytes)
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => !line.startsWith('#') && line.trim() !== '')
    .map((line) => normalize(line.trim()));
}

function normalize(line: string): string {
  const isException = line.startsWith('!');
  const bare = isException ? line.slice(1).trim() : line;
  const cleaned = bare === '' ? '' : cleanPath(bare);
  return `${isException ? '!' : ''}${cleaned.length > 1 ? cleaned.replace(/^\//, '') : cleaned}`;
}
