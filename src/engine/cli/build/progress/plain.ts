/**
 * Progress as lines: `#5 [2/4] RUN make`, then what belongs to it. One step has the floor; another takes it when that one is done, or
 * when it has waited long and has more to say. Upstream: moby/buildkit util/progress/progressui/printer.go.
 */
import type { StatusResponse, VertexStatus } from '../../../api-types/build-trace.ts';
import { type Display, failedLogs } from './display.ts';
import { secondsOf } from './intervals.ts';
import { showAmount } from './text.ts';
import { isCanceled, isCompleted, isStarted, type Step, Trace } from './trace.ts';

const NS_PER_SECOND = 1e9;
const ANTI_FLICKER_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 10;
/** An unfinished task is shown again after so much time, or so much of its whole. */
const TASK_PAUSE_SECONDS = 5;
const TASK_SHARE = 0.05;
const SHOWN_TIME_SECONDS = 0.01;
const TAIL_LINES = 10;
const SHORT_NAME = 72;

interface Options {
  /** Stands after `#0`; without it there is no such line. */
  readonly description?: string;
  /** Names are cut. */
  readonly short?: boolean;
}

export class PlainDisplay implements Display {
  readonly #trace = new Trace();
  readonly #options: Options;
  readonly #shownTasks = new Map<string, VertexStatus>();
  /** The last lines of each step, for the end. */
  readonly #tails = new Map<Step, Tail>();
  #current: Step | undefined;
  #steps = 0;
  #hasBegun = false;
  #out = '';

  constructor(options: Options = {}) {
    this.#options = options;
  }

  update(status: StatusResponse, nowNs: bigint): string {
    this.#trace.update(status, nowNs);
    return '';
  }

  refresh(nowNs: bigint): string {
    this.#print(nowNs);
    const out = this.#out;
    this.#out = '';
    return out;
  }

  end(nowNs: bigint): string {
    const out = this.refresh(nowNs);
    return out + failedLogs(this.#trace, (step) => this.#tails.get(step)?.lines ?? []);
  }

  #print(nowNs: bigint): void {
    const shown = [...this.#trace.updated].filter(({ isHidden }) => !isHidden);
    const before = this.#current;
    const completed = shown.filter(isCompleted).sort(byEnd);
    const rest = new Set(shown.filter((step) => !isCompleted(step)));
    if (before !== undefined && completed.includes(before)) this.#show(before);
    for (const step of completed) if (step !== before) this.#show(step);
    if (rest.size === 0) this.#keepOneOpen(before);
    else this.#chooseOne(rest, { before, nowNs, isOver: before === undefined || completed.includes(before) });
  }

  /** Something that runs always has the floor. */
  #keepOneOpen(before: Step | undefined): void {
    const runs = (step: Step) => isStarted(step) && !isCompleted(step);
    if (before !== undefined && runs(before)) return;
    const open = [...this.#trace.byDigest.values()].find((step) => runs(step) && !step.isHidden);
    if (open !== undefined) this.#show(open);
  }

  #chooseOne(rest: Set<Step>, turn: { readonly before: Step | undefined; readonly nowNs: bigint; readonly isOver: boolean }): void {
    const { before, nowNs, isOver } = turn;
    if (before !== undefined && rest.has(before)) this.#show(before);
    if (before !== undefined) rest.add(before);
    const rates = [...rest].map((step) => rateOf(step, nowNs));
    const late = (rate: Rate) => rate.waitedSeconds > LONGEST_WAIT_SECONDS && rate.step !== before;
    const busiest = rates.reduce<Rate | undefined>(
      (most, rate) => (late(rate) || most === undefined || most.perSecond < rate.perSecond ? rate : most),
      undefined,
    );
    if (busiest === undefined) return;
    const waiting = rates.find(late);
    const own = rates.find(({ step }) => step === before);
    if (isOver || own === undefined) this.#show(busiest.step);
    else if (waiting !== undefined) this.#show(waiting.step);
    else if (hasHadItsShare(own, rates)) this.#show(busiest.step);
  }

