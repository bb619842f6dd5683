/** The builds that were: what `docker buildx history` lists. Kept in one file, the newest ones. */
import type { BuildError, BuildHistoryRecord } from '../../api-types/build-session.ts';
import { digestOf } from '../../oci/digest.ts';
import { formatPlatform } from '../../oci/platform.ts';
import type { Daemon } from '../daemon.ts';
import { notFound } from '../errors.ts';
import { exists, mkdirAll, readJson, readTextIfThere, removeAll, writeWhole } from '../files.ts';
import type { Exported } from './export/export.ts';
import { packageUrl } from './export/provenance.ts';
import type { Progress } from './progress.ts';
import type { BuildRequest } from './request.ts';
import type { ImageSources } from './solve/images.ts';
import { newCacheId } from './solve/records.ts';

/** A build while it runs. */
export interface Build {
  readonly ref: string;
  readonly startedNs: bigint;
  readonly request: BuildRequest;
}

const MAX_RECORDS = 50;
const running = new WeakMap<Daemon, Set<Build>>();

/** What was told of a build lies apart: it is long, and seldom asked for. */
const tracePath = (daemon: Daemon, ref: string): string => `${daemon.root}/buildkit/trace-${ref}`;
const attachmentPath = (daemon: Daemon, digest: string): string => `${daemon.root}/buildkit/attachment-${digest.slice(7)}`;
const pathOf = (daemon: Daemon): string => `${daemon.root}/buildkit/history.json`;

export function startHistory(daemon: Daemon, request: BuildRequest): Build {
  const build: Build = { ref: request.session?.request.Ref ?? newCacheId(daemon), startedNs: daemon.sys.clock.nowNs(), request };
  running.set(daemon, (running.get(daemon) ?? new Set()).add(build));
  return build;
}

export interface Finished {
  readonly progress: Progress;
  readonly error?: BuildError;
  readonly isCanceled?: boolean;
  readonly exported?: Exported;
  readonly images?: ImageSources;
}

export async function finishHistory(daemon: Daemon, build: Build, finished: Finished): Promise<void> {
  running.get(daemon)?.delete(build);
  const call = build.request.session?.request.Call ?? '';
  if (!['', 'build'].includes(call)) return;
  const all = [recordOf(daemon, build, finished), ...saved(daemon)];
  save(daemon, all.slice(0, MAX_RECORDS));
  for (const record of all.slice(MAX_RECORDS)) removeFiles(daemon, record);
  writeWhole(daemon.sys, tracePath(daemon, build.ref), finished.progress.trace().join('\n'));
  for (const bytes of finished.exported?.statements ?? []) daemon.sys.path.writeFile(attachmentPath(daemon, digestOf(bytes)), bytes);
}

const saved = (daemon: Daemon): readonly BuildHistoryRecord[] =>
  (readJson(daemon.sys, pathOf(daemon)) as BuildHistoryRecord[] | undefined) ?? [];

function save(daemon: Daemon, records: readonly BuildHistoryRecord[]): void {
  mkdirAll(daemon.sys, `${daemon.root}/buildkit`, 0o711);
  writeWhole(daemon.sys, pathOf(daemon), JSON.stringify(records));
}

/** Newest first, those that run at the top. */
export function listHistory(daemon: Daemon): readonly BuildHistoryRecord[] {
  const open = [...(running.get(daemon) ?? [])].map((build) => ({
    ...common(build),
    Status: 'running' as const,
    Steps: NO_STEPS,
    ...EMPTY,
  }));
  return [...open.reverse(), ...saved(daemon)];
}

/** One build, with all that was told of it. Throws DockerError. */
export function historyRecord(daemon: Daemon, ref: string): BuildHistoryRecord {
  const found = listHistory(daemon).find(({ Ref }) => Ref === ref);
  if (!found) throw notFound(`no record found for ref "${ref}"`);
  const trace = readTextIfThere(daemon.sys, tracePath(daemon, ref));
  return trace === undefined ? found : { ...found, Trace: trace.split('\n') };
}

