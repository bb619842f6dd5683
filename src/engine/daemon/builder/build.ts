/**
 * `POST /build?version=2`: a build from its context to its outputs. frontend.ts reads and plans the Dockerfile, solve/ makes what is
 * missing, export/ writes what was asked for; progress.ts tells it all. Upstream: moby daemon/internal/builder-next, buildkit.
 */
import type { BuildError, BuildLint, BuildSessionResult, BuildTargets, BuildWarning } from '../../api-types/build-session.ts';
import type { Daemon } from '../daemon.ts';
import { messageOf } from '../errors.ts';
import { DockerfileError, type Lines } from './dockerfile/errors.ts';
import { checkOutputs, type Exported, exportAll } from './export/export.ts';
import { BuildFailure, Canceled } from './failure.ts';
import { type Definition, type FrontendContext, linterFor, loadDefinition, planBuild, sourceOf } from './frontend.ts';
import { checkAttestations, checkFrontend, checkScanner } from './frontend-image.ts';
import { type Build, finishHistory, startHistory } from './history.ts';
import { checkArgument, type Finding, type Linter } from './lint/linter.ts';
import { needsOf, outlineOf, targetsOf } from './outline.ts';
import type { Plan } from './plan/plan.ts';
import { type State, type Vertex, verticesOf } from './plan/vertex.ts';
import { Progress } from './progress.ts';
import type { BuildRequest } from './request.ts';
import { releaseContexts } from './sessions.ts';
import { all } from './side-by-side.ts';
import { ImportedCache } from './solve/cache-import.ts';
import { contextPathsOf } from './solve/context-paths.ts';
import { type Credentials, ImageSources } from './solve/images.ts';
import { Contexts, unpackContext } from './solve/local-source.ts';
import { type CacheRecord, type CacheStore, cacheOf } from './solve/records.ts';
import { fetchContext, remoteContext } from './solve/remote-context.ts';
import { secretsOf } from './solve/secrets.ts';
import { Solver } from './solve/solver.ts';
import { Workspace } from './solve/workspace.ts';
import { collectGarbage } from './worker.ts';

export interface Building {
  readonly request: BuildRequest;
  /** The context as an archive. */
  readonly context: Uint8Array;
  readonly credentials: (host: string) => Credentials | undefined;
  /** A line of the answer. */
  readonly say: (line: object) => Promise<void>;
  /** Is given what stops the build. */
  readonly onCancel: (cancel: () => void) => void;
}

/** Never throws for what is wrong with the build: that is the last line. */
export async function build(daemon: Daemon, building: Building): Promise<void> {
  const { request, say } = building;
  const progress = new Progress(daemon.sys, (aux) => say({ id: 'moby.buildkit.trace', aux }));
  const run: Run = { daemon, building, progress, cache: cacheOf(daemon), definition: undefined, linter: undefined, lintError: undefined };
  const history = startHistory(daemon, request);
  const outcome = await attempt(run, history);
  await finishHistory(daemon, history, { progress, ...outcome });
  collectGarbage(daemon);
  if (request.session) request.session.result = resultOf(run, history, outcome);
  if (outcome.error) await say({ error: outcome.error.Message, errorDetail: { message: outcome.error.Message } });
  else if (outcome.exported?.imageId !== undefined) await say({ id: 'moby.image.id', aux: { ID: outcome.exported.imageId } });
}

interface Run {
  readonly daemon: Daemon;
  readonly building: Building;
  readonly progress: Progress;
  readonly cache: CacheStore;
  definition: Definition | undefined;
  linter: Linter | undefined;
  /** What ends a check. */
  lintError: BuildError | undefined;
}

interface Outcome {
  readonly error?: BuildError;
  readonly isCanceled?: boolean;
  readonly exported?: Exported;
  readonly plan?: Plan | undefined;
  readonly targets?: BuildTargets;
  readonly images?: ImageSources;
}

async function attempt(run: Run, history: Build): Promise<Outcome> {
  const { daemon, building, progress } = run;
  const workspace = new Workspace(daemon, run.cache);
  const images = new ImageSources(daemon, building.credentials, (digests) => workspace.holdContent(digests));
  try {
    return { ...(await complete(run, { history, images, workspace })), images };
  } catch (error) {
    const failure = errorOf(run, error);
    if (!failure) throw error;
    await progress.cancelAll();
    return { error: failure, isCanceled: error instanceof Canceled };
  } finally {
    building.request.session?.agents.close();
    workspace.close();
    run.cache.save();
  }
}

