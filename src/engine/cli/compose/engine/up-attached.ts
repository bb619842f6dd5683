/** Starts a project and stays: prints what its containers print, until all have ended. Upstream: compose pkg/compose/up.go. */
import type { ContainerSummary, EventMessage } from '../../../api-types/index.ts';
import { eachJsonLine } from '../../client/json-lines.ts';
import { CliError } from '../../errors.ts';
import { loadCode } from '../../io.ts';
import type { ComposeContext } from '../command.ts';
import type { Project } from '../project/types.ts';
import type { Watcher } from '../watch/watcher.ts';
import { logName, nameOf, projectContainers } from './containers.ts';
import { type Attached, attachTo, isRestarting, printLogs } from './follow.ts';
import { LABEL } from './labels.ts';
import { type LogOptions, LogPrinter } from './log-printer.ts';
import { Menu } from './menu.ts';
import { startProject } from './start.ts';
import { stopServices } from './stop-services.ts';

export interface Attaching {
  /** Services whose output is printed. */
  readonly attach: readonly string[];
  /** Services that were named. */
  readonly services: readonly string[];
  readonly onExit: 'go-on' | 'stop' | 'stop-on-failure';
  readonly exitCodeFrom: string;
  readonly timeoutSeconds?: number | undefined;
  readonly logs: LogOptions;
  /** Files are watched from the beginning. */
  readonly watch: boolean;
  /** What is watched may be built. */
  readonly builds: boolean;
  /** Keys may be pressed meanwhile. */
  readonly menu: boolean;
}

interface Run {
  readonly project: Project;
  readonly how: Attaching;
  readonly printer: LogPrinter;
  readonly readers: Map<string, Attached>;
  /** Ids of what has not ended. */
  readonly alive: Set<string>;
  readonly menu: Menu | undefined;
  readonly watcher: Watcher | undefined;
  /** Gives up following: the containers go on. */
  leave: () => void;
  exitCode: number | undefined;
  /** What stops the project. */
  stopping: { join(): Promise<void> } | undefined;
  ending: boolean;
}

type Monitor = Pick<Attached, 'ended'>;

export async function upAttached(context: ComposeContext, project: Project, how: Attaching): Promise<number> {
  const { io, client, out, err } = context;
  const menu = how.menu ? new Menu(io, out) : undefined;
  const outputs = menu === undefined ? { out, err } : { out: menu.around(out), err: menu.around(err) };
  const printer = new LogPrinter(io, outputs, how.logs);
  const { watcherOf } = await loadCode(io, () => import('../watch/watcher.ts'));
  const watcher = watcherOf(context, project, {
    log: printer.watch(),
    quiet: false,
    builds: how.builds,
    prune: false,
    isAsked: how.watch,
  });
  if (how.watch) await watcher?.start();
  const all = await projectContainers(client, project.name);
  const shown = await projectContainers(client, project.name, { services: how.attach });
  const attached = how.attach.length === 0 ? [] : shown;
  if (attached.length > 0) await out.line(`Attaching to ${attached.map(logName).join(', ')}`);
  const run: Run = {
    project,
    how,
    printer,
    readers: new Map(),
    alive: new Set(),
    menu,
    watcher,
    leave: () => {},
    exitCode: undefined,
    stopping: undefined,
    ending: false,
  };
  for (const container of attached) {
    printer.register(logName(container));
    run.readers.set(container.Id, await attachTo(context, printer, container));
  }
  const followed =
    how.services.length === 0 ? all.filter(({ Labels }) => project.services[Labels[LABEL.service] ?? ''] !== undefined) : attached;
  for (const { Id } of followed) run.alive.add(Id);
  const monitor = await watch(context, run, followed);
  stopOnInterrupt(context, run);
  try {
    const isLeft = !(await startAndFollow(context, run, monitor));
    await run.stopping?.join();
    await watcher?.stop();
    if (isLeft) {
      await menu?.close();
      return 0;
    }
  } finally {
    menu?.end();
  }
  if (run.exitCode === undefined || run.exitCode === 0) return 0;
  await err.line('');
  return run.exitCode;
}

/** Answers false if it was left before the end. */
async function startAndFollow(context: ComposeContext, run: Run, monitor: Monitor): Promise<boolean> {
  try {
    const hookOutput = (container: ContainerSummary) => {
      const { stdout, end } = run.printer.streams(`${logName(container)} ->`);
      return { stream: stdout, end };
    };
    await startProject(context, run.project, { hookOutput });
  } catch (error) {
    if (!run.ending) throw error;
  }
  const changed = context.io.queue();
  const state: { left?: boolean; error?: unknown; ended?: boolean } = {};
  run.leave = () => {
    state.left = true;
    changed.wake();
  };
  context.io.spawn(async () => {
    try {
      await monitor.ended();
      for (const reader of run.readers.values()) await reader.ended();
      state.ended = true;
    } catch (error) {
      state.error = error;
    }
    changed.wake();
  });
  while (state.left === undefined && state.ended === undefined && state.error === undefined) await changed.wait();
  if (state.error !== undefined) throw state.error;
  return state.left !== true;
}

