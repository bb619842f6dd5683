/** RUN: one vertex that runs a command on the stage's files, with its mounts. */
import { DockerfileError } from '../dockerfile/errors.ts';
import { chomped, parseHeredoc } from '../dockerfile/heredoc.ts';
import type { CommandLine, RunInstruction } from '../dockerfile/instructions.ts';
import { parseMount, type RunMount } from '../dockerfile/run-mounts.ts';
import { cleanPath, type Words, withShell } from './dispatch.ts';
import { shown, stepName } from './names.ts';
import { type Command, commit, type StageState, variablesOf } from './stage.ts';
import { type PlannedMount, type State, type Vertex, vertex } from './vertex.ts';

export interface Run extends Words {
  readonly instruction: RunInstruction;
}

export const contextVertex = (): Vertex =>
  vertex({
    operation: { kind: 'local', context: 'context', paths: [] },
    inputs: [],
    name: '[internal] load build context',
    description: 'local source for context',
  });

/** A file of its own, for here-documents. */
export const inlineVertex = ({ path, data, mode }: { path: string; data: string; mode: number }): Vertex =>
  vertex({
    operation: { kind: 'file', actions: [{ kind: 'mkfile', path: `/${path}`, mode, data }], hasBase: false },
    inputs: [],
    name: '[internal] preparing inline document',
    description: 'preparing inline document',
  });

/** Throws DockerfileError. */
export function dispatchRun(stage: StageState, command: Command, run: Run): void {
  const { instruction, context } = run;
  const { options } = context;
  const script = scriptOf(instruction.command);
  const args = withShell(stage, script.command);
  if (args.length === 0) throw new DockerfileError('failed to marshal LLB definition: arguments are required', { start: 0, end: 0 });
  const inputs = new Inputs(stage.state);
  const mounts = [...mountsOf(stage, command, { run, inputs }), ...documentMount(script, inputs)];
  checkSecurity(instruction);
  if (instruction.devices.length > 0)
    throw new DockerfileError('device feature is only supported in Dockerfile frontend 1.14.0-labs or later');
  const { WorkingDir = '', User = '' } = stage.image.config;
  const variables = masked(stage, mounts);
  const text = shown(`${instruction.code.trim()}${script.summary}`, variables, {
    escapeSign: context.escapeSign,
    rawQuotes: true,
    skipUnset: true,
  });
  stage.state = vertex({
    operation: {
      kind: 'run',
      meta: {
        args,
        env: stage.env,
        cwd: WorkingDir === '' ? '/' : WorkingDir,
        user: User,
        network: instruction.network === 'default' ? options.networkMode : instruction.network,
        security: instruction.security,
        hostname: options.hostname,
        extraHosts: options.extraHosts,
        ulimits: options.ulimits,
        cgroupParent: options.cgroupParent,
        shmSizeBytes: options.shmSizeBytes,
      },
      proxy: context.proxy,
      mounts,
      hasRoot: stage.state !== null,
    },
    inputs: inputs.all,
    name: stepName(stage, text, options),
    lines: instruction.lines,
    ignoreCache: stage.ignoreCache,
    description: `mount / from exec ${args.join(' ')}`,
  });
  commit(stage, `RUN ${withBuildArgs(stage, args)}`, { layer: true, buildkit: true, createdAt: context.epoch });
}

function checkSecurity({ security }: RunInstruction): void {
  if (security === 'insecure') throw new DockerfileError('failed to load LLB: security.insecure is not allowed', { start: 0, end: 0 });
}

/** The vertices that one reads from, each once. */
class Inputs {
  readonly all: Vertex[];

  constructor(root: State) {
    this.all = root ? [root] : [];
  }

  /** -1 for nothing. */
  indexOf(state: State): number {
    if (!state) return -1;
    const known = this.all.findIndex(({ digest }) => digest === state.digest);
    if (known !== -1) return known;
    this.all.push(state);
    return this.all.length - 1;
  }
}

interface Script {
  readonly command: CommandLine;
  /** What is shown after the line. */
  readonly summary: string;
  /** A document with an interpreter of its own, which is mounted and run. */
  readonly document?: { readonly path: string; readonly data: string };
}

const PIPES = '/dev/pipes/';

/** Here-documents: a single one is the script; others are given to the shell as they were written. */
function scriptOf(command: CommandLine): Script {
  const [first] = command.files;
  const [line = ''] = command.args;
  if (!first) return { command, summary: '' };
  if (command.args.length !== 1 || !command.isShell)
    throw new DockerfileError(`parsing produced an invalid run command: [${command.args.join(' ')}]`);
  if (!parseHeredoc(line)) {
    const text = command.files.reduce((script, { content, name }) => `${script}\n${content}${name}`, line);
    return { command: { ...command, args: [text] }, summary: '' };
  }
  const data = chomped(first);
  const [top = '', ...more] = first.content.trim().replaceAll('\r\n', '\n').split('\n');
  const summary = ` (${top}${more.length > 0 ? '...' : ''})`;
  if (!data.startsWith('#!')) return { command: { ...command, args: [data] }, summary };
  return { command: { ...command, args: [`${PIPES}${first.name}`] }, summary, document: { path: first.name, data } };
}

const NO_MOUNT = { sizeBytes: 0, required: false, env: undefined, mode: undefined, uid: undefined, gid: undefined, id: '' } as const;

