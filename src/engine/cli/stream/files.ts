import type { BodyWriter, ClientResponse } from '../../http/index.ts';
import { readBody } from '../client/read-body.ts';
import { CliError, errorCode, systemError } from '../errors.ts';
import type { Io, OutputStream } from '../io.ts';
import { absolutePath, dirName } from '../path.ts';

const PRIVATE = 0o600;
const PIECE_BYTES = 32 * 1024;

/** The answer's body into a file, or to standard output if there is no path. */
export async function saveBody(answer: ClientResponse, to: { io: Io; path: string; out: OutputStream }): Promise<void> {
  if (to.path !== '') return writeFile(to.io, to.path, await readBody(answer));
  for (let piece = await answer.readBody(); piece !== null; piece = await answer.readBody()) await to.out.write(piece);
}

/** Whether a file can be made there. Throws CliError. Upstream: moby/sys/atomicwriter. */
export function checkOutput(io: Io, path: string, problem: string): void {
  const shown = dirName(path);
  const directory = io.files.stat(dirName(absolutePath(io.cwd, path)));
  const refuse = (why: string): CliError => new CliError(`${problem}: ${why}`);
  if (directory === null) throw refuse(`invalid output path: stat ${shown}: no such file or directory`);
  if (directory.type !== 'directory') throw refuse(`invalid output path: stat ${shown}: not a directory`);
  const there = io.files.lstat(absolutePath(io.cwd, path))?.type ?? 'file';
  if (there === 'directory') throw refuse('cannot write to a directory');
  if (there === 'symlink') throw refuse('cannot write to a symbolic link directly');
}

/** Nobody else reads it, even if a file was there before. */
function writeFile(io: Io, path: string, bytes: Uint8Array): void {
  const full = absolutePath(io.cwd, path);
  try {
    io.files.write(full, bytes, PRIVATE);
    io.files.chmod(full, PRIVATE);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CliError(`open ${path}: ${systemError(error)}`);
  }
}

/** A file's bytes; what is wrong is said as Go's os.Open says it. */
export function readFile(io: Io, path: string): Uint8Array {
  try {
    return io.files.read(absolutePath(io.cwd, path));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CliError(`${errorCode(error) === 'EISDIR' ? 'read' : 'open'} ${path}: ${systemError(error)}`);
  }
}

/** A body that sends standard input until its end. */
export const stdinBody =
  (io: Io) =>
  async (write: BodyWriter): Promise<void> => {
    for (let piece = await io.stdin.read(); piece !== null; piece = await io.stdin.read()) await write(piece);
  };

/** A body that sends these bytes in pieces, as a file is sent whose length the request does not tell. */
export const bytesBody =
  (bytes: Uint8Array) =>
  async (write: BodyWriter): Promise<void> => {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) await write(bytes.subarray(at, at + PIECE_BYTES));
  };
