/**
 * POST /build as it was before BuildKit: one instruction after the other, each in a container that one can see, each an image that the
 * next begins with. The plan's own dispatch says what an instruction does; here it is done. Upstream: moby daemon/builder/dockerfile.
 */

import { FormatError, type Platform } from '../../../oci/manifest.ts';
import { canonicalName, familiarName, parseCanonical, type Reference } from '../../../oci/reference.ts';
import type { Daemon } from '../../daemon.ts';
import { asDeed } from '../../deed.ts';
import { DockerError, invalid, messageOf, system } from '../../errors.ts';
import { exists } from '../../files.ts';
import { shortId } from '../../ids.ts';
import { chooseManifest, HOST_PLATFORM, isComplete } from '../../images/image.ts';
import { pull } from '../../images/pull.ts';
import { registrySource } from '../../images/registry-source.ts';
import { point } from '../../images/tag.ts';
import { atLines, DockerfileError } from '../dockerfile/errors.ts';
import type { Instruction } from '../dockerfile/instructions.ts';
import { parseFile } from '../dockerfile/nodes.ts';
import { parseInstruction } from '../dockerfile/parse-instruction.ts';
import type { Dockerfile } from '../dockerfile/stages.ts';
import { type FrontendContext, loadDefinition, optionsOf } from '../frontend.ts';
import { Linter } from '../lint/linter.ts';
import { type Dispatching, dispatch } from '../plan/dispatch.ts';
import { type Globals, proxyEnv } from '../plan/globals.ts';
import { addTriggers, type Stages, stagesOf, targetOf } from '../plan/graph.ts';
import { imageNamed } from '../plan/image-name.ts';
import type { PlanOptions } from '../plan/options.ts';
import { beginStage, globalsOf, readDockerfile } from '../plan/plan.ts';
import { type Command, emptyImage, type StageState } from '../plan/stage.ts';
import { vertex } from '../plan/vertex.ts';
import { Progress } from '../progress.ts';
import type { BuildRequest } from '../request.ts';
import { type Credentials, ImageSources } from '../solve/images.ts';
import { unpackContext } from '../solve/local-source.ts';
import { cacheOf } from '../solve/records.ts';
import { Workspace } from '../solve/workspace.ts';
import type { StepImage } from './image-step.ts';
import { unsupported } from './step-text.ts';
import { runInstruction, StepFailure } from './steps.ts';

export interface ClassicBuild {
  readonly request: BuildRequest;
  readonly context: Uint8Array;
  readonly credentials: (host: string) => Credentials | undefined;
  /** Containers of steps that went well go. */
  readonly removes: boolean;
  /** Those of steps that failed go too. */
  readonly removesAlways: boolean;
  readonly say: (line: object) => Promise<void>;
}

/** What a build of old knows while it runs. */
export interface Classic extends ClassicBuild {
  readonly daemon: Daemon;
  readonly workspace: Workspace;
  readonly contextRoot: string;
  readonly images: ImageSources;
  /** Images by the vertex that stands for them. */
  readonly byVertex: Map<string, StepImage>;
  /** Whether the cache may still be used: not after a step that was not in it. */
  readonly isCached: { value: boolean };
  readonly step: { number: number; readonly total: number };
}

/** What is wrong with the build is the last line. Throws DockerError for a Dockerfile that cannot be read: nothing is said before. */
export async function classicBuild(daemon: Daemon, build: ClassicBuild): Promise<void> {
  const workspace = new Workspace(daemon, cacheOf(daemon));
  let hasBegun = false;
  const say: ClassicBuild['say'] = (line) => {
    hasBegun = true;
    return build.say(line);
  };
  try {
    await steps(daemon, { ...build, say }, workspace);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) throw error;
    const message = messageOf(error);
    if (!hasBegun && error instanceof DockerError) throw error;
    if (!hasBegun && error instanceof DockerfileError)
      throw invalid(message === 'file with no instructions' ? `failed to parse Dockerfile: ${message}` : message);
    const code = error instanceof StepFailure ? { code: error.status } : {};
    await build.say({ error: message, errorDetail: { ...code, message } });
  } finally {
    workspace.close();
  }
}

