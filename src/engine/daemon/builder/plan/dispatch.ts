/** What each instruction does to a stage: to its image's configuration, and to its graph. */

import { SIGNALS } from '../../../kernel/process/signals.ts';
import type { ContainerConfig, HealthcheckConfig } from '../../../oci/config.ts';
import { DockerfileError, type Lines, nearest, quoted } from '../dockerfile/errors.ts';
import { type Expanded, type ExpandOptions, ExpansionError, expand } from '../dockerfile/expand.ts';
import type { CommandLine, InstructionOf } from '../dockerfile/instructions.ts';
import type { Linter } from '../lint/linter.ts';
import { SAYS } from '../lint/rules.ts';
import { checkSecretName } from '../lint/static-checks.ts';
import { dispatchCopy } from './dispatch-copy.ts';
import { dispatchRun } from './dispatch-run.ts';
import type { Globals } from './globals.ts';
import { goDuration } from './go-duration.ts';
import { shown, stepName } from './names.ts';
import type { PlanOptions } from './options.ts';
import { exposedPorts } from './ports.ts';
import { type Command, commit, type StageState, setEnv, variablesOf } from './stage.ts';
import { vertex } from './vertex.ts';

/** What instructions know of their surroundings. */
export interface Dispatching {
  readonly globals: Globals;
  readonly options: PlanOptions;
  readonly escapeSign: string;
  /** The time of everything that is made, if the build was given one. */
  readonly epoch: string | undefined;
  readonly linter: Linter;
  readonly isIgnored: ((path: string) => boolean) | undefined;
  readonly proxy: readonly string[];
}

/** Throws DockerfileError without a place. */
export function dispatch(stage: StageState, command: Command, context: Dispatching): void {
  const { instruction } = command;
  stage.inOnbuild = command.isOnbuild;
  const word = (text: string): string => expandIn(stage, text, { context, lines: instruction.lines });
  switch (instruction.kind) {
    case 'env':
    case 'label':
      pairs(stage, instruction, { context, word });
      return;
    case 'maintainer':
      stage.image.author = instruction.name;
      commit(stage, `MAINTAINER ${instruction.name}`, { createdAt: context.epoch });
      return;
    case 'onbuild':
      configure(stage, ({ OnBuild = [] }) => ({ OnBuild: [...OnBuild, instruction.expression] }));
      return;
    case 'workdir':
      workdir(stage, instruction, { context, word });
      return;
    case 'run':
      dispatchRun(stage, command, { instruction, context, word });
      return;
    case 'copy':
    case 'add':
      dispatchCopy(stage, command, { instruction, context, word });
      return;
    case 'arg':
      arg(stage, instruction, context);
      return;
    case 'cmd':
    case 'entrypoint':
      program(stage, instruction, context);
      return;
    case 'from':
      return;
    default:
      metadata(stage, instruction, { context, word });
  }
}

type Simple = InstructionOf<'healthcheck' | 'expose' | 'user' | 'volume' | 'stopsignal' | 'shell'>;

/** Instructions that write one field of the configuration. */
function metadata(stage: StageState, instruction: Simple, { context, word }: Words): void {
  const say = (text: string): void => commit(stage, text, { createdAt: context.epoch });
  const empty = (names: readonly string[]): Readonly<Record<string, Record<string, never>>> =>
    Object.fromEntries(names.map((name) => [name, {}]));
  switch (instruction.kind) {
    case 'healthcheck': {
      once(stage, instruction, context.linter);
      configure(stage, () => ({ Healthcheck: instruction.health }));
      return say(`HEALTHCHECK ${healthText(instruction.health)}`);
    }
    case 'expose': {
      const words = instruction.ports.flatMap((port) => expandWords(stage, port, { context, lines: instruction.lines }));
      const ports = exposedPorts(words, instruction.lines, context.linter);
      configure(stage, ({ ExposedPorts = {} }) => ({ ExposedPorts: { ...ExposedPorts, ...empty(ports) } }));
      return say(`EXPOSE [${ports.join(' ')}]`);
    }
    case 'user': {
      const user = word(instruction.user);
      configure(stage, () => ({ User: user }));
      return say(`USER ${user}`);
    }
    case 'volume': {
      const volumes = instruction.volumes.map(word);
      if (volumes.includes('')) throw new DockerfileError('VOLUME specified can not be an empty string');
      configure(stage, ({ Volumes = {} }) => ({ Volumes: { ...Volumes, ...empty(volumes) } }));
      return say(`VOLUME [${volumes.join(' ')}]`);
    }
    case 'stopsignal': {
      const signal = word(instruction.signal);
      checkSignal(signal);
      configure(stage, () => ({ StopSignal: signal }));
      return say(`STOPSIGNAL ${signal}`);
    }
    case 'shell':
      configure(stage, () => ({ Shell: instruction.shell }));
      return say(`SHELL [${instruction.shell.join(' ')}]`);
  }
}

