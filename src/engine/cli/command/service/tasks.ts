/** Tasks as lists show them: named by their service and slot, with what was in the slot before below. Upstream: docker/cli cli/command/{task,idresolver}. */
import type { Task } from '../../../api-types/index.ts';
import type { SwarmClient } from '../../client/swarm.ts';
import { isNotFound } from '../../errors.ts';
import { bool, filter, string } from '../../flags/index.ts';
import { formatList, sourceOf } from '../../formatter/list.ts';
import { TASKS, type TaskRow } from '../../formatter/swarm.ts';
import { byNature } from '../../formatter/text.ts';
import { parseTimeNs } from '../../formatter/time.ts';
import type { Context } from '../command.ts';

/** The flags of commands that list tasks of services or nodes. */
export const TASK_LIST_FLAGS = {
  filter: filter('Filter output based on conditions provided', { short: 'f' }),
  format: string('Pretty-print tasks using a Go template'),
  'no-resolve': bool('Do not map IDs to Names'),
  'no-trunc': bool('Do not truncate output'),
  quiet: bool('Only display task IDs', { short: 'q' }),
};

export interface TaskListFlags {
  readonly format: string;
  readonly quiet: boolean;
  readonly 'no-trunc': boolean;
  readonly 'no-resolve': boolean;
}

/** Finds names, and asks for each only once. */
export class IdResolver {
  readonly #swarm: SwarmClient;
  readonly #isOff: boolean;
  readonly #known = new Map<string, string>();

  constructor(swarm: SwarmClient, { isOff }: { readonly isOff: boolean }) {
    this.#swarm = swarm;
    this.#isOff = isOff;
  }

  service(id: string): Promise<string> {
    return this.#resolve(`service ${id}`, id, async () => (await this.#swarm.services.inspect(id)).Spec.Name);
  }

  node(id: string): Promise<string> {
    return this.#resolve(`node ${id}`, id, async () => {
      const { Spec, Description } = await this.#swarm.nodes.inspect(id);
      return Spec.Name || Description.Hostname;
    });
  }

  async #resolve(key: string, id: string, ask: () => Promise<string>): Promise<string> {
    if (this.#isOff || id === '') return id;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const name = await nameOr(id, ask);
    this.#known.set(key, name);
    return name;
  }
}

/** What is gone is called by its id. */
async function nameOr(id: string, ask: () => Promise<string>): Promise<string> {
  try {
    return await ask();
  } catch (error) {
    if (isNotFound(error)) return id;
    throw error;
  }
}

const isTable = (format: string): boolean => format === '' || format.startsWith('table');

export async function printTasks(
  { io, out, config }: Pick<Context, 'io' | 'out' | 'config'>,
  swarm: SwarmClient,
  { tasks, flags }: { readonly tasks: readonly Task[]; readonly flags: TaskListFlags },
): Promise<void> {
  const resolver = new IdResolver(swarm, { isOff: flags['no-resolve'] });
  const configured = (config.data as { readonly tasksFormat?: string }).tasksFormat ?? '';
  const format = flags.format || (flags.quiet ? '' : configured);
  const named: { readonly task: Task; readonly name: string }[] = [];
  for (const task of tasks) {
    const service = await resolver.service(task.ServiceID ?? '');
    named.push({ task, name: `${service}.${task.Slot ?? task.NodeID ?? ''}` });
  }
  named.sort((a, b) => byNature(a.name, b.name) || Number(parseTimeNs(b.task.CreatedAt) - parseTimeNs(a.task.CreatedAt)));
  const rows: TaskRow[] = [];
  let before = '';
  for (const { task, name } of named) {
    const isPrevious = name === before && !flags.quiet && isTable(format);
    rows.push({ task, name: isPrevious ? ` \\_ ${name}` : name, node: await resolver.node(task.NodeID ?? '') });
    before = name;
  }
  const list = TASKS({ truncate: !flags['no-trunc'], nowNs: io.clock.nowNs() });
  await out.text(formatList(list, sourceOf(list, { format, quiet: flags.quiet }), rows));
}
