/** Whether what is typed at a machine's terminals is listened to. */
import type { Reading } from '../kernel/kernel.ts';
import type { Fd } from '../kernel/sys.ts';
import type { Input, Keyboard, TerminalId } from './types.ts';

const encoder = new TextEncoder();

export class Keyboards {
  /** The masters of the terminals that are open. */
  readonly masters = new Map<TerminalId, Fd>();
  readonly #typedBytes = new Map<TerminalId, number>();
  readonly #reading: (master: Fd) => Reading | null;

  constructor(reading: (master: Fd) => Reading | null) {
    this.#reading = reading;
  }

  /** Something enters the machine. */
  take(input: Input): void {
    if (input.kind === 'type') this.#typedBytes.set(input.terminal, this.#typed(input.terminal) + encoder.encode(input.text).length);
  }

  of(terminal: TerminalId): Keyboard | null {
    const master = this.masters.get(terminal);
    const reading = master === undefined ? null : this.#reading(master);
    if (!reading) return null;
    // What is still on its way to the terminal is read by nobody yet.
    return { isAwaited: reading.isAwaited && reading.typedBytes === this.#typed(terminal), isRaw: reading.isRaw };
  }

  #typed(terminal: TerminalId): number {
    return this.#typedBytes.get(terminal) ?? 0;
  }
}
