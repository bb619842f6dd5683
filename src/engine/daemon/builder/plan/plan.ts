/**
 * From a Dockerfile to the graph of vertices that makes its target: stages are found, their base images resolved, their instructions
 * turned into vertices and an image's configuration. Nothing runs here. Upstream: buildkit dockerfile2llb.
 */
import { formatPlatform, normalizePlatform } from '../../../oci/platform.ts';
import { canonicalName } from '../../../oci/reference.ts';
import { atLines, DockerfileError, didYouMean } from '../dockerfile/errors.ts';
import { type Dockerfile, parseDockerfile } from '../dockerfile/stages.ts';
import { SAYS } from '../lint/rules.ts';
import { checkCasing, checkDefaultBases, checkNode, checkStageNames } from '../lint/static-checks.ts';
import { type Dispatching, dispatch } from './dispatch.ts';
import { type Globals, globalArgs, platformArgs, proxyEnv } from './globals.ts';
import { addTriggers, reachable, type Stages, stagesOf, targetOf } from './graph.ts';
import { imageNamed } from './image-name.ts';
import { stepName } from './names.ts';
import type { PlanOptions, ResolvedImage } from './options.ts';
import { emptyImage, type StageState, setEnv } from './stage.ts';
import { vertex } from './vertex.ts';

export interface Plan {
  readonly dockerfile: Dockerfile;
  readonly stages: readonly StageState[];
  readonly target: StageState;
  readonly epoch: string | undefined;
}

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const COMMON = ['alpine', 'busybox', 'centos', 'debian', 'golang', 'ubuntu', 'fedora'].flatMap((name) => [name, `${name}:latest`]);

/** Throws DockerfileError. */
export function readDockerfile(text: string, options: PlanOptions): Dockerfile {
  if (text === '') throw new DockerfileError('the Dockerfile cannot be empty', { start: 0, end: 0 });
  const { linter } = options;
  const dockerfile = parseDockerfile(text, {
    emptyContinuation: (line) => linter.run('noEmptyContinuation', { start: line, end: line }, SAYS.noEmptyContinuation()),
    node: (node) => checkNode(node, linter),
  });
  if (dockerfile.stages.length === 0) throw new DockerfileError('dockerfile contains no stages to build', { start: 0, end: 0 });
  checkStageNames(dockerfile, linter);
  checkCasing(dockerfile, linter);
  return dockerfile;
}

/** Throws DockerfileError. */
export async function plan(text: string, options: PlanOptions): Promise<Plan> {
  const dockerfile = readDockerfile(text, options);
  const globals = globalsOf(dockerfile, options);
  const epoch = options.buildArgs.get('SOURCE_DATE_EPOCH') ?? globals.values.get('SOURCE_DATE_EPOCH');
  const createdAt = epochTime(epoch);
  const stages = stagesOf(dockerfile, globals, options);
  const target = targetOf(stages, options.target);
  await resolveAll(stages, target, options);
  await dispatchAll(stages, target, { dockerfile, globals, options, epoch: createdAt });
  const { config } = target.image;
  if (Object.keys(options.labels).length > 0) target.image.config = { ...config, Labels: { ...config.Labels, ...options.labels } };
  options.linter.check();
  return { dockerfile, stages: stages.all, target, epoch };
}

/** Arguments before the first FROM, as the build's own have them. Throws DockerfileError. */
export function globalsOf(dockerfile: Dockerfile, options: PlanOptions): Globals {
  const { hostPlatform: build, platform = build, buildArgs, target } = options;
  const stage = target === '' ? (dockerfile.stages.at(-1)?.from.name.toLowerCase() ?? '') : target;
  const predefined = platformArgs({ build, target: platform, stage }, buildArgs);
  const { escapeSign, globals } = dockerfile;
  try {
    checkDefaultBases(dockerfile, globalArgs(predefined, globals, { escapeSign, buildArgs: new Map() }).values, options.linter);
  } catch (error) {
    // With the build's own arguments it may be well.
    if (!(error instanceof DockerfileError)) throw error;
  }
  return globalArgs(predefined, globals, { escapeSign, buildArgs });
}

