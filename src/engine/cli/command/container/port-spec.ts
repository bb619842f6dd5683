import type { PortBinding } from '../../../api-types/index.ts';
import { isIpAddress } from '../../address.ts';
import { CliError } from '../../errors.ts';

export interface PublishedPorts {
  readonly exposed: Readonly<Record<string, object>>;
  readonly bindings: Readonly<Record<string, readonly PortBinding[]>>;
}
interface Range {
  readonly first: number;
  readonly last: number;
}

/** Reads `--publish` and `--expose`. Upstream: docker/go-connections nat.ParsePortSpecs. */
export function parsePorts(publish: readonly string[], expose: readonly string[]): PublishedPorts {
  const exposed: Record<string, object> = {};
  const bindings: Record<string, PortBinding[]> = {};
  for (const { port, binding } of publish.map(standardForm).flatMap(parsePortSpec)) {
    exposed[port] = {};
    bindings[port] = [...(bindings[port] ?? []), binding];
  }
  for (const port of expose.flatMap(parseExposed)) exposed[port] = {};
  return { exposed, bindings };
}

/** `target=80,published=8080,protocol=udp` in the short form. */
function standardForm(text: string): string {
  if (!text.includes('=')) return text;
  const parts = text.split(',');
  const bad = parts.find((part) => part.indexOf('=') < 1);
  if (bad !== undefined) throw new CliError(`invalid publish opts format (should be name=value but got '${bad}')`);
  const fields = new Map(parts.map((part) => [part.split('=')[0] ?? '', part.slice(part.indexOf('=') + 1)]));
  return `${fields.get('published') ?? ''}:${fields.get('target') ?? ''}/${fields.get('protocol') ?? 'tcp'}`.replace(/^:/, '');
}

function parsePortSpec(text: string): readonly { port: string; binding: PortBinding }[] {
  const parts = text.split(':');
  const containerPart = parts.at(-1) ?? '';
  const hostPort = parts.length > 1 ? (parts.at(-2) ?? '') : '';
  const ip = parts
    .slice(0, -2)
    .join(':')
    .replace(/^\[|\]$/g, '');
  const [containerPort = '', given] = containerPart.split(/\/(.*)/s);
  const protocol = given === undefined || given === '' ? 'tcp' : given.toLowerCase();
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) throw new CliError(`invalid proto: ${protocol}`);
  if (ip !== '' && !isIpAddress(ip)) throw new CliError(`invalid IP address: ${ip}`);
  if (containerPort === '') throw new CliError(`no port specified: ${text}<empty>`);
  const inside = parseRange(containerPort) ?? refuse(`invalid containerPort: ${containerPort}`);
  const outside = hostPort === '' ? null : (parseRange(hostPort) ?? refuse(`invalid hostPort: ${hostPort}`));
  if (outside !== null && sizeOf(outside) !== sizeOf(inside) && sizeOf(inside) > 0) {
    throw new CliError(`invalid ranges specified for container and host Ports: ${containerPort} and ${hostPort}`);
  }
  return Array.from({ length: sizeOf(inside) + 1 }, (_, i) => ({
    port: `${inside.first + i}/${protocol}`,
    binding: { HostIp: ip, HostPort: showHostPort(outside, { inside, i }) },
  }));
}

function showHostPort(outside: Range | null, at: { inside: Range; i: number }): string {
  if (outside === null) return '';
  const anyOf = sizeOf(at.inside) === 0 && sizeOf(outside) > 0;
  return anyOf ? `${outside.first}-${outside.last}` : String(outside.first + at.i);
}

function parseExposed(text: string): readonly string[] {
  if (text.includes(':')) throw new CliError(`invalid port format for --expose: ${text}`);
  const [port = '', protocol = 'tcp'] = text.split('/');
  const [first = '', last = first] = port.split('-');
  for (const [word, number] of [
    ['start', first],
    ['end', last],
  ] as const) {
    if (!isPort(number))
      throw new CliError(
        `invalid range format for --expose: invalid ${word} port '${number}': ${/^\d+$/.test(number) ? 'value out of range' : 'invalid syntax'}`,
      );
  }
  if (Number(last) < Number(first)) throw new CliError(`invalid range format for --expose: invalid port range: ${port}`);
  return Array.from({ length: Math.max(0, Number(last) - Number(first)) + 1 }, (_, i) => `${Number(first) + i}/${protocol.toLowerCase()}`);
}

function parseRange(text: string): Range | null {
  const [first = '', last = first, ...more] = text.split('-');
  if (more.length > 0 || !isPort(first) || !isPort(last) || Number(last) < Number(first)) return null;
  return { first: Number(first), last: Number(last) };
}

const isPort = (text: string): boolean => /^\d+$/.test(text) && Number(text) <= 65535;
const sizeOf = ({ first, last }: Range): number => last - first;

function refuse(message: string): never {
  throw new CliError(message);
}
