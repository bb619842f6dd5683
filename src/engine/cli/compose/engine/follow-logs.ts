/** `logs --follow`: the logs of what runs, and of what starts meanwhile. Upstream: compose pkg/compose/logs.go and monitor.go. */
import type { ContainerSummary, EventMessage } from '../../../api-types/index.ts';
import type { LogOptions } from '../../client/container-streams.ts';
import { eachJsonLine } from '../../client/json-lines.ts';
import type { ComposeContext } from '../command.ts';
import type { Project } from '../project/types.ts';
import { isEnabled, projectContainers } from './containers.ts';
import { isRestarting, printLogs } from './follow.ts';
import { LABEL } from './labels.ts';
import type { LogPrinter } from './log-printer.ts';

interface Following {
  readonly project: Project;
  readonly containers: readonly ContainerSummary[];
  readonly options: LogOptions;
}

/** Ends when each of the containers has ended while it was watched: one that had ended before is waited for, as the original does. */
export async function followLogs(context: ComposeContext, printer: LogPrinter, following: Following): Promise<void> {
  const { io, client } = context;
  const { project, containers, options } = following;
  const alive = new Set(containers.map(({ Id }) => Id));
  const readers = containers.map((container) => io.spawn(() => printLogs(context, printer, { container, options, merged: true })));
  const labels = [`${LABEL.project}=${project.name}`, `${LABEL.oneOff}=False`];
  const filters = new Map([
    ['type', ['container']],
    ['label', labels],
  ]);
  const answer = await client.system.events({ since: undefined, until: undefined, filters });
  const services = new Set(containers.map(({ Labels }) => Labels[LABEL.service]));
  const handle = async ({ Action, Actor }: EventMessage): Promise<void> => {
    if (!services.has(Actor.Attributes[LABEL.service])) return;
    if (Action === 'create' || Action === 'start') alive.add(Actor.ID);
    if (Action === 'start') {
      const started = (await projectContainers(client, project.name)).find(({ Id }) => Id === Actor.ID);
      if (started && isEnabled(project, started)) {
        const { State } = await client.containers.inspect(Actor.ID);
        const since = { ...options, since: State.StartedAt };
        readers.push(io.spawn(() => printLogs(context, printer, { container: started, options: since, merged: true })));
      }
    }
    if (Action === 'die' && !(await isRestarting(context, Actor.ID))) alive.delete(Actor.ID);
    if (alive.size === 0) answer.close();
  };
  if (alive.size === 0) answer.close();
  else
    try {
      await eachJsonLine<EventMessage>(answer, handle);
    } catch (error) {
      // Closing is how it ends.
      if (alive.size > 0) throw error;
    }
  for (const reader of readers) await reader.join();
}
