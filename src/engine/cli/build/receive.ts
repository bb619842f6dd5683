/** What a build sends back: an archive into a file or to standard output, a tree of files into a directory. */
import { build } from '../client/build.ts';
import { readBody } from '../client/read-body.ts';
import type { Context } from '../command/command.ts';
import { CliError, errorCode, systemError } from '../errors.ts';
import type { Io } from '../io.ts';
import { absolutePath, dirName } from '../path.ts';
import { readTar, type TarEntry } from '../tar/tar.ts';
import type { Output } from './options/outputs.ts';

/** Fetches the outputs that this client has to put somewhere. `made` are those the engine has something for. */
export async function receiveOutputs(
  { client, io, out }: Context,
  { session, outputs, made }: { readonly session: string; readonly outputs: readonly Output[]; readonly made: readonly number[] },
): Promise<void> {
  for (const [index, output] of outputs.entries()) {
    if (!made.includes(index) || (output.file === undefined && output.directory === undefined)) continue;
    const answer = await build(client.http).output(session, index);
    if (output.file === '-') {
      for (let piece = await answer.readBody(); piece !== null; piece = await answer.readBody()) await out.stream.write(piece);
      continue;
    }
    const bytes = await readBody(answer);
    if (output.file !== undefined) writeFile(io, output.file, bytes);
    else if (output.directory !== undefined) unpack(io, output.directory, readTar(bytes));
    // A layout is written as a content store, which has a place for what is on its way.
    if (output.directory !== undefined && output.type !== 'local')
      touching(io, 'mkdir', `${output.directory}/ingest`, (full) => io.files.mkdir(full, { recursive: true, mode: 0o755 }));
  }
}

/** Runs what touches the client's files; what goes wrong is said as Go says it. */
function touching(io: Io, what: string, path: string, act: (full: string) => void): void {
  try {
    act(absolutePath(io.cwd, path));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CliError(`${what} ${path}: ${systemError(error)}`);
  }
}

function writeFile(io: Io, path: string, bytes: Uint8Array): void {
  touching(io, 'mkdir', dirName(path), (full) => io.files.mkdir(full, { recursive: true, mode: 0o755 }));
  touching(io, 'open', path, (full) => io.files.write(full, bytes, 0o644));
}

const NS_PER_SECOND = 1_000_000_000n;

/** Writes a tree. Directories get their times last, for writing into them would change these. */
function unpack(io: Io, directory: string, entries: readonly TarEntry[]): void {
  touching(io, 'mkdir', directory, (full) => io.files.mkdir(full, { recursive: true, mode: 0o755 }));
  const placed = entries.map((entry) => ({ entry, path: placeOf(directory, entry.name) })).filter(({ path }) => path !== directory);
  for (const { entry, path } of placed) touching(io, 'open', path, (full) => place(io, full, { entry, directory }));
  for (const { entry, path } of [...placed].reverse()) {
    if (entry.type !== 'directory') continue;
    touching(io, 'chtimes', path, (full) => {
      io.files.chmod(full, entry.mode);
      io.files.utimes(full, BigInt(entry.mtimeSeconds) * NS_PER_SECOND);
    });
  }
}

/** Nothing is written outside of the directory, whatever an archive says. */
function placeOf(directory: string, name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw new CliError(`invalid path in the output of the build: ${JSON.stringify(name)}`);
  return [directory, ...parts].join('/');
}

function place(io: Io, full: string, { entry, directory }: { readonly entry: TarEntry; readonly directory: string }): void {
  const { files } = io;
  const before = files.lstat(full);
  if (entry.type === 'directory') {
    if (before !== null && before.type !== 'directory') files.remove(full);
    if (before?.type !== 'directory') files.mkdir(full, { recursive: true, mode: 0o755 });
    return;
  }
  if (before !== null) files.remove(full);
  if (entry.type === 'symlink') return files.symlink(entry.linkName, full);
  if (entry.type === 'link') return files.link(absolutePath(io.cwd, placeOf(directory, entry.linkName)), full);
  if (files.stat(dirName(full)) === null) files.mkdir(dirName(full), { recursive: true, mode: 0o755 });
  files.write(full, entry.bytes, entry.mode);
  files.chmod(full, entry.mode);
  files.utimes(full, BigInt(entry.mtimeSeconds) * NS_PER_SECOND);
}
