/** What is going on, object by object: as plain lines, as JSON, or as a block on a terminal that is drawn anew. */
import { CliError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import type { Output } from '../../output.ts';
import { Screen } from './screen.ts';

export interface ProgressEvent {
  /** The object: `Container lab-web-1`. */
  readonly id: string;
  readonly text: string;
  readonly status: 'working' | 'done' | 'warning' | 'error';
  readonly details?: string;
  /** What this is a part of: a layer's image. */
  readonly parent?: string;
}

export interface Progress {
  on(event: ProgressEvent): Promise<void>;
  /** Shows what happens during this under a head line: `[+] up 2/2`. Detached (`-d`): starting shows too. */
  during<Value>(operation: string, body: () => Promise<Value>, options?: { detached?: boolean }): Promise<Value>;
  /** Is there a block on the terminal? */
  readonly isScreen: boolean;
}

const STATUS_WORDS = { working: 'Working', done: 'Done', warning: 'Warning', error: 'Error' } as const;

export function progressTo(io: Io, err: Output, { mode, ansi }: { mode: string; ansi: string }): Progress {
  if (!['auto', 'tty', 'plain', 'json', 'quiet', 'none', ''].includes(mode))
    throw new CliError(`unsupported --progress value ${JSON.stringify(mode)}`);
  if (mode === 'tty' && ansi === 'never') throw new CliError("can't use --progress tty while ANSI support is disabled");
  if (mode === 'tty' || (mode === 'auto' && err.isTerminal && ansi !== 'never')) return new Screen(io, err);
  const write = (event: ProgressEvent): Promise<void> => {
    if (mode === 'quiet' || mode === 'none') return Promise.resolve();
    if (mode === 'json') return err.line(jsonOf(event));
    return err.line(` ${event.id} ${event.text} ${event.details ?? ''}`);
  };
  return { on: write, during: (_operation, body) => body(), isScreen: false };
}

const jsonOf = ({ id, parent, status, text, details }: ProgressEvent): string =>
  JSON.stringify({ id, parent_id: parent, status: STATUS_WORDS[status], text, details: details === '' ? undefined : details });
