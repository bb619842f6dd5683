/**
 * Playing commands as the recorder of the real Docker does: each line is a shell of its own, under a terminal its input is
 * typed when the screen has been quiet. All in virtual time, as fast as it goes.
 */
import { runJob, TIMED_OUT } from './job.ts';
import type { Instant, Machine, Output } from './types.ts';

export interface PlayedCommand {
  readonly cmd: string;
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface PlayedTerminal {
  readonly cmd: string;
  readonly exit: number;
  readonly tty: { readonly cols: number; readonly rows: number };
  readonly input: readonly string[];
  readonly output: string;
  readonly typed: readonly { readonly at: number; readonly text: string }[];
}

export interface PlaySettings {
  readonly env: readonly (readonly [string, string])[];
  readonly cwd: string;
  readonly uid: number;
}

const NS_PER_MS = 1_000_000n;
/** What passes between two lines: a person's or a recorder's pause. */
const GAP_NS = 100n * NS_PER_MS;
const QUIET_NS = 400n * NS_PER_MS;
const SILENT_NS = 2_500n * NS_PER_MS;
const BUSY_NS = 8_000n * NS_PER_MS;
const LONGEST_NS = 60_000n * NS_PER_MS;
const KEYS: Readonly<Record<string, string>> = {
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  tab: '\t',
  enter: '\r',
  space: ' ',
};
const CONTROL_BITS = 31;
/** As from an interactive shell: ^C is for the command, the shell lives on and has its status. */
const UNDER_A_SHELL = 'trap : INT QUIT\n';
const CURSOR_QUESTION = '\x1b[6n';

export async function playCommand(machine: Machine, cmd: string, settings: PlaySettings): Promise<PlayedCommand> {
  const text = { stdout: '', stderr: '' };
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const exit = await runJob(machine, {
    argv: ['sh', '-c', cmd],
    ...settings,
    longestNs: LONGEST_NS,
    onOutput: (stream, bytes) => {
      if (stream !== 'status') text[stream] += decoders[stream].decode(bytes, { stream: true });
    },
  });
  if (exit === TIMED_OUT) text.stderr += '<step timed out>\n';
  await machine.run(machine.now() + GAP_NS);
  return { cmd, exit, ...text };
}

/** What a typed line sends: the line with Enter, or keys such as `^C`, `^P^Q`, `<up>`. */
export function keys(item: string): string {
  if (/^(?:\^[@-_?])+$/.test(item))
    return item.replace(/\^(.)/g, (_, sign: string) => (sign === '?' ? '\x7f' : String.fromCharCode(sign.charCodeAt(0) & CONTROL_BITS)));
  const named = /^<(\w+)>$/.exec(item)?.[1];
  return (named === undefined ? undefined : KEYS[named]) ?? `${item}\r`;
}

const waitNs = (item: string): Instant => BigInt(Math.round(Number(/^<wait (\d+(?:\.\d+)?)>$/.exec(item)?.[1] ?? 0) * 1000)) * NS_PER_MS;

/** The column a terminal's cursor is in after `text`, from 1; escape sequences take no room. */
function column(text: string): number {
  const line = text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  return [...line.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '')].length + 1;
}

/** The state of typing into one terminal. */
interface Typing {
  output: string;
  answered: number;
  printed: boolean;
  lastNs: Instant;
  typedNs: Instant;
  holdNs: Instant;
  next: number;
}

/** When the next item may be typed, as the recorder decides it. */
function readyAt(state: Typing): Instant {
  const quiet = state.printed ? (state.lastNs > state.typedNs ? state.lastNs : state.typedNs) + QUIET_NS : state.typedNs + SILENT_NS;
  const held = state.typedNs + state.holdNs;
  const busy = state.typedNs + BUSY_NS + state.holdNs;
  const at = quiet > held ? quiet : held;
  return at < busy ? at : busy;
}

let nextTerminal = 1_000_000;

export async function playTerminal(
  machine: Machine,
  step: { readonly cmd: string; readonly tty: { readonly cols: number; readonly rows: number }; readonly input: readonly string[] },
  settings: PlaySettings,
): Promise<PlayedTerminal> {
  const terminal = nextTerminal++;
  const state: Typing = { output: '', answered: 0, printed: false, lastNs: machine.now(), typedNs: machine.now(), holdNs: 0n, next: 0 };
  const typed: { at: number; text: string }[] = [];
  const decoder = new TextDecoder();
  let exit: number | null = null;
  machine.onOutput((output: Output) => {
    if (!('terminal' in output) || output.terminal !== terminal) return;
    if (output.kind === 'terminal-closed') exit = output.status;
    else {
      state.output += decoder.decode(output.bytes, { stream: true });
      state.printed = true;
      state.lastNs = machine.now();
    }
  });
  const { env, cwd } = settings;
  machine.input({
    kind: 'open-terminal',
    terminal,
    size: { columns: step.tty.cols, rows: step.tty.rows },
    command: ['sh', '-c', `${UNDER_A_SHELL}${step.cmd}`],
    env: [...env, ['TERM', 'xterm-256color']],
    cwd,
  });
  const asked = (): number => state.output.indexOf(CURSOR_QUESTION, state.answered);
  const end = machine.now() + LONGEST_NS;
  while (exit === null && machine.now() < end) {
    const at = state.next < step.input.length ? readyAt(state) : end;
    await machine.run(at, { stop: () => exit !== null || asked() >= 0 || (state.next < step.input.length && readyAt(state) !== at) });
    const question = asked();
    if (question >= 0) {
      state.answered = question + CURSOR_QUESTION.length;
      machine.input({ kind: 'type', terminal, text: `\x1b[1;${column(state.output.slice(0, question))}R` });
    } else if (exit === null && state.next < step.input.length && machine.now() >= readyAt(state)) {
      const item = step.input[state.next++] ?? '';
      state.holdNs = waitNs(item);
      state.typedNs = machine.now();
      if (state.holdNs > 0n) continue;
      state.printed = false;
      typed.push({ at: state.output.length, text: item });
      machine.input({ kind: 'type', terminal, text: keys(item) });
    }
  }
  const left = step.input.slice(state.next);
  const output = `${state.output}${exit === null ? '<step timed out>\n' : ''}${left.length > 0 ? `<not typed: ${left.join(' ')}>\n` : ''}`;
  await machine.run(machine.now() + GAP_NS);
  return { cmd: step.cmd, exit: exit ?? TIMED_OUT, tty: step.tty, input: step.input, output, typed };
}
