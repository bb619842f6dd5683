/** The files of a build, from where its client has them. Upstream: buildkit frontend/dockerui. */
import type { BuildFile, BuildSessionRequest } from '../../engine/api-types/build-session.ts';
import { readIgnoreFile } from '../../engine/api-types/ignore/ignore-file.ts';
import { contentBytes, decompress, FormatError, readTar, type TarInput, writeTar } from '../../engine/oci/index.ts';
import type { Sources } from './attributes.ts';
import type { Caller } from './callers.ts';

export interface Definition {
  readonly session: Pick<BuildSessionRequest, 'Dockerfile' | 'Dockerignore'>;
  /** The Dockerfile wherever it is; undefined if there is none, or it lies where only the engine gets. */
  readonly dockerfile: BuildFile | undefined;
  /** The whole context, if it came as one archive. */
  readonly archive: Uint8Array | undefined;
}

/** What has to be known before a build can be planned. Throws GrpcError with what the client has against it. */
export async function fetchDefinition(caller: Caller, sources: Sources): Promise<Definition> {
  const { context, filename } = sources;
  const own = await dockerfileOf(caller, sources);
  const archive = context.kind === 'upload' ? await caller.upload(new URL(context.url)) : undefined;
  const ignore = own.Dockerignore ?? (context.kind === 'local' ? await ignoreFileOf(caller, context.name) : undefined);
  return {
    session: ignore ? { ...own, Dockerignore: ignore } : own,
    dockerfile: own.Dockerfile ?? (archive ? fileIn(archive, filename) : undefined),
    archive,
  };
}

/** The Dockerfile with the ignore file that is its own, unless both lie in the context. */
async function dockerfileOf(caller: Caller, { dockerfileDirectory, filename }: Sources): Promise<Definition['session']> {
  if (dockerfileDirectory === undefined) return {};
  const files = await caller.directory(dockerfileDirectory, { include: [filename, `${filename}.dockerignore`] });
  const named = (name: string): TarInput | undefined => files.find((file) => file.name === name && file.type === 'file');
  const [dockerfile, ignore] = [named(filename), named(`${filename}.dockerignore`)];
  return { Dockerfile: dockerfile ? fileOf(dockerfile) : null, ...(ignore ? { Dockerignore: fileOf(ignore) } : {}) };
}

async function ignoreFileOf(caller: Caller, directory: string): Promise<BuildFile | undefined> {
  const [found] = await caller.directory(directory, { include: ['.dockerignore'] });
  return found?.type === 'file' ? fileOf(found) : undefined;
}

/** What of a local context a build reads, as an archive. `paths` as COPY names them. */
export async function fetchContext(
  caller: Caller,
  directory: string,
  { ignore, paths }: { readonly ignore: BuildFile | null | undefined; readonly paths: readonly string[] },
): Promise<Uint8Array> {
  if (paths.length === 0) return writeTar([]);
  const isAll = paths.some((path) => path.split('/').every((part) => part === '' || part === '.'));
  const exclude = ignore ? readIgnoreFile(Buffer.from(ignore.Data, 'base64')) : [];
  return writeTar(await caller.directory(directory, { exclude, follow: isAll ? [] : paths }));
}

/** Other contexts, as archives by their names. */
export async function fetchNamed(caller: Caller, { named }: Sources): Promise<ReadonlyMap<string, Uint8Array>> {
  const archives = new Map<string, Uint8Array>();
  for (const [name, directory] of named) {
    const ignore = await ignoreFileOf(caller, directory);
    archives.set(name, await fetchContext(caller, directory, { ignore, paths: ['/'] }));
  }
  return archives;
}

const fileOf = ({ name, content }: TarInput): BuildFile => {
  const bytes = content === undefined || content instanceof Uint8Array ? content : contentBytes(content);
  return { Name: name, Data: Buffer.from(bytes ?? new Uint8Array()).toString('base64') };
};

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