interface Parts {
  readonly history: Build;
  readonly images: ImageSources;
  readonly workspace: Workspace;
}

/** The main context: a snapshot of its own, or one that the cache has. */
async function mainContext({
  daemon,
  cache,
  progress,
  building,
}: Run): Promise<{ readonly snapshot: string; readonly remote?: CacheRecord }> {
  const { request, context } = building;
  const isSent = request.session?.request.Dockerfile !== undefined || request.session?.request.NoSources === true;
  if (isSent && request.remote === '') return { snapshot: unpackContext(daemon, context) };
  const loading = { daemon, cache, progress, hasAgent: request.session?.agents.ids.includes('default') ?? false };
  const bytes = request.remote === '' ? context : await fetchContext(loading, request.remote);
  const remote = await remoteContext(loading, bytes);
  return { snapshot: remote.snapshot, remote };
}

async function complete(run: Run, parts: Parts): Promise<Outcome> {
  const { daemon, building, progress, cache } = run;
  const { request } = building;
  checkOutputs(request);
  if (request.session?.request.Entitlements?.includes('security.insecure'))
    throw new BuildFailure('granting entitlement security.insecure is not allowed by build daemon configuration');
  checkAttestations(request);
  checkArgument(request.buildArgs);
  const { images, workspace } = parts;
  const { snapshot, remote } = await mainContext(run);
  if (remote) workspace.hold(remote);
  else workspace.adopt(snapshot);
  const contextRoot = daemon.images.snapshots.files(snapshot);
  const frontend: FrontendContext = { daemon, request, progress, images, cache, contextRoot, isRemote: remote !== undefined };
  run.definition = await loadDefinition(frontend);
  checkCall(request);
  const definition = run.definition;
  const linter = await planned(run, async () => linterFor(definition, request));
  if (!linter) return {};
  run.linter = linter;
  await checkFrontend(frontend, definition);
  if (request.session?.request.Call === 'targets') return { targets: offered(definition) };
  const plans = await planned(run, () => planBuild(frontend, definition, linter));
  if (!plans) return {};
  const [plan] = plans;
  if (isQuestion(request)) return { plan };
  await checkScanner(frontend);
  const own: readonly [string, string][] = remote ? [] : [['context', snapshot]];
  const snapshots = new Map([...(request.session?.contexts ?? []), ...own]);
  const contexts = new Contexts(daemon, { snapshots, paths: plans.flatMap(({ target }) => contextPathsOf(target.state)), remote });
  for (const key of request.session?.contexts.values() ?? []) workspace.adopt(key);
  if (request.session) releaseContexts(daemon, request.session);
  try {
    return { plan, exported: await made(run, parts, { plans, contexts, definition }) };
  } finally {
    contexts.close();
  }
}

interface Planned {
  readonly plans: readonly Plan[];
  readonly contexts: Contexts;
  readonly definition: Definition;
}

/** The second half: what the plans stand for is made, and becomes what was asked for. */
async function made({ daemon, building, progress, cache }: Run, parts: Parts, { plans, contexts, definition }: Planned): Promise<Exported> {
  const { request } = building;
  const { images, workspace, history } = parts;
  const { session, platforms } = request;
  const states = plans.map(({ target }) => target.state);
  const shown = new Map(states.flatMap((state) => [...verticesOf(state)]));
  checkEntitlements(request, shown.values());
  const imported = new ImportedCache({ daemon, cache, progress, images, session });
  await imported.load(session?.request.CacheFrom ?? []);
  const common = { daemon, cache, progress, workspace, images };
  const solver = new Solver(
    {
      ...common,
      contexts,
      secrets: secretsOf(request),
      agents: session?.agents,
      running: new Set<() => void>(),
      imported,
      sharedKey: session?.request.SharedKey ?? '',
      targets: states.map((state) => state?.digest ?? ''),
    },
    shown,
  );
  building.onCancel(() => solver.cancel());
  const tops = await solveTargets(solver, daemon, states);
  return exportAll({
    ...common,
    request,
    results: plans.map((one, i) => ({ plan: one, platform: platforms[i], top: tops[i] ?? null })),
    vertices: [...shown.values()],
    history,
    finishedNs: daemon.sys.clock.nowNs(),
    definition,
    solved: solver.solved(),
  });
}

