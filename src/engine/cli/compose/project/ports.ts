import { isIpAddress } from '../../address.ts';
import { ProjectError } from './errors.ts';
import { isMapping, type Mapping, textOf, type Value } from './value.ts';

/** A port as a service writes it, as one mapping for each port of the container. */
export function portSpecs(value: Value): readonly Mapping[] {
  if (isMapping(value)) {
    return [{ mode: 'ingress', protocol: 'tcp', ...value, target: Number(value.target) }];
  }
  const spec = textOf(value);
  const parts = spec.split(':');
  const [inside = '', given = ''] = (parts.at(-1) ?? '').split('/');
  const protocol = given === '' ? 'tcp' : given.toLowerCase();
  const outside = parts.length > 1 ? (parts.at(-2) ?? '') : '';
  const ip = parts
    .slice(0, -2)
    .join(':')
    .replace(/^\[|\]$/g, '');
  if (ip !== '' && !isIpAddress(ip)) throw new ProjectError(`invalid IP address: ${ip}`);
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) throw new ProjectError(`invalid proto: ${protocol}`);
  if (inside === '') throw new ProjectError(`no port specified: ${spec}<empty>`);
  const [first, last] = range(inside) ?? refuse(`invalid containerPort: ${inside}`);
  const host = outside === '' ? undefined : (range(outside) ?? refuse(`invalid hostPort: ${outside}`));
  if (host !== undefined && host[1] - host[0] !== last - first && last !== first)
    throw new ProjectError(`invalid ranges specified for container and host Ports: ${inside} and ${outside}`);
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    mode: 'ingress',
    ...(ip === '' ? {} : { host_ip: ip }),
    target: first + i,
    ...(host === undefined ? {} : { published: last === first ? outside : String(host[0] + i) }),
    protocol,
  }));
}

const refuse = (sentence: string): never => {
  throw new ProjectError(sentence);
};

function range(text: string): readonly [number, number] | undefined {
  const parts = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (parts === null) return undefined;
  const [first, last] = [Number(parts[1]), Number(parts[2] ?? parts[1])];
  return last > 65535 || first > last ? undefined : [first, last];
}