function documentMount({ document }: Script, inputs: Inputs): readonly PlannedMount[] {
  if (!document) return [];
  const input = inputs.indexOf(inlineVertex({ ...document, mode: 0o755 }));
  return [{ ...NO_MOUNT, type: 'bind', input, source: '/', target: PIPES.slice(0, -1), readOnly: true, sharing: 'shared' }];
}

function mountsOf(stage: StageState, { sources }: Command, { run, inputs }: { run: Run; inputs: Inputs }): readonly PlannedMount[] {
  let agents = 0;
  return run.instruction.mounts.map((spec, i) => {
    const mount = parseMount(spec, run.word);
    if (mount.type === 'secret') return secret(stage, mount, run);
    if (mount.type === 'ssh') return ssh(stage, { ...mount, target: mount.target || `/run/buildkit/ssh_agent.${agents++}` }, run);
    const source = sources[i];
    if (mount.from !== '' && source && !source.isDispatched)
      throw new DockerfileError(
        `cannot mount from stage "${mount.from}" to "${mount.target}", stage needs to be defined before current command`,
      );
    const isOwn = mount.type === 'cache' || mount.type === 'tmpfs';
    const shownState = mount.from !== '' && mount.type !== 'tmpfs' ? (source?.state ?? null) : isOwn ? null : contextVertex();
    return planned(stage, mount, { state: shownState, inputs });
  });
}

function planned(stage: StageState, mount: RunMount, { state, inputs }: { state: State; inputs: Inputs }): PlannedMount {
  const { WorkingDir = '' } = stage.image.config;
  const target = cleanPath(mount.target.startsWith('/') ? mount.target : `${WorkingDir}/${mount.target}`);
  if (target === '/') throw new DockerfileError(`invalid mount target "${target}"`);
  const from = cleanPath(mount.source);
  const hasOwner = mount.uid !== undefined || mount.gid !== undefined || mount.mode !== undefined;
  const prepared = from === '/' && hasOwner ? permissions(mount, state) : undefined;
  return {
    type: mount.type,
    input: inputs.indexOf(prepared ?? state),
    source: prepared ? '/cache' : from,
    target,
    readOnly: mount.readOnly,
    sizeBytes: mount.sizeBytes,
    required: false,
    env: undefined,
    mode: mount.mode,
    uid: mount.uid,
    gid: mount.gid,
    id: mount.type === 'cache' ? mount.id || cleanPath(mount.target) : '',
    sharing: mount.sharing || 'shared',
  };
}

/** The directory that a cache with an owner begins with. */
const permissions = ({ uid = 0, gid = 0, mode = 0o755 }: RunMount, state: State): Vertex =>
  vertex({
    operation: {
      kind: 'file',
      actions: [{ kind: 'mkdir', path: '/cache', owner: `${uid}:${gid}`, createdNs: undefined, mode }],
      hasBase: state !== null,
    },
    inputs: state ? [state] : [],
    name: '[internal] setting cache mount permissions',
    description: 'setting cache mount permissions',
  });

const baseName = (path: string): string => path.replace(/\/+$/, '').replace(/^.*\//, '') || path;

function secret(stage: StageState, mount: RunMount, { instruction }: Run): PlannedMount {
  const id = mount.source || mount.id || baseName(mount.target);
  if (id === '') throw new DockerfileError('one of source, target required');
  if (!stage.outline.secrets.has(id)) stage.outline.secrets.set(id, { required: mount.required, lines: instruction.lines });
  const isFile = mount.env === undefined || mount.target !== '';
  const { uid, gid, mode } = mount;
  return {
    type: 'secret',
    input: -1,
    source: '',
    target: isFile ? mount.target || `/run/secrets/${baseName(id)}` : '',
    readOnly: true,
    sizeBytes: 0,
    required: mount.required,
    env: mount.env === '' ? id : mount.env,
    mode: mode ?? 0o400,
    uid: uid ?? 0,
    gid: gid ?? 0,
    id,
    sharing: 'shared',
  };
}

function ssh(stage: StageState, mount: RunMount, { instruction }: Run): PlannedMount {
  if (mount.source !== '') throw new DockerfileError('ssh does not support source');
  const id = mount.id || 'default';
  if (!stage.outline.ssh.has(id)) stage.outline.ssh.set(id, { required: mount.required, lines: instruction.lines });
  const { target, required, uid, gid, mode } = mount;
  return { ...NO_MOUNT, type: 'ssh', input: -1, source: '', target, readOnly: true, required, uid, gid, mode, id, sharing: 'shared' };
}

/** Secrets in variables are not shown. */
function masked(stage: StageState, mounts: readonly PlannedMount[]): ReadonlyMap<string, string> {
  const hidden = mounts.flatMap(({ type, env }): [string, string][] => (type === 'secret' && env !== undefined ? [[env, '****']] : []));
  return new Map([...variablesOf(stage.env), ...hidden]);
}

/** `|1 VERSION=2 /bin/sh -c make`. */
function withBuildArgs({ buildArgs, env }: StageState, args: readonly string[]): string {
  const variables = variablesOf(env);
  const values = new Map(buildArgs.map(({ key, value }) => [key, variables.get(key) ?? value ?? '']));
  const shownArgs = values.size === 0 ? [] : [`|${values.size}`, ...[...values].map(([key, value]) => `${key}=${value}`)];
  return [...shownArgs, ...args].join(' ');
}
