import type { PortBinding } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import { byNature } from '../../formatter/text.ts';
import { between, command } from '../command.ts';

export const port = command({
  names: ['container port', 'port'],
  summary: 'List port mappings or a specific mapping for the container',
  usage: 'CONTAINER [PRIVATE_PORT[/PROTO]]',
  args: between(1, 2),
  complete: 'running-containers',
  flags: {},
  run: async ({ client, args: [name = '', port], out }) => {
    const { NetworkSettings } = await client.containers.inspect(name);
    const ports = NetworkSettings.Ports ?? {};
    if (port !== undefined) return out.text(published(ports[withProtocol(port)], { port, name }));
    const lines = Object.entries(ports).flatMap(([from, bindings]) => (bindings ?? []).map((binding) => `${from} -> ${show(binding)}\n`));
    await out.text(lines.sort(byNature).join(''));
  },
});

function withProtocol(port: string): string {
  const [number = '', protocol = 'tcp'] = port.split(/\/(.*)/s);
  if (!/^\d+$/.test(number)) throw new CliError(`invalid port '${number}': invalid syntax`);
  if (Number(number) > 65_535) throw new CliError(`invalid port '${number}': value out of range`);
  return `${number}/${protocol === '' ? 'tcp' : protocol}`;
}

function published(bindings: readonly PortBinding[] | null | undefined, asked: { port: string; name: string }): string {
  if (bindings === undefined || bindings === null) throw new CliError(`no public port '${asked.port}' published for ${asked.name}`);
  return bindings
    .map((binding) => `${show(binding)}\n`)
    .sort(byNature)
    .join('');
}

const show = ({ HostIp, HostPort }: PortBinding): string => `${HostIp.includes(':') ? `[${HostIp}]` : HostIp}:${HostPort}`;
