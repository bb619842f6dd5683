import { bool, string } from '../../flags/index.ts';
import { command, exactly } from '../command.ts';
import { serviceLogs } from './log-lines.ts';

export const logs = command({
  names: ['service logs'],
  summary: 'Fetch the logs of a service or task',
  usage: '[OPTIONS] SERVICE|TASK',
  args: exactly(1),
  complete: 'services',
  flags: {
    details: bool('Show extra details provided to logs'),
    follow: bool('Follow log output', { short: 'f' }),
    'no-resolve': bool('Do not map IDs to Names in output'),
    'no-task-ids': bool('Do not include task IDs in output'),
    'no-trunc': bool('Do not truncate output'),
    raw: bool('Do not neatly format logs'),
    since: string('Show logs since timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)'),
    tail: string('Number of lines to show from the end of the logs', { short: 'n', initial: 'all' }),
    timestamps: bool('Show timestamps', { short: 't' }),
  },
  run: (context) => serviceLogs(context, context.args[0] ?? ''),
});
