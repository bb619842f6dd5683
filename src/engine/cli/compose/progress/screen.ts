/** The block of a terminal: a head line and a line for each object. Upstream: compose cmd/display/tty.go. */
import { widthOf } from '../../formatter/tabs.ts';
import type { Io } from '../../io.ts';
import type { Output } from '../../output.ts';
import { idEnd, shortenToFit } from './fit.ts';
import type { Progress, ProgressEvent } from './progress.ts';

interface Task {
  event: ProgressEvent;
  readonly startNs: bigint;
  endNs: bigint | undefined;
}

const TICK_MS = 100;
const MARKS = { working: '⠋', done: '✔', warning: '!', error: '✘' } as const;
const COLOURS = { working: '33', done: '32', warning: '1;33', error: '1;31' } as const;
const paint = (code: string, text: string): string => `\x1b[${code}m${text}\x1b[0m`;

export class Screen implements Progress {
  readonly isScreen = true;
  readonly #io: Io;
  readonly #err: Output;
  readonly #tasks = new Map<string, Task>();
  #operation = '';
  #detached = false;
  #lines = 0;

  constructor(io: Io, err: Output) {
    this.#io = io;
    this.#err = err;
  }

  async on(event: ProgressEvent): Promise<void> {
    if (event.id === 'Compose') return this.#err.line(paint(COLOURS.error, event.details ?? ''));
    const isStart = event.text === 'Starting' || event.text === 'Started';
    if (isStart && !this.#detached && this.#operation !== 'start') return;
    const nowNs = this.#io.clock.nowNs();
    const before = this.#tasks.get(event.id);
    const ended = event.status !== 'working';
    if (before === undefined) this.#tasks.set(event.id, { event, startNs: nowNs, endNs: ended ? nowNs : undefined });
    else {
      if (!ended) before.endNs = undefined;
      else if (before.event.status !== event.status) before.endNs = nowNs;
      before.event = event;
    }
    if (this.#operation === '')
      await this.#err.line(
        `${event.id} ${paint(event.status === 'working' ? '32' : COLOURS[event.status], event.text)} ${event.details ?? ''}`,
      );
  }

  async during<Value>(operation: string, body: () => Promise<Value>, options: { detached?: boolean } = {}): Promise<Value> {
    // A block within a block is the same block.
    if (this.#operation !== '') return body();
    this.#operation = operation;
    this.#detached = options.detached === true;
    this.#lines = 0;
    this.#tasks.clear();
    let ended = false;
    const ticker = this.#io.spawn(async () => {
      for (;;) {
        await this.#io.clock.sleep(TICK_MS);
        if (ended) return;
        await this.#draw();
      }
    });
    try {
      return await body();
    } finally {
      ended = true;
      await ticker.join();
      await this.#draw();
      this.#operation = '';
    }
  }

  async #draw(): Promise<void> {
    if (this.#tasks.size === 0) return;
    const { columns, rows } = this.#err.stream.size();
    const tasks = [...this.#tasks.values()].filter(({ event }) => event.parent === undefined);
    const room = Math.max((rows || 24) - 2, 1);
    const shown = tasks.length > room ? tasks.slice(0, room - 1) : tasks;
    const lines = this.#taskLines(shown, columns || 80);
    if (shown.length < tasks.length) lines.push(` ... ${tasks.length - shown.length} more`.padEnd(columns || 80));
    while (lines.length < this.#lines) lines.push(' '.repeat(columns || 80));
    const done = [...this.#tasks.values()].filter(({ event }) => event.status !== 'working').length;
    const up = this.#lines === 0 ? '' : `\x1b[${this.#lines + 1}A`;
    this.#lines = lines.length;
    const head = `[+] ${this.#operation} ${done}/${this.#tasks.size}`;
    await this.#err.text(`\x1b[?25l${up}\x1b[0G${[head, ...lines].join('\n')}\n\x1b[?25h`);
  }

  #taskLines(tasks: readonly Task[], columns: number): string[] {
    const nowNs = this.#io.clock.nowNs();
    const timers = tasks.map(({ startNs, endNs }) => `${(Number((endNs ?? nowNs) - startNs) / 1e9).toFixed(1)}s`);
    const timerWidth = Math.max(0, ...timers.map((timer) => timer.length));
    const lines = tasks.map(({ event: { id, text, details = '', status } }) => ({ id, text, details, status }));
    shortenToFit(lines, { timer: timerWidth, columns });
    const wordsAt = idEnd(lines);
    return lines.map(({ id, text, details, status }, i) => {
      const width = wordsAt + 1 + widthOf(text) + (details === '' ? 0 : 1 + widthOf(details));
      const gap = ' '.repeat(Math.max(columns - width - timerWidth, 1));
      const word = status === 'working' ? text : paint(COLOURS[status], text);
      const head = ` ${paint(COLOURS[status], MARKS[status])} ${id}`;
      const pad = ' '.repeat(wordsAt - 3 - widthOf(id));
      return `${head}${pad} ${word}${details === '' ? '' : ` ${details}`}${gap}${paint('34', (timers[i] ?? '').padStart(timerWidth))}`;
    });
  }
}
