/** The files of a build, from where its client has them. Upstream: buildkit frontend/dockerui. */
import type { BuildFile, BuildSessionRequest } from '../../engine/api-types/build-session.ts';
import { readIgnoreFile } from '../../engine/api-types/ignore/ignore-file.ts';
import { contentBytes, decompress, FormatError, readTar, type TarInput, writeTar } from '../../engine/oci/index.ts';
import type { Sources } from './attributes.ts';
import type { Caller } from './callers.ts';

export interface Fetched {
  readonly session: Pick<BuildSessionRequest, 'Dockerfile' | 'Dockerignore'>;
  /** The Dockerfile wherever it is; undefined if there is none, or it lies where only the engine gets. */
  readonly dockerfile: BuildFile | undefined;
  /** An archive. */
  readonly context: Uint8Array;
  readonly named: ReadonlyMap<string, Uint8Array>;
}

/** Throws GrpcError with what the client has against it. */
export async function fetchFiles(caller: Caller, sources: Sources): Promise<Fetched> {
  const own = await dockerfileOf(caller, sources);
  const context = await contextOf(caller, sources, own.Dockerignore);
  const named = new Map<string, Uint8Array>();
  for (const [name, directory] of sources.named) {
    const [ignore] = await caller.directory(directory, { include: ['.dockerignore'] });
    named.set(name, writeTar(await caller.directory(directory, { exclude: ignore ? patternsOf(bytesOf(ignore)) : [] })));
  }
  const session = context.Dockerignore ? { ...own, Dockerignore: context.Dockerignore } : own;
  const dockerfile = own.Dockerfile ?? (sources.context.kind === 'upload' ? fileIn(context.archive, sources.filename) : undefined);
  return { session, dockerfile, context: context.archive, named };
}

const bytesOf = ({ content }: TarInput): Uint8Array =>
  content === undefined ? new Uint8Array() : content instanceof Uint8Array ? content : contentBytes(content);
const fileOf = (entry: TarInput): BuildFile => ({ Name: entry.name, Data: Buffer.from(bytesOf(entry)).toString('base64') });
const patternsOf = (bytes: Uint8Array): readonly string[] => readIgnoreFile(bytes);

/** The Dockerfile with the ignore file that is its own, unless both lie in the context. */
async function dockerfileOf(caller: Caller, { dockerfileDirectory, filename }: Sources): Promise<Fetched['session']> {
  if (dockerfileDirectory === undefined) return {};
  const files = await caller.directory(dockerfileDirectory, { include: [filename, `${filename}.dockerignore`] });
  const named = (name: string): TarInput | undefined => files.find((file) => file.name === name && file.type === 'file');
  const [dockerfile, ignore] = [named(filename), named(`${filename}.dockerignore`)];
  return { Dockerfile: dockerfile ? fileOf(dockerfile) : null, ...(ignore ? { Dockerignore: fileOf(ignore) } : {}) };
}

async function contextOf(
  caller: Caller,
  { context }: Sources,
  ownIgnore: BuildFile | null | undefined,
): Promise<{ readonly archive: Uint8Array; readonly Dockerignore?: BuildFile }> {
  if (context.kind === 'remote') return { archive: new Uint8Array() };
  if (context.kind === 'upload') return { archive: await caller.upload(new URL(context.url)) };
  const [found] = ownIgnore ? [] : await caller.directory(context.name, { include: ['.dockerignore'] });
  const ignore = ownIgnore ?? (found?.type === 'file' ? fileOf(found) : undefined);
  const exclude = ignore ? patternsOf(Buffer.from(ignore.Data, 'base64')) : [];
  return { archive: writeTar(await caller.directory(context.name, { exclude })), ...(ignore ? { Dockerignore: ignore } : {}) };
}

/** A file of an archive; undefined if it is none, or has no such file. */
function fileIn(archive: Uint8Array, name: string): BuildFile | undefined {
  try {
    const found = [...readTar(decompress(archive))].findLast((entry) => entry.type === 'file' && entry.name.replace(/^\.\//, '') === name);
    return found && { ...fileOf(found), Name: name };
  } catch (error) {
    // The engine says what is wrong with it.
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