async function steps(daemon: Daemon, build: ClassicBuild, workspace: Workspace): Promise<void> {
  const { request } = build;
  checkNames(request);
  const contextRoot = daemon.images.snapshots.files(workspace.adopt(unpacked(daemon, build.context)));
  checkDockerfile(daemon, contextRoot, request);
  const images = new ImageSources(daemon, build.credentials, (digests) => workspace.holdContent(digests));
  const progress = new Progress(daemon.sys, async () => {});
  const frontend: FrontendContext = { daemon, request, progress, images, cache: cacheOf(daemon), contextRoot, isRemote: true };
  const { text } = await loadDefinition(frontend);
  const options = optionsOf(frontend, new Linter());
  const dockerfile = readDockerfile(text, options);
  const globals = globalsOf(dockerfile, options);
  const stages = stagesOf(dockerfile, globals, options);
  const target = targetOf(stages, options.target);
  target.commands.push(...labelSteps(options.labels));
  const wanted = stages.all.slice(0, stages.all.indexOf(target) + 1);
  const total = dockerfile.globals.length + wanted.reduce((sum, { commands }) => sum + 1 + commands.length, 0);
  const classic: Classic = {
    ...build,
    daemon,
    workspace,
    contextRoot,
    images,
    byVertex: new Map(),
    isCached: { value: !options.noCache },
    step: { number: 0, total },
  };
  for (const { code } of dockerfile.globals) await announce(classic, code);
  let image: StepImage = { id: '', manifest: undefined };
  for (const stage of wanted) image = await buildStage(classic, stage, { stages, dockerfile, globals, options });
  await tellUnused(classic, dockerfile);
  await finish(classic, image);
}

/** Throws DockerError. */
function checkNames({ remote }: BuildRequest): void {
  if (remote !== '' && !/^(https?|git|ssh):\/\/|^git@|^github\.com\//.test(remote))
    throw system(`remoteURL (${remote}) could not be recognized as URL`);
}

/** Throws DockerError for what is no archive. */
function unpacked(daemon: Daemon, context: Uint8Array): string {
  try {
    return unpackContext(daemon, context);
  } catch (error) {
    throw error instanceof FormatError ? system(error.message) : error;
  }
}

/** Throws DockerError. A context from elsewhere has been looked at before. */
function checkDockerfile({ sys }: Daemon, root: string, { dockerfile, remote }: BuildRequest): void {
  if (remote !== '') return;
  if (leadsOut(dockerfile)) throw system(`forbidden path outside the build context: ${dockerfile} ()`);
  const names = dockerfile === 'Dockerfile' ? ['Dockerfile', 'dockerfile'] : [dockerfile];
  if (!names.some((name) => exists(sys, `${root}/${name}`))) throw system(`Cannot locate specified Dockerfile: ${dockerfile}`);
}

/** Whether a path goes above where it begins. */
function leadsOut(path: string): boolean {
  let depth = 0;
  for (const part of path.split('/')) {
    depth += part === '..' ? -1 : part === '' || part === '.' ? 0 : 1;
    if (depth < 0) return true;
  }
  return false;
}

const announce = async ({ say, step }: Classic, code: string): Promise<void> => {
  step.number += 1;
  await say({ stream: `Step ${step.number}/${step.total} : ${code.trim()}\n` });
};

const PREDEFINED = /^(https?|ftp|no|all)_proxy$/i;

/** Arguments that no instruction has asked for. Upstream: moby daemon/builder/dockerfile/buildargs.go. */
async function tellUnused({ request, say }: Classic, { globals, stages }: Dockerfile): Promise<void> {
  const declared = [...globals, ...stages.flatMap(({ commands }) => commands)].flatMap((one) =>
    one.kind === 'arg' ? one.args.map(({ key }) => key) : [],
  );
  const unused = [...request.buildArgs.keys()].filter((name) => !declared.includes(name) && !PREDEFINED.test(name)).sort();
  if (unused.length > 0) await say({ stream: `[Warning] One or more build-args [${unused.join(' ')}] were not consumed\n` });
}

/** Labels from outside are steps of their own, at the end. */
const labelSteps = (labels: Readonly<Record<string, string>>): readonly Command[] =>
  Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ({
      instruction: onlyInstruction(`LABEL ${literal(key)}=${literal(value)}`, `LABEL ${key}=${value}`),
      sources: [],
      isOnbuild: false,
    }));

const literal = (text: string): string => JSON.stringify(text).replaceAll('$', '\\$');

/** A line that is in no file; `code` is how it is shown. */
function onlyInstruction(text: string, code: string): Instruction {
  const [node] = parseFile(text).nodes;
  if (!node) throw new DockerfileError(`invalid instruction: ${text}`);
  return { ...parseInstruction({ ...node, lines: { start: 0, end: 0 } }), code };
}

interface Surroundings {
  readonly stages: Stages;
  readonly dockerfile: Dockerfile;
  readonly globals: Globals;
  readonly options: PlanOptions;
}

