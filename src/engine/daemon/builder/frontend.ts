/** The first half of a build: the Dockerfile is read and planned, with what that needs from outside. */
import type { BuildSource } from '../../api-types/build-session.ts';
import { digestOf } from '../../oci/digest.ts';
import type { Platform } from '../../oci/manifest.ts';
import { canonicalName, type Reference } from '../../oci/reference.ts';
import { writeTar } from '../../oci/tar/write.ts';
import { decodeBase64 } from '../../registry/base64.ts';
import type { Daemon } from '../daemon.ts';
import { messageOf } from '../errors.ts';
import { baseOf, exists, inRoot } from '../files.ts';
import { HOST_PLATFORM } from '../images/image.ts';
import { DockerfileError, type Lines } from './dockerfile/errors.ts';
import { BuildFailure } from './failure.ts';
import { Linter, parseCheckOptions } from './lint/linter.ts';
import type { NamedContext, PlanOptions, ResolvedImage } from './plan/options.ts';
import { type Plan, plan } from './plan/plan.ts';
import type { Progress } from './progress.ts';
import type { BuildRequest } from './request.ts';
import { all, Once } from './side-by-side.ts';
import type { ImageSources } from './solve/images.ts';
import { addLocal, unpackContext } from './solve/local-source.ts';
import { matcher } from './solve/patterns.ts';
import type { CacheStore } from './solve/records.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export interface Definition {
  readonly filename: string;
  readonly text: string;
}

export interface FrontendContext {
  readonly daemon: Daemon;
  readonly request: BuildRequest;
  readonly progress: Progress;
  readonly images: ImageSources;
  readonly cache: CacheStore;
  /** The main context's files on the host. */
  readonly contextRoot: string;
}

/** Steps of the builder's own are told apart by what they are about. */
export const internalStep = (name: string, salt = ''): { digest: string; name: string } => ({
  name,
  digest: digestOf(encoder.encode(`${name}\0${salt}`)),
});

/** A file of the context, or what the client has sent in its place; undefined if there is none. */
function contextFile({ daemon, contextRoot }: FrontendContext, path: string): string | undefined {
  const at = inRoot(daemon.sys, contextRoot, path);
  if (!exists(daemon.sys, at) || daemon.sys.path.stat(at).type !== 'regular') return undefined;
  return decoder.decode(daemon.sys.path.readFile(at));
}

const textOf = (data: string): string => decoder.decode(decodeBase64(data) ?? new Uint8Array());

/** Throws BuildFailure if there is no Dockerfile. */
export async function loadDefinition(context: FrontendContext): Promise<Definition> {
  const { request, progress } = context;
  const sent = request.session?.request.Dockerfile;
  const filename = sent?.Name ?? baseOf(request.dockerfile);
  const text = sent ? textOf(sent.Data) : sent === null ? undefined : contextFile(context, request.dockerfile);
  const step = internalStep(`[internal] load build definition from ${filename}`);
  await progress.start(step);
  const started = progress.now();
  const current = text === undefined ? 2 : encoder.encode(text).length;
  await progress.status(step.digest, { id: 'transferring dockerfile:', current, started, completed: progress.now() });
  keepSent(context, { name: 'dockerfile', file: filename, text });
  await progress.complete(step.digest);
  if (text === undefined) throw new BuildFailure(`failed to read dockerfile: open ${filename}: no such file or directory`);
  return { filename, text };
}

/** What a client sends by itself is kept by itself, in the place of what it sent before. */
function keepSent(
  { daemon, cache }: FrontendContext,
  { name, file, text }: { name: string; file: string; text: string | undefined },
): void {
  const key = `local:${name}:${name === 'context' ? file : ''}`;
  const before = cache.find(key);
  if (before) cache.remove(before);
  const files = text === undefined ? [] : [{ name: file, content: encoder.encode(text) }];
  const snapshot = unpackContext(daemon, writeTar(files));
  addLocal({ daemon, cache }, { key, snapshot, description: `local source for ${name}` });
}

async function loadIgnored(context: FrontendContext): ReturnType<PlanOptions['loadIgnored']> {
  const { request, progress } = context;
  const sent = request.session?.request.Dockerignore;
  const step = internalStep('[internal] load .dockerignore');
  // One that belongs to the Dockerfile has come with it.
  const isOwn = sent ? sent.Name !== '.dockerignore' : false;
  if (!isOwn) await progress.start(step);
  const text = sent
    ? textOf(sent.Data)
    : sent === null
      ? undefined
      : (contextFile(context, `${request.dockerfile}.dockerignore`) ?? contextFile(context, '.dockerignore'));
  const started = progress.now();
  const current = text === undefined ? 2 : encoder.encode(text).length;
  if (!isOwn) await progress.status(step.digest, { id: 'transferring context:', current, started, completed: progress.now() });
  keepSent(context, { name: 'context', file: '.dockerignore', text });
  await progress.complete(step.digest);
  if (text === undefined) return undefined;
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  const patterns = matcher(lines);
  return patterns.hasExceptions ? undefined : (path) => patterns.matches(path);
}

