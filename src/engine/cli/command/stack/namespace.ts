import { withFilter } from '../../client/filters.ts';
import { CliError } from '../../errors.ts';
import type { Filters } from '../../flags/index.ts';

/** The label that everything of a stack has, with the stack's name. */
export const NAMESPACE = 'com.docker.stack.namespace';

export const ofStack = (name: string, filters: Filters = new Map()): Filters => withFilter(filters, 'label', `${NAMESPACE}=${name}`);

/** Throws CliError. */
export function checkStackName(name: string): void {
  if (name.trim() === '' || /['"]/.test(name)) throw new CliError(`invalid stack name: ${JSON.stringify(name)}`);
}

/** What a stack's object is called in the swarm: `shop_web`. */
export const scoped = (stack: string, name: string): string => `${stack}_${name}`;
