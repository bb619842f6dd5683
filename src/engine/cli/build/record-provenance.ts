/**
 * What a metadata file says of how a build came about is read from the build's record, and that is a step of its own. Upstream: docker/buildx
 * build/provenance.go.
 */
import { build } from '../client/build.ts';
import { readBody } from '../client/read-body.ts';
import type { Context } from '../command/command.ts';
import { isNotFound } from '../errors.ts';
import type { BuildNews } from './progress/printer.ts';
import type { Solved } from './solve.ts';

const PROVENANCE = 'https://slsa.dev/provenance/';

/** `target` tells the steps of several builds apart. */
export async function readRecordProvenance(
  { client, io }: Pick<Context, 'client' | 'io'>,
  printer: BuildNews,
  { solved: { result }, target }: { readonly solved: Solved; readonly target: string },
): Promise<void> {
  if (result === undefined) return;
  const api = build(client.http);
  const vertex = {
    digest: `sha256:record-provenance-${target}`,
    name: 'resolving provenance for metadata file',
    started: io.clock.nowNs(),
  };
  await printer.write({ vertexes: [vertex] });
  try {
    const { Ref, Attachments } = await api.historyRecord(result.Ref);
    for (const { Digest, Type } of Attachments) if (Type.startsWith(PROVENANCE)) await readBody(await api.attachment(Ref, Digest));
  } catch (error) {
    // An engine without a history has nothing to tell.
    if (!isNotFound(error)) throw error;
  }
  await printer.write({ vertexes: [{ ...vertex, completed: io.clock.nowNs() }] });
}
