/**
 * What is known of a build so far: BuildKit's status messages put together by step, in the order in which the steps started.
 * The displays read it; none of them keeps a second account. Upstream: moby/buildkit util/progress/progressui.
 */
import type { StatusResponse, Vertex, VertexLog, VertexStatus, VertexWarning } from '../../../api-types/build-trace.ts';
import { type Interval, mergeIntervals } from './intervals.ts';
import { Screen } from './screen.ts';

/** A step and everything it has told. */
export interface Step {
  vertex: Vertex;
  /** The number in plain output; 0 until it is first shown. */
  index: number;
  readonly tasks: Map<string, VertexStatus>;
  /** Tasks that have news since they were last shown. */
  readonly taskNews: Set<string>;
  /** Lines not yet shown in plain output, with their times; all lines where a console keeps them. */
  logs: string[];
  /** The last line has no end yet. */
  isPartial: boolean;
  /** How much of an unfinished first line was shown already. */
  shown: number;
  readonly warnings: VertexWarning[];
  warningsShown: number;
  readonly intervals: Map<bigint, Interval>;
  merged: readonly Interval[];
  /** News since its turn in plain output began, and when that was. */
  newsCount: number;
  newsSinceNs: bigint;
  /** In a group whose weighty members have not started. */
  isHidden: boolean;
  /** Made when the first output comes: most steps have none. */
  decoder: TextDecoder | undefined;
  /** The window of running lines on a console. */
  readonly screen: Screen | undefined;
  logBytes: number;
  windowTurns: number;
}

interface Group {
  readonly members: Map<string, Vertex>;
}

const NS_PER_SECOND = 1e9;

export const isStarted = (step: Step): boolean => step.merged.length > 0;
export const isCompleted = (step: Step): boolean => step.merged.at(-1)?.stop !== undefined;
export const isCanceled = ({ error }: Vertex): boolean => error?.endsWith('context canceled') === true;

export const isFailed = ({ vertex }: Step): boolean => vertex.error !== undefined && vertex.error !== '' && !isCanceled(vertex);

export class Trace {
  /** In the order in which they started. */
  readonly steps: Step[] = [];
  readonly byDigest = new Map<string, Step>();
  /** Steps with news for plain output. */
  readonly updated = new Set<Step>();
  readonly #groups = new Map<string, Group>();
  readonly #columns: number | undefined;
  #startedNs: bigint | undefined;
  /** The engine's clock may be another one: what to add to its times. */
  #skewNs: bigint | undefined;

  /** With `columns` the last lines of each step's output are kept as a terminal of that width shows them. */
  constructor(options: { readonly columns?: number } = {}) {
    this.#columns = options.columns;
  }

  get skewNs(): bigint {
    return this.#skewNs ?? 0n;
  }

  /** When the first step started, by this client's clock. */
  get startedNs(): bigint | undefined {
    return this.#startedNs === undefined ? undefined : this.#startedNs + this.skewNs;
  }

  update(status: StatusResponse, nowNs: bigint): void {
    for (const vertex of status.vertexes ?? []) {
      this.#startedNs ??= vertex.started;
      if (vertex.progressGroup === undefined) this.#updateStep(vertex, nowNs);
      else this.#updateGroup(vertex, vertex.progressGroup.id, nowNs);
    }
    for (const task of status.statuses ?? []) this.#updateTask(task, nowNs);
    for (const warning of status.warnings ?? []) {
      const step = this.byDigest.get(warning.vertex);
      if (step === undefined) continue;
      step.warnings.push(warning);
      note(step, nowNs);
    }
    for (const log of status.logs ?? []) this.#addLog(log, nowNs);
  }

  #stepOf(vertex: Vertex): Step {
    const found = this.byDigest.get(vertex.digest);
    if (found !== undefined) return found;
    const step = newStep(vertex, this.#columns);
    this.byDigest.set(vertex.digest, step);
    return step;
  }

