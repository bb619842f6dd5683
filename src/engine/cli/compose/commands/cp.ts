import { exactly } from '../../command/command.ts';
import { cp as containerCp } from '../../command/container/cp.ts';
import { CliError } from '../../errors.ts';
import { bool, int } from '../../flags/index.ts';
import { outputTo } from '../../output.ts';
import { call } from '../call.ts';
import { composeCommand } from '../command.ts';
import { nameOf, numberOf, projectContainers } from '../engine/containers.ts';
import { projectName } from '../engine/session.ts';

export const cp = composeCommand({
  name: 'cp',
  summary: 'Copy files/folders between a service container and the local filesystem',
  usage: '[OPTIONS] SERVICE:SRC_PATH DEST_PATH|-\n\tdocker compose cp [OPTIONS] SRC_PATH|- SERVICE:DEST_PATH',
  args: exactly(2),
  flags: {
    all: bool('Include containers created by the run command'),
    archive: bool('Archive mode (copy all uid/gid information)', { short: 'a' }),
    'follow-link': bool('Always follow symbol link in SRC_PATH', { short: 'L' }),
    index: int('Index of the container if service has multiple replicas'),
  },
  run: async (context) => {
    const { client, args, flags, progress } = context;
    const [from = '', to = ''] = args;
    const [source, target] = [split(from), split(to)];
    const service = source.service || target.service;
    if (service === '') throw new CliError('unknown copy direction');
    if (source.service !== '' && target.service !== '') throw new CliError('copying between services is not supported');
    const project = await projectName(context);
    const all = await projectContainers(client, project, { oneOff: flags.all ? 'include' : 'exclude', services: [service] });
    const wanted = all.filter((container) => flags.index === 0 || numberOf(container) === flags.index);
    if (wanted.length === 0) throw new CliError(`no container found for service ${JSON.stringify(service)}`);
    // From a service one container answers; to a service all of them get it.
    const containers = source.service === '' ? wanted : wanted.slice(0, 1);
    for (const container of containers) {
      const name = nameOf(container);
      const words = (of: string) => (source.service === '' ? [from, `${of}:${target.path}`] : [`${of}:${source.path}`, to]);
      const details = words(name).join(' to ');
      await progress.on({ id: name, text: 'Copying', details, status: 'working' });
      const quiet = { ...context, err: outputTo({ isTerminal: false, write: async () => {}, size: () => ({ columns: 0, rows: 0 }) }) };
      await call(quiet, containerCp, [
        ...(flags.archive ? ['--archive'] : []),
        ...(flags['follow-link'] ? ['--follow-link'] : []),
        ...words(container.Id),
      ]);
      await progress.on({ id: name, text: 'Copied', details, status: 'done' });
    }
  },
});

/** `SERVICE:PATH`; a path that begins with / or . is here. */
function split(text: string): { service: string; path: string } {
  const colon = text.indexOf(':');
  if (text.startsWith('/') || text.startsWith('.') || colon < 0) return { service: '', path: text };
  return { service: text.slice(0, colon), path: text.slice(colon + 1) };
}
