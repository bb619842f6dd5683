/** What `<BuildCache>` shows: a build's steps by stage, hit or miss and why, and what a change or another order would make run again. Pure. */
import type { Vertex } from '../../engine/api-types/build-trace.ts';

export type Why = 'hit' | 'first' | 'line' | 'files' | 'gone' | 'parent' | 'failed';

export interface Step {
  readonly digest: string;
  /** `[2/4] COPY deps.txt /app/`, as the client prints it. */
  readonly name: string;
  readonly instruction: string;
  readonly stage: string;
  readonly inputs: readonly string[];
  readonly cached: boolean;
  readonly failed: boolean;
  /** As the client prints it: `CACHED`, `DONE 0.1s`, `ERROR`. */
  readonly result: string;
  readonly why: Why;
}

export interface Build {
  readonly ref: string;
  /** Whose builds are compared: its context and Dockerfile. */
  readonly name: string;
  readonly steps: readonly Step[];
}

/** A build as it was told of: its vertexes, each as it was last. */
export interface ToldBuild {
  readonly ref: string;
  readonly name: string;
  readonly vertexes: readonly Vertex[];
}

/** A step of a Dockerfile has a number: `[2/4] RUN …`, `[build 1/3] FROM …`. */
const NUMBERED = /^\[(?:(?<platform>linux\/\S+) )?(?:(?<stage>\S+) )?\s*(?<number>\d+)\/(?<of>\d+)\] (?<instruction>[\s\S]*)$/;

interface Told {
  readonly vertex: Vertex;
  readonly stage: string;
  readonly number: number;
  readonly instruction: string;
}

function numbered(vertexes: readonly Vertex[]): readonly Told[] {
  return vertexes
    .flatMap((vertex): readonly Told[] => {
      const { stage = '', number = '0', instruction = '' } = NUMBERED.exec(vertex.name)?.groups ?? {};
      return instruction === '' ? [] : [{ vertex, stage, number: Number(number), instruction }];
    })
    .sort((a, b) => (a.stage === b.stage ? a.number - b.number : 0));
}

function resultOf({ cached, error, started, completed }: Vertex): string {
  if (error !== undefined && error !== '') return 'ERROR';
  if (cached) return 'CACHED';
  if (completed === undefined || started === undefined) return '';
  return `DONE ${(Number(BigInt(completed) - BigInt(started)) / 1e9).toFixed(1)}s`;
}

/** Why a step ran. What is unknown is not claimed: the first build of all has nothing to be compared with. */
function whyOf({ vertex, instruction, stage }: Told, all: readonly Told[], before: readonly Told[]): Why {
  if (vertex.error !== undefined && vertex.error !== '') return 'failed';
  if (vertex.cached) return 'hit';
  const parents = all.filter((one) => (vertex.inputs ?? []).includes(one.vertex.digest));
  if (before.length === 0) return 'first';
  if (parents.some((one) => !one.vertex.cached && !one.instruction.startsWith('FROM '))) return 'parent';
  if (instruction.startsWith('FROM ')) return before.some((one) => one.instruction === instruction) ? 'hit' : 'line';
  if (!before.some((one) => one.instruction === instruction && one.stage === stage)) return 'line';
  return /^(COPY|ADD) /.test(instruction) ? 'files' : 'gone';
}

/** A base image as an author names it. */
const shortFrom = (instruction: string): string =>
  instruction.replace(/^FROM docker\.io\/(library\/)?/, 'FROM ').replace(/@sha256:[0-9a-f]{64}/, '');

export function buildOf(told: ToldBuild, earlier: ToldBuild | undefined): Build {
  const all = numbered(told.vertexes);
  const before = numbered(earlier?.vertexes ?? []);
  return {
    ...{ ref: told.ref, name: told.name },
    steps: all.map((one) => ({
      ...{ digest: one.vertex.digest, name: one.vertex.name, instruction: shortFrom(one.instruction), stage: one.stage },
      ...{ inputs: one.vertex.inputs ?? [], cached: one.vertex.cached === true, failed: (one.vertex.error ?? '') !== '' },
      ...{ result: resultOf(one.vertex), why: whyOf(one, all, before) },
    })),
  };
}

/** The newest first; each compared with the one before it of the same name. */
export const buildsOf = (told: readonly ToldBuild[]): readonly Build[] =>
  told
    .map((one, index) =>
      buildOf(
        one,
        told.slice(index + 1).find(({ name }) => name === one.name),
      ),
    )
    .filter(({ steps }) => steps.length > 0);

/** Stages in the order in which they are needed: one that another copies from stands first. */
export const stagesOf = ({ steps }: Build): readonly string[] => [...new Set(steps.map(({ stage }) => stage))];

/**
 * What would run again if `changed` did: the steps after it in its stage, and whatever copies from the stage, with what comes after.
 * `steps` may be in another order than they were built in.
 */
export function waveOf(steps: readonly Step[], changed: string): ReadonlySet<string> {
  const wave = new Set<string>();
  const add = (digest: string): void => {
    const at = steps.findIndex((step) => step.digest === digest);
    const step = steps[at];
    if (!step || wave.has(digest)) return;
    wave.add(digest);
    for (const later of steps.slice(at + 1)) if (later.stage === step.stage) add(later.digest);
    for (const other of steps) if (other.stage !== step.stage && other.inputs.some((input) => wave.has(input))) add(other.digest);
  };
  add(changed);
  return wave;
}

/** The same steps with one moved by so many places within its stage; FROM stays first. */
export function moved(steps: readonly Step[], digest: string, by: number): readonly Step[] {
  const own = steps.find((step) => step.digest === digest);
  if (!own || own.instruction.startsWith('FROM ')) return steps;
  const stage = steps.filter((step) => step.stage === own.stage);
  const from = stage.indexOf(own);
  const to = Math.min(stage.length - 1, Math.max(1, from + by));
  if (to === from) return steps;
  const others = stage.filter((step) => step !== own);
  const order = [...others.slice(0, to), own, ...others.slice(to)];
  let next = 0;
  return steps.map((step) => (step.stage === own.stage ? (order[next++] ?? step) : step));
}
