/**
 * Builders as Buildx knows them: each context of this client is one, and its engine builds. Builders of other drivers would be files
 * below `~/.docker/buildx/instances`; this client makes none. Upstream: docker/buildx store.
 */

import type { Context } from '../command/command.ts';
import { listContexts } from '../config/context-store.ts';
import { CliError } from '../errors.ts';
import { parseTimeNs, showRfc3339 } from '../formatter/time.ts';
import { decodeText, encodeText } from '../text.ts';

export interface Builder {
  readonly name: string;
  readonly driver: 'docker';
}

/** Where Buildx keeps its files. */
export const buildxDirectory = ({ io, config }: Pick<Context, 'io' | 'config'>): string =>
  io.env.get('BUILDX_CONFIG') || `${config.directory}/buildx`;

const activityPath = (context: Pick<Context, 'io' | 'config'>, name: string): string => `${buildxDirectory(context)}/activity/${name}`;

/** Notes that a builder is in use. */
export function noteActivity(context: Pick<Context, 'io' | 'config'>, name: string): void {
  const { io } = context;
  io.files.mkdir(`${buildxDirectory(context)}/activity`, { recursive: true, mode: 0o700 });
  io.files.write(activityPath(context, name), encodeText(showRfc3339(Number(io.clock.nowNs() / 1_000_000_000n))), 0o600);
}

/** When a builder was last in use, in seconds since 1970; undefined if it never was. */
export function lastActivity(context: Pick<Context, 'io' | 'config'>, name: string): number | undefined {
  const path = activityPath(context, name);
  if (context.io.files.stat(path) === null) return undefined;
  return Number(parseTimeNs(decodeText(context.io.files.read(path)).trim()) / 1_000_000_000n);
}

/** All of them, that of the context in use first. */
export function listBuilders({ io, config, contextName }: Pick<Context, 'io' | 'config' | 'contextName'>): readonly Builder[] {
  const names = listContexts(io, config).map(({ Name }) => Name);
  return [contextName, ...names.filter((name) => name !== contextName)].map((name) => ({ name, driver: 'docker' }));
}

/** The builder of this name, or that of the context in use. `anywhere`: of another context too. Throws CliError. */
export function findBuilder(
  context: Pick<Context, 'io' | 'config' | 'contextName'>,
  flag: string,
  options: { readonly anywhere?: boolean } = {},
): Builder {
  const name = flag || context.io.env.get('BUILDX_BUILDER') || context.contextName;
  const found = listBuilders(context).find((builder) => builder.name === name);
  if (found === undefined) throw new CliError(`no builder ${JSON.stringify(name)} found`);
  if (name !== context.contextName && options.anywhere !== true)
    throw new CliError(`use \`docker --context=${name} buildx\` to switch to context ${JSON.stringify(name)}`);
  return found;
}
