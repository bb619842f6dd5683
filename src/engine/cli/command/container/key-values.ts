import { type Io, loadCode } from '../../io.ts';

/**
 * Variables or labels: first those of files, then those of flags. A name alone takes the client's own value, if it has one; else one of a
 * file is left out, and one of a flag goes on alone, which takes the variable away. A label in a file has none to take, and is left out. `flag` stands before what is wrong with a file.
 */
export async function keyValues(
  io: Io,
  options: { flag: '--env-file: ' | '--label-file: ' | ''; files: readonly string[]; given: readonly string[]; fromEnv: boolean },
): Promise<readonly string[]> {
  const read = options.files.length === 0 ? [] : await linesOf(io, options.files, options.flag);
  const lines = read.filter((line) => options.fromEnv || line.includes('='));
  if (!options.fromEnv) return [...lines, ...options.given];
  return [...lines.flatMap((line) => resolve(io, line) ?? []), ...options.given.map((line) => resolve(io, line) ?? line)];
}

async function linesOf(io: Io, files: readonly string[], flag: string): Promise<readonly string[]> {
  const { readPairs } = await loadCode(io, () => import('./env-file.ts'));
  return files.flatMap((path) => readPairs(io, path, flag));
}

function resolve(io: Io, line: string): string | undefined {
  if (line.includes('=')) return line;
  const value = io.env.get(line);
  return value === undefined ? undefined : `${line}=${value}`;
}