/** What is attached to a record, by its digest. Throws DockerError. */
export function historyAttachment(daemon: Daemon, { ref, digest }: { readonly ref: string; readonly digest: string }): Uint8Array {
  const { Attachments } = historyRecord(daemon, ref);
  const path = attachmentPath(daemon, digest);
  const bytes = exists(daemon.sys, path) ? daemon.sys.path.readFile(path) : daemon.images.content.find(digest);
  if (!bytes || !Attachments.some(({ Digest }) => Digest === digest)) throw notFound(`content digest ${digest}: not found`);
  return bytes;
}

function removeFiles({ sys, root }: Daemon, { Ref, Attachments }: BuildHistoryRecord): void {
  removeAll(sys, `${root}/buildkit/trace-${Ref}`);
  for (const { Digest } of Attachments) removeAll(sys, `${root}/buildkit/attachment-${Digest.slice(7)}`);
}

/** Forgets a build. Throws DockerError. */
export function removeHistory(daemon: Daemon, ref: string): void {
  const gone = historyRecord(daemon, ref);
  removeFiles(daemon, gone);
  save(
    daemon,
    saved(daemon).filter(({ Ref }) => Ref !== gone.Ref),
  );
}

const NO_STEPS = { Total: 0, Completed: 0, Cached: 0 };
const EMPTY = { ErrorLogs: [], Materials: [], Attachments: [] } as const;

function common({
  ref,
  request,
  startedNs,
}: Build): Pick<
  BuildHistoryRecord,
  'Config' | 'Ref' | 'Name' | 'Context' | 'Dockerfile' | 'Target' | 'Platforms' | 'BuildArgs' | 'Labels' | 'StartedNs'
> {
  const asked = request.session?.request;
  const context = asked?.ContextName ?? '';
  return {
    Ref: ref,
    Name: asked?.BuildName ?? context,
    Context: context,
    Dockerfile: asked?.DockerfileName ?? asked?.Dockerfile?.Name ?? request.dockerfile,
    Target: request.target,
    Platforms: request.platforms.map(formatPlatform),
    BuildArgs: Object.fromEntries(request.buildArgs),
    Labels: request.labels,
    Config: configOf(request),
    StartedNs: String(startedNs),
  };
}

/** How it was asked to be built, as the history's readers call it. */
function configOf({
  networkMode,
  extraHosts,
  cgroupParent,
  pull,
  noCache,
  session,
  shmSizeBytes,
  ulimits,
}: BuildRequest): BuildHistoryRecord['Config'] {
  const filter = session?.request.NoCacheFilter ?? [];
  return {
    Network: networkMode === 'default' ? '' : networkMode,
    ExtraHosts: extraHosts.map((entry) => entry.replace(/[:=]/, '=')),
    CgroupParent: cgroupParent,
    ImageResolveMode: pull ? 'pull' : 'local',
    NoCache: noCache && filter.length === 0,
    ShmSize: shmSizeBytes === 0 ? '' : String(shmSizeBytes),
    Ulimit: ulimits.join(','),
  };
}

function recordOf(daemon: Daemon, build: Build, { progress, error, isCanceled, exported, images }: Finished): BuildHistoryRecord {
  const { total, completed, cached } = progress.counts();
  const logs = error?.Vertex === undefined ? [] : (progress.logs.get(error.Vertex) ?? []);
  const text = logs.map((bytes) => new TextDecoder().decode(bytes)).join('');
  return {
    ...common(build),
    Status: error ? (isCanceled ? 'canceled' : 'error') : 'completed',
    CompletedNs: String(daemon.sys.clock.nowNs()),
    Steps: { Total: total, Completed: completed, Cached: cached },
    ...(error ? { Error: error } : {}),
    ErrorLogs: text === '' ? [] : text.replace(/\n$/, '').split('\n'),
    Materials: (images?.all() ?? []).map(({ reference, digest, platform }) => ({
      URI: packageUrl({ reference, platform }),
      Digests: [digest],
    })),
    Attachments: exported?.attachments ?? [],
    ...(exported?.imageId === undefined ? {} : { Result: exported.imageId }),
  };
}