function epochTime(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^\d+$/.test(text)) throw new DockerfileError(`invalid SOURCE_DATE_EPOCH: ${text}`, { start: 0, end: 0 });
  return new Date(Number(text) * 1000).toISOString().replace('.000Z', 'Z');
}

/** Resolves the bases of all stages that the target needs; triggers of theirs may need more. */
async function resolveAll(stages: Stages, target: StageState, options: PlanOptions): Promise<void> {
  for (let hasMore = true; hasMore; ) {
    const needed = reachable(target);
    const open = stages.all.filter((stage) => (needed.has(stage) || options.withAllStages) && !stage.base && !stage.isResolved);
    for (const stage of open) stage.isResolved = true;
    const sent = open.filter((stage) => contextOf(stage, options)?.kind === 'local');
    const named = open.filter((stage) => !sent.includes(stage));
    // As a group of goroutines begins: the last one, then the others; a client is asked for its files meanwhile.
    const begun = [...named.slice(-1), ...named.slice(0, -1), ...sent];
    await options.all([...begun.map((stage) => () => resolveBase(stages, stage, options)), async () => checkNames(stages)]);
    hasMore = [...needed].map((stage) => takeTriggers(stages, stage)).some((brought) => brought);
  }
}

/** Also stages that nobody needs stand on something that can be an image. Throws DockerfileError. */
function checkNames({ all }: Stages): void {
  for (const { base, isImplicit, baseName, from } of all)
    if (!base && !isImplicit && baseName !== 'scratch') atLines(from.lines, () => imageNamed(baseName));
}

function takeTriggers(stages: Stages, stage: StageState): boolean {
  const { config } = stage.image;
  const own = config.OnBuild ?? [];
  const fromBase = stage.base && !stage.hasOnbuild ? stage.base.commands : [];
  stage.hasOnbuild = true;
  const triggers = [...own, ...fromBase.flatMap(({ instruction }) => (instruction.kind === 'onbuild' ? [instruction.expression] : []))];
  if (triggers.length === 0) return false;
  const { OnBuild: _taken, ...rest } = config;
  stage.image.config = rest;
  return addTriggers(stages, stage, triggers);
}

/** What stands in the place of a stage, or of the image that it stands on. */
const contextOf = (stage: StageState, { namedContext }: PlanOptions): ReturnType<PlanOptions['namedContext']> =>
  namedContext(stage.from.name.toLowerCase()) ?? namedContext(stage.baseName);

async function resolveBase(stages: Stages, stage: StageState, options: PlanOptions): Promise<void> {
  const platform = stage.platform ?? options.platform ?? options.hostPlatform;
  const byName = options.namedContext(stage.from.name.toLowerCase());
  const replacement = byName ?? options.namedContext(stage.baseName);
  // A stage that was replaced is not built; an image that is only read from has nothing to build.
  if (stage.isImplicit || byName) stage.isDispatched = true;
  if (replacement?.kind === 'local') return useLocal(stage, replacement.name, { platform, options });
  if (stage.baseName === 'scratch' && !replacement) {
    stage.image = emptyImage(platform);
    stage.platform = platform;
    return;
  }
  const { lines } = stage.from;
  const written = replacement?.reference ?? stage.baseName;
  const reference = atLines(lines, () => imageNamed(written));
  const step = replacement
    ? `[context ${replacement.name}] load metadata for ${written}`
    : `[${options.showsPlatform ? `${formatPlatform(platform)} ` : ''}internal] load metadata for ${canonicalName(reference)}`;
  try {
    const found = await options.resolve(reference, { platform, step });
    useImage(stage, found, { platform, options, written, context: replacement?.name });
  } catch (error) {
    if (error instanceof DockerfileError || !(error instanceof Error)) throw error;
    const hint = didYouMean(written, [...stages.byName.keys(), ...COMMON]);
    throw new DockerfileError(
      `${replacement ? '' : `${written}: `}failed to resolve source metadata for ${canonicalName(reference)}: ${error.message}${hint}`,
      lines,
    );
  }
}

