/** “My Docker differs”: what was typed, as the text of an example, with what this machine prints and what it is. */

import type { ConsoleExample } from '../engine/machine/console.ts';
import { playConsole } from '../engine/machine/play-console.ts';
import type { Entry, Host } from '../engine/machine/types.ts';
import type { JournalFile } from './journal-file.ts';
import type { Snapshot } from './store.ts';

const HOME = '/home/learner/';
const MOST_STEPS = 40;
const MOST_FILE_BYTES = 16 * 1024;

/** Text that a `.console` file can hold: lines, and none that would end it. */
function textOf(bytes: Uint8Array): string | null {
  if (bytes.length > MOST_FILE_BYTES || bytes.includes(0)) return null;
  const text = new TextDecoder().decode(bytes);
  return text.endsWith('\n') && !/^--$/m.test(text) ? text.slice(0, -1) : null;
}

interface Line {
  readonly command: string;
  /** What was typed into it: into a program that reads, or for the rest of a command of several lines. */
  readonly input: readonly string[];
}

const isText = (line: string): boolean => [...line].every((sign) => sign >= ' ' && sign !== '\x7f');

/** The commands with what was typed into each; keys that are no text make no lines. */
function linesOf(entries: readonly Entry[]): readonly Line[] {
  const lines: { readonly command: string; readonly terminal: number; typed: string }[] = [];
  for (const { step, input } of entries) {
    if (input.kind !== 'type') continue;
    const last = lines.findLast(({ terminal }) => terminal === input.terminal);
    if (step !== undefined) lines.push({ command: step, terminal: input.terminal, typed: '' });
    else if (last) last.typed += input.text;
  }
  return lines.map(({ command, typed }) => {
    const whole = typed.replaceAll('\x15', '').split('\r').slice(0, -1);
    return { command, input: whole.every(isText) ? whole : [] };
  });
}

/** The last commands, played anew on a fresh machine in a shell without a terminal, and the reader's files as they are now. */
export async function reproduction({ spec, entries }: JournalFile, { files }: Snapshot, host: Host): Promise<string> {
  const lines = linesOf(entries).slice(-MOST_STEPS);
  const about = [
    `Drydock ${spec.engineVersion}, seed ${spec.seed}. A real Docker printed something else:`,
    'please paste below what it printed, with the output of docker version.',
  ];
  const example: ConsoleExample = {
    start: spec.start,
    images: spec.images ?? [],
    files: files.flatMap(({ path, bytes }) => {
      const text = path.startsWith(HOME) ? textOf(bytes) : null;
      return text === null ? [] : [{ path: path.slice(HOME.length), text: `${text}\n` }];
    }),
    steps: lines.map((line, index) => ({ ...line, comments: index === 0 ? about : [], output: '', status: 0 })),
  };
  return (await playConsole(example, host)).text;
}
