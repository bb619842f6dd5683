/** Which stages there are, what each stands on and reads from. */
import { normalizePlatform, parsePlatform } from '../../../oci/platform.ts';
import { atLines, DockerfileError, didYouMean, nearest, quoted } from '../dockerfile/errors.ts';
import { type Expanded, expand, type Variables } from '../dockerfile/expand.ts';
import type { FromInstruction, Instruction } from '../dockerfile/instructions.ts';
import { parseFile } from '../dockerfile/nodes.ts';
import { parseInstruction } from '../dockerfile/parse-instruction.ts';
import type { Dockerfile } from '../dockerfile/stages.ts';
import { SAYS } from '../lint/rules.ts';
import type { Globals } from './globals.ts';
import type { PlanOptions } from './options.ts';
import { type Command, newStage, type StageState } from './stage.ts';

export interface Stages {
  readonly all: StageState[];
  readonly byName: Map<string, StageState>;
}

const COUNTED = ['add', 'copy', 'run', 'workdir'];

/** Throws DockerfileError. */
export function stagesOf(dockerfile: Dockerfile, globals: Globals, options: PlanOptions): Stages {
  const stages: Stages = { all: [], byName: new Map() };
  for (const [index, { from, commands }] of dockerfile.stages.entries()) {
    const stage = atLines(from.lines, () => stageOf({ from, index }, { globals, escapeSign: dockerfile.escapeSign, options }));
    addStage(stages, stage);
    const needsBase = stage.baseName !== 'scratch' && stage.base === undefined;
    stage.commandTotal = (needsBase ? 1 : 0) + commands.filter(({ kind }) => COUNTED.includes(kind)).length;
    const { noCache, noCacheFilter } = options;
    stage.ignoreCache = noCache || noCacheFilter.some((name) => name !== '' && name.toLowerCase() === from.name.toLowerCase());
  }
  for (const [index, { commands }] of dockerfile.stages.entries()) {
    const stage = stages.all[index];
    if (stage) stage.commands = commands.map((instruction) => commandOf(stages, stage, { instruction, isOnbuild: false }));
  }
  checkCircles(stages);
  const [first] = stages.all;
  if (first && stages.all.length === 1) first.shownName = '';
  return stages;
}

function addStage({ all, byName }: Stages, stage: StageState): void {
  all.push(stage);
  stage.base = byName.get(stage.baseName);
  if (stage.from.name !== '') byName.set(stage.from.name.toLowerCase(), stage);
}

interface Known {
  readonly globals: Globals;
  readonly escapeSign: string;
  readonly options: PlanOptions;
}

function stageOf({ from, index }: { from: FromInstruction; index: number }, { globals, escapeSign, options }: Known): StageState {
  const name = expand(from.base, globals.values, { escapeSign });
  reportUndeclared(name, from, { globals, options });
  if (name.text === '') throw new DockerfileError(`base name (${from.base}) should not be blank`);
  const stage = newStage(from);
  stage.baseName = name.text;
  for (const used of name.matched) stage.outline.usedArgs.add(used);
  for (const [key, arg] of globals.args) stage.outline.args.set(key, arg);
  if (from.name === '') stage.shownName = `stage-${index}`;
  if (from.platform !== '') setPlatform(stage, { globals, escapeSign, options });
  return stage;
}

function setPlatform(stage: StageState, { globals, escapeSign, options }: Known): void {
  const { from } = stage;
  const found = expand(from.platform, globals.values, { escapeSign });
  reportUndeclared(found, from, { globals, options });
  reportPlatform(found, from, { globals, options });
  const hint = suggestion(found.unmatched, globals.values);
  if (found.text === '') throw new DockerfileError(`empty platform value from expression ${from.platform}${hint}`);
  const platform = parsePlatform(found.text);
  const reason = found.text.split('/').length > 3 ? 'cannot parse platform specifier' : 'unknown operating system or architecture';
  if (!platform)
    throw new DockerfileError(
      `failed to parse platform ${from.platform}: ${quoted(found.text)}: ${reason}: invalid argument${hint}`,
      from.lines,
      [from.lines],
    );
  for (const used of found.matched) stage.outline.usedArgs.add(used);
  stage.platform = normalizePlatform(platform);
}

function suggestion(unmatched: ReadonlySet<string>, values: Variables): string {
  for (const name of unmatched) {
    const hint = didYouMean(name, [...values.keys()]);
    if (hint !== '') return hint;
  }
  return '';
}

type Reporting = Pick<Known, 'globals' | 'options'>;

function reportUndeclared({ unmatched }: Expanded, { lines }: FromInstruction, { globals, options }: Reporting): void {
  const known = [...new Set([...globals.args.keys(), ...globals.values.keys()])];
  for (const name of unmatched)
    if (!known.includes(name)) options.linter.run('undefinedArgInFrom', lines, SAYS.undefinedArgInFrom(name, nearest(name, known)));
}

