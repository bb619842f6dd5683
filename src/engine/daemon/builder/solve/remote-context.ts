/** A context that came as one archive, or is fetched: two steps, which the cache knows by the archive's content. */
import { digestOf } from '../../../oci/digest.ts';
import { isGzip } from '../../../oci/gzip.ts';
import { FormatError } from '../../../oci/manifest.ts';
import { writeTar } from '../../../oci/tar/write.ts';
import type { Daemon } from '../../daemon.ts';
import { messageOf } from '../../errors.ts';
import { BuildFailure } from '../failure.ts';
import { COPY_CONTEXT, internalStep } from '../frontend.ts';
import { parseGitReference } from '../plan/git-reference.ts';
import type { Progress } from '../progress.ts';
import { failToLoadGit, gitProblem } from './git-source.ts';
import { download } from './http-source.ts';
import { addLocal, unpackContext } from './local-source.ts';
import type { CacheRecord, CacheStore } from './records.ts';

interface Loading {
  readonly daemon: Daemon;
  readonly cache: CacheStore;
  readonly progress: Progress;
  /** The client lends an SSH agent. */
  readonly hasAgent?: boolean;
}

const LOAD = internalStep('[internal] load remote build context');

/** What is no archive after all is a file. */
function unpackOrKeep(daemon: Daemon, bytes: Uint8Array): string {
  try {
    return unpackContext(daemon, bytes);
  } catch (error) {
    // One that begins as it should, and is cut off, is one.
    if (!(error instanceof FormatError) || error.message === 'unexpected EOF') throw error;
    return unpackContext(daemon, writeTar([{ name: 'context', content: bytes }]));
  }
}

export async function remoteContext({ daemon, cache, progress }: Loading, bytes: Uint8Array): Promise<CacheRecord> {
  const key = `remote:${digestOf(bytes)}`;
  const known = cache.find(key);
  for (const step of [LOAD, COPY_CONTEXT]) {
    await progress.start(step);
    await progress.complete(step.digest, { cached: known !== undefined });
  }
  if (known) {
    cache.touch(known);
    return known;
  }
  return addLocal({ daemon, cache }, { key, snapshot: unpackOrKeep(daemon, bytes), description: COPY_CONTEXT.name, type: 'regular' });
}

/** What a URL has: an archive, or a Dockerfile alone. Throws BuildFailure. */
export async function fetchContext({ daemon, progress, hasAgent = false }: Loading, url: string): Promise<Uint8Array> {
  const git = parseGitReference(url);
  if (git) return failToLoadGit(progress, url, gitProblem(daemon.sys, git, hasAgent));
  try {
    const { bytes } = await download(daemon, { url, checksum: '' });
    const isArchive = isGzip(bytes) || new TextDecoder().decode(bytes.subarray(257, 262)) === 'ustar';
    return isArchive ? bytes : writeTar([{ name: 'Dockerfile', content: bytes }]);
  } catch (error) {
    await progress.start(LOAD);
    await progress.complete(LOAD.digest, { error: messageOf(error) });
    throw new BuildFailure(`failed to load cache key: ${messageOf(error)}`, { vertex: LOAD.digest });
  }
}
