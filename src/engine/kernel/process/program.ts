/** How a program runs: from its first instruction to its exit status, and what becomes of one that breaks the rules. */
import { COSTS } from '../costs.ts';
import type { Program, Sys } from '../sys.ts';
import { terminate } from './exit.ts';
import type { Image, Process } from './process.ts';
import type { KernelState } from './state.ts';

/** Unwinds a program whose process (or image) has ended under it. Nothing it does while unwinding has an effect. */
export class ProcessGone extends Error {
  override readonly name = 'ProcessGone';
}

/** Gives the process's present image its first task. */
export function startImage(state: KernelState, process: Process, program: Program, options: { readonly inFront?: boolean } = {}): void {
  const { image } = process;
  const sys = state.createSys(process, image);
  const start = (): void => void run(state, process, { image, program, sys });
  const { scheduler } = state;
  const span = scheduler.current?.span ?? 0;
  const task = options.inFront === true ? scheduler.createTaskInFront(process, start) : scheduler.createTask(process, start);
  task.span = span;
  process.tasks = [task];
}

interface Start {
  readonly image: Image;
  readonly program: Program;
  readonly sys: Sys;
}

async function run(state: KernelState, process: Process, { image, program, sys }: Start): Promise<void> {
  try {
    const status = await program(sys);
    if (!image.isAlive) return;
    state.scheduler.spend(COSTS.exitNs);
    terminate(state, process, { status: status & 0xff });
  } catch (error) {
    if (image.isAlive) crash(state, process, error);
  }
}

/** A program threw, which no real one can: a bug of ours, kept for the tests. The process dies as of a bad memory access. */
export function crash(state: KernelState, process: Process, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  state.faults.push({ pid: process.id.numbers[0] ?? 0, program: process.label, message: `program crashed: ${message}`, error });
  terminate(state, process, { signal: 'SIGSEGV' });
}
