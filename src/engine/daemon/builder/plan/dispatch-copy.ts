/** COPY and ADD: one vertex that writes files of others into the stage's. */
import { digestProblem } from '../../../oci/digest.ts';
import { DockerfileError } from '../dockerfile/errors.ts';
import type { CopyInstruction, InlineFile } from '../dockerfile/instructions.ts';
import { SAYS } from '../lint/rules.ts';
import { cleanPath, expanded as expandIn, type Words } from './dispatch.ts';
import { contextVertex, inlineVertex } from './dispatch-run.ts';
import { type GitReference, parseGitReference } from './git-reference.ts';
import { checkMode } from './modes.ts';
import { shown, stepName } from './names.ts';
import { type Command, commit, type StageState, variablesOf } from './stage.ts';
import { type CopyAction, type State, type Vertex, vertex } from './vertex.ts';

export interface Copy extends Words {
  readonly instruction: CopyInstruction;
}

type Draft = Omit<CopyAction, 'input'> & { readonly state: State };

/** Throws DockerfileError. */
export function dispatchCopy(stage: StageState, { sources: [from] }: Command, copy: Copy): void {
  const { instruction, context } = copy;
  const expanded = expandAll(stage, copy);
  if (from && !from.isDispatched)
    throw new DockerfileError(
      `cannot copy from stage "${instruction.from}", it needs to be defined before current stage "${stage.shownName}"`,
    );
  checkMode(expanded.chmod);
  checkChecksum(expanded);
  const { options, escapeSign } = context;
  const text = shown(instruction.code, variablesOf(stage.env), { escapeSign });
  const name = stepName(stage, text, options);
  const dest = destination(stage, expanded.dest);
  const drafts = [
    ...expanded.sources.map((source) => draftOf(expanded, { source, dest, name, copy, from })),
    ...expanded.contents.map(
      (file): Draft => ({
        ...plainCopy(expanded, dest),
        source: `/${file.path}`,
        state: inlineVertex({ path: file.path, data: file.data, mode: 0o644 }),
      }),
    ),
  ];
  write(stage, drafts, { copy, name, text });
  commit(stage, historyLine(expanded), { layer: true, buildkit: true, createdAt: context.epoch });
}

function expandAll(stage: StageState, { instruction, context, word }: Copy): CopyInstruction {
  const raw = (file: InlineFile): InlineFile => {
    if (!file.expands) return file;
    const { text } = expandIn(stage, file.data, { context, lines: instruction.lines, escapeSign: '\\', skipQuotes: true });
    return { ...file, data: text };
  };
  return {
    ...instruction,
    chown: word(instruction.chown),
    chmod: word(instruction.chmod),
    checksum: word(instruction.checksum),
    excludes: instruction.excludes.map(word),
    sources: instruction.sources.map(word),
    dest: word(instruction.dest),
    contents: instruction.contents.map(raw),
  };
}

const isUrl = (source: string): boolean => /^https?:\/\//.test(source);

function checkChecksum({ kind, checksum, sources }: CopyInstruction): void {
  if (checksum === '') return;
  if (kind === 'copy') throw new DockerfileError("checksum can't be specified for COPY");
  if (sources.length !== 1) throw new DockerfileError("checksum can't be specified for multiple sources");
  if (!isUrl(sources[0] ?? '') && !parseGitReference(sources[0] ?? ''))
    throw new DockerfileError('checksum requires HTTP(S) or Git sources');
  const problem = digestProblem(checksum);
  if (problem !== undefined) throw new DockerfileError(problem);
}

/** Below the working directory; a slash at its end stays. */
function destination({ image }: StageState, dest: string): string {
  const { WorkingDir = '/' } = image.config;
  const path = dest === '' || dest === '.' ? './' : dest;
  const clean = cleanPath(path.startsWith('/') ? path : `${WorkingDir}/${path}`);
  return /(^|\/)\.{0,2}$/.test(path) && path.endsWith('/') && clean !== '/' ? `${clean}/` : clean;
}

const plainCopy = ({ chown, chmod, excludes }: CopyInstruction, dest: string): Omit<Draft, 'state' | 'source'> => ({
  kind: 'copy',
  dest,
  owner: chown,
  mode: chmod,
  includes: [],
  excludes,
  required: [],
  unpack: false,
  isPath: false,
});

interface Source {
  readonly source: string;
  readonly dest: string;
  readonly name: string;
  readonly copy: Copy;
  readonly from: StageState | undefined;
}

