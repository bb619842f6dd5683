/** EXPOSE's ports. Upstream: buildkit convert_expose.go. */
import { DockerfileError, type Lines, quoted } from '../dockerfile/errors.ts';
import type { Linter } from '../lint/linter.ts';
import { SAYS } from '../lint/rules.ts';

const MAX_PORT = 65_535;
const MAX_PORTS = 65_536;

/** `8080`, `80-82/udp` as `80/udp`, `81/udp`, … Throws DockerfileError. */
export function exposedPorts(specs: readonly string[], lines: Lines, linter: Linter): readonly string[] {
  return specs.flatMap((spec) => {
    const parts = spec.split(':');
    const container = parts.at(-1) ?? '';
    const host = parts.at(-2) ?? '';
    const ip = parts.slice(0, -2).join(':');
    const { protocol, ports } = protocolOf(spec, container);
    if (protocol !== protocol.toLowerCase()) linter.run('exposeProtoCasing', lines, SAYS.exposeProtoCasing(spec));
    if (ip !== '' || host !== '') linter.run('exposeInvalidFormat', lines, SAYS.exposeInvalidFormat(spec));
    if (ip !== '' && !/^(\d{1,3}(\.\d{1,3}){3}|\[?[0-9a-fA-F:.]+\]?)$/.test(ip)) throw new DockerfileError(`invalid IP address: ${ip}`);
    const range = rangeOf(ports);
    if (!range) throw new DockerfileError(`invalid containerPort: ${ports}`);
    if (host !== '') checkHost(host, ports, range);
    const [first, last] = range;
    return Array.from({ length: Math.min(last - first + 1, MAX_PORTS) }, (_, i) => `${first + i}/${protocol.toLowerCase()}`);
  });
}

function protocolOf(spec: string, container: string): { readonly protocol: string; readonly ports: string } {
  const at = container.indexOf('/');
  const ports = at === -1 ? container : container.slice(0, at);
  const protocol = at === -1 ? '' : container.slice(at + 1);
  if (ports === '') throw new DockerfileError(`invalid port: ${quoted(spec)}: no port specified`);
  if (!['', 'tcp', 'udp', 'sctp'].includes(protocol.toLowerCase()))
    throw new DockerfileError(`invalid port: ${quoted(spec)}: invalid proto: ${protocol}`);
  return { protocol: protocol || 'tcp', ports };
}

function rangeOf(text: string): readonly [number, number] | undefined {
  const at = text.indexOf('-');
  const [first, last] = (at === -1 ? [text, text] : [text.slice(0, at), text.slice(at + 1)]).map((port) =>
    /^\+?\d+$/.test(port) && Number(port) <= MAX_PORT ? Number(port) : undefined,
  );
  return first === undefined || last === undefined || last < first ? undefined : [first, last];
}

function checkHost(host: string, ports: string, [first, last]: readonly [number, number]): void {
  const range = rangeOf(host);
  if (!range) throw new DockerfileError(`invalid hostPort: ${host}`);
  if (range[1] - range[0] !== last - first && last !== first)
    throw new DockerfileError(`invalid ranges specified for container and host Ports: ${ports} and ${host}`);
}
