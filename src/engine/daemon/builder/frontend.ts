/** The first half of a build: the Dockerfile is read and planned, with what that needs from outside. */

import type { BuildSource } from '../../api-types/build-session.ts';
import { readIgnoreFile } from '../../api-types/ignore/ignore-file.ts';
import { compilePatterns, isMatched, type Pattern, PatternSyntaxError } from '../../api-types/ignore/patterns.ts';
import { decodeBase64 } from '../../http/base64.ts';
import { digestOf } from '../../oci/digest.ts';
import { canonicalName, familiarName, familiarRepository, parseReference, type Reference, withDefaultTag } from '../../oci/reference.ts';
import { writeTar } from '../../oci/tar/write.ts';
import type { Daemon } from '../daemon.ts';
import { messageOf } from '../errors.ts';
import { baseOf, exists, inRoot } from '../files.ts';
import { HOST_PLATFORM } from '../images/image.ts';
import { DockerfileError, type Lines } from './dockerfile/errors.ts';
import { BuildFailure } from './failure.ts';
import { checkArgument, Linter, parseCheckOptions } from './lint/linter.ts';
import { isImageName } from './plan/image-name.ts';
import type { NamedContext, PlanOptions, ResolvedImage, ResolveOptions } from './plan/options.ts';
import { type Plan, plan } from './plan/plan.ts';
import type { Progress } from './progress.ts';
import type { BuildRequest } from './request.ts';
import { all, Once, OnceEach } from './side-by-side.ts';
import type { ImageSources } from './solve/images.ts';
import { addLocal, unpackContext } from './solve/local-source.ts';
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
  /** The context came as one archive, which has everything in it. */
  readonly isRemote: boolean;
}

/** Steps of the builder's own are told apart by what they are about. */
export const internalStep = (name: string, salt = ''): { digest: string; name: string } => ({
  name,
  digest: digestOf(encoder.encode(`${name}\0${salt}`)),
});

/** A context that came as an archive; what is wrong with the Dockerfile in it is told there. */
export const COPY_CONTEXT = internalStep('copy /context /');

/** A file of the context, or what the client has sent in its place; undefined if there is none. */
function contextFile({ daemon, contextRoot }: FrontendContext, path: string): string | undefined {
  const at = inRoot(daemon.sys, contextRoot, path);
  if (!exists(daemon.sys, at) || daemon.sys.path.stat(at).type !== 'regular') return undefined;
  return decoder.decode(daemon.sys.path.readFile(at));
}

/** Of a file's transfer: its description and its bytes; an end alone if there is none. */
const DESCRIPTION_BYTES = 21;
const sentBytes = (name: string, text: string | undefined): number =>
  text === undefined ? 2 : DESCRIPTION_BYTES + name.length + encoder.encode(text).length;

const textOf = (data: string): string => decoder.decode(decodeBase64(data) ?? new Uint8Array());

/** Throws BuildFailure if there is no Dockerfile. */
export async function loadDefinition(context: FrontendContext): Promise<Definition> {
  const { request, progress } = context;
  const sent = request.session?.request.Dockerfile;
  const filename = sent?.Name ?? (context.isRemote ? request.dockerfile : baseOf(request.dockerfile));
  const text = sent ? textOf(sent.Data) : sent === null ? undefined : contextFile(context, request.dockerfile);
  const step = internalStep(`[internal] load build definition from ${filename}`);
  if (context.isRemote) return found(filename, text);
  await progress.start(step);
  const started = progress.now();
  if (request.session?.request.NoSources) {
    await progress.status(step.digest, { id: 'transferring dockerfile:', started });
    await progress.complete(step.digest, { error: 'no local sources enabled' });
    throw new BuildFailure('failed to read dockerfile: no local sources enabled', { vertex: step.digest });
  }
  const current = sentBytes(filename, text);
  await progress.status(step.digest, { id: 'transferring dockerfile:', current, started, completed: progress.now() });
  keepSent(context, { name: 'dockerfile', file: filename, text });
  await progress.complete(step.digest);
  if (sent?.IsOther) throw new BuildFailure(`failed to read dockerfile: ${filename} is not a regular file`);
  return found(filename, text);
}

