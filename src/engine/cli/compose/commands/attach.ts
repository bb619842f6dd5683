import { atLeast } from '../../command/command.ts';
import { attach as containerAttach } from '../../command/container/attach.ts';
import { bool, int, string } from '../../flags/index.ts';
import { call } from '../call.ts';
import { composeCommand } from '../command.ts';
import { oneContainer } from '../engine/containers.ts';
import { projectName } from '../engine/session.ts';

export const attach = composeCommand({
  name: 'attach',
  summary: "Attach local standard input, output, and error streams to a service's running container",
  usage: '[OPTIONS] SERVICE',
  args: atLeast(1),
  flags: {
    'detach-keys': string('Override the key sequence for detaching from a container.'),
    index: int('index of the container if service has multiple replicas.'),
    'no-stdin': bool('Do not attach STDIN'),
    'sig-proxy': bool('Proxy all received signals to the process', { initial: true }),
  },
  run: async (context) => {
    const { client, args, flags } = context;
    const [service = ''] = args;
    const container = await oneContainer(client, await projectName(context), { service, index: flags.index });
    return call(context, containerAttach, [
      ...(flags['detach-keys'] === '' ? [] : ['--detach-keys', flags['detach-keys']]),
      ...(flags['no-stdin'] ? ['--no-stdin'] : []),
      `--sig-proxy=${flags['sig-proxy']}`,
      container.Id,
    ]);
  },
});
