/**
 * Progress on a terminal: one line for each step, drawn anew in place, with the last lines of what runs in a window below it.
 * Upstream: moby/buildkit util/progress/progressui/display.go.
 */
import type { StatusResponse, VertexWarning } from '../../../api-types/build-trace.ts';
import type { WindowSize } from '../../terminal.ts';
import { type Colours, paint } from './colours.ts';
import { type Display, failedLogs } from './display.ts';
import { type Interval, secondsOf } from './intervals.ts';
import { showAmount } from './text.ts';
import { isCanceled, isCompleted, isFailed, type Step, Trace } from './trace.ts';

interface Options {
  readonly size: () => WindowSize;
  readonly colours: Colours;
  /** Stands at the right of the first line: `docker:default`. */
  readonly description?: string;
  readonly phase?: string;
  /** Rows of a window; fewer if the terminal is low. */
  readonly windowRows?: number;
}

/** A line of the display. */
interface Row {
  readonly name: string;
  readonly amount: string;
  readonly intervals: readonly Interval[];
  readonly isCompleted: boolean;
  readonly look: 'run' | 'cancel' | 'error';
  readonly step?: Step;
}

const WINDOW_MARGIN = 10;
const LEAST_WINDOW_ROWS = 6;
/** A window needs its own rows and some air. */
const WINDOW_AIR = 3;
const TURN_BYTES = 50;
const PREFIX = ' => ';
const LEAST_NAME_COLUMNS = 12;
const LEAST_FOR_AMOUNT = 20;
const SHORTEST_SECONDS = 0.05;
const up = (rows: number): string => '\x1b[1A'.repeat(rows);
const DOWN = '\x1b[1B';
const LINE_START = '\x1b[0G';
const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
const FAINT = '\x1b[2m';

export class ConsoleDisplay implements Display {
  readonly #options: Options;
  readonly #trace: Trace;
  #rowsDrawn = 0;
  #isDrawn = false;
  #windowRows = LEAST_WINDOW_ROWS;

  constructor(options: Options) {
    this.#options = options;
    this.#trace = new Trace({ columns: options.size().columns - WINDOW_MARGIN });
  }

  update(status: StatusResponse, nowNs: bigint): string {
    this.#trace.update(status, nowNs);
    return '';
  }

  refresh(nowNs: bigint): string {
    return this.#draw(nowNs, false);
  }

  end(nowNs: bigint): string {
    const logs = failedLogs(this.#trace, ({ logs }) => logs);
    return this.#draw(nowNs, true) + logs;
  }

  #draw(nowNs: bigint, isLast: boolean): string {
    const { columns, rows } = this.#options.size();
    const all = this.#trace.steps.flatMap((step) => rowsOf(step, this.#trace.skewNs));
    const windows = this.#chooseWindows(all, rows);
    const hidden = [...windows].reduce((sum, { screen }) => sum + (screen?.height ?? 0), 0);
    const shown = isLast ? all : fitHeight(all, rows - 2 - hidden);
    let body = '';
    let drawn = 0;
    for (const row of shown) {
      const text = rowText(row, columns, nowNs);
      if (text === null) continue;
      body += row.isCompleted ? paint(this.#options.colours[row.look], text) : text;
      drawn++;
      if (row.step === undefined || !windows.has(row.step)) continue;
      const lines = this.#window(row.step, columns);
      body += lines.join('');
      drawn += lines.length;
    }
    const out =
      this.#goToTop() + HIDE_CURSOR + this.#head(nowNs, { columns, isLast }) + body + this.#clearBelow(drawn, columns) + SHOW_CURSOR;
    this.#rowsDrawn = drawn;
    return out;
  }

  #goToTop(): string {
    const first = !this.#isDrawn;
    this.#isDrawn = true;
    return `${up(this.#rowsDrawn + 1)}${first ? DOWN : ''}${LINE_START}`;
  }

