import { CliError } from '../errors.ts';
import { segment } from './http.ts';

/** What is called by a name or an id. */
type ObjectKind = 'config' | 'container' | 'exec' | 'network' | 'node' | 'plugin' | 'secret' | 'service' | 'task' | 'volume';

/** The name or id without the spaces around it. Throws CliError for one that says nothing, which the Engine would take for another path. */
export function nameOf(kind: ObjectKind, name: string): string {
  if (name.trim() === '') throw new CliError(`invalid ${kind} name or ID: value is empty`);
  return name.trim();
}

/** Such a name in a path. */
export const nameSegment = (kind: ObjectKind, name: string): string => segment(nameOf(kind, name));

export const containerSegment = (name: string): string => nameSegment('container', name);
