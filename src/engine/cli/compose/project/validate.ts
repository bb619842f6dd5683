/** What the schema cannot say of a file in the long form. Upstream: compose-go validation. */
import { isIpAddress } from '../../address.ts';
import { ProjectError } from './errors.ts';
import { listOf, type Mapping, mappingOf, textOf } from './value.ts';

/** Throws ProjectError. */
export function validated(file: Mapping): Mapping {
  for (const [name, volume] of Object.entries(mappingOf(file.volumes))) checkExternal(`volumes.${name}`, mappingOf(volume));
  for (const [name, config] of Object.entries(mappingOf(file.configs)))
    checkSource(`configs.${name}`, mappingOf(config), ['file', 'environment', 'content']);
  for (const [name, secret] of Object.entries(mappingOf(file.secrets)))
    checkSource(`secrets.${name}`, mappingOf(secret), ['file', 'environment']);
  for (const [name, service] of Object.entries(mappingOf(file.services))) checkService(`services.${name}`, mappingOf(service));
  return file;
}

/** What is not the project's own can only be named. */
function checkExternal(place: string, resource: Mapping): void {
  if (resource.external !== true) return;
  const other = Object.keys(resource).find((key) => key !== 'name' && key !== 'external' && !key.startsWith('x-'));
  if (other !== undefined) throw new ProjectError(`${place}: conflicting parameters "external" and ${JSON.stringify(other)} specified`);
}

function checkSource(place: string, object: Mapping, keys: readonly string[]): void {
  const given = keys.filter((key) => object[key] !== undefined);
  if (given.length > 1) throw new ProjectError(`${place}: ${keys.join('|')} attributes are mutually exclusive`);
  if (given.length === 0 && object.driver === undefined && object.external === undefined)
    throw new ProjectError(`${place}: one of ${keys.join('|')} must be set`);
}

function checkService(place: string, service: Mapping): void {
  for (const kind of ['limits', 'reservations']) {
    const { cpus } = mappingOf(mappingOf(mappingOf(service.deploy).resources)[kind]);
    if (cpus !== undefined && !/^[+-]?(\d+\.?\d*|\.\d+)$/.test(textOf(cpus)))
      throw new ProjectError(
        `decoding failed due to the following error(s):\n\n'${place.replace(/\.(.*)$/, '[$1]')}.deploy.resources.${kind}.cpus' ` +
          `strconv.ParseFloat: parsing ${JSON.stringify(textOf(cpus))}: invalid syntax`,
      );
  }
  for (const { host_ip: address } of listOf(service.ports).map(mappingOf))
    if (address !== undefined && !isIpAddress(textOf(address)))
      throw new ProjectError(`${place}.ports.[]: invalid ip address: ${textOf(address)}`);
  for (const { path } of listOf(mappingOf(service.develop).watch).map(mappingOf))
    if (path === '') throw new ProjectError(`${place}.develop.watch.[].path: value can't be blank`);
}
