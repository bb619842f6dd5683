/** The watch of `up`, which a key turns on and off. Upstream: compose pkg/compose/watch.go Watcher. */
import { CliError } from '../../errors.ts';
import type { ComposeContext } from '../command.ts';
import type { Project } from '../project/types.ts';
import { beginWatch, say, type Watching } from './watch.ts';

export class Watcher {
  readonly #context: ComposeContext;
  readonly #project: Project;
  readonly #how: Watching;
  #round: { isOver: boolean; readonly task: { join(): Promise<void> } } | undefined;

  constructor(context: ComposeContext, project: Project, how: Watching) {
    this.#context = context;
    this.#project = project;
    this.#how = how;
  }

  get isOn(): boolean {
    return this.#round !== undefined;
  }

  /** Throws CliError. */
  async start(): Promise<void> {
    const follow = await beginWatch(this.#context, this.#project, this.#how);
    const state = { isOver: false };
    this.#round = Object.assign(state, { task: this.#context.io.spawn(() => follow(() => state.isOver)) });
  }

  async stop(): Promise<void> {
    const round = this.#round;
    if (round === undefined) return;
    this.#round = undefined;
    round.isOver = true;
    await round.task.join();
    await say(this.#how.log, 'Watch disabled');
  }
}

/** What may be watched of a project; undefined if there is nothing. Throws CliError where it was asked for. */
export function watcherOf(
  context: ComposeContext,
  project: Project,
  { isAsked, ...how }: Watching & { readonly isAsked: boolean },
): Watcher | undefined {
  if (Object.values(project.services).some(({ develop }) => develop?.watch !== undefined)) return new Watcher(context, project, how);
  if (!isAsked) return undefined;
  throw new CliError('none of the selected services is configured for watch, see https://docs.docker.com/compose/how-tos/file-watch/');
}
