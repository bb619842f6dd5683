import { anyArgs } from '../../command/command.ts';
import { bool } from '../../flags/index.ts';
import { type ComposeContext, composeCommand } from '../command.ts';
import { createProject } from '../engine/create.ts';
import { readProject } from '../engine/session.ts';
import { startProject } from '../engine/start.ts';
import { withoutUnused, withServices } from '../project/profiles.ts';
import type { Project } from '../project/types.ts';
import { beginWatch } from '../watch/watch.ts';

const CANCELED = 130;

export const watch = composeCommand({
  name: 'watch',
  summary: 'Watch build context for service and rebuild/refresh containers when files are updated',
  usage: '[SERVICE...]',
  args: anyArgs,
  flags: {
    'no-up': bool('Do not build & start services before watching'),
    prune: bool('Prune dangling images on rebuild', { initial: true }),
    quiet: bool('hide build output'),
  },
  run: async (context) => {
    const { args, flags, io, err, interrupts } = context;
    const project = withoutUnused(withServices(await readProject(context, { services: args }), args));
    if (!flags['no-up']) await bringUp(context, withBuilds(project), { services: args, quiet: flags.quiet });
    const how = { log: io.stdout, quiet: flags.quiet, builds: true, prune: flags.prune };
    // The status alone is said of an end by ^C.
    interrupts.behave('stay');
    interrupts.onInterrupt(async () => {
      await err.line('');
      io.exit(CANCELED);
    });
    const follow = await beginWatch(context, project, how);
    await follow(() => false);
  },
});

/** What is developed is built, even if there is an image. */
function withBuilds(project: Project): Project {
  const services = Object.entries(project.services).map(([name, service]) => {
    const isDeveloped = service.build !== undefined && service.develop !== undefined;
    return [name, isDeveloped ? { ...service, pull_policy: 'build' } : service] as const;
  });
  return { ...project, services: Object.fromEntries(services) };
}

async function bringUp(
  context: ComposeContext,
  project: Project,
  { services, quiet }: { readonly services: readonly string[]; readonly quiet: boolean },
): Promise<void> {
  await context.progress.during('up', async () => {
    await createProject(context, project, {
      services,
      recreate: 'diverged',
      recreateDependencies: 'never',
      inherit: true,
      quietPull: quiet,
      build: 'missing',
      quietBuild: quiet,
      removeOrphans: false,
      ignoreOrphans: false,
      yes: false,
    });
    await startProject(context, project);
  });
}
