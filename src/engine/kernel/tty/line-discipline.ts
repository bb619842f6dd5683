/**
 * What happens to a byte between the keyboard and the program: editing of lines, echo, and the characters that are signals
 * (drivers/tty/n_tty.c). In canonical mode a program gets whole lines, and nothing before the line is finished; in raw mode it
 * gets every byte as it comes.
 */
import type { Signal, TerminalMode } from '../sys.ts';

const CTRL_C = 3;
const CTRL_D = 4;
const BACKSPACE = 8;
const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const CTRL_U = 21;
const CTRL_W = 23;
const CTRL_Z = 26;
const CTRL_BACKSLASH = 28;
const SPACE = 32;
const DELETE = 127;

const SIGNALS: ReadonlyMap<number, Signal> = new Map<number, Signal>([
  [CTRL_C, 'SIGINT'],
  [CTRL_BACKSLASH, 'SIGQUIT'],
  [CTRL_Z, 'SIGTSTP'],
]);
const ERASE_COLUMN = [BACKSPACE, SPACE, BACKSPACE];
/** The longest line that can be edited (N_TTY_BUF_SIZE). */
const LINE_BYTES = 4095;

export const COOKED: TerminalMode = { canonical: true, echo: true, signals: true, outputNewline: true, inputNewline: true };

/** What the discipline does to the rest of the terminal. */
export interface DisciplineHost {
  /** Bytes for the program; an empty array is the end of the file. */
  deliver(bytes: Uint8Array): void;
  /** Bytes for the screen, already processed. */
  show(bytes: Uint8Array): void;
  signal(signal: Signal): void;
  /** A signal character throws away what was typed ahead. */
  flush(): void;
}

export class LineDiscipline {
  readonly #host: DisciplineHost;
  #line: number[] = [];
  mode: TerminalMode = COOKED;

  constructor(host: DisciplineHost) {
    this.#host = host;
  }

  /** A mode that wants no lines gets what was being edited. */
  setMode(change: Partial<TerminalMode>): void {
    this.mode = { ...this.mode, ...change };
    if (!this.mode.canonical && this.#line.length > 0) this.#finish();
  }

  /** Bytes from the keyboard. */
  input(bytes: Uint8Array): void {
    const raw: number[] = [];
    for (const byte of bytes) this.#byte(byte === RETURN && this.mode.inputNewline ? NEWLINE : byte, raw);
    if (raw.length > 0) this.#host.deliver(Uint8Array.from(raw));
  }

  #byte(byte: number, raw: number[]): void {
    const signal = this.mode.signals ? SIGNALS.get(byte) : undefined;
    if (signal !== undefined) {
      raw.length = 0;
      this.#signal(byte, signal);
    } else if (this.mode.canonical) {
      this.#edit(byte);
    } else {
      if (this.mode.echo) this.#echo(byte);
      raw.push(byte);
    }
  }

  #signal(byte: number, signal: Signal): void {
    this.#line = [];
    this.#host.flush();
    if (this.mode.echo) this.#echo(byte);
    this.#host.signal(signal);
  }

  #edit(byte: number): void {
    switch (byte) {
      case DELETE:
      case BACKSPACE:
        this.#erase();
        return;
      case CTRL_U:
        while (this.#line.length > 0) this.#erase();
        return;
      case CTRL_W:
        this.#eraseWord();
        return;
      case CTRL_D:
        this.#finish();
        return;
      default:
        this.#type(byte);
    }
  }

  #type(byte: number): void {
    if (byte === NEWLINE || this.#line.length < LINE_BYTES) {
      this.#line.push(byte);
      if (this.mode.echo) this.#echo(byte);
    }
    if (byte === NEWLINE) this.#finish();
  }

  #finish(): void {
    const line = Uint8Array.from(this.#line);
    this.#line = [];
    this.#host.deliver(line);
  }

  /** Takes back one character, all its bytes (IUTF8), and as many columns as its echo took. */
  #erase(): void {
    let byte = this.#line.pop();
    if (byte === undefined) return;
    while (byte !== undefined && byte >= 0x80 && byte < 0xc0) byte = this.#line.pop();
    if (!this.mode.echo || byte === undefined) return;
    this.#host.show(Uint8Array.from(isControl(byte) ? [...ERASE_COLUMN, ...ERASE_COLUMN] : ERASE_COLUMN));
  }

  #eraseWord(): void {
    const last = (): number => this.#line[this.#line.length - 1] ?? SPACE;
    while (this.#line.length > 0 && last() === SPACE) this.#erase();
    while (this.#line.length > 0 && last() !== SPACE) this.#erase();
  }

  #echo(byte: number): void {
    if (byte === NEWLINE) this.#host.show(this.output(Uint8Array.of(NEWLINE)));
    else if (isControl(byte) && byte !== TAB) this.#host.show(Uint8Array.of(0x5e, byte ^ 0x40));
    else this.#host.show(Uint8Array.of(byte));
  }

  /** Bytes from the program, as the screen gets them. */
  output(bytes: Uint8Array): Uint8Array {
    if (!this.mode.outputNewline || !bytes.includes(NEWLINE)) return bytes;
    const processed: number[] = [];
    for (const byte of bytes) {
      if (byte === NEWLINE) processed.push(RETURN);
      processed.push(byte);
    }
    return Uint8Array.from(processed);
  }
}

const isControl = (byte: number): boolean => byte < SPACE || byte === DELETE;