export interface Words {
  readonly context: Dispatching;
  /** Expands a word with the stage's variables. Throws DockerfileError. */
  readonly word: (text: string) => string;
}

function configure(stage: StageState, change: (config: ContainerConfig) => ContainerConfig): void {
  stage.image.config = { ...stage.image.config, ...change(stage.image.config) };
}

interface Place {
  readonly context: Dispatching;
  readonly lines: Lines;
}

const expandIn = (stage: StageState, text: string, place: Place): string => expanded(stage, text, place).text;
/** Of EXPOSE, whose variables nobody checks. */
const expandWords = (stage: StageState, text: string, { context: { escapeSign } }: Place): readonly string[] =>
  expand(text, variablesOf(stage.env), { escapeSign }).words;

/** Expands a text; variables that are not there are told of in any case. Throws DockerfileError. */
export function expanded(stage: StageState, text: string, { context, lines, ...options }: Place & Partial<ExpandOptions>): Expanded {
  try {
    const found = expand(text, variablesOf(stage.env), { escapeSign: context.escapeSign, ...options });
    reportUndefined(stage, found.unmatched, { context, lines });
    return found;
  } catch (error) {
    if (error instanceof ExpansionError) reportUndefined(stage, error.unmatched, { context, lines });
    throw error;
  }
}

export function reportUndefined(stage: StageState, unmatched: ReadonlySet<string>, { context, lines }: Place): void {
  const known = [...variablesOf(stage.env).keys()];
  for (const name of unmatched) {
    if (stage.buildArgs.some(({ key }) => key === name) || name.startsWith('BUILDKIT_SBOM_SCAN_')) continue;
    context.linter.run('undefinedVar', lines, SAYS.undefinedVar(name, nearest(name, known)));
  }
}

function pairs(stage: StageState, instruction: InstructionOf<'env' | 'label'>, { context, word }: Words): void {
  const name = instruction.kind.toUpperCase();
  // Values see the variables as they were before the instruction.
  const expanded = instruction.pairs.map(({ key, value, isLegacy }) => ({ key: word(key), value: word(value), isLegacy }));
  for (const { key, value, isLegacy } of expanded) {
    if (isLegacy) context.linter.run('legacyKeyValueFormat', instruction.lines, SAYS.legacyKeyValueFormat(instruction.written));
    if (instruction.kind === 'label') {
      configure(stage, ({ Labels = {} }) => ({ Labels: { ...Labels, [key]: value } }));
      continue;
    }
    checkSecretName('ENV', { key, lines: instruction.lines }, context.linter);
    stage.env = setEnv(stage.env, key, value);
    configure(stage, ({ Env = [] }) => ({ Env: setEnv(Env, key, value) }));
  }
  commit(stage, `${name}${expanded.map(({ key, value }) => ` ${key}=${value}`).join('')}`, { createdAt: context.epoch });
}

function arg(stage: StageState, instruction: InstructionOf<'arg'>, context: Dispatching): void {
  const said = instruction.args.map((one) => {
    checkSecretName('ARG', { key: one.key, lines: instruction.lines }, context.linter);
    const given = context.options.buildArgs.get(one.key);
    const inherited = given === undefined && one.value === undefined ? context.globals.values.get(one.key) : undefined;
    const own = one.value === undefined ? undefined : () => expandIn(stage, one.value ?? '', { context, lines: instruction.lines });
    const value = given ?? inherited ?? own?.();
    if (value !== undefined && !one.key.startsWith('BUILDKIT_SBOM_SCAN_')) stage.env = setEnv(stage.env, one.key, value);
    if (inherited === undefined)
      stage.outline.args.set(one.key, { arg: one, value: value ?? '', lines: instruction.lines, deps: new Set() });
    stage.outline.usedArgs.add(one.key);
    stage.buildArgs = [...stage.buildArgs, { ...one, value }];
    return value === undefined ? one.key : `${one.key}=${value}`;
  });
  commit(stage, `ARG ${said.join(' ')}`, { createdAt: context.epoch });
}

