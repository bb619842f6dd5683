/** A stage while it is planned: what its instructions have made of it so far. */
import type { ContainerConfig, HistoryEntry } from '../../../oci/config.ts';
import type { Platform } from '../../../oci/manifest.ts';
import { replaced } from '../../containers/spec.ts';
import type { Lines } from '../dockerfile/errors.ts';
import type { ArgPair, FromInstruction, Instruction } from '../dockerfile/instructions.ts';
import type { State } from './vertex.ts';

/** An image's configuration as it grows. */
export interface DraftImage {
  architecture: string;
  os: string;
  variant: string | undefined;
  author: string | undefined;
  config: ContainerConfig;
  history: HistoryEntry[];
}

export interface Command {
  readonly instruction: Instruction;
  /** The stages it reads from, in the order of its mounts; undefined where it reads from the context. */
  readonly sources: readonly (StageState | undefined)[];
  readonly isOnbuild: boolean;
}

/** Facts for `--call outline`. */
export interface Outline {
  readonly args: Map<string, { readonly arg: ArgPair; readonly value: string; readonly lines: Lines; readonly deps: ReadonlySet<string> }>;
  readonly usedArgs: Set<string>;
  readonly secrets: Map<string, { readonly required: boolean; readonly lines: Lines }>;
  readonly ssh: Map<string, { readonly required: boolean; readonly lines: Lines }>;
}

export interface StageState {
  readonly from: FromInstruction;
  base: StageState | undefined;
  baseName: string;
  /** As shown in the names of steps; empty if there is but one. */
  shownName: string;
  /** An image that an instruction names, and no stage of the file. */
  readonly isImplicit: boolean;
  commands: Command[];
  readonly deps: Map<StageState, Instruction>;
  platform: Platform | undefined;
  state: State;
  /** The variables that commands see, in the order in which they were set. */
  env: readonly string[];
  image: DraftImage;
  buildArgs: ArgPair[];
  isDispatched: boolean;
  isResolved: boolean;
  hasOnbuild: boolean;
  ignoreCache: boolean;
  commandIndex: number;
  commandTotal: number;
  inOnbuild: boolean;
  /** The diff ids of the image that it stands on, and its layers' vertices above. */
  hasWorkdir: boolean;
  readonly lastOf: Map<'cmd' | 'entrypoint' | 'healthcheck', Lines>;
  readonly outline: Outline;
}

export const emptyImage = (platform: Platform): DraftImage => ({
  architecture: platform.architecture,
  os: platform.os,
  variant: platform.variant,
  author: undefined,
  config: { WorkingDir: '/' },
  history: [],
});

export function newStage(from: FromInstruction, { isImplicit = false }: { readonly isImplicit?: boolean } = {}): StageState {
  return {
    from,
    base: undefined,
    baseName: from.base,
    shownName: from.name.toLowerCase(),
    isImplicit,
    commands: [],
    deps: new Map(),
    platform: undefined,
    state: null,
    env: [],
    image: emptyImage({ os: 'linux', architecture: 'amd64' }),
    buildArgs: [],
    isDispatched: false,
    isResolved: false,
    hasOnbuild: false,
    ignoreCache: false,
    commandIndex: 0,
    commandTotal: 0,
    inOnbuild: false,
    hasWorkdir: false,
    lastOf: new Map(),
    outline: { args: new Map(), usedArgs: new Set(), secrets: new Map(), ssh: new Map() },
  };
}

export const setEnv = (env: readonly string[], name: string, value: string): readonly string[] => replaced(env, [`${name}=${value}`]);

export const variablesOf = (env: readonly string[]): ReadonlyMap<string, string> =>
  new Map(env.map((entry) => [entry.split('=', 1)[0] ?? '', entry.slice(entry.indexOf('=') + 1)]));

/** One more line of the image's history. */
export function commit(stage: StageState, createdBy: string, { layer = false, buildkit = false, createdAt }: CommitOptions = {}): void {
  stage.image.history.push({
    ...(createdAt === undefined ? {} : { created: createdAt }),
    created_by: `${createdBy}${buildkit ? ' # buildkit' : ''}`,
    comment: 'buildkit.dockerfile.v0',
    ...(layer ? {} : { empty_layer: true }),
  });
}

interface CommitOptions {
  readonly layer?: boolean;
  readonly buildkit?: boolean;
  readonly createdAt?: string | undefined;
}
