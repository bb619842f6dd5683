/**
 * Where a build's files come from: a directory of the client's machine, an archive or a Dockerfile on standard input, or a URL that
 * the engine fetches. Upstream: docker/buildx build/opt.go loadInputs.
 */

import type { BuildFile } from '../../../api-types/build-session.ts';
import { readIgnoreFile } from '../../../api-types/ignore/ignore-file.ts';
import { encodeBase64 } from '../../../http/base64.ts';
import type { BodyWriter } from '../../../http/index.ts';
import { concat } from '../../client/http.ts';
import { CliError, errorCode, systemError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { absolutePath, baseName, dirName, joinPath } from '../../path.ts';
import { TAR_END } from '../../tar/tar.ts';
import { isArchive } from './archive.ts';
import { ignorePatterns, treeBody } from './walk.ts';

export type Body = (write: BodyWriter) => Promise<void>;

export interface BuildContext {
  /** `nothing`: standard input was empty. */
  readonly kind: 'directory' | 'archive' | 'remote' | 'nothing';
  /** The tar to send; nothing for a URL. */
  readonly body?: Body;
  readonly url?: string;
  /** The Dockerfile's name as the engine shows it. */
  readonly dockerfileName: string;
  /** Absent: it is looked for in the context. Null: there is none. */
  readonly dockerfile?: BuildFile | null;
  readonly ignoreFile?: BuildFile;
  /** How the results of checks call the Dockerfile; undefined where it lies beside a context that the client has made up. */
  readonly shownDockerfile: string | undefined;
  /** The context's directory and the lines of its ignore file. */
  readonly root?: string;
  readonly lines: readonly string[];
  /** Where the Dockerfile lies; nowhere if it came over standard input. */
  readonly dockerfilePath?: string;
}

const DEFAULT_NAME = 'Dockerfile';
const PEEK_BYTES = 1024;
const EMPTY: Body = async (write) => write(TAR_END);

export const isRemote = (path: string): boolean =>
  /^https?:\/\//.test(path) || /^(git|ssh):\/\//.test(path) || /^git@[^:]+:/.test(path) || path.startsWith('github.com/');

/** Repositories, which `git` fetches. */
export const isRepository = (url: string): boolean =>
  /^(git|ssh):\/\//.test(url) || /^[a-zA-Z0-9_.-]+@[a-zA-Z0-9.-]+:/.test(url) || /^https?:\/\/[^?#]+\.git([?#].*)?$/s.test(url);

/** Reads what has to be known before the build starts. `dockerfile` is `--file`, '' where it was not given. */
export async function loadContext(
  io: Io,
  { path, dockerfile }: { readonly path: string; readonly dockerfile: string },
): Promise<BuildContext> {
  if (path === '') throw new CliError('please specify build context (e.g. "." for the current directory)');
  const shownDockerfile = dockerfile === '-' ? 'stdin' : dockerfile === '' ? joinPath(path, DEFAULT_NAME) : dockerfile;
  if (path === '-') {
    const found = await fromStdin(io, dockerfile);
    return { ...found, shownDockerfile: found.kind === 'directory' ? undefined : shownDockerfile };
  }
  if (io.files.stat(absolutePath(io.cwd, path))?.type === 'directory')
    return { ...(await fromDirectory(io, path, dockerfile)), shownDockerfile };
  if (path.startsWith('github.com/')) throw new CliError('unknown protocol');
  if (isRemote(path)) return { ...(await fromUrl(io, path, dockerfile)), shownDockerfile };
  throw new CliError(`unable to prepare context: path ${JSON.stringify(path)} not found`);
}

type Loaded = Omit<BuildContext, 'shownDockerfile'>;
const fileOf = (name: string, bytes: Uint8Array): BuildFile => ({ Name: name, Data: encodeBase64(bytes) });

/** A Dockerfile alone is built in a directory that the client makes and removes: how that is called. */
export function emptyDirectory({ env, random }: Io): string {
  const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4);
  return joinPath(env.get('TMPDIR') || '/tmp', `empty-dir${((a * 256 + b) * 256 + c) * 256 + d}`);
}

async function fromStdin(io: Io, dockerfile: string): Promise<Loaded> {
  if (dockerfile === '-') throw new CliError("invalid argument: can't use stdin for both build context and dockerfile");
  const begun = await readAtLeast(io, PEEK_BYTES);
  if (isArchive(concat(begun))) {
    const body: Body = async (write) => {
      for (const piece of begun) await write(piece);
      for (let piece = await io.stdin.read(); piece !== null; piece = await io.stdin.read()) await write(piece);
    };
    return { kind: 'archive', body, lines: [], dockerfileName: dockerfile === '' ? DEFAULT_NAME : dockerfile };
  }
  if (dockerfile !== '') throw new CliError('ambiguous Dockerfile source: both stdin and flag correspond to Dockerfiles');
  const text = concat([...begun, ...(await readAtLeast(io, Number.POSITIVE_INFINITY))]);
  if (text.length === 0) return { kind: 'nothing', body: EMPTY, lines: [], dockerfileName: DEFAULT_NAME };
  return { kind: 'directory', body: EMPTY, lines: [], dockerfileName: DEFAULT_NAME, dockerfile: fileOf(DEFAULT_NAME, text) };
}