function found(filename: string, text: string | undefined): Definition {
  if (text === undefined) throw new BuildFailure(`failed to read dockerfile: open ${filename}: no such file or directory`);
  return { filename, text };
}

/** What a client sends by itself is kept by itself, in the place of what it sent before. */
function keepSent(
  { daemon, cache, request }: FrontendContext,
  { name, file, text }: { name: string; file: string; text: string | undefined },
): void {
  const key = `local:${name}:${name === 'context' ? file : ''}:${request.session?.request.SharedKey ?? ''}`;
  const files = text === undefined ? [] : [{ name: file, content: encoder.encode(text) }];
  const snapshot = unpackContext(daemon, writeTar(files));
  addLocal({ daemon, cache }, { key, snapshot, description: `local source for ${name}` });
}

async function loadIgnored(context: FrontendContext): ReturnType<PlanOptions['loadIgnored']> {
  const { request, progress } = context;
  const sent = request.session?.request.Dockerignore;
  const step = internalStep('[internal] load .dockerignore');
  // One that belongs to the Dockerfile has come with it.
  const isOwn = context.isRemote || (sent ? sent.Name !== '.dockerignore' : false);
  if (!isOwn) await progress.start(step);
  const text = sent
    ? textOf(sent.Data)
    : sent === null
      ? undefined
      : (contextFile(context, `${request.dockerfile}.dockerignore`) ?? contextFile(context, '.dockerignore'));
  const started = progress.now();
  const current = sentBytes('.dockerignore', text);
  if (!isOwn) await progress.status(step.digest, { id: 'transferring context:', current, started, completed: progress.now() });
  if (!context.isRemote) keepSent(context, { name: 'context', file: '.dockerignore', text });
  await progress.complete(step.digest);
  if (text === undefined) return undefined;
  const patterns = patternsOf(text);
  return patterns.some(({ isException }) => isException) ? undefined : (path) => isMatched(patterns, path);
}

function patternsOf(text: string): readonly Pattern[] {
  try {
    return compilePatterns(readIgnoreFile(encoder.encode(text)));
  } catch (error) {
    if (error instanceof PatternSyntaxError) throw new BuildFailure(error.message);
    throw error;
  }
}

/** Plans the build for each platform; findings are told whatever comes of it. Throws BuildFailure, DockerfileError. */
export async function planBuild(context: FrontendContext, definition: Definition, linter: Linter): Promise<readonly Plan[]> {
  const { progress, request, daemon } = context;
  const options = optionsOf(context, linter);
  const [, ...more] = request.platforms;
  const plans: Plan[] = [];
  try {
    await all(daemon.sys, [
      async () => {
        plans[0] = await plan(definition.text, options);
      },
      // What is wrong with the file is found once.
      ...more.map((platform, i) => async () => {
        plans[i + 1] = await plan(definition.text, { ...options, platform, linter: linterFor(definition, request) });
      }),
    ]);
    return plans;
  } finally {
    const isAsked = isCheck(context.request.session?.request.Call);
    const step = context.isRemote ? COPY_CONTEXT : internalStep(`[internal] load build definition from ${definition.filename}`);
    const info = { filename: definition.filename, data: encoder.encode(definition.text), language: 'Dockerfile' };
    // Who asked for the findings gets them as the answer.
    for (const finding of isAsked ? [] : linter.findings) await progress.warn(step.digest, finding, info);
  }
}