async function buildStage(classic: Classic, stage: StageState, { stages, dockerfile, globals, options }: Surroundings): Promise<StepImage> {
  await announce(classic, stage.from.code);
  classic.isCached.value = !options.noCache;
  let image = await baseOf(classic, stage, options);
  const triggers = stage.image.config.OnBuild ?? [];
  if (triggers.length === 0) await classic.say({ stream: ` ---> ${shortId(image.id)}\n` });
  else {
    await classic.say({ stream: `# Executing ${triggers.length} build trigger${triggers.length > 1 ? 's' : ''}\n` });
    const { OnBuild: _taken, ...config } = stage.image.config;
    stage.image.config = config;
    addTriggers(stages, stage, triggers);
  }
  beginStage(stage, options);
  const dispatching: Dispatching = {
    globals,
    options,
    escapeSign: dockerfile.escapeSign,
    epoch: undefined,
    linter: new Linter(),
    isIgnored: undefined,
    proxy: proxyEnv(options.buildArgs),
  };
  const lastTrigger = stage.commands.findLast(({ isOnbuild }) => isOnbuild);
  for (const command of stage.commands) {
    if (!command.isOnbuild) await announce(classic, command.instruction.code);
    const before = image;
    image = await asDeed(classic.daemon.sys, command.instruction.code.trim(), () =>
      one(classic, stage, { command, dispatching, image: before }),
    );
    // Triggers count as one step, whose image is that of the last.
    if (!command.isOnbuild || command === lastTrigger) await classic.say({ stream: ` ---> ${shortId(image.id)}\n` });
  }
  stage.isDispatched = true;
  return image;
}

interface One {
  readonly command: Command;
  readonly dispatching: Dispatching;
  readonly image: StepImage;
}

async function one(classic: Classic, stage: StageState, { command, dispatching, image }: One): Promise<StepImage> {
  const { instruction } = command;
  const problem = unsupported(instruction);
  if (problem !== undefined) throw new DockerfileError(problem);
  stage.state = stateOf(classic, image);
  const lines = stage.image.history.length;
  atLines(instruction.lines, () => dispatch(stage, withoutNews(command), dispatching));
  const planned = stage.image.history[lines]?.created_by ?? instruction.code;
  const made = await runInstruction(classic, stage, { instruction, planned, parent: image });
  stage.state = stateOf(classic, made);
  return made;
}

/** What came after this builder is read, and left out: here-documents, and flags of COPY and ADD. */
function withoutNews(command: Command): Command {
  const { instruction } = command;
  if (instruction.kind === 'run') return { ...command, instruction: { ...instruction, command: { ...instruction.command, files: [] } } };
  if (instruction.kind !== 'copy' && instruction.kind !== 'add') return command;
  if (instruction.contents.length > 0 && instruction.sources.length === 0)
    throw new Error(`${instruction.kind.toUpperCase()} failed: no source files were specified`);
  return { ...command, instruction: { ...instruction, contents: [], link: false, parents: false, excludes: [], checksum: '' } };
}

/** A vertex that stands for an image. */
function stateOf({ byVertex }: Classic, image: StepImage): StageState['state'] {
  if (image.id === '') return null;
  const digest = image.id as `sha256:${string}`;
  const one = vertex({
    operation: { kind: 'image', name: image.id, digest, platform: HOST_PLATFORM },
    inputs: [],
    name: '',
    description: '',
  });
  byVertex.set(one.digest, image);
  return one;
}

/** The image that a stage begins with; pulled if it is not here. */
async function baseOf(classic: Classic, stage: StageState, options: PlanOptions): Promise<StepImage> {
  const { daemon, request, images, say } = classic;
  const platform = stage.platform ?? options.platform ?? HOST_PLATFORM;
  if (stage.base) return classic.byVertex.get(stage.base.state?.digest ?? '') ?? { id: '', manifest: undefined };
  stage.platform = platform;
  if (stage.baseName === 'scratch') {
    stage.image = emptyImage(platform);
    return { id: '', manifest: undefined };
  }
  const reference = imageNamed(stage.baseName);
  if (request.pull || !isHere(daemon, reference, platform))
    await pull(daemon.sys, daemon.images, {
      reference,
      platform,
      source: registrySource(daemon.sys, images.client(reference)),
      say: (message) => say(message),
    });
  const { target } = daemon.images.get(stage.baseName);
  const manifest = chooseManifest(daemon.images, target, platform);
  const { architecture, os, variant, author, config = {}, history = [] } = manifest?.config ?? { architecture: 'amd64', os: 'linux' };
  stage.image = { architecture, os, variant, author, config, history: [...history] };
  return { id: target.digest, manifest };
}

/** Whether an image and its content for a platform are here. */
function isHere({ images }: Daemon, reference: Reference, platform: Platform): boolean {
  const named = images.named(canonicalName(reference));
  const manifest = named && chooseManifest(images, named.target, platform);
  return manifest !== undefined && isComplete(images, manifest.descriptor);
}

async function finish({ daemon, request, say }: Classic, { id, manifest }: StepImage): Promise<void> {
  if (!manifest) throw new DockerfileError('No image was generated. Is your Dockerfile empty?');
  await say({ aux: { ID: id } });
  await say({ stream: `Successfully built ${shortId(id)}\n` });
  const { target } = daemon.images.get(id);
  for (const name of request.names) {
    point(daemon.images, parseCanonical(name), { target });
    await say({ stream: `Successfully tagged ${familiarName(parseCanonical(name))}\n` });
  }
}
