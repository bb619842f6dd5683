/**
 * execve(2): which program a file is, and how it takes a process over. Scripts start their interpreter (fs/binfmt_script.c),
 * files of ours name their program in a note, and an ELF file from elsewhere is run by our program for it if there is one.
 */
import { COSTS, PROCESS_BASE_BYTES } from '../costs.ts';
import { type Executable, readExecutable } from '../elf.ts';
import { Errno } from '../errno.ts';
import type { Stat } from '../fs/types.ts';
import type { Program } from '../sys.ts';
import { afterExec } from './credentials.ts';
import type { FileView } from './ports.ts';
import type { Process } from './process.ts';
import { startImage } from './program.ts';
import type { KernelState } from './state.ts';

/** Interpreters of interpreters, at most (ELOOP). */
const MAX_SCRIPTS = 5;
/** Programs that cannot be run here say so with this status. */
const CANNOT_RUN = 126;

export interface ExecRequest {
  readonly path: string;
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
}

interface Found {
  readonly path: string;
  readonly argv: readonly string[];
  readonly stat: Stat;
  readonly note: string | undefined;
}

/** Finds what `request` names and loads its program; the process is untouched if that throws. */
export async function prepare(state: KernelState, process: Process, request: ExecRequest): Promise<() => void> {
  const view = process.view;
  if (view === null) throw new Errno('ESRCH');
  const found = find(state, view, request);
  const note = found.note;
  const program = note === undefined ? undefined : await state.scheduler.stall(() => state.load(note));
  return () => replace(state, process, { found, program: program ?? unsupported(found.path), request });
}

function find(state: KernelState, view: FileView, request: ExecRequest): Found {
  let { path, argv } = request;
  for (let depth = 0; depth <= MAX_SCRIPTS; depth += 1) {
    const stat = mustBeExecutable(view, path);
    const bytes = view.path.readFile(path);
    const executable = readExecutable(bytes);
    if (executable === null) throw new Errno('ENOEXEC', path);
    if (executable.kind !== 'script') return { path, argv, stat, note: noteOf(state, view, { executable, path, bytes }) };
    const words = executable.argument === undefined ? [executable.interpreter] : [executable.interpreter, executable.argument];
    argv = [...words, path, ...argv.slice(1)];
    path = executable.interpreter;
  }
  throw new Errno('ELOOP', request.path);
}

function mustBeExecutable(view: FileView, path: string): Stat {
  const stat = view.path.stat(path);
  if (stat.type !== 'regular' || !view.path.access(path, { execute: true })) throw new Errno('EACCES', path);
  return stat;
}

interface Binary {
  readonly executable: Exclude<Executable, { kind: 'script' }>;
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The note of the program to run; undefined if there is none for this file. A file for another machine is ENOEXEC, a missing dynamic linker ENOENT. */
function noteOf(state: KernelState, view: FileView, { executable, path, bytes }: Binary): string | undefined {
  if (executable.machine !== 'amd64') throw new Errno('ENOEXEC', path);
  if (executable.interpreter !== undefined) view.path.stat(executable.interpreter);
  if (executable.kind === 'program') return executable.note;
  return state.identify(path, bytes);
}

/** Stands in for a program that the model does not have: it says so, rather than behave like something else. */
function unsupported(path: string): Program {
  return async (sys) => {
    await sys.write(2, new TextEncoder().encode(`drydock: ${path}: this program cannot run in the model of a computer\n`));
    return CANNOT_RUN;
  };
}

interface Replacement {
  readonly found: Found;
  readonly program: Program;
  readonly request: ExecRequest;
}

/** The point of no return. */
function replace(state: KernelState, process: Process, { found, program, request }: Replacement): void {
  const { scheduler } = state;
  scheduler.spend(COSTS.execNs);
  process.image.isAlive = false;
  for (const task of process.tasks) if (task !== scheduler.current) task.kill();
  process.fds.closeOnExec();
  for (const [signal, disposition] of process.dispositions) if (disposition !== 'ignore') process.dispositions.delete(signal);
  process.identity = afterExec(process.identity, found.stat, !process.noNewPrivileges);
  process.cgroup.memory.move(PROCESS_BASE_BYTES - process.rssBytes);
  process.rssBytes = PROCESS_BASE_BYTES;
  process.name = baseName(request.path);
  process.image = {
    isAlive: true,
    argv: found.argv,
    env: new Map(request.env),
    executable: process.view?.path.realpath(found.path) ?? found.path,
    note: found.note ?? '',
  };
  const old = scheduler.current;
  if (old !== null)
    old.span = state.spans.begin({
      parent: old.span,
      label: labelOf(found.argv),
      pid: process.id.numbers[0] ?? 0,
      atNs: state.clock.nowNs(),
    });
  startImage(state, process, program, { inFront: true });
  old?.kill();
  scheduler.endTurn();
}

const LABEL_LENGTH = 120;

/** The command line, as the label of what it causes. */
function labelOf(argv: readonly string[]): string {
  return argv.join(' ').slice(0, LABEL_LENGTH);
}

/** As `comm` shows it: at most fifteen bytes. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).slice(0, 15);
}