function draftOf(expanded: CopyInstruction, { source, dest, name, copy, from }: Source): Draft {
  const git = parseGitReference(source);
  if (git) return { ...plainCopy(expanded, dest), ...fromGit(expanded, { git, source, name }) };
  if (isUrl(source)) return { ...plainCopy(expanded, dest), ...fromUrl(expanded, { source, name }) };
  if (!from) reportIgnored(expanded, source, copy);
  const state = from ? from.state : contextVertex();
  const unpack = expanded.unpack ?? expanded.kind === 'add';
  const path = { ...plainCopy(expanded, dest), state, unpack, isPath: true };
  if (!expanded.parents) return { ...path, source: cleanPath(source) };
  const pivot = source.indexOf('/./');
  const parent = pivot === -1 ? '/' : cleanPath(source.slice(0, pivot));
  const pattern = cleanPath(pivot === -1 ? source : source.slice(pivot + 3)).slice(1);
  const required = /[*?[]/.test(source) ? [] : [cleanPath(`${parent}/${pattern}`)];
  return { ...path, source: parent, includes: [pattern], required };
}

function fromGit(
  { kind }: CopyInstruction,
  { git, source, name }: { git: GitReference; source: string; name: string },
): Pick<Draft, 'source' | 'state'> {
  if (kind === 'copy') throw new DockerfileError("source can't be a git ref for COPY");
  return { source: '/', state: vertex({ operation: { kind: 'git', ...git }, inputs: [], name, description: `git url ${source}` }) };
}

function fromUrl(
  { kind, checksum, unpack = false }: CopyInstruction,
  { source, name }: { source: string; name: string },
): Pick<Draft, 'source' | 'state' | 'unpack'> {
  if (kind === 'copy') throw new DockerfileError("source can't be a URL for COPY");
  const path = /^https?:\/\/[^/?#]*([^?#]*)/.exec(source)?.[1] ?? '';
  const filename = path.replace(/\/+$/, '').replace(/^.*\//, '') || '__unnamed__';
  const state = vertex({
    operation: { kind: 'http', url: source, filename, checksum },
    inputs: [],
    name,
    description: `http url ${source}`,
  });
  return { source: `/${filename}`, state, unpack };
}

function reportIgnored({ kind, lines }: CopyInstruction, source: string, { context }: Copy): void {
  const path = cleanPath(source).slice(1) || '.';
  if (!context.isIgnored?.(path)) return;
  context.linter.run('copyIgnoredFile', lines, SAYS.copyIgnoredFile(kind === 'copy' ? 'Copy' : 'Add', path));
}

interface Write {
  readonly copy: Copy;
  readonly name: string;
  readonly text: string;
}

function write(stage: StageState, drafts: readonly Draft[], { copy, name, text }: Write): void {
  const { instruction, context } = copy;
  const isLink = instruction.link && instruction.chmod === '';
  const base = isLink ? null : stage.state;
  const inputs: Vertex[] = base ? [base] : [];
  const actions = drafts.map(({ state, ...draft }): CopyAction => {
    const known = state ? inputs.findIndex(({ digest }) => digest === state.digest) : -1;
    if (state && known === -1) inputs.push(state);
    // What is met last gives its name.
    else if (state) inputs[known] = state;
    return { ...draft, input: state ? (known === -1 ? inputs.length - 1 : known) : -1 };
  });
  const common = { lines: instruction.lines, ignoreCache: stage.ignoreCache, description: '' };
  const copied = vertex({ operation: { kind: 'file', actions, hasBase: base !== null }, inputs, name, ...common });
  if (!isLink || !stage.state) {
    stage.state = copied;
    return;
  }
  const linkName = name.replace(text, `LINK ${text}`);
  const group = { id: `${context.options.target}${copied.digest}`, name, weak: true };
  stage.state = vertex({
    operation: { kind: 'merge' },
    inputs: [stage.state, { ...copied, progressGroup: group }],
    name: linkName,
    ...common,
    progressGroup: { ...group, weak: false },
  });
}

function historyLine({ kind, parents, chown, chmod, sources, contents, dest }: CopyInstruction): string {
  const words = [
    kind.toUpperCase(),
    ...(parents ? ['--parents'] : []),
    ...(chown === '' ? [] : [`--chown=${chown}`]),
    ...(chmod === '' ? [] : [`--chmod=${chmod}`]),
    ...sources,
    ...contents.map(({ path }) => `<<${path}`),
    dest,
  ];
  return words.join(' ');
}
