/**
 * Watches files of services: what changes is copied into their containers, or they are restarted, or built anew. Upstream: compose
 * pkg/compose/watch.go.
 */
import { CliError } from '../../errors.ts';
import type { OutputStream } from '../../io.ts';
import { encodeText } from '../../text.ts';
import type { ComposeContext } from '../command.ts';
import { buildServices } from '../engine/build-service.ts';
import { projectContainers } from '../engine/containers.ts';
import { createProject } from '../engine/create.ts';
import { runHook } from '../engine/hooks.ts';
import { restartServices } from '../engine/restart.ts';
import { startProject } from '../engine/start.ts';
import { withDependents, withServices } from '../project/profiles.ts';
import type { Project } from '../project/types.ts';
import { eachBatch } from './changes.ts';
import { initialMappings } from './initial.ts';
import { copies, type Rule, rulesOf } from './rules.ts';
import { type Mapping, syncService } from './sync.ts';

export interface Watching {
  /** Where it is told. */
  readonly log: OutputStream;
  readonly quiet: boolean;
  /** May services be built? */
  readonly builds: boolean;
  /** Images without a name are removed once a build has taken theirs away. */
  readonly prune: boolean;
}

const MANY = 1000;

/** Looks at what is to be watched, and says that it is; what that gives watches until it is over. Throws CliError. */
export async function beginWatch(
  context: ComposeContext,
  project: Project,
  how: Watching,
): Promise<(isOver: () => boolean) => Promise<void>> {
  const rules = await rulesOf(context, project, how);
  for (const { service: name, trigger } of rules) {
    const service = project.services[name];
    if (trigger.initial_sync !== true || !copies(trigger) || service === undefined) continue;
    await syncService(context, project, { service: name, mappings: await initialMappings(context, project, { service, trigger }) });
  }
  await say(how.log, 'Watch enabled');
  const roots = [...new Set(rules.map(({ trigger }) => trigger.path))];
  return (isOver) =>
    eachBatch(context.io, { roots, isOver }, async (paths) => {
      try {
        await handle(context, project, { rules, paths, how });
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        await context.warn(`Error handling changed files: ${error.message}`);
      }
    });
}

export const say = (to: OutputStream, line: string): Promise<void> => to.write(encodeText(`${line}\n`));
const quoted = (names: readonly string[]): string => `[${names.map((name) => JSON.stringify(name)).join(' ')}]`;

interface Batch {
  readonly rules: readonly Rule[];
  readonly paths: readonly string[];
  readonly how: Watching;
}

async function handle(context: ComposeContext, project: Project, { rules, paths, how }: Batch): Promise<void> {
  if (paths.length > MANY) await say(how.log, 'Large batch of file changes detected. If you just switched branches, this is expected.');
  const hits = paths.flatMap((path) => rules.filter(({ matches }) => matches(path)).map((rule) => ({ rule, path })));
  const servicesOf = (...actions: readonly string[]): readonly string[] => [
    ...new Set(hits.filter(({ rule }) => actions.includes(rule.trigger.action)).map(({ rule }) => rule.service)),
  ];
  const built = servicesOf('rebuild');
  if (built.length > 0) await rebuild(context, project, { services: built, how });
  for (const service of servicesOf('sync', 'sync+restart', 'sync+exec')) {
    const mappings = hits
      .filter(({ rule }) => rule.service === service && rule.trigger.action.startsWith('sync'))
      .map(({ rule, path }) => mappingOf(rule, path));
    await say(how.log, `Syncing service ${JSON.stringify(service)} after ${mappings.length} changes were detected`);
    await syncService(context, project, { service, mappings });
  }
  const restarted = servicesOf('restart', 'sync+restart');
  if (restarted.length > 0) {
    await restartServices(context, project, { services: restarted });
    await say(how.log, `service(s) ${quoted(restarted)} restarted`);
  }
  const commands = new Set(hits.filter(({ rule }) => rule.trigger.action === 'sync+exec').map(({ rule }) => rule));
  for (const { service, trigger } of commands)
    for (const container of await projectContainers(context.client, project.name, { all: false, services: [service] }))
      if (trigger.exec !== undefined)
        await runHook(context, container.Id, {
          hook: trigger.exec,
          tty: false,
          output: { stream: context.io.stdout, end: async () => {} },
        });
}

function mappingOf({ trigger: { path: root, target = '' } }: Rule, path: string): Mapping {
  const rest = path.slice(root.length);
  return { host: path, container: `${target.replace(/\/+$/, '')}${rest}` };
}

interface Rebuilding {
  readonly services: readonly string[];
  readonly how: Watching;
}

async function rebuild(context: ComposeContext, project: Project, { services, how }: Rebuilding): Promise<void> {
  await say(how.log, `Rebuilding service(s) ${quoted(services)} after changes were detected...`);
  const own = Object.values(project.services).filter(({ name }) => services.includes(name));
  try {
    await buildServices({ ...context, io: { ...context.io, stdout: how.log }, interrupts: UNCHANGED }, project, own, { quiet: how.quiet });
  } catch (error) {
    if (error instanceof CliError) await say(how.log, `Build failed. Error: ${error.message}`);
    throw error;
  }
  if (how.prune) await prune(context, project);
  await say(how.log, `service(s) ${quoted(services)} successfully built`);
  try {
    await createProject(context, withServices(project, services, { alone: false }), { ...CREATE, services });
  } catch (error) {
    if (error instanceof CliError) await say(how.log, `Failed to recreate services after update. Error: ${error.message}`);
    throw error;
  }
  try {
    await startProject(context, withDependents(project, services));
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    await say(how.log, `Application failed to start after update. Error: ${error.message}`);
  }
}

/** A build of its own does not change what ^C does. */
const UNCHANGED = { behave: () => {}, onInterrupt: () => {}, release: () => {}, forward: () => {} };

const CREATE = {
  recreate: 'force',
  recreateDependencies: 'diverged',
  inherit: true,
  quietPull: false,
  build: 'never',
  quietBuild: false,
  removeOrphans: false,
  ignoreOrphans: true,
  yes: false,
} as const;

/** Images of the project that have no name any more. */
async function prune({ client }: ComposeContext, { name }: Project): Promise<void> {
  const filters = new Map([
    ['label', [`com.docker.compose.project=${name}`]],
    ['dangling', ['true']],
  ]);
  for (const { Id } of await client.images.list({ all: false, filters }))
    try {
      await client.images.remove(Id, { force: false, noPrune: false, platforms: [] });
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
    }
}
