/** Which engine is meant: of the default context, or of another one. Upstream: docker/cli cli/command/cli.go. */
import { DEFAULT_HOST } from '../client/endpoint.ts';
import { CliError } from '../errors.ts';
import { type Io, loadCode } from '../io.ts';
import type { ConfigFile } from './config-file.ts';

export const DEFAULT_CONTEXT = 'default';

/** Options of the command line that decide where to go. */
export interface Where {
  readonly host?: string;
  readonly context?: string;
}

/** The context in use, with what overrides it: flags, DOCKER_HOST, DOCKER_CONTEXT, then the configuration. */
export function currentContext(io: Io, config: ConfigFile, where: Where = {}): string {
  if (where.context) return where.context;
  if (where.host || io.env.get('DOCKER_HOST')) return DEFAULT_CONTEXT;
  return io.env.get('DOCKER_CONTEXT') || (config.data.currentContext ?? DEFAULT_CONTEXT);
}

/** The engine's address. */
export async function hostOf(io: Io, config: ConfigFile, where: Where): Promise<string> {
  const name = currentContext(io, config, where);
  if (name === DEFAULT_CONTEXT) return where.host || (where.context === undefined ? io.env.get('DOCKER_HOST') : undefined) || DEFAULT_HOST;
  const { readContext } = await loadCode(io, () => import('./context-store.ts'));
  try {
    return readContext(io, config, name).Endpoints.docker?.Host ?? DEFAULT_HOST;
  } catch (error) {
    if (error instanceof CliError) throw new CliError(`Failed to initialize: unable to resolve docker endpoint: ${error.message}`);
    throw error;
  }
}
