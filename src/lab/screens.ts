/** What a machine's terminals printed, and when: to show it again, now or as it was. */
import type { Instant, Machine, TerminalId } from '../engine/machine/types.ts';

interface Piece {
  readonly at: Instant;
  readonly bytes: Uint8Array;
}

interface Screen {
  readonly pieces: Piece[];
  sizeBytes: number;
  status: number | null;
}

/** Beyond this the oldest output of a terminal is forgotten; a page shows a few thousand lines. */
const BYTES_AT_MOST = 2 * 1024 * 1024;

export class Screens {
  readonly #screens = new Map<TerminalId, Screen>();

  constructor(machine: Machine) {
    machine.onOutput((output) => {
      if (output.kind === 'terminal') this.#add(this.#of(output.terminal), { at: machine.now(), bytes: output.bytes });
      if (output.kind === 'terminal-closed') this.#of(output.terminal).status = output.status;
    });
  }

  get terminals(): readonly TerminalId[] {
    return [...this.#screens.keys()];
  }

  statusOf(terminal: TerminalId): number | null {
    return this.#screens.get(terminal)?.status ?? null;
  }

  /** Everything the terminal printed, up to that instant. */
  bytes(terminal: TerminalId, until?: Instant): Uint8Array {
    const pieces = (this.#screens.get(terminal)?.pieces ?? []).filter(({ at }) => until === undefined || at <= until);
    const whole = new Uint8Array(pieces.reduce((sum, { bytes }) => sum + bytes.length, 0));
    let place = 0;
    for (const { bytes } of pieces) {
      whole.set(bytes, place);
      place += bytes.length;
    }
    return whole;
  }

  #of(terminal: TerminalId): Screen {
    const known = this.#screens.get(terminal);
    if (known) return known;
    const screen: Screen = { pieces: [], sizeBytes: 0, status: null };
    this.#screens.set(terminal, screen);
    return screen;
  }

  #add(screen: Screen, piece: Piece): void {
    screen.pieces.push(piece);
    screen.sizeBytes += piece.bytes.length;
    while (screen.sizeBytes > BYTES_AT_MOST && screen.pieces.length > 1) screen.sizeBytes -= screen.pieces.shift()?.bytes.length ?? 0;
  }
}