async function useLocal(stage: StageState, name: string, { platform, options }: Pick<Use, 'platform' | 'options'>): Promise<void> {
  await options.announce(name);
  stage.platform = platform;
  // Files of a client are no image: whatever stands on them says for no machine that it is for it.
  stage.image = { ...emptyImage(platform), architecture: '' };
  stage.state = vertex({
    operation: { kind: 'local', context: name, paths: [] },
    inputs: [],
    name: `[context ${name}] load from client`,
    description: `local source for ${name}`,
  });
}

interface Use {
  readonly platform: NonNullable<StageState['platform']>;
  readonly options: PlanOptions;
  readonly written: string;
  /** The named context that stands for it. */
  readonly context: string | undefined;
}

function useImage(stage: StageState, { reference, digest, config }: ResolvedImage, use: Use): void {
  const { platform, options, context, written } = use;
  const { architecture, os, variant, author, config: container = {}, history = [], rootfs } = config;
  stage.image = { architecture, os, variant, author, config: container, history: [...history] };
  const isImplicit = stage.platform === undefined && options.platform === undefined;
  stage.platform = platform;
  if (rootfs.diff_ids.length === 0 && history.every(({ empty_layer }) => empty_layer)) {
    stage.state = null;
    return;
  }
  const name = context === undefined ? canonicalName({ ...reference, digest }) : canonicalName(reference);
  const step = (): string => stepName(stage, `FROM ${name}`, options);
  stage.state = vertex({
    operation: { kind: 'image', name, digest, platform },
    inputs: [],
    name: context === undefined ? step() : `[context ${context}] ${written}`,
    lines: stage.from.lines,
    description: '',
  });
  const own = { os, architecture, ...(variant === undefined ? {} : { variant }) };
  if (isImplicit || (own.os === platform.os && own.architecture === platform.architecture)) return;
  const [expected = '', actual = ''] = [platform, own].map((one) => formatPlatform(normalizePlatform(one)));
  options.linter.run('invalidBaseImagePlatform', stage.from.lines, SAYS.invalidBaseImagePlatform(written, expected, actual));
}

interface DispatchAll {
  readonly dockerfile: Dockerfile;
  readonly globals: Globals;
  readonly options: PlanOptions;
  readonly epoch: string | undefined;
}

async function dispatchAll(stages: Stages, target: StageState, { dockerfile, globals, options, epoch }: DispatchAll): Promise<void> {
  const needed = reachable(target);
  const isIgnored = await options.loadIgnored();
  const contextPaths = new Set<string>();
  const { escapeSign } = dockerfile;
  const rest = { globals, options, escapeSign, epoch, isIgnored, contextPaths, proxy: proxyEnv(options.buildArgs) };
  const shared: Omit<Dispatching, 'linter'> = rest;
  for (const stage of stages.all) {
    if (stage.isDispatched || !(needed.has(stage) || options.withAllStages)) continue;
    beginStage(stage, options);
    for (const command of stage.commands) {
      const comments = dockerfile.nodes.find(({ lines }) => lines === command.instruction.lines)?.comments ?? [];
      atLines(command.instruction.lines, () => dispatch(stage, command, { ...shared, linter: options.linter.under(comments) }));
    }
    stage.isDispatched = true;
  }
}

/** A stage begins with what it stands on. */
export function beginStage(stage: StageState, options: PlanOptions): void {
  const { base } = stage;
  if (base) {
    const { OnBuild: _taken, ...config } = base.image.config;
    stage.state = base.state;
    stage.image = { ...base.image, config, history: [...base.image.history] };
    stage.platform ??= base.platform;
    stage.env = base.env;
    stage.buildArgs = [...base.buildArgs];
    for (const [key, arg] of base.outline.args) if (!stage.outline.args.has(key)) stage.outline.args.set(key, arg);
  }
  stage.platform ??= options.platform ?? options.hostPlatform;
  const { config } = stage.image;
  if (!(config.Env ?? []).some((entry) => entry.startsWith('PATH=')))
    stage.image.config = { ...config, Env: [...(config.Env ?? []), `PATH=${DEFAULT_PATH}`] };
  for (const entry of stage.image.config.Env ?? []) {
    const at = entry.indexOf('=');
    stage.env = setEnv(stage.env, at === -1 ? entry : entry.slice(0, at), at === -1 ? '' : entry.slice(at + 1));
  }
}
