/** The shell's prompts on a screen: where they stand, and what was typed at each. No DOM. */
import type { IMarker, Terminal } from '@xterm/headless';

export interface Prompt {
  readonly marker: IMarker;
  /** The status of the command before. */
  readonly status: number;
  /** It asks for the rest of a command. */
  readonly isContinued: boolean;
  /** The column after it, and what stands before that. */
  column: number;
  sign: string;
  /** The line that was typed at it, as soon as it is whole: what is drawn over it later does not change that. */
  typed: string | null;
  /** Something else stands in its place: the screen was cleared, or drawn over. */
  isCovered: boolean;
}

const MARK = new TextEncoder().encode('\x1b]133;D');
const [ESCAPE] = MARK;
const RETURN = 0x0d;

/**
 * Which prompts of a stream are drawn anew, and begin no command: a line editor first goes back to the line's beginning, where a shell
 * just goes on. What a screen makes of the bytes does not show it.
 */
export class Redraws {
  #last = 0;
  #before = 0;
  #matched = 0;
  readonly #found: boolean[] = [];

  read(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === ESCAPE) [this.#before, this.#matched] = [this.#last, 1];
      else this.#matched = byte === MARK[this.#matched] ? this.#matched + 1 : 0;
      this.#last = byte;
      if (this.#matched < MARK.length) continue;
      this.#found.push(this.#before === RETURN);
      this.#matched = 0;
    }
  }

  /** Of the next prompt, in the order in which they were read. */
  next(): boolean {
    return this.#found.shift() ?? false;
  }
}

export class Prompts {
  #all: readonly Prompt[] = [];

  clear(): void {
    this.#all = [];
  }

  add(prompt: Pick<Prompt, 'marker' | 'status' | 'isContinued'>): void {
    this.#cover(prompt.marker);
    this.#all = [...this.#all, { ...prompt, column: 0, sign: '', typed: null, isCovered: false }];
  }

  /** The last one was drawn again, elsewhere. */
  move(marker: IMarker): void {
    const { last } = this;
    this.#all = this.#all.slice(0, -1);
    this.#cover(marker);
    if (last) this.#all = [...this.#all, { ...last, marker }];
  }

  /** Where the screen was cleared, a new one takes the place of those that stood there. */
  #cover({ line }: IMarker): void {
    for (const prompt of this.#all) prompt.isCovered ||= prompt.marker.line >= line;
  }

  /** It is drawn: the cursor stands after it. */
  drawn({ buffer: { active } }: Terminal): void {
    const { last } = this;
    if (!last) return;
    last.column = active.cursorX;
    last.sign = active.getLine(last.marker.line)?.translateToString(false, 0, active.cursorX) ?? '';
  }

  /** The cursor went to another line: what was typed at the last one is whole. */
  left(screen: Terminal): void {
    const { last } = this;
    if (last && last.sign !== '') last.typed ??= lineAt(last, screen);
  }

  get last(): Prompt | undefined {
    return this.#all.at(-1);
  }

  /** Those that begin a command, also when they have left the screen. */
  get beginnings(): readonly Prompt[] {
    return this.#all.filter(({ marker, isContinued, typed }) => !isContinued && (typed !== null || !marker.isDisposed));
  }

  /** The one that begins a command in that line, if it still stands there: a program may have drawn over it, or shows a screen of its own. */
  at(line: number, { buffer: { active } }: Terminal): Prompt | undefined {
    const prompt = this.#all.find(({ marker, isContinued, isCovered }) => marker.line === line && !isContinued && !isCovered);
    if (!prompt || active.type !== 'normal') return undefined;
    const stands = active.getLine(line)?.translateToString(false, 0, prompt.column);
    return prompt.column === 0 || stands === prompt.sign ? prompt : undefined;
  }

  /** Whether the cursor stands in the last one's line. */
  isAtLast({ buffer: { active } }: Terminal): boolean {
    const { last } = this;
    return last !== undefined && !last.marker.isDisposed && last.marker.line === active.baseY + active.cursorY;
  }

  /** The command that a line belongs to, if it has ended: its place among those that begin one. */
  endedAt(line: number): number | null {
    const { beginnings } = this;
    const found = beginnings.findLastIndex((prompt) => stands(prompt) && prompt.marker.line <= line);
    return found < 0 || found === beginnings.length - 1 ? null : found;
  }

  /** The lines of a command: from its prompt up to the next. */
  linesOf(command: number): readonly [from: number, to: number] {
    const { beginnings } = this;
    const [first, next] = [beginnings[command], beginnings[command + 1]];
    return first && next && stands(first) && stands(next) ? [first.marker.line, next.marker.line] : [0, 0];
  }
}

/** Whether it is on the screen, or above it. */
const stands = ({ marker, isCovered }: Prompt): boolean => !isCovered && !marker.isDisposed;

/** What stands after a prompt. */
export function lineAt({ marker, column }: Prompt, { buffer: { active } }: Terminal): string {
  let text = active.getLine(marker.line)?.translateToString(true).slice(column) ?? '';
  for (let index = marker.line + 1; active.getLine(index)?.isWrapped; index++) text += active.getLine(index)?.translateToString(true) ?? '';
  return text;
}

/** Whether the cursor stands in a prompt's line, however often that is wrapped. */
export function isInLine({ marker }: Prompt, { buffer: { active } }: Terminal): boolean {
  let last = marker.line;
  while (active.getLine(last + 1)?.isWrapped) last += 1;
  const cursor = active.baseY + active.cursorY;
  return marker.line <= cursor && cursor <= last;
}
