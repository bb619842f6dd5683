/** Plays an example: its commands in one shell on a fresh machine, in virtual time; what it prints is the example anew. */
import { type ConsoleExample, type ConsoleStep, printConsole } from './console.ts';
import { createMachine } from './machine.ts';
import { bookSpec } from './spec.ts';
import type { Host, Machine, Output } from './types.ts';
import { BOOK_SETTINGS } from './world/settings.ts';

export interface PlayedConsole {
  readonly text: string;
  readonly steps: readonly ConsoleStep[];
}

const NS_PER_MS = 1_000_000n;
/** What passes between two lines: a reader's pause. */
const GAP_NS = 400n * NS_PER_MS;
const LONGEST_NS = 600_000n * NS_PER_MS;
const JOB = 900_000;
/** Tells the last command's status on a descriptor of its own, and leaves it as it was. */
const REPORT = 'drydock_status=$?; echo $drydock_status >&3; (exit $drydock_status)\n';

/** A shell that takes line after line and tells what each printed and how it ended. */
export interface ConsoleShell {
  line(command: string, input: readonly string[]): Promise<{ readonly output: string; readonly status: number }>;
}

export function openConsole(machine: Machine): ConsoleShell {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  const state = { output: '', report: '', ended: false };
  machine.onOutput((output: Output) => {
    if (!('job' in output) || output.job !== JOB) return;
    if (output.kind === 'job-done') state.ended = true;
    else if (output.stream === 'status') state.report += decoder.decode(output.bytes);
    else state.output += decoder.decode(output.bytes, { stream: true });
  });
  const { env, cwd, uid } = BOOK_SETTINGS;
  machine.input({ kind: 'run', job: JOB, argv: ['sh'], env, cwd, uid, interactive: true });
  return {
    line: async (command, input) => {
      state.output = state.report = '';
      const typed = input.map((line) => `${line}\n`).join('');
      machine.input({ kind: 'feed', job: JOB, bytes: encoder.encode(`${command}\n${typed}${REPORT}`) });
      await machine.run(machine.now() + LONGEST_NS, { stop: () => state.report.endsWith('\n') || state.ended });
      await machine.run(machine.now() + GAP_NS);
      return { output: state.output, status: Number(state.report.trim() || 1) };
    },
  };
}

/** An example by the name that another one goes on from. */
export type FindConsole = (name: string) => ConsoleExample;

/** What it goes on from, the first one first, and itself. */
function chainOf(example: ConsoleExample, find: FindConsole): readonly ConsoleExample[] {
  return example.after === undefined ? [example] : [...chainOf(find(example.after), find), example];
}

const nowhere: FindConsole = (name) => {
  throw new Error(`there is no example “${name}” to go on from`);
};

export async function playConsole(example: ConsoleExample, host: Host, find: FindConsole = nowhere): Promise<PlayedConsole> {
  const chain = chainOf(example, find);
  const spec = bookSpec({ start: chain[0]?.start ?? example.start, images: [...new Set(chain.flatMap(({ images }) => images))] });
  const files = chain
    .flatMap((one) => one.files)
    .map(({ path, text }) => ({
      path: `/home/learner/${path}`,
      bytes: new TextEncoder().encode(text),
      mode: text.startsWith('#!') ? 0o755 : 0o644,
    }));
  const shell = openConsole(await createMachine({ ...spec, files }, host));
  for (const before of chain.slice(0, -1)) for (const { command, input } of before.steps) await shell.line(command, input);
  const steps: ConsoleStep[] = [];
  for (const step of example.steps) steps.push({ ...step, ...(await shell.line(step.command, step.input)) });
  return { text: printConsole({ ...example, steps }), steps };
}
