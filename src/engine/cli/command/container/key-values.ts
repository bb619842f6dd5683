import { type Io, loadCode } from '../../io.ts';

/** Variables or labels: first those of files, then those of flags. A name alone takes the client's own value, if it has one. */
export async function keyValues(
  io: Io,
  options: { flag: string; files: readonly string[]; given: readonly string[]; fromEnv: boolean },
): Promise<readonly string[]> {
  const lines = options.files.length === 0 ? [] : await linesOf(io, options.files, options.flag);
  return options.fromEnv ? [...lines, ...options.given].flatMap((line) => resolve(io, line)) : [...lines, ...options.given];
}

async function linesOf(io: Io, files: readonly string[], flag: string): Promise<readonly string[]> {
  const { readPairs } = await loadCode(io, () => import('./env-file.ts'));
  return files.flatMap((path) => readPairs(io, path, flag));
}

function resolve(io: Io, line: string): readonly string[] {
  if (line.includes('=')) return [line];
  const value = io.env.get(line);
  return value === undefined ? [] : [`${line}=${value}`];
}