/** Plans the build; findings are told whatever comes of it. Throws BuildFailure, DockerfileError. */
export async function planBuild(context: FrontendContext, definition: Definition, linter: Linter): Promise<Plan> {
  const { progress } = context;
  try {
    return await plan(definition.text, optionsOf(context, linter));
  } finally {
    const isAsked = !['', 'build'].includes(context.request.session?.request.Call ?? '');
    const step = internalStep(`[internal] load build definition from ${definition.filename}`);
    const info = { filename: definition.filename, data: encoder.encode(definition.text), language: 'Dockerfile' };
    // Who asked for the findings gets them as the answer.
    for (const finding of isAsked ? [] : linter.findings) await progress.warn(step.digest, finding, info);
  }
}

/** As the build's arguments and the file's directive want it. Throws DockerfileError. */
export function linterFor({ text }: Definition, { buildArgs }: BuildRequest): Linter {
  const given = buildArgs.get('BUILDKIT_DOCKERFILE_CHECK');
  const directive = /^(?:#[ \t]*(?:syntax|escape)[ \t]*=.*\n)*#[ \t]*check[ \t]*=[ \t]*(.+)/i.exec(text.replaceAll('\r', ''))?.[1];
  return new Linter(parseCheckOptions(given ?? directive ?? ''));
}

export function optionsOf(context: FrontendContext, linter: Linter): PlanOptions {
  const { daemon, request } = context;
  const asked = request.session?.request;
  const filter = asked?.NoCacheFilter ?? [];
  const resolving = new Map<string, Once<ResolvedImage>>();
  return {
    target: request.target,
    buildArgs: request.buildArgs,
    labels: request.labels,
    platform: request.platform,
    hostPlatform: HOST_PLATFORM,
    showsPlatform: false,
    noCache: request.noCache && filter.length === 0,
    noCacheFilter: filter,
    networkMode: request.networkMode,
    hostname: request.buildArgs.get('BUILDKIT_SANDBOX_HOSTNAME') ?? '',
    extraHosts: request.extraHosts,
    shmSizeBytes: request.shmSizeBytes,
    ulimits: request.ulimits,
    cgroupParent: request.cgroupParent,
    linter,
    loadIgnored: () => loadIgnored(context),
    namedContext: (name) => namedContext(asked?.Contexts ?? {}, name),
    resolve: async (reference, platform) => {
      const key = `${canonicalName(reference)} ${JSON.stringify(platform)}`;
      const once = resolving.get(key) ?? new Once<ResolvedImage>(daemon.sys);
      resolving.set(key, once);
      return once.get(() => resolveTold(context, reference, platform));
    },
    all: (tasks) => all(daemon.sys, tasks),
  };
}

function namedContext(contexts: Readonly<Record<string, string>>, name: string): NamedContext | undefined {
  const value = name === '' ? undefined : contexts[name];
  if (value === undefined) return undefined;
  if (value === 'local') return { kind: 'local', name };
  const image = /^docker-image:\/\/(.+)$/.exec(value)?.[1];
  if (image !== undefined) return { kind: 'image', reference: image };
  throw new DockerfileError(`unsupported context source ${value.replace(/:.*$/s, '')} for ${name}`);
}

async function resolveTold(
  { progress, images, request }: FrontendContext,
  reference: Reference,
  platform: Platform,
): Promise<ResolvedImage> {
  const step = internalStep(`[internal] load metadata for ${canonicalName(reference)}`);
  await progress.start(step);
  try {
    const found = await images.resolve(reference, { platform, pull: request.pull });
    await progress.complete(step.digest);
    return found;
  } catch (error) {
    await progress.complete(step.digest, { error: messageOf(error) });
    throw error;
  }
}

/** The Dockerfile with the lines that are meant. */
export const sourceOf = ({ filename, text }: Definition, lines: Lines | undefined): readonly BuildSource[] =>
  lines && lines.start > 0 ? [{ Filename: filename, Text: text, Ranges: [{ Start: lines.start, End: lines.end }] }] : [];
