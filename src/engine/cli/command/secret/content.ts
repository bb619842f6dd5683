import { concat } from '../../client/http.ts';
import { CliError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { readFile } from '../../stream/files.ts';

/** A file, or standard input for `-`. Throws CliError. */
export async function readContent(io: Io, path: string): Promise<Uint8Array> {
  if (path !== '-') {
    try {
      return readFile(io, path);
    } catch (error) {
      throw error instanceof CliError ? new CliError(`error reading from ${path}: ${error.message}`) : error;
    }
  }
  const pieces: Uint8Array[] = [];
  for (let piece = await io.stdin.read(); piece !== null; piece = await io.stdin.read()) pieces.push(piece);
  if (pieces.every(({ length }) => length === 0)) throw new CliError(`error reading from STDIN: data is empty`);
  return concat(pieces);
}
