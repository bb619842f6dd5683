import { bool, string } from '../../flags/index.ts';
import { readFrames, readPlain } from '../../stream/frames.ts';
import { apiTime } from '../../timestamp.ts';
import { command, exactly } from '../command.ts';

export const logs = command({
  names: ['container logs', 'logs'],
  summary: 'Fetch the logs of a container',
  usage: '[OPTIONS] CONTAINER',
  args: exactly(1),
  complete: 'containers',
  flags: {
    details: bool('Show extra details provided to logs'),
    follow: bool('Follow log output', { short: 'f' }),
    since: string('Show logs since timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)'),
    tail: string('Number of lines to show from the end of the logs', { short: 'n', initial: 'all' }),
    timestamps: bool('Show timestamps', { short: 't' }),
    until: string('Show logs before a timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)'),
  },
  run: async ({ io, client, args: [name = ''], flags, out, err }) => {
    const nowNs = io.clock.nowNs();
    const container = await client.containers.inspect(name);
    const answer = await client.containers.logs(container.Id, {
      follow: flags.follow,
      timestamps: flags.timestamps,
      details: flags.details,
      tail: flags.tail,
      since: apiTime(flags.since, nowNs, 'since'),
      until: apiTime(flags.until, nowNs, 'until'),
    });
    const read = () => answer.readBody();
    if (container.Config.Tty) await readPlain(read, out.stream);
    else await readFrames(read, { stdout: out.stream, stderr: err.stream });
  },
});