  /** Rows of the picture before that this one does not reach. */
  #clearBelow(drawn: number, columns: number): string {
    const left = this.#rowsDrawn - drawn;
    return left <= 0 ? '' : `${`${' '.repeat(columns)}\n`.repeat(left)}${up(left)}${LINE_START}`;
  }

  #head(nowNs: bigint, { columns, isLast }: { columns: number; isLast: boolean }): string {
    const steps = [...new Set(this.#trace.byDigest.values())].filter(({ isHidden }) => !isHidden);
    const completed = steps.filter(isCompleted).length;
    const seconds = Number(nowNs - (this.#trace.startedNs ?? nowNs)) / 1e9;
    const finished = completed > 0 && completed === steps.length && isLast ? 'FINISHED' : '';
    const { phase = 'Building', description = '' } = this.#options;
    const left = `[+] ${phase} ${seconds.toFixed(1)}s (${completed}/${steps.length}) ${finished}`;
    return `${align(left, description, description === '' ? columns : columns - 1).slice(0, columns)}\n`;
  }

  /** Which steps get a window: those that say most, as long as there is room. */
  #chooseWindows(all: readonly Row[], rows: number): ReadonlySet<Step> {
    const weight = ({ logBytes, windowTurns }: Step) => logBytes + windowTurns * TURN_BYTES;
    const candidates = all
      .flatMap(({ step, isCompleted: isDone }) => (step === undefined || isDone || step.logBytes === 0 ? [] : [step]))
      .sort((a, b) => weight(b) - weight(a));
    this.#windowRows = Math.max(LEAST_WINDOW_ROWS, Math.min(this.#options.windowRows ?? LEAST_WINDOW_ROWS, rows - LEAST_WINDOW_ROWS - 1));
    const needed = this.#windowRows + WINDOW_AIR;
    const free = rows - 2 - all.filter((row) => !row.isCompleted).length;
    return new Set(candidates.slice(0, Math.max(0, Math.ceil(free / needed) - 1)));
  }

  #window(step: Step, columns: number): readonly string[] {
    step.windowTurns++;
    step.screen?.resize(columns - WINDOW_MARGIN, this.#windowRows);
    return (step.screen?.lines() ?? []).map((line) => `${FAINT} => => # ${line}\n\x1b[0m`);
  }
}

function rowsOf(step: Step, skewNs: bigint): readonly Row[] {
  const { vertex, tasks, warnings } = step;
  const look = isCanceled(vertex) ? 'cancel' : isFailed(step) ? 'error' : 'run';
  const word = look === 'run' ? (vertex.cached === true ? 'CACHED ' : '') : look === 'cancel' ? 'CANCELED ' : 'ERROR ';
  const own: Row = {
    name: word + vertex.name.replaceAll('\t', ' '),
    amount: '',
    intervals: step.merged.map((interval) => moved(interval, skewNs)),
    isCompleted: [...step.intervals.values()].every(({ stop }) => stop !== undefined),
    look,
    step,
  };
  const started = [...tasks.values()].filter((task) => task.started !== undefined);
  return [
    own,
    ...started.map(
      (task): Row => ({
        name: `=> ${task.id}`,
        amount: showAmount(task),
        intervals: [moved({ start: task.started ?? 0n, ...(task.completed === undefined ? {} : { stop: task.completed }) }, skewNs)],
        isCompleted: task.completed !== undefined,
        look: 'run',
      }),
    ),
    ...warnings.map((warning): Row => warningRow(warning, own.intervals.slice(-1))),
  ];
}

const warningRow = ({ short }: VertexWarning, intervals: readonly Interval[]): Row => ({
  name: `WARN: ${new TextDecoder().decode(short)}`,
  amount: '',
  intervals,
  isCompleted: false,
  look: 'cancel',
});

const moved = ({ start, stop }: Interval, skewNs: bigint): Interval => ({
  start: start + skewNs,
  ...(stop === undefined ? {} : { stop: stop + skewNs }),
});

/** Null where the terminal is too narrow for anything. */
function rowText({ name, amount, intervals }: Row, columns: number, nowNs: bigint): string | null {
  if (intervals.length === 0) return null;
  const seconds = secondsOf(intervals, nowNs);
  const timer = ` ${(seconds < SHORTEST_SECONDS ? 0 : seconds).toFixed(1).padStart(3)}s\n`;
  let room = columns - PREFIX.length - timer.length - 1;
  const hasAmount = amount !== '' && room + amount.length > LEAST_FOR_AMOUNT;
  if (hasAmount) room -= amount.length + 1;
  if (room < LEAST_NAME_COLUMNS) return null;
  return align(`${PREFIX}${[...name].slice(0, room).join('')}${hasAmount ? ` ${amount}` : ''}`, timer, columns);
}

const align = (left: string, right: string, columns: number): string => `${left.padEnd(columns - right.length - 1)} ${right}`;

/** The last rows, as many as fit; rows that still run and would be cut take places of those that are done. */
function fitHeight(rows: readonly Row[], limit: number): readonly Row[] {
  if (limit < 0) return [];
  if (rows.length <= limit) return rows;
  const kept = rows.slice(rows.length - limit);
  const running = rows.slice(0, rows.length - limit).filter((row) => !row.isCompleted);
  const left = kept.filter((row, i) => !row.isCompleted || i >= running.length);
  const free = kept.length - left.length;
  return free === 0 ? left : [...running.slice(-free), ...left];
}
