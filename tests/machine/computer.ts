/** A machine with a terminal that tests type into, in virtual time. */
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { bookSpec } from '../../src/engine/machine/spec.ts';
import type { Host, Instant, Machine, MachineSpec, TerminalId } from '../../src/engine/machine/types.ts';

const NS_PER_MS = 1_000_000n;
export const ms = (count: number): Instant => BigInt(Math.round(count * 1000)) * (NS_PER_MS / 1000n);
const CURSOR_QUESTION = '\x1b[6n';
const CURSOR_ANSWER = '\x1b[1;1R';
const ESCAPE = '\x1b';
const BELL = '\x07';
const CONTROL_C = '\x03';

/** What a terminal got, and when. */
export interface Piece {
  readonly atNs: Instant;
  readonly text: string;
}

export interface Terminal {
  readonly id: TerminalId;
  readonly pieces: readonly Piece[];
  /** All that came since `mark`. */
  text(mark?: number): string;
  type(text: string): void;
  interrupt(): void;
  /** Lets time pass until the terminal has shown `words` since `mark`; fails after `longestMs` virtual milliseconds. */
  until(words: string | RegExp, options?: { readonly mark?: number; readonly longestMs?: number }): Promise<string>;
}

export async function computer(options: Partial<MachineSpec> = {}, host: Host = nodeHost): Promise<Machine> {
  return createMachine({ ...bookSpec(), ...options }, host);
}

export const pass = async (machine: Machine, milliseconds: number): Promise<void> => {
  await machine.run(machine.now() + ms(milliseconds));
};

export function openTerminal(machine: Machine, id: TerminalId = 1): Terminal {
  const pieces: Piece[] = [];
  const decoder = new TextDecoder();
  const state = { text: '', asked: 0 };
  machine.onOutput((output) => {
    if (output.kind !== 'terminal' || output.terminal !== id) return;
    const text = decoder.decode(output.bytes, { stream: true });
    pieces.push({ atNs: machine.now(), text });
    state.text += text;
    // As a terminal does: it says where its cursor is.
    for (let at = state.text.indexOf(CURSOR_QUESTION, state.asked); at >= 0; at = state.text.indexOf(CURSOR_QUESTION, state.asked)) {
      state.asked = at + CURSOR_QUESTION.length;
      machine.input({ kind: 'type', terminal: id, text: CURSOR_ANSWER });
    }
  });
  machine.input({ kind: 'open-terminal', terminal: id, size: { columns: 80, rows: 24 } });
  const type = (text: string): void => machine.input({ kind: 'type', terminal: id, text });
  const text = (mark = 0): string => state.text.slice(mark);
  return {
    ...{ id, pieces, text, type },
    interrupt: () => type(CONTROL_C),
    until: async (words, { mark = 0, longestMs = 30_000 } = {}) => {
      const found = (): boolean => (typeof words === 'string' ? text(mark).includes(words) : words.test(text(mark)));
      await machine.run(machine.now() + ms(longestMs), { stop: found });
      if (!found()) throw new Error(`${String(words)} did not come. What came: ${JSON.stringify(text(mark).slice(-2000))}`);
      return text(mark);
    },
  };
}

/** A new prompt: one that does not follow a carriage return, as it does when a long line is drawn anew. */
export const PROMPT = new RegExp(`(?<!\\r)${ESCAPE}\\]133;D;\\d+${BELL}${ESCAPE}\\]133;A${BELL}\\$ `);

/** Types a command; resolves when the terminal shows `end` after it. */
export async function command(terminal: Terminal, line: string, end: string | RegExp = PROMPT): Promise<string> {
  const mark = terminal.text().length;
  terminal.type(`${line}\r`);
  return terminal.until(end, { mark });
}

/** How the last command ended, as the marked prompt tells it. */
export const lastStatus = (text: string): number => Number([...text.matchAll(/\]133;D;(\d+)/g)].at(-1)?.[1]);
