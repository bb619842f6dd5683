/**
 * `--cache-to` and `--cache-from` of `type=local`: a build cache as an OCI layout in a directory of this client. Upstream: buildkit
 * client/solve.go parseCacheOptions.
 */

import { build } from '../client/build.ts';
import { readBody } from '../client/read-body.ts';
import type { Context } from '../command/command.ts';
import { CliError, errorCode, systemError } from '../errors.ts';
import type { Io } from '../io.ts';
import { absolutePath } from '../path.ts';
import { readTar, TAR_END, tarBlocks } from '../tar/tar.ts';
import { decodeText, encodeText } from '../text.ts';
import { madeFile } from './context/walk.ts';

type Attributes = Readonly<Record<string, string>>;

const TAG = 'org.opencontainers.image.ref.name';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const LAYOUT = '{"imageLayoutVersion":"1.0.0"}';

interface Member {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Attributes;
}

/** Throws CliError for a cache that says not where it is. */
export function checkCaches(cacheTo: readonly Attributes[], cacheFrom: readonly Attributes[]): void {
  for (const { type, dest = '', ref = '' } of cacheTo) {
    if (type === 'local' && dest === '') throw new CliError('local cache exporter requires dest');
    if (type === 'registry' && ref === '') throw new CliError('registry cache exporter requires ref');
  }
  for (const { type, src = '', ref = '' } of cacheFrom) {
    if (type === 'local' && src === '') throw new CliError('local cache importer requires src');
    if (type === 'registry' && ref === '') throw new CliError('registry cache importer requires ref');
  }
}

/** The caches that are there, each with the digest of what its tag leads to. What is not there is warned of. */
export function findCaches(
  { io, warn }: { readonly io: Io; readonly warn: (line: string) => void },
  cacheFrom: readonly Attributes[],
): readonly Attributes[] {
  const found: Attributes[] = [];
  for (const entry of cacheFrom) {
    if (entry.type !== 'local') found.push(entry);
    else {
      const digest = digestOf(io, warn, entry);
      if (digest !== undefined) found.push({ ...entry, digest });
    }
  }
  return found;
}

function digestOf(io: Io, warn: (line: string) => void, { src = '', digest, tag = 'latest' }: Attributes): string | undefined {
  const skipped = (why: string): undefined => void warn(`WARNING: local cache import at ${src} skipped${why}`);
  const root = absolutePath(io.cwd, src);
  // Whoever opens a content store makes its places.
  io.files.mkdir(`${root}/ingest`, { recursive: true, mode: 0o777 });
  let wanted = digest;
  if (wanted === undefined) {
    const index = readIndex(io, root);
    if (index === undefined)
      return skipped(` due to err: could not read ${src}/index.json: open ${src}/index.json: no such file or directory`);
    wanted = index.find(({ annotations }) => annotations?.[TAG] === tag)?.digest;
    if (wanted === undefined) return skipped(`: no digest found for tag ${tag}`);
  }
  if (io.files.stat(`${root}/blobs/sha256/${wanted.slice(7)}`) === null)
    return skipped(`: digest ${wanted} unavailable: content digest ${wanted}: not found`);
  return wanted;
}

function readIndex(io: Io, root: string): readonly Member[] | undefined {
  try {
    const { manifests } = JSON.parse(decodeText(io.files.read(`${root}/index.json`))) as { readonly manifests?: readonly Member[] };
    return Array.isArray(manifests) ? manifests : [];
  } catch (error) {
    if (errorCode(error) === undefined && !(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Hands the blobs of the caches to the engine. */
export async function sendCaches({ io, client }: Context, session: string, caches: readonly Attributes[]): Promise<void> {
  for (const { type, src = '' } of caches) {
    if (type !== 'local') continue;
    const folder = `${absolutePath(io.cwd, src)}/blobs/sha256`;
    await build(client.http).sendCache(session, src, async (write) => {
      for (const name of [...io.files.readdir(folder)].sort())
        for (const block of tarBlocks(madeFile(name, io.files.read(`${folder}/${name}`)))) await write(block);
      await write(TAR_END);
    });
  }
}

/** Writes the caches that the build has made. What a directory has of other builds stays. */
export async function receiveCaches({ io, client }: Context, session: string, caches: readonly Attributes[]): Promise<void> {
  for (const { type, dest = '', tag = 'latest' } of caches) {
    if (type !== 'local') continue;
    const blobs = readTar(await readBody(await build(client.http).madeCache(session, dest)));
    try {
      writeLayout(io, absolutePath(io.cwd, dest), { blobs, tag });
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      throw new CliError(`open ${dest}: ${systemError(error)}`);
    }
  }
}

function writeLayout(io: Io, root: string, { blobs, tag }: { readonly blobs: ReturnType<typeof readTar>; readonly tag: string }): void {
  for (const folder of ['blobs/sha256', 'ingest']) io.files.mkdir(`${root}/${folder}`, { recursive: true, mode: 0o755 });
  for (const { name, bytes } of blobs) if (/^[0-9a-f]{64}$/.test(name)) io.files.write(`${root}/blobs/sha256/${name}`, bytes, 0o444);
  const last = blobs.at(-1);
  if (last === undefined) return;
  const own = { mediaType: MANIFEST, digest: `sha256:${last.name}`, size: last.bytes.length, annotations: { [TAG]: tag } };
  const others = (readIndex(io, root) ?? []).filter(({ annotations }) => annotations?.[TAG] !== tag);
  io.files.write(
    `${root}/index.json`,
    encodeText(JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [...others, own] })),
    0o644,
  );
  io.files.write(`${root}/oci-layout`, encodeText(LAYOUT), 0o644);
}