export const cleanPath = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
};

function workdir(stage: StageState, instruction: InstructionOf<'workdir'>, { context, word }: Words): void {
  const path = word(instruction.path);
  const isAbsolute = path.startsWith('/');
  if (!stage.hasWorkdir && !isAbsolute) context.linter.run('workdirRelativePath', instruction.lines, SAYS.workdirRelativePath(path));
  stage.hasWorkdir = true;
  const { WorkingDir = '', User = '' } = stage.image.config;
  // What is absolute stays as it was written.
  const directory = isAbsolute ? path : cleanPath(`${WorkingDir}/${path}`);
  configure(stage, () => ({ WorkingDir: directory }));
  if (directory !== '/') {
    const name = shown(instruction.code, variablesOf(stage.env), { escapeSign: context.escapeSign });
    stage.state = vertex({
      operation: {
        kind: 'file',
        actions: [{ kind: 'mkdir', path: cleanPath(directory), owner: User, createdNs: context.epoch, mode: 0o755 }],
        hasBase: stage.state !== null,
      },
      inputs: stage.state ? [stage.state] : [],
      name: stepName(stage, name, context.options),
      lines: instruction.lines,
      description: '',
    });
  }
  commit(stage, `WORKDIR ${directory}`, { layer: directory !== '/', createdAt: context.epoch });
}

/** A command as it is started: one text goes to the stage's shell. */
export function withShell({ image }: StageState, { args, isShell }: CommandLine): readonly string[] {
  return isShell ? [...(image.config.Shell ?? ['/bin/sh', '-c']), args.join(' ')] : args;
}

function once(stage: StageState, { kind, written, lines }: InstructionOf<'cmd' | 'entrypoint' | 'healthcheck'>, linter: Linter): void {
  const before = stage.lastOf.get(kind);
  if (before) linter.run('multipleInstructionsDisallowed', before, SAYS.multipleInstructionsDisallowed(written));
  stage.lastOf.set(kind, lines);
}

function program(stage: StageState, instruction: InstructionOf<'cmd' | 'entrypoint'>, { linter, epoch }: Dispatching): void {
  const { kind, command, lines, written } = instruction;
  once(stage, instruction, linter);
  if (command.isShell && (stage.image.config.Shell ?? []).length === 0)
    linter.run('jsonArgsRecommended', lines, SAYS.jsonArgsRecommended(written));
  const args = withShell(stage, command);
  if (kind === 'cmd') configure(stage, () => ({ Cmd: args, ArgsEscaped: true }));
  else {
    const { Cmd, ...rest } = stage.image.config;
    stage.image.config = { ...rest, ...(stage.lastOf.has('cmd') && Cmd ? { Cmd } : {}), Entrypoint: args };
  }
  commit(stage, `${kind.toUpperCase()} [${args.map(quoted).join(' ')}]`, { createdAt: epoch });
}

function checkSignal(text: string): void {
  const name = text.toUpperCase().replace(/^SIG/, '');
  const isKnown = /^[-+]?\d+$/.test(text)
    ? Number(text) !== 0
    : SIGNALS.some((signal) => signal === `SIG${name}`) || /^RTM(IN(\+\d+)?|AX(-\d+)?)$/.test(name);
  if (!isKnown) throw new DockerfileError(`invalid signal: ${text}`);
}

/** As Go prints the record. */
const healthText = ({ Test = [], Interval, Timeout, StartPeriod, StartInterval, Retries = 0 }: HealthcheckConfig): string =>
  `{Test:[${Test.join(' ')}] Interval:${goDuration(Interval)} Timeout:${goDuration(Timeout)} StartPeriod:${goDuration(StartPeriod)} StartInterval:${goDuration(StartInterval)} Retries:${Retries}}`;