  #show(step: Step): void {
    if (step.index === 0) step.index = ++this.#steps;
    this.#giveFloor(step);
    const isOpen = this.#showTasks(step);
    for (const warning of step.warnings.slice(step.warningsShown)) this.#line(step, `WARN: ${new TextDecoder().decode(warning.short)}`);
    step.warningsShown = step.warnings.length;
    this.#showLogs(step);
    this.#current = step;
    if (isCompleted(step) && !isOpen) {
      this.#current = undefined;
      step.newsCount = 0;
      if (step.isPartial) this.#out += '\n';
      step.isPartial = false;
      step.logs = [];
      this.#line(step, ending(step));
    }
    this.#trace.updated.delete(step);
  }

  #line(step: Step, text: string): void {
    this.#out += `#${step.index} ${text}\n`;
  }

  #giveFloor(step: Step): void {
    const before = this.#current;
    if (before === step) return;
    if (before !== undefined) {
      if (before.isPartial) this.#out += '\n';
      before.shown = 0;
      before.newsCount = 0;
      this.#line(before, '...');
    }
    const { description, short } = this.#options;
    if (this.#hasBegun) this.#out += '\n';
    else if (description !== undefined) this.#out += `#0 ${description}\n\n`;
    this.#hasBegun = true;
    const { name } = step.vertex;
    this.#line(step, short === true && name.length > SHORT_NAME ? `${name.slice(0, SHORT_NAME)}...` : name);
  }
  /** Whether a task is still open. A cache may be loaded after its step has ended. */
  #showTasks(step: Step): boolean {
    let isOpen = false;
    for (const task of step.tasks.values()) {
      if (task.started === undefined || !step.taskNews.has(task.id)) continue;
      const before = this.#shownTasks.get(task.id);
      if (before !== undefined && task.completed === undefined && !isWorthShowing(before, task)) continue;
      this.#shownTasks.set(task.id, task);
      if (task.completed === undefined) isOpen = true;
      this.#line(step, taskLine(task));
    }
    step.taskNews.clear();
    return isOpen;
  }

  #showLogs(step: Step): void {
    if (step.logs.length === 0) return;
    const tail = this.#tails.get(step) ?? { lines: [], isOpen: false };
    this.#tails.set(step, tail);
    step.logs.forEach((line, i) => {
      const isLast = i === step.logs.length - 1;
      const text = i === 0 && step.shown !== 0 ? line.slice(step.shown) : `#${step.index} ${line}`;
      this.#out += `${text}${isLast && step.isPartial ? '' : '\n'}`;
      if (tail.isOpen) tail.lines.pop();
      tail.lines.push(line);
      tail.isOpen = isLast && step.isPartial;
    });
    tail.lines.splice(0, Math.max(0, tail.lines.length - TAIL_LINES));
    const open = step.isPartial ? step.logs.at(-1) : undefined;
    step.logs = open === undefined ? [] : [open];
    step.shown = open?.length ?? 0;
  }
}

interface Tail {
  readonly lines: string[];
  /** The last one has no end yet. */
  isOpen: boolean;
}

interface Rate {
  readonly step: Step;
  readonly waitedSeconds: number;
  readonly perSecond: number;
}

function rateOf(step: Step, nowNs: bigint): Rate {
  const waitedSeconds = Number(nowNs - step.newsSinceNs) / NS_PER_SECOND;
  return { step, waitedSeconds, perSecond: step.newsCount / waitedSeconds };
}

/** A quiet step keeps the floor for about five seconds, one that says most of all for longer. */
function hasHadItsShare(own: Rate, rates: readonly Rate[]): boolean {
  const share = own.perSecond / rates.reduce((sum, { perSecond }) => sum + perSecond, 0);
  return ANTI_FLICKER_SECONDS / (1 - share) < own.waitedSeconds;
}

const endOf = (step: Step): bigint => step.merged.at(-1)?.stop ?? 0n;
const byEnd = (a: Step, b: Step): number => (endOf(a) < endOf(b) ? -1 : endOf(a) > endOf(b) ? 1 : 0);

function isWorthShowing(before: VertexStatus, { current = 0, total = 0, timestamp = 0n }: VertexStatus): boolean {
  const share = total > 0 ? (current - (before.current ?? 0)) / total : 0;
  return share >= TASK_SHARE || Number(timestamp - (before.timestamp ?? 0n)) / NS_PER_SECOND >= TASK_PAUSE_SECONDS;
}

function taskLine(task: VertexStatus): string {
  const { id, started = 0n, completed, timestamp = 0n } = task;
  const amount = showAmount(task);
  const seconds = Number((completed ?? timestamp) - started) / NS_PER_SECOND;
  const time = seconds > SHOWN_TIME_SECONDS ? ` ${seconds.toFixed(1)}s` : '';
  return `${id}${amount === '' ? '' : ` ${amount}`}${time}${completed === undefined ? '' : ' done'}`;
}

function ending({ vertex, merged }: Step): string {
  if (isCanceled(vertex)) return 'CANCELED';
  if (vertex.error !== undefined && vertex.error !== '') return `ERROR: ${vertex.error}`;
  return vertex.cached === true ? 'CACHED' : `DONE ${secondsOf(merged, 0n).toFixed(1)}s`;
}