/** The host's network is for who was allowed to use it. Throws BuildFailure. */
function checkEntitlements({ session, networkMode }: BuildRequest, vertices: Iterable<Vertex>): void {
  if (networkMode === 'host' || session?.request.Entitlements?.includes('network.host')) return;
  for (const { operation } of vertices)
    if (operation.kind === 'run' && operation.meta.network === 'host')
      throw new BuildFailure('failed to load LLB: network.host is not allowed');
}

/** What a check finds wrong is its answer, no failure. */
async function planned<T>(run: Run, act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    const call = run.building.request.session?.request.Call ?? '';
    if ((call !== 'check' && call !== 'lint') || !(error instanceof DockerfileError)) throw error;
    run.lintError = errorOf(run, error);
    return undefined;
  }
}

/** The uppermost record of each result; null for an image without files. */
async function solveTargets(solver: Solver, { sys }: Daemon, targets: readonly State[]): Promise<readonly (CacheRecord | null)[]> {
  const tops: (CacheRecord | null)[] = targets.map(() => null);
  if (targets.every((target) => !target)) return tops;
  try {
    await solver.begin();
    await all(
      sys,
      targets.map((target, i) => async () => {
        if (target) tops[i] = await solver.realize(target);
      }),
    );
  } catch (error) {
    throw await solver.ended(error);
  }
  await solver.ended(undefined);
  await solver.finish();
  return tops;
}

const CALLS = ['build', 'check', 'lint', 'outline', 'targets'];
/** Who asks for the targets is not shown where the file is wrong. Throws BuildFailure. */
function offered(definition: Definition): BuildTargets {
  try {
    return targetsOf(definition);
  } catch (error) {
    if (error instanceof DockerfileError) throw new BuildFailure(error.message);
    throw error;
  }
}

const isQuestion = ({ session }: BuildRequest): boolean => !['', 'build'].includes(session?.request.Call ?? '');

function checkCall({ session }: BuildRequest): void {
  const call = session?.request.Call ?? 'build';
  if (!CALLS.includes(call)) throw new BuildFailure(`unsupported request frontend.${call}: unsupported request frontend.${call}`);
}

/** What was thrown as the build's error; undefined for what is a bug. */
function errorOf({ definition }: Run, error: unknown): BuildError | undefined {
  if (error instanceof Canceled) return { Message: error.message, Sources: [] };
  if (error instanceof DockerfileError || error instanceof BuildFailure)
    return {
      Message: error.message,
      Sources: definition ? placesOf(error).flatMap((lines) => sourceOf(definition, lines)) : [],
      ...(error instanceof BuildFailure && error.vertex !== undefined ? { Vertex: error.vertex } : {}),
    };
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return undefined;
  return { Message: messageOf(error), Sources: [] };
}

const placesOf = (error: DockerfileError | BuildFailure): readonly (Lines | undefined)[] =>
  error instanceof DockerfileError ? [error.lines, ...error.also] : [error.lines];

const warningOf =
  ({ filename }: Definition) =>
  ({ rule, url, detail, lines }: Finding): BuildWarning => ({
    RuleName: rule.name,
    Description: rule.description,
    Url: url,
    Detail: detail,
    Filename: filename,
    Ranges: [{ Start: lines.start, End: lines.end }],
  });

function resultOf(run: Run, { ref }: Build, { error, exported, plan, targets }: Outcome): BuildSessionResult {
  const { definition, linter, building } = run;
  const warnings = definition ? (linter?.findings ?? []).map(warningOf(definition)) : [];
  const call = building.request.session?.request.Call;
  const source = { Filename: definition?.filename ?? '', Text: definition?.text ?? '' };
  const lint: BuildLint = { Warnings: warnings, Source: source, ...(run.lintError ? { Error: run.lintError } : {}) };
  return {
    ExporterResponse: exported?.response ?? {},
    ...(error ? { Error: error } : {}),
    Warnings: warnings,
    ...(call === 'check' || call === 'lint' ? { Lint: lint } : {}),
    ...(call === 'outline' && plan ? { Outline: outlineOf(plan, source), Needs: needsOf(plan) } : {}),
    ...(targets ? { Targets: targets } : {}),
    HasOutput: [...(building.request.session?.outputs.keys() ?? [])],
    Ref: ref,
  };
}
