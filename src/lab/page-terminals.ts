/** A page's end of its machine's terminals: what each printed, who listens to it, and how what is typed there is listened to. */
import type { WindowSize } from '../engine/kernel/sys.ts';
import type { Keyboard, TerminalId } from '../engine/machine/types.ts';
import type { LabTerminal, TerminalListener } from './lab-types.ts';
import type { ToPage, ToWorker } from './protocol.ts';

type OfTerminal = Extract<ToPage, { kind: 'terminal' | 'output' | 'closed' | 'keyboard' }>;

export const isOfTerminal = (message: ToPage): message is OfTerminal => ['terminal', 'output', 'closed', 'keyboard'].includes(message.kind);

/** What the lab has for them. */
export interface TerminalRoom {
  readonly post: (message: ToWorker) => void;
  /** Grows with each. */
  readonly serial: () => number;
  /** Somebody types; `isStep`: a command that can be taken back. */
  readonly typed: (isStep: boolean) => void;
  readonly isRunning: () => boolean;
}

interface Screen {
  size: WindowSize;
  id: TerminalId | null;
  listener: TerminalListener | null;
  /** The last of what was typed there. */
  serial: number;
  keyboard: Keyboard | null;
  bound: () => void;
}

interface Printed {
  readonly pieces: Uint8Array[];
  status: number | null;
}

export class PageTerminals {
  readonly #room: TerminalRoom;
  readonly #screens = new Map<string, Screen>();
  readonly #printed = new Map<TerminalId, Printed>();
  readonly #knownListeners = new Set<(name: string) => void>();

  constructor(room: TerminalRoom) {
    this.#room = room;
  }

  /** Tells of each terminal that a restored journal has and this page has not opened. */
  onKnown(listener: (name: string) => void): void {
    this.#knownListeners.add(listener);
  }

  /** The terminal of that name, opened while `listener` is still on its way. What it printed before is printed again. */
  async open(name: string, size: WindowSize, listener: TerminalListener | Promise<TerminalListener>): Promise<LabTerminal> {
    const screen: Screen = { size, id: null, listener: null, serial: 0, keyboard: null, bound: () => {} };
    this.#screens.set(name, screen);
    await new Promise<void>((resolve) => {
      screen.bound = resolve;
      this.#room.post({ kind: 'terminal', name, size });
    });
    this.#show(screen, await listener);
    return {
      id: () => screen.id,
      type: (text, step) => this.#type(screen, text, step),
      resize: (to) => {
        screen.size = to;
        if (screen.id !== null) this.#room.post({ kind: 'resize', terminal: screen.id, size: to });
      },
    };
  }

  /** What is typed from here on is for another machine, once that has its terminals. */
  leave(): void {
    for (const screen of this.#screens.values()) screen.id = null;
  }

  /** They are gone, and none is waited for. */
  clear(): void {
    this.leave();
    this.#screens.clear();
  }

  /** Opens each of them again, on a new machine. */
  reopen(): void {
    for (const [name, { size }] of this.#screens) this.#room.post({ kind: 'terminal', name, size });
  }

  /** What is shown from here on is another machine's, from the beginning. */
  begin(): void {
    this.#printed.clear();
    for (const screen of this.#screens.values()) {
      screen.id = null;
      screen.serial = 0;
      screen.keyboard = null;
      screen.listener?.restart();
    }
  }

  /** The machine has come to where history ends. */
  goLive(): void {
    for (const screen of this.#screens.values()) if (screen.id !== null) this.#live(screen);
  }

  take(message: OfTerminal): void {
    if (message.kind === 'terminal') this.#bind(message.name, message.terminal);
    else if (message.kind === 'keyboard') this.#listen(message);
    else this.#print(message);
  }

  #type(screen: Screen, text: string, step: string | undefined): void {
    this.#room.typed(step !== undefined && screen.id !== null);
    if (screen.id === null) return;
    screen.serial = this.#room.serial();
    screen.keyboard = null;
    this.#room.post({ kind: 'type', terminal: screen.id, text, serial: screen.serial, ...(step === undefined ? {} : { step }) });
  }

  #bind(name: string, id: TerminalId): void {
    const screen = this.#screens.get(name);
    if (!screen) {
      for (const listener of this.#knownListeners) listener(name);
      return;
    }
    if (screen.id !== null) return;
    screen.id = id;
    screen.bound();
    if (screen.listener) this.#show(screen, screen.listener);
  }

  /** Everything printed so far. */
  #show(screen: Screen, listener: TerminalListener): void {
    screen.listener = listener;
    const printed = screen.id === null ? null : this.#printedOf(screen.id);
    for (const bytes of printed?.pieces ?? []) listener.output(bytes);
    if (printed && printed.status !== null) listener.closed(printed.status);
    if (this.#room.isRunning()) this.#live(screen);
  }

  #live(screen: Screen): void {
    screen.listener?.live();
    this.#tellKeyboard(screen);
  }

  #tellKeyboard(screen: Screen): void {
    const { keyboard, serial } = screen;
    if (keyboard) screen.listener?.keyboard(keyboard, () => screen.serial === serial);
  }

  #listen({ terminal, keyboard, serial }: Extract<ToPage, { kind: 'keyboard' }>): void {
    const screen = this.#of(terminal);
    // What was said before the last key arrived says nothing of what comes of it.
    if (!screen || serial < screen.serial) return;
    screen.keyboard = keyboard;
    if (this.#room.isRunning()) this.#tellKeyboard(screen);
  }

  #of(terminal: TerminalId): Screen | undefined {
    return [...this.#screens.values()].find(({ id }) => id === terminal);
  }

  #printedOf(id: TerminalId): Printed {
    const printed: Printed = this.#printed.get(id) ?? { pieces: [], status: null };
    this.#printed.set(id, printed);
    return printed;
  }

  #print(message: Extract<ToPage, { kind: 'output' | 'closed' }>): void {
    const printed = this.#printedOf(message.terminal);
    const listener = this.#of(message.terminal)?.listener;
    if (message.kind === 'output') {
      printed.pieces.push(message.bytes);
      listener?.output(message.bytes);
    } else {
      printed.status = message.status;
      listener?.closed(message.status);
    }
  }
}