function reportPlatform(found: Expanded, { platform, name, lines }: FromInstruction, { globals, options }: Reporting): void {
  const { matched, unmatched, text } = found;
  if (matched.size === 1 && unmatched.size === 0 && matched.has('TARGETPLATFORM') && text === globals.values.get('TARGETPLATFORM'))
    options.linter.run('redundantTargetPlatform', lines, SAYS.redundantTargetPlatform(platform));
  if (matched.size > 0 || unmatched.size > 0) return;
  const fixed = parsePlatform(text);
  if (!fixed || name.includes(fixed.os) || name.includes(fixed.architecture)) return;
  options.linter.run('fromPlatformFlagConstDisallowed', lines, SAYS.fromPlatformFlagConstDisallowed(text));
}

/** An instruction with the stages that it reads from; the stage depends on them from now on. Throws DockerfileError. */
function commandOf(stages: Stages, stage: StageState, { instruction, isOnbuild }: Pick<Command, 'instruction' | 'isOnbuild'>): Command {
  const sources = sourcesOf(stages, instruction);
  for (const source of sources) {
    if (!source) continue;
    stage.deps.set(source, instruction);
    if (source.isImplicit && !stages.all.includes(source)) addStage(stages, source);
  }
  return { instruction, sources, isOnbuild };
}

function sourcesOf(stages: Stages, instruction: Instruction): Command['sources'] {
  if (instruction.kind === 'copy') return instruction.from === '' ? [] : [stageNamed(stages, instruction.from, instruction)];
  if (instruction.kind !== 'run') return [];
  return instruction.mounts.map((spec) => {
    const { from } = parseMountLoosely(spec);
    // A mount of nothing counts as one of another image: stages are then told apart by name.
    return stageNamed(stages, from || 'scratch', instruction);
  });
}

/** Only where it is from: the rest may hold variables that are not known yet. */
const parseMountLoosely = (spec: string): { from: string } => ({
  from: /(?:^|,)from=([^,]*)/i.exec(spec)?.[1] ?? '',
});

function stageNamed(stages: Stages, name: string, instruction: Instruction): StageState {
  if (instruction.kind === 'copy' && expand(name, new Map(), { escapeSign: '\\' }).text !== name)
    throw new DockerfileError(
      'variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround',
    );
  if (instruction.kind === 'copy' && /^[+-]?\d+$/.test(name)) {
    const found = stages.all[Number(name)];
    if (!found) throw new DockerfileError(`invalid stage index ${Number(name)}`);
    return found;
  }
  const known = stages.byName.get(name.toLowerCase()) ?? stages.all.find(({ isImplicit, baseName }) => isImplicit && baseName === name);
  return known ?? newStage(implicitFrom(name, instruction), { isImplicit: true });
}

const implicitFrom = (base: string, { kind, lines, code, written }: Instruction): FromInstruction => ({
  kind: 'from',
  base,
  name: '',
  as: '',
  platform: '',
  comment: '',
  // Who mounts an image is not told where.
  lines: kind === 'run' ? { start: 0, end: 0 } : lines,
  code,
  written,
});

function checkCircles({ all }: Stages): void {
  const done = new Set<StageState>();
  const visit = (stage: StageState, path: readonly StageState[]): void => {
    if (path.includes(stage)) {
      const circle = [...path.slice(path.indexOf(stage)), stage];
      const lines = circle.slice(1).flatMap((next, i) => circle[i]?.deps.get(next)?.lines ?? []);
      throw new DockerfileError(`circular dependency detected on stage: ${stage.shownName}`, lines.at(-1), lines.slice(0, -1).reverse());
    }
    if (done.has(stage)) return;
    done.add(stage);
    for (const next of stage.deps.keys()) visit(next, [...path, stage]);
  };
  for (const stage of all) visit(stage, []);
}

/** The stage that is built. Throws DockerfileError. */
export function targetOf({ all, byName }: Stages, name: string): StageState {
  const last = all.findLast(({ isImplicit }) => !isImplicit);
  const found = name === '' ? last : byName.get(name.toLowerCase());
  if (found) return found;
  throw new DockerfileError(`target stage ${quoted(name)} could not be found${didYouMean(name, [...byName.keys()])}`, { start: 0, end: 0 });
}

/** A stage and all that it needs. */
export function reachable(stage: StageState, found: Set<StageState> = new Set()): ReadonlySet<StageState> {
  if (found.has(stage)) return found;
  found.add(stage);
  if (stage.base) reachable(stage.base, found);
  for (const dep of stage.deps.keys()) reachable(dep, found);
  return found;
}

/** Puts ONBUILD's triggers before a stage's own commands. True if they brought stages to read from. Throws DockerfileError. */
export function addTriggers(stages: Stages, stage: StageState, triggers: readonly string[]): boolean {
  const commands = atLines(stage.from.lines, () =>
    triggers.map((trigger) => {
      const [node, ...more] = parseFile(trigger).nodes;
      if (!node || more.length > 0) throw new DockerfileError('onbuild trigger should be a single expression');
      const instruction = parseInstruction({ ...node, lines: stage.from.lines });
      return commandOf(stages, stage, { instruction, isOnbuild: true });
    }),
  );
  stage.commands = [...commands, ...stage.commands];
  stage.commandTotal += commands.length;
  return commands.some(({ sources }) => sources.length > 0);
}