async function readAtLeast(io: Io, sizeBytes: number): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for (let sum = 0; sum < sizeBytes; ) {
    const piece = await io.stdin.read();
    if (piece === null) break;
    pieces.push(piece);
    sum += piece.length;
  }
  return pieces;
}

async function fromUrl(io: Io, url: string, dockerfile: string): Promise<Loaded> {
  if (dockerfile === '-') {
    const bytes = concat(await readAtLeast(io, Number.POSITIVE_INFINITY));
    return { kind: 'remote', url, lines: [], dockerfileName: DEFAULT_NAME, dockerfile: fileOf(DEFAULT_NAME, bytes) };
  }
  if (!dockerfile.startsWith('/')) return { kind: 'remote', url, lines: [], dockerfileName: dockerfile === '' ? DEFAULT_NAME : dockerfile };
  const name = baseName(dockerfile);
  const bytes = readIfThere(io, dockerfile);
  return { kind: 'remote', url, lines: [], dockerfileName: name, dockerfile: bytes === null ? null : fileOf(name, bytes) };
}

async function fromDirectory(io: Io, path: string, dockerfile: string): Promise<Loaded> {
  const root = absolutePath(io.cwd, path);
  if (dockerfile === '-') {
    const bytes = concat(await readAtLeast(io, Number.POSITIVE_INFINITY));
    return withBody(io, root, { dockerfileName: DEFAULT_NAME, dockerfile: fileOf(DEFAULT_NAME, bytes), ...ignoreFileOf(io, root) });
  }
  const directory = dockerfile === '' ? root : absolutePath(io.cwd, dirName(dockerfile));
  if (io.files.stat(directory) === null) throw new CliError(`resolve : lstat ${dirName(dockerfile)}: no such file or directory`);
  const name = ownName(io, directory, dockerfile === '' ? DEFAULT_NAME : baseName(dockerfile));
  const type = io.files.stat(`${directory}/${name}`)?.type;
  const isOther = type !== undefined && type !== 'file';
  const bytes = isOther ? new Uint8Array() : readIfThere(io, `${directory}/${name}`);
  const ignoreFile = ignoreFileOf(io, root, { directory, name });
  return withBody(io, root, {
    dockerfileName: name,
    dockerfile: bytes === null ? null : { ...fileOf(name, bytes), ...(isOther ? { IsOther: true } : {}) },
    dockerfilePath: `${directory}/${name}`,
    ...ignoreFile,
  });
}

/** `dockerfile` is taken for `Dockerfile` where that is not there. */
function ownName(io: Io, directory: string, name: string): string {
  if (name !== DEFAULT_NAME || io.files.stat(directory)?.type !== 'directory') return name;
  const names = io.files.readdir(directory);
  return !names.includes(DEFAULT_NAME) && names.includes('dockerfile') ? 'dockerfile' : name;
}

interface WithIgnoreFile {
  readonly ignoreFile?: BuildFile;
  readonly lines: readonly string[];
}

/** `X.dockerignore` beside a Dockerfile `X` goes before the context's own. */
function ignoreFileOf(io: Io, root: string, dockerfile?: { readonly directory: string; readonly name: string }): WithIgnoreFile {
  const places = [
    ...(dockerfile === undefined ? [] : [{ directory: dockerfile.directory, name: `${dockerfile.name}.dockerignore` }]),
    { directory: root, name: '.dockerignore' },
  ];
  for (const { directory, name } of places) {
    const bytes = readIfThere(io, `${directory}/${name}`);
    if (bytes !== null) return { ignoreFile: fileOf(name, bytes), lines: readIgnoreFile(bytes) };
  }
  return { lines: [] };
}

function withBody(io: Io, root: string, found: Omit<Loaded, 'kind' | 'body' | 'root'>): Loaded {
  return { kind: 'directory', ...found, root, body: treeBody({ files: io.files, root, patterns: ignorePatterns(found.lines) }) };
}

/** A named context: a directory, with an ignore file of its own. */
export function directoryBody(io: Io, path: string): Body {
  const root = absolutePath(io.cwd, path);
  return treeBody({ files: io.files, root, patterns: ignorePatterns(ignoreFileOf(io, root).lines) });
}

function readIfThere(io: Io, path: string): Uint8Array | null {
  try {
    return io.files.read(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code === undefined) throw error;
    throw new CliError(`failed to solve: failed to read dockerfile: read ${path}: ${systemError(error)}`);
  }
}