  #updateStep(vertex: Vertex, nowNs: bigint): void {
    const step = this.#stepOf(vertex);
    const wasStarted = isStarted(step);
    if (vertex.started !== undefined) {
      if (hasNews(step, vertex)) {
        note(step, nowNs);
        this.updated.add(step);
      }
      this.#skewNs ??= nowNs - vertex.started;
      if (!wasStarted) this.steps.push(step);
      step.intervals.set(vertex.started, intervalOf(vertex.started, vertex.completed));
      step.merged = mergeIntervals(step.intervals.values());
    }
    // A second notice of a step that has not started must not undo what is known.
    if (!wasStarted || vertex.started !== undefined) step.vertex = vertex;
  }

  /** Steps of a group are shown as one; it is cached if all are, and has the first error of any. */
  #updateGroup(member: Vertex, id: string, nowNs: bigint): void {
    const group = this.#groups.get(id) ?? { members: new Map<string, Vertex>() };
    this.#groups.set(id, group);
    group.members.set(member.digest, member);
    const members = [...group.members.values()];
    const error = members.find((one) => one.error !== undefined)?.error;
    const vertex: Vertex = {
      digest: id,
      name: member.progressGroup?.name ?? '',
      cached: members.every((one) => one.cached === true),
      ...(error === undefined ? {} : { error }),
    };
    const step = this.#stepOf(vertex);
    this.byDigest.set(member.digest, step);
    const wasHidden = !this.steps.includes(step);
    step.vertex = vertex;
    step.isHidden = error === undefined && !members.some((one) => one.started !== undefined && one.progressGroup?.weak !== true);
    for (const { started, completed } of members)
      if (started !== undefined) {
        this.#skewNs ??= nowNs - started;
        step.intervals.set(started, intervalOf(started, completed));
      }
    step.merged = mergeIntervals(step.intervals.values());
    if (step.isHidden) return;
    if (wasHidden) this.steps.push(step);
    note(step, nowNs);
    this.updated.add(step);
  }

  #updateTask(task: VertexStatus, nowNs: bigint): void {
    const step = this.byDigest.get(task.vertex);
    if (step === undefined) return;
    const before = step.tasks.get(task.id);
    // A task takes its place in the list when it starts.
    if (task.started !== undefined && before !== undefined && before.started === undefined) step.tasks.delete(task.id);
    step.tasks.set(task.id, task);
    step.taskNews.add(task.id);
    note(step, nowNs);
    this.updated.add(step);
  }

  #addLog(log: VertexLog, nowNs: bigint): void {
    const step = this.byDigest.get(log.vertex);
    if (step === undefined) return;
    step.decoder ??= new TextDecoder();
    const text = step.decoder.decode(log.msg, { stream: true });
    step.screen?.write(text);
    step.logBytes += log.msg.length;
    const since = step.merged.at(-1)?.start ?? log.timestamp ?? 0n;
    addLines(step, text, Number((log.timestamp ?? since) - since) / NS_PER_SECOND);
    note(step, nowNs);
    this.updated.add(step);
  }
}

function newStep(vertex: Vertex, columns: number | undefined): Step {
  return {
    vertex: { digest: vertex.digest, name: '' },
    index: 0,
    tasks: new Map(),
    taskNews: new Set(),
    logs: [],
    isPartial: false,
    shown: 0,
    warnings: [],
    warningsShown: 0,
    intervals: new Map(),
    merged: [],
    newsCount: 0,
    newsSinceNs: 0n,
    isHidden: false,
    decoder: undefined,
    screen: columns === undefined ? undefined : new Screen(columns),
    logBytes: 0,
    windowTurns: 0,
  };
}

const intervalOf = (start: bigint, stop: bigint | undefined): Interval => ({ start, ...(stop === undefined ? {} : { stop }) });

function note(step: Step, nowNs: bigint): void {
  if (step.newsCount === 0) step.newsSinceNs = nowNs;
  step.newsCount++;
}

function hasNews({ vertex: before, merged }: Step, after: Vertex): boolean {
  return (
    merged.length === 0 ||
    after.name !== before.name ||
    after.started !== before.started ||
    (after.completed !== undefined && after.completed !== before.completed) ||
    (after.cached ?? false) !== (before.cached ?? false) ||
    (after.error ?? '') !== (before.error ?? '')
  );
}

/** Three decimals up to ten seconds, two up to a hundred, then one. */
const showSeconds = (seconds: number): string => seconds.toFixed(seconds < 10 ? 3 : seconds < 100 ? 2 : 1);

function addLines(step: Step, text: string, seconds: number): void {
  if (text === '') return;
  const lines = text.split('\n');
  const isPartial = lines.at(-1) !== '';
  if (!isPartial) lines.pop();
  lines.forEach((line, i) => {
    const last = step.logs.length - 1;
    if (i === 0 && step.isPartial && last >= 0) step.logs[last] += line;
    else step.logs.push(`${showSeconds(seconds)} ${line}`);
  });
  step.isPartial = isPartial;
}
