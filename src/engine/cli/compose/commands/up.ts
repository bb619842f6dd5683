import { anyArgs } from '../../command/command.ts';
import { CliError } from '../../errors.ts';
import { bool, type FlagValues, int, list, string } from '../../flags/index.ts';
import { type ComposeContext, composeCommand } from '../command.ts';
import { applyCreateFlags, CREATE_FLAGS, checkBuildFlags, checkRecreateFlags, createOptions } from '../create-flags.ts';
import { createProject } from '../engine/create.ts';
import { checkServices } from '../engine/services.ts';
import { readProject } from '../engine/session.ts';
import { startProject } from '../engine/start.ts';
import { upAttached } from '../engine/up-attached.ts';
import { withoutUnused, withServices } from '../project/profiles.ts';
import type { Project } from '../project/types.ts';

const texts = (usage: string) => list(usage, { type: 'stringArray' });
const { pull: _, build, ...SHARED } = CREATE_FLAGS;
const FLAGS = {
  ...SHARED,
  build,
  pull: string('Pull image before running ("always"|"missing"|"never")', { initial: 'policy' }),
  'abort-on-container-exit': bool('Stops all containers if any container was stopped. Incompatible with -d'),
  'abort-on-container-failure': bool('Stops all containers if any container exited with failure. Incompatible with -d'),
  'always-recreate-deps': bool('Recreate dependent containers. Incompatible with --no-recreate.'),
  attach: texts('Restrict attaching to the specified services. Incompatible with --attach-dependencies.'),
  'attach-dependencies': bool('Automatically attach to log output of dependent services'),
  detach: bool('Detached mode: Run containers in the background', { short: 'd' }),
  'exit-code-from': string('Return the exit code of the selected service container. Implies --abort-on-container-exit'),
  menu: bool(
    'Enable interactive shortcuts when running attached. Incompatible with --detach. Can also be enable/disable by setting COMPOSE_MENU environment var.',
  ),
  'no-attach': texts('Do not attach (stream logs) to the specified services'),
  'no-color': bool('Produce monochrome output'),
  'no-deps': bool("Don't start linked services"),
  'no-log-prefix': bool("Don't print prefix in logs"),
  'no-start': bool("Don't start the services after creating them"),
  'quiet-build': bool('Suppress the build output'),
  'renew-anon-volumes': bool('Recreate anonymous volumes instead of retrieving data from the previous containers', { short: 'V' }),
  timeout: int('Use this timeout in seconds for container shutdown when attached or when containers are already running', { short: 't' }),
  timestamps: bool('Show timestamps'),
  wait: bool('Wait for services to be running|healthy. Implies detached mode.'),
  'wait-timeout': int('Maximum duration in seconds to wait for the project to be running|healthy'),
  watch: bool('Watch source code and rebuild/refresh containers when files are updated.', { short: 'w' }),
};
export type UpFlags = FlagValues<typeof FLAGS>;

export const up = composeCommand({
  name: 'up',
  summary: 'Create and start containers',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: FLAGS,
  run: async (context) => {
    const { args, flags, progress, out } = context;
    check(flags);
    const whole = await readProject(context, { services: args });
    checkServices(whole, [...args, ...flags.attach, ...(flags['exit-code-from'] === '' ? [] : [flags['exit-code-from']])]);
    const project = withoutUnused(withServices(applyCreateFlags(whole, flags), args, { alone: flags['no-deps'] }));
    if (Object.keys(project.services).length === 0) throw new CliError('no service selected');
    const detached = flags.detach || flags.wait;
    await progress.during(
      'up',
      async () => {
        await createProject(context, project, options(context));
        if (detached && !flags['no-start']) await startProject(context, project, waiting(flags, project));
      },
      { detached: flags.detach },
    );
    if (detached || flags['no-start']) return 0;
    if (context.isDryRun) return out.line("end of 'compose up' output, interactive run is not supported in dry-run mode");
    return upAttached(context, project, attachOptions(context, project));
  },
});

function check(flags: UpFlags): void {
  if (flags['abort-on-container-exit'] && flags['abort-on-container-failure'])
    throw new CliError('--abort-on-container-failure cannot be combined with --abort-on-container-exit');
  if (flags.wait && (flags['attach-dependencies'] || flags['abort-on-container-exit'] || flags.attach.length > 0))
    throw new CliError('--wait cannot be combined with --abort-on-container-exit, --attach or --attach-dependencies');
  checkBuildFlags(flags);
  const aborts = flags['abort-on-container-exit'] || flags['abort-on-container-failure'] || flags['exit-code-from'] !== '';
  const isDetached = flags.detach || flags.wait;
  if (isDetached && (flags['attach-dependencies'] || aborts || flags.attach.length > 0 || flags.watch))
    throw new CliError(
      `${flags.wait ? '--wait' : '--detach'} cannot be combined with --abort-on-container-exit, --abort-on-container-failure, --attach, ` +
        '--attach-dependencies or --watch',
    );
  if (flags['renew-anon-volumes'] && flags['no-recreate']) throw new CliError('--no-recreate and --renew-anon-volumes are incompatible');
  checkRecreateFlags(flags);
  if (flags['always-recreate-deps'] && flags['no-recreate'])
    throw new CliError('--always-recreate-deps and --no-recreate are incompatible');
  if (flags['no-build'] && flags.watch) throw new CliError('--no-build and --watch are incompatible');
  if (flags['no-start'] && flags.wait) throw new CliError('--wait and --no-start are incompatible');
}

const options = (context: ComposeContext<UpFlags>) => {
  const { args, flags, changed } = context;
  const base = createOptions(context, args);
  return {
    ...base,
    ...(flags['always-recreate-deps'] ? { recreateDependencies: 'force' as const } : {}),
    inherit: !flags['renew-anon-volumes'],
    quietBuild: flags['quiet-build'],
    timeoutSeconds: changed.has('timeout') ? flags.timeout : undefined,
  };
};

const waiting = (flags: UpFlags, project: Project) =>
  flags.wait ? { wait: Object.keys(project.services), waitTimeoutSeconds: flags['wait-timeout'] } : {};

function attachOptions({ args, flags, changed, ansi, io, progress }: ComposeContext<UpFlags>, project: Project) {
  const named =
    flags.attach.length > 0 ? flags.attach : args.length > 0 && !flags['attach-dependencies'] ? args : Object.keys(project.services);
  const attach = named.filter((name) => !flags['no-attach'].includes(name) && project.services[name]?.attach !== false);
  const aborts = flags['abort-on-container-exit'] || flags['exit-code-from'] !== '';
  return {
    attach,
    services: args,
    onExit: aborts ? ('stop' as const) : flags['abort-on-container-failure'] ? ('stop-on-failure' as const) : ('go-on' as const),
    exitCodeFrom: flags['exit-code-from'],
    watch: flags.watch,
    builds: !flags['no-build'],
    timeoutSeconds: changed.has('timeout') ? flags.timeout : undefined,
    menu: io.stdin.isTerminal && progress.isScreen && wantsMenu(io.env.get('COMPOSE_MENU'), changed.has('menu') ? flags.menu : undefined),
    logs: { colour: ansi && !flags['no-color'], prefix: !flags['no-log-prefix'], timestamps: flags.timestamps },
  };
}

/** The flag, else the variable, else yes. */
const wantsMenu = (variable: string | undefined, flag: boolean | undefined): boolean =>
  flag ?? (variable === undefined || /^(1|t|true|y|yes)$/i.test(variable));