/** The first ^C stops the project, the second kills it. */
function stopOnInterrupt(context: ComposeContext, run: Run): void {
  const { interrupts, io, client } = context;
  const interrupt = async (): Promise<void> => {
    if (run.ending) {
      for (const { Id, State } of await projectContainers(client, run.project.name, { all: false }))
        if (State === 'running') await client.containers.kill(Id, 'SIGKILL');
      return;
    }
    run.ending = true;
    await run.menu?.close();
    await context.progress.on({
      id: 'Compose',
      text: 'Stopping',
      status: 'working',
      details: 'Gracefully Stopping... press Ctrl+C again to force',
    });
    run.stopping = io.spawn(() => stopNamed(context, run));
  };
  interrupts.behave('stay');
  interrupts.onInterrupt(interrupt);
  run.menu?.listen({ interrupt: () => void io.spawn(interrupt), detach: () => run.leave(), watcher: run.watcher });
}

const stopNamed = (context: ComposeContext, { project, how }: Run): Promise<void> =>
  stopServices(context, project, { services: how.services, timeoutSeconds: how.timeoutSeconds });

/** Follows the Engine's events until every container has ended. */
async function watch(context: ComposeContext, run: Run, followed: readonly ContainerSummary[]): Promise<Monitor> {
  const { io, client } = context;
  const filters = new Map([
    ['type', ['container']],
    ['label', [`${LABEL.project}=${run.project.name}`, `${LABEL.oneOff}=False`]],
  ]);
  const answer = await client.system.events({ since: undefined, until: undefined, filters });
  const byId = new Map(followed.map((container) => [container.Id, container]));
  const restarting = new Set<string>();
  const state: { failure?: unknown } = {};
  const task = io.spawn(async () => {
    try {
      await eachJsonLine<EventMessage>(answer, async ({ Action, Actor }) => {
        const container = byId.get(Actor.ID);
        if (container === undefined) return;
        if (Action === 'start' && restarting.has(Actor.ID)) await followAgain(context, run, container);
        if (Action === 'die') await ended(context, run, { container, code: Number(Actor.Attributes.exitCode ?? 0), restarting });
        if (run.alive.size === 0) answer.close();
      });
    } catch (error) {
      // Closing is how it ends.
      if (run.alive.size > 0 || error instanceof CliError) state.failure = error;
    }
  });
  const wait = async (): Promise<void> => {
    await task.join();
    if (state.failure !== undefined) throw state.failure;
  };
  return { ended: wait };
}

async function ended(
  context: ComposeContext,
  run: Run,
  { container, code, restarting }: { container: ContainerSummary; code: number; restarting: Set<string> },
): Promise<void> {
  const { how, printer, readers, alive } = run;
  const isAgain = await isRestarting(context, container.Id);
  const reader = readers.get(container.Id);
  // The stream of one that starts again goes on.
  if (!isAgain) await reader?.ended();
  if (reader !== undefined) await printer.status(logName(container), `exited with code ${code}${isAgain ? ' (restarting)' : ''}`);
  if (isAgain) {
    restarting.add(container.Id);
    return;
  }
  alive.delete(container.Id);
  const service = container.Labels[LABEL.service] ?? '';
  if (how.exitCodeFrom === service || (how.exitCodeFrom === '' && how.onExit !== 'go-on' && !run.ending)) run.exitCode ??= code;
  if (run.ending || how.onExit === 'go-on' || (how.onExit === 'stop-on-failure' && code === 0)) return;
  run.ending = true;
  await context.progress.on({ id: 'Compose', text: 'Stopping', status: 'working', details: 'Aborting on container exit...' });
  run.stopping = context.io.spawn(() => stopNamed(context, run));
}

/** The stream of before has ended with the container: its log goes on. */
async function followAgain(context: ComposeContext, run: Run, container: ContainerSummary): Promise<void> {
  if (run.readers.get(container.Id)?.isOpen() !== false) return;
  const { State } = await context.client.containers.inspect(nameOf(container));
  const options = { follow: true, timestamps: false, details: false, tail: 'all', since: State.StartedAt, until: undefined };
  const task = context.io.spawn(() => printLogs(context, run.printer, { container, options, merged: false }));
  run.readers.set(container.Id, { ended: () => task.join(), isOpen: () => true });
}