/** As the build's arguments and the file's directive want it. Throws DockerfileError. */
export function linterFor({ text }: Definition, { buildArgs }: BuildRequest): Linter {
  const given = checkArgument(buildArgs);
  if (given) return new Linter(given);
  const directive = /^(?:#[ \t]*(?:syntax|escape)[ \t]*=.*\n)*#[ \t]*check[ \t]*=[ \t]*(.+)/i.exec(text.replaceAll('\r', ''))?.[1];
  try {
    return new Linter(parseCheckOptions(directive ?? ''));
  } catch (error) {
    if (error instanceof DockerfileError)
      throw new DockerfileError(`failed to parse check options: ${error.message}`, { start: 0, end: 0 });
    throw error;
  }
}

const isCheck = (call: string | undefined): boolean => call === 'check' || call === 'lint';

export function optionsOf(context: FrontendContext, linter: Linter): PlanOptions {
  const { daemon, request } = context;
  const asked = request.session?.request;
  const filter = asked?.NoCacheFilter ?? [];
  const resolving = new OnceEach<ResolvedImage>(daemon.sys);
  const announced = new OnceEach<void>(daemon.sys);
  const ignored = new Once<Awaited<ReturnType<typeof loadIgnored>>>(daemon.sys);
  return {
    target: request.target,
    withAllStages: request.target === '' && isCheck(asked?.Call),
    buildArgs: request.buildArgs,
    labels: request.labels,
    platform: request.platforms[0],
    hostPlatform: HOST_PLATFORM,
    showsPlatform: request.platforms.length > 1,
    noCache: request.noCache && filter.length === 0,
    noCacheFilter: filter,
    networkMode: request.networkMode,
    hostname: request.buildArgs.get('BUILDKIT_SANDBOX_HOSTNAME') ?? '',
    extraHosts: request.extraHosts,
    shmSizeBytes: request.shmSizeBytes,
    ulimits: request.ulimits,
    cgroupParent: request.cgroupParent,
    linter,
    loadIgnored: () => ignored.get(() => loadIgnored(context)),
    namedContext: (name) => namedContext(asked?.Contexts ?? {}, name),
    announce: (name) => announced.of(name).get(() => announceContext(context, name)),
    resolve: async (reference, { platform, step }) => {
      // Whoever asks for the same image joins the first who did.
      const key = `${canonicalName(reference)} ${JSON.stringify(platform)}`;
      return resolving.of(key).get(() => resolveTold(context, reference, { platform, step }));
    },
    all: (tasks) => all(daemon.sys, tasks),
  };
}

/** By the name as it was written, or as the image is called in full. */
function namedContext(contexts: Readonly<Record<string, string>>, name: string): NamedContext | undefined {
  const found = name === '' ? undefined : [name, ...fullNames(name)].find((one) => Object.hasOwn(contexts, one));
  const value = found === undefined ? undefined : contexts[found];
  if (found === undefined || value === undefined) return undefined;
  if (value === 'local') return { kind: 'local', name: found };
  const image = /^docker-image:\/\/(.+)$/.exec(value)?.[1];
  if (image !== undefined) return { kind: 'image', name: found, reference: image };
  throw new DockerfileError(`unsupported context source ${value.replace(/:.*$/s, '')} for ${found}`);
}

function fullNames(name: string): readonly string[] {
  if (!isImageName(name)) return [];
  const reference = withDefaultTag(parseReference(name));
  return [familiarName(reference), canonicalName(reference), ...(reference.tag === 'latest' ? [familiarRepository(reference)] : [])];
}

async function announceContext({ progress }: FrontendContext, name: string): Promise<void> {
  const step = internalStep(`[context ${name}] load .dockerignore`);
  await progress.start(step);
  const started = progress.now();
  await progress.status(step.digest, { id: `transferring ${name}:`, current: 2, started, completed: progress.now() });
  await progress.complete(step.digest);
}

async function resolveTold(
  { progress, images, request }: FrontendContext,
  reference: Reference,
  options: ResolveOptions,
): Promise<ResolvedImage> {
  const step = internalStep(options.step);
  await progress.start(step);
  try {
    const found = await images.resolve(reference, { platform: options.platform, pull: request.pull });
    await images.tellShared(progress);
    await progress.complete(step.digest);
    return found;
  } catch (error) {
    await images.tellShared(progress);
    await progress.complete(step.digest, { error: messageOf(error) });
    throw error;
  }
}

/** The Dockerfile with the lines that are meant. */
export const sourceOf = ({ filename, text }: Definition, lines: Lines | undefined): readonly BuildSource[] =>
  lines && lines.start > 0 ? [{ Filename: filename, Text: text, Ranges: [{ Start: lines.start, End: lines.end }] }] : [];
