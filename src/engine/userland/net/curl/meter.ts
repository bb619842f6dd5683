/** How far a transfer is, and the meter that curl shows where its output does not go to a terminal. Upstream: lib/progress.c. */
import type { Sys } from '../../../kernel/sys.ts';
import { say } from '../../program-io.ts';

/** How far one transfer is. Sizes are bytes; a total is undefined until the server has said it. */
export interface Progress {
  phase: 'resolving' | 'connecting' | 'transferring';
  received: number;
  toReceive: number | undefined;
  sent: number;
  toSend: number | undefined;
}

export const newProgress = (): Progress => ({ phase: 'resolving', received: 0, toReceive: undefined, sent: 0, toSend: undefined });

const HEAD = `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
`;
const EVERY_MS = 1000;
/** The current speed is that of so many seconds. */
const SPEED_SAMPLES = 5;

/** Shows `progress` once a second until it is ended. */
export class Meter {
  readonly #sys: Sys;
  readonly #progress: Progress;
  readonly #startNs: bigint;
  readonly #samples: number[] = [];
  #isOver = false;

  constructor(sys: Sys, progress: Progress) {
    this.#sys = sys;
    this.#progress = progress;
    this.#startNs = sys.clock.monotonicNs();
  }

  async begin(): Promise<void> {
    await say(this.#sys, 2, HEAD + this.#line());
    this.#sys.thread(async () => {
      for (;;) {
        await this.#sys.sleep(EVERY_MS);
        if (this.#isOver) return;
        await say(this.#sys, 2, this.#line());
      }
    });
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await say(this.#sys, 2, `${this.#line()}\n`);
  }

  #line(): string {
    const { received, toReceive, sent, toSend } = this.#progress;
    const seconds = Number(this.#sys.clock.monotonicNs() - this.#startNs) / 1e9;
    const speed = (bytes: number): number => (seconds > 0 ? Math.floor(bytes / seconds) : 0);
    const total = (toReceive ?? received) + (toSend ?? sent);
    const left = (size: number | undefined, bytes: number): number =>
      size === undefined || bytes === 0 ? 0 : Math.floor(size / speed(bytes));
    const totalSeconds = Math.max(left(toReceive, received), left(toSend, sent));
    const spent = Math.floor(seconds);
    return `\r${percent(received + sent, total)} ${amount(total)}  ${percent(received, toReceive)} ${amount(received)}  ${percent(sent, toSend)} ${amount(sent)}  ${amount(speed(received))}  ${amount(speed(sent))} ${time(totalSeconds)} ${time(spent)} ${time(totalSeconds > 0 ? totalSeconds - spent : 0)} ${amount(this.#current(speed))}`;
  }

  #current(speed: (bytes: number) => number): number {
    const bytes = this.#progress.received + this.#progress.sent;
    this.#samples.push(bytes);
    const [first = 0] = this.#samples.slice(-SPEED_SAMPLES - 1);
    const span = Math.min(this.#samples.length - 1, SPEED_SAMPLES);
    return span < 2 ? speed(bytes) : Math.floor((bytes - first) / span);
  }
}

const percent = (part: number, whole: number | undefined): string => String(whole ? Math.floor((part * 100) / whole) : 0).padStart(3);

/** Five characters: bytes, or as many units of 1024 as fit. */
function amount(bytes: number): string {
  const kilo = 1024;
  if (bytes < 100_000) return String(bytes).padStart(5);
  if (bytes < 10_000 * kilo) return `${String(Math.floor(bytes / kilo)).padStart(4)}k`;
  const mega = kilo * kilo;
  if (bytes < 100 * mega) return `${String(Math.floor(bytes / mega)).padStart(2)}.${Math.floor((bytes % mega) / (mega / 10))}M`;
  if (bytes < 10_000 * mega) return `${String(Math.floor(bytes / mega)).padStart(4)}M`;
  return `${String(Math.floor(bytes / mega / kilo)).padStart(4)}G`;
}

function time(seconds: number): string {
  if (seconds <= 0) return '--:--:--';
  const part = (value: number): string => String(value % 60).padStart(2, '0');
  return `${String(Math.floor(seconds / 3600)).padStart(2)}:${part(Math.floor(seconds / 60))}:${part(seconds)}`;
}
