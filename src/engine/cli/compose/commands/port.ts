import { atLeast } from '../../command/command.ts';
import { CliError } from '../../errors.ts';
import { int, string } from '../../flags/index.ts';
import { composeCommand } from '../command.ts';
import { nameOf, oneContainer } from '../engine/containers.ts';
import { projectName } from '../engine/session.ts';

export const port = composeCommand({
  name: 'port',
  summary: 'Print the public port for a port binding',
  usage: '[OPTIONS] SERVICE PRIVATE_PORT',
  args: atLeast(2),
  flags: {
    index: int('Index of the container if service has multiple replicas'),
    protocol: string('tcp or udp', { initial: 'tcp' }),
  },
  run: async (context) => {
    const { client, args, flags, out } = context;
    const [service = '', text = ''] = args;
    if (!/^\d+$/.test(text) || Number(text) > 65535)
      throw new CliError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
    const protocol = flags.protocol.toLowerCase();
    const container = await oneContainer(client, await projectName(context), { service, index: flags.index });
    const found = container.Ports.find(({ PrivatePort, Type }) => PrivatePort === Number(text) && Type === protocol);
    if (found !== undefined) {
      const { IP = '', PublicPort = 0 } = found;
      return out.line(`${IP.includes(':') ? `[${IP}]` : IP || 'invalid IP'}:${PublicPort}`);
    }
    const known = container.Ports.map(({ PrivatePort, Type }) => `${PrivatePort}/${Type}`).join(', ');
    throw new CliError(`no port ${text}/${protocol} for container ${nameOf(container)}: ${known}`);
  },
});
