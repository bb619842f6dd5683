/** One build: what the client has is fetched from it, the engine builds, and what comes of it goes back. */
import type { BuildError, BuildSessionRequest, BuildSessionResult } from '../../engine/api-types/build-session.ts';
import { readBody } from '../../engine/cli/client/read-body.ts';
import { contentBytes, readTar } from '../../engine/oci/index.ts';
import { accounts, secrets } from './ask.ts';
import { type Attributes, namesOf, queryOf, sessionOf, sourcesOf } from './attributes.ts';
import type { Caller } from './callers.ts';
import type { Engine } from './engine.ts';
import { fetchContext, fetchDefinition, fetchNamed } from './fetch.ts';
import { sentFile } from './files.ts';
import { Code, type Detail, GrpcError } from './grpc/status.ts';
import { Labels } from './labels.ts';
import type { SolveRequest } from './messages/control.ts';
import { checkSources } from './policy.ts';
import { type Asked, type Ran, runBuild } from './run.ts';
import type { Trace } from './trace.ts';

export interface Solving {
  readonly engine: Engine;
  readonly caller: Caller;
  readonly request: SolveRequest;
  /** The frontend's. */
  readonly attrs: Attributes;
  readonly trace: Trace;
  /** Aborted when the client does not want the build any more. */
  readonly gone: AbortSignal;
}

/** Builds. Throws GrpcError for a build that fails, with the lines of the Dockerfile that are to blame. */
export async function solve(solving: Solving): Promise<BuildSessionResult> {
  const { engine, request } = solving;
  const labels = new Labels(request.session);
  const asked = await prepare(solving);
  const tell = (message: Uint8Array): void => solving.trace.push(labels.apply(message));
  const { id, result } = await runBuild(engine, asked, { gone: solving.gone, tell });
  try {
    if (result.Error) throw buildError(result.Error, (vertex) => labels.of(vertex));
    await sendOutputs(solving, { id, result });
    return result;
  } finally {
    await engine.forgetSession(id);
  }
}

/**
 * Fetches from the client what the build needs, and no more: the engine plans it first, and so knows. A build that cannot be planned
 * needs nothing, and says why. Throws GrpcError for a source that a policy does not allow.
 */
async function prepare(solving: Solving): Promise<Asked> {
  const { caller, attrs, request } = solving;
  const sources = sourcesOf(attrs);
  const { session: definition, dockerfile, archive } = await fetchDefinition(caller, sources);
  const session = { ...sessionOf(attrs, request), ...definition };
  const known = { ...session, Auths: await accounts(solving, session, dockerfile) };
  const query = queryOf(attrs, namesOf(request));
  const nothing = archive ?? new Uint8Array();
  const isPlanned = dockerfile !== undefined || sources.context.kind === 'remote';
  if (known.Call !== 'build' || !isPlanned) return { query, session: known, context: nothing, named: new Map() };
  const { Outline = { Secrets: [], Ssh: [] }, Needs } = await plan(solving, dockerfile ? { ...known, Dockerfile: dockerfile } : known);
  if (request.sourcePolicySession !== '') await checkSources(caller, Needs?.Sources ?? []);
  const wanted = { ignore: known.Dockerignore, paths: Needs?.ContextPaths ?? [] };
  return {
    query,
    session: { ...known, ...(await secrets(solving, Outline)) },
    context: sources.context.kind === 'local' ? await fetchContext(caller, sources.context.name, wanted) : nothing,
    named: await fetchNamed(caller, sources),
  };
}

async function plan(solving: Solving, session: BuildSessionRequest): Promise<BuildSessionResult> {
  const { Ref: _, ...unnamed } = session;
  const asked = { ...unnamed, Call: 'outline', Outputs: [], CacheFrom: [], CacheTo: [] };
  const { engine, gone, attrs } = solving;
  const planned = { query: queryOf(attrs, []), session: asked, context: new Uint8Array(), named: new Map<string, Uint8Array>() };
  const { id, result } = await runBuild(engine, planned, { gone, tell: () => {} });
  await engine.forgetSession(id);
  return result;
}

async function sendOutputs({ engine, caller, request }: Solving, { id, result }: Ran): Promise<void> {
  for (const index of result.HasOutput) {
    const bytes = await readBody(await engine.output(id, index));
    const exporter = request.exporters[index];
    if (exporter?.type !== 'local') await caller.sendFile(index, bytes, {});
    else
      await caller.sendFiles(
        index,
        [...readTar(bytes)].map((entry) => sentFile(entry, contentBytes(entry.content))),
      );
  }
}

const CANCELED = 'context canceled';

/** An error as BuildKit sends it: the sentence, and as details the sources and the step. Upstream: buildkit solver/errdefs. */
export function buildError({ Message, Sources, Vertex }: BuildError, labelOf = (vertex: string): string => vertex): GrpcError {
  const sources = Sources.map(({ Filename, Text, Ranges }) =>
    detail('Source', {
      info: { filename: Filename, data: Buffer.from(Text).toString('base64'), language: 'Dockerfile' },
      ranges: Ranges.map(({ Start, End }) => ({ start: { line: Start }, end: { line: End } })),
    }),
  );
  const vertex = Vertex === undefined ? [] : [detail('Vertex', { digest: labelOf(Vertex) })];
  return new GrpcError(Message === CANCELED ? Code.canceled : Code.unknown, Message, [...vertex, ...sources]);
}

const detail = (type: string, value: object): Detail => ({
  typeUrl: `github.com/moby/buildkit/errdefs.${type}+json`,
  value: new TextEncoder().encode(JSON.stringify(value)),
});
