/** One build: what the client has is fetched from it, the engine builds, and what comes of it goes back. */
import type { BuildError, BuildFile, BuildSessionRequest, BuildSessionResult } from '../../engine/api-types/build-session.ts';
import { readIgnoreFile } from '../../engine/api-types/ignore/ignore-file.ts';
import type { ProgressMessage } from '../../engine/api-types/index.ts';
import { eachJsonLine } from '../../engine/cli/client/json-lines.ts';
import { readBody } from '../../engine/cli/stream/files.ts';
import { contentBytes, readTar, type TarInput, writeTar } from '../../engine/oci/index.ts';
import { type Attributes, imageWords, namesOf, queryOf, registriesOf, type Sources, sessionOf, sourcesOf } from './attributes.ts';
import type { Caller } from './callers.ts';
import type { Engine } from './engine.ts';
import { sentFile } from './files.ts';
import { Code, type Detail, GrpcError } from './grpc/status.ts';
import { Labels } from './labels.ts';
import type { SolveRequest } from './messages/control.ts';
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
  const { engine, attrs, request } = solving;
  const labels = new Labels(request.session);
  const fetched = await fetchSources(solving);
  const session = { ...sessionOf(attrs, request), ...fetched.session };
  const asked = { ...session, ...(await fetchPrivate(solving, session)) };
  const tell = (message: Uint8Array): void => solving.trace.push(labels.apply(message));
  const { id, result } = await run(solving, { session: asked, context: fetched.context, named: fetched.named }, tell);
  try {
    if (result.Error) throw buildError(result.Error, (vertex) => labels.of(vertex));
    await sendOutputs(solving, { id, result });
    return result;
  } finally {
    await engine.forgetSession(id);
  }
}

interface Fetched {
  readonly session: Pick<BuildSessionRequest, 'Dockerfile' | 'Dockerignore'>;
  /** An archive. */
  readonly context: Uint8Array;
  readonly named: ReadonlyMap<string, Uint8Array>;
}

async function fetchSources({ caller, attrs }: Solving): Promise<Fetched> {
  const sources = sourcesOf(attrs);
  const own = await dockerfileOf(caller, sources);
  const context = await contextOf(caller, sources, own.Dockerignore);
  const named = new Map<string, Uint8Array>();
  for (const [name, directory] of sources.named) {
    const [ignore] = await caller.directory(directory, { include: ['.dockerignore'] });
    named.set(name, writeTar(await caller.directory(directory, { exclude: ignore ? patternsOf(bytesOf(ignore)) : [] })));
  }
  const session = context.Dockerignore ? { ...own, Dockerignore: context.Dockerignore } : own;
  return { session, context: context.archive, named };
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

/** Secrets, agents and accounts: those that the build names are asked for. */
async function fetchPrivate(solving: Solving, session: BuildSessionRequest): Promise<Partial<BuildSessionRequest>> {
  const { caller, attrs, request } = solving;
  const dockerfile = session.Dockerfile ? Buffer.from(session.Dockerfile.Data, 'base64').toString() : '';
  const wanted = await wantedBy(solving, session, dockerfile);
  const secrets: Record<string, string> = {};
  for (const name of wanted.secrets) {
    const value = await caller.secret(name);
    if (value) secrets[name] = Buffer.from(value).toString('base64');
  }
  const agents: string[] = [];
  for (const name of wanted.agents) if (await caller.hasAgent(name)) agents.push(name);
  const values = Object.entries(attrs).flatMap(([name, value]) => (/^(?:build-arg|context):/.test(name) ? [value] : []));
  const caches = [...(session.CacheFrom ?? []), ...(session.CacheTo ?? [])].flatMap(({ ref = '' }) => [ref]);
  const auths: Record<string, { readonly username: string; readonly password: string }> = {};
  for (const host of registriesOf([...imageWords(dockerfile), ...values, ...caches, ...namesOf(request)])) {
    const account = await caller.account(host === 'docker.io' ? 'registry-1.docker.io' : host);
    if (account) auths[host] = account;
  }
  return { Secrets: secrets, Ssh: agents, Auths: auths };
}

/** The engine knows which secrets and agents a Dockerfile's steps need. */
async function wantedBy(
  solving: Solving,
  session: BuildSessionRequest,
  dockerfile: string,
): Promise<{ readonly secrets: readonly string[]; readonly agents: readonly string[] }> {
  if (!/type=(?:secret|ssh)\b/.test(dockerfile)) return { secrets: [], agents: [] };
  const { Ref: _, ...unnamed } = session;
  const asked = { ...unnamed, Call: 'outline', Outputs: [], CacheFrom: [], CacheTo: [] };
  const { id, result } = await run(solving, { session: asked, context: new Uint8Array(), named: new Map() }, () => {});
  await solving.engine.forgetSession(id);
  const { Outline } = result;
  return { secrets: (Outline?.Secrets ?? []).map(({ Name }) => Name), agents: (Outline?.Ssh ?? []).map(({ Name }) => Name) };
}

interface Asked {
  readonly session: BuildSessionRequest;
  readonly context: Uint8Array;
  readonly named: ReadonlyMap<string, Uint8Array>;
}

interface Ran {
  readonly id: string;
  readonly result: BuildSessionResult;
}

/** Has the engine build, and tells what it tells. */
async function run(
  { engine, attrs, request, gone }: Solving,
  { session, context, named }: Asked,
  tell: (message: Uint8Array) => void,
): Promise<Ran> {
  const { ID: id } = await engine.createSession(session);
  for (const [name, archive] of named) await engine.sendContext(id, name, archive);
  const cancel = (): void => void engine.cancel(id).catch(() => {});
  gone.addEventListener('abort', cancel);
  try {
    const answer = await engine.start({
      query: { ...queryOf(attrs, namesOf(request)), session: id, buildid: id },
      headers: [],
      body: context,
    });
    await eachJsonLine<ProgressMessage>(answer, (line) => {
      if (line.id === 'moby.buildkit.trace' && typeof line.aux === 'string') tell(new Uint8Array(Buffer.from(line.aux, 'base64')));
    });
    return { id, result: await engine.result(id) };
  } finally {
    gone.removeEventListener('abort', cancel);
  }
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
