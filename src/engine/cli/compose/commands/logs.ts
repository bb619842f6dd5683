import { anyArgs } from '../../command/command.ts';
import { CliError } from '../../errors.ts';
import { bool, int, string } from '../../flags/index.ts';
import { apiTime } from '../../timestamp.ts';
import { composeCommand } from '../command.ts';
import { isEnabled, logName, numberOf, projectContainers } from '../engine/containers.ts';
import { printLogs } from '../engine/follow.ts';
import { followLogs } from '../engine/follow-logs.ts';
import { LogPrinter } from '../engine/log-printer.ts';
import { projectOrName } from '../engine/session.ts';

export const logs = composeCommand({
  name: 'logs',
  summary: 'View output from containers',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: {
    follow: bool('Follow log output', { short: 'f' }),
    index: int('index of the container if service has multiple replicas'),
    'no-color': bool('Produce monochrome output'),
    'no-log-prefix': bool("Don't print prefix in logs"),
    since: string('Show logs since timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)'),
    tail: string('Number of lines to show from the end of the logs for each container', { short: 'n', initial: 'all' }),
    timestamps: bool('Show timestamps', { short: 't' }),
    until: string('Show logs before a timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)'),
  },
  run: async (context) => {
    const { io, client, args, flags, out, ansi } = context;
    if (flags.index > 0 && args.length !== 1) throw new CliError('--index requires one service to be selected');
    const project = await projectOrName(context, args);
    const all = await projectContainers(client, project.name, { services: args });
    const wanted = all.filter(
      (container) => (args.length > 0 || isEnabled(project, container)) && (flags.index === 0 || numberOf(container) === flags.index),
    );
    if (flags.index > 0 && wanted.length === 0)
      throw new CliError(`service ${JSON.stringify(args[0])} is not running container #${flags.index}`);
    const printer = new LogPrinter(io, { out, err: out }, { colour: ansi && !flags['no-color'], prefix: !flags['no-log-prefix'] });
    // Whoever has said nothing gets neither a colour nor room.
    if (flags.follow) for (const container of wanted) printer.register(logName(container));
    const nowNs = io.clock.nowNs();
    const options = {
      follow: flags.follow,
      timestamps: flags.timestamps,
      details: false,
      tail: flags.tail,
      since: apiTime(flags.since, nowNs, 'since'),
      until: apiTime(flags.until, nowNs, 'until'),
    };
    if (flags.follow) return followLogs(context, printer, { project, containers: wanted, options });
    for (const container of wanted) await printLogs(context, printer, { container, options, merged: true });
  },
});
