/** `{{.Service.Name}}-{{.Task.Slot}}` in a task's hostname, environment and mounts. Upstream: swarmkit template. */

import { taskName } from '../control/lookup.ts';
import { rpcError } from '../errors.ts';
import type { NodeObject, TaskObject } from '../objects.ts';

type Values = Readonly<Record<string, string>>;

function valuesOf(task: TaskObject, node: NodeObject): Values {
  return {
    '.Service.ID': task.serviceId,
    '.Service.Name': task.serviceName,
    '.Node.ID': node.id,
    '.Node.Hostname': node.description.Hostname,
    '.Node.Platform.Architecture': node.description.Platform.Architecture,
    '.Node.Platform.OS': node.description.Platform.OS,
    '.Task.ID': task.id,
    '.Task.Name': taskName(task),
    '.Task.Slot': task.slot > 0 ? String(task.slot) : node.id,
  };
}

/** Throws DockerError for a value that no task has. */
export function expander(task: TaskObject, node: NodeObject): (text: string) => string {
  const values = valuesOf(task, node);
  return (text) =>
    text.replace(/\{\{\s*(.*?)\s*\}\}/g, (_whole, expression: string) => {
      const [, label] = /^index \.Service\.Labels "([^"]*)"$/.exec(expression) ?? [];
      const value = label === undefined ? values[expression] : (task.serviceLabels[label] ?? '');
      if (value === undefined) throw rpcError('InvalidArgument', `expanding ${expression} failed: no such value`);
      return value;
    });
}
