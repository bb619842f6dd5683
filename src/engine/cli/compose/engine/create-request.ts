/** A service as the body of POST /containers/create. Upstream: compose pkg/compose/create.go. */
import type { ContainerCreateRequest, ContainerSummary, EndpointSettings, HealthConfig } from '../../../api-types/index.ts';
import { parseDuration } from '../../flags/duration.ts';
import type { Attachment, HealthCheck, Project, Service } from '../project/types.ts';
import { checkAddress } from './addresses.ts';
import { hostConfig } from './host-config.ts';
import { containerName, imageOf, scaleOf } from './services.ts';

export interface Creating {
  readonly project: Project;
  readonly service: Service;
  /** 0 for a container of `compose run`. */
  readonly number: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly attachStdin?: boolean;
  readonly autoRemove?: boolean;
  /** Its name and its aliases on the project's networks; `compose run` has its own name only. */
  readonly aliases: boolean;
  /** What it takes the place of: its anonymous volumes are taken over. */
  readonly inherit?: ContainerSummary;
  /** Paths that the image declares as volumes. */
  readonly imageVolumes: ReadonlySet<string>;
  /** `service:x` and the services of volumes_from as containers. */
  readonly containerOf: (service: string) => string;
  readonly size?: readonly [number, number];
}

export function createRequest(creating: Creating): ContainerCreateRequest {
  const { project, service, labels, attachStdin = false } = creating;
  const stdin = service.stdin_open ?? false;
  const health = service.healthcheck === undefined ? undefined : healthConfig(service.healthcheck);
  const exposed = [...(service.ports ?? []).map(({ target, protocol }) => `${target}/${protocol}`), ...exposedPorts(service.expose ?? [])];
  const endpoints = endpointsOf(creating);
  return {
    Hostname: service.hostname ?? '',
    Domainname: service.domainname ?? '',
    User: service.user ?? '',
    AttachStdin: attachStdin,
    AttachStdout: true,
    AttachStderr: true,
    ...(exposed.length === 0 ? {} : { ExposedPorts: Object.fromEntries(exposed.map((port) => [port, {}])) }),
    Tty: service.tty ?? false,
    OpenStdin: stdin,
    StdinOnce: attachStdin && stdin,
    Env: environmentOf(service),
    Cmd: service.command ?? null,
    ...(health === undefined ? {} : { Healthcheck: health }),
    Image: imageOf(project, service),
    Volumes: null,
    WorkingDir: service.working_dir ?? '',
    Entrypoint: service.entrypoint ?? null,
    Labels: { ...service.labels, ...labels },
    ...(service.stop_signal === undefined ? {} : { StopSignal: service.stop_signal }),
    ...(service.stop_grace_period === undefined ? {} : { StopTimeout: secondsOf(service.stop_grace_period) }),
    HostConfig: hostConfig(creating, { networkMode: endpoints.mode }),
    ...(endpoints.settings === null ? {} : { NetworkingConfig: { EndpointsConfig: endpoints.settings } }),
  };
}

export const secondsOf = (duration: string): number => Math.trunc(parseDuration(duration) / 1e9);

/** A variable without a value is told without `=`: the container does not have it. */
const environmentOf = ({ environment = {} }: Service): readonly string[] =>
  Object.entries(environment).map(([name, value]) => (value === null ? name : `${name}=${value}`));

function exposedPorts(expose: readonly string[]): readonly string[] {
  return expose.flatMap((text) => {
    const [range = '', protocol = 'tcp'] = text.split('/');
    const [first, last] = range.split('-').map(Number);
    return Array.from({ length: (last ?? first ?? 0) - (first ?? 0) + 1 }, (_, i) => `${(first ?? 0) + i}/${protocol}`);
  });
}

function healthConfig(check: HealthCheck): HealthConfig {
  if (check.disable === true) return { Test: ['NONE'] };
  const { test, interval, timeout, start_period: start, start_interval: early, retries } = check;
  return {
    ...(test === undefined ? {} : { Test: test }),
    ...(interval === undefined ? {} : { Interval: parseDuration(interval) }),
    ...(timeout === undefined ? {} : { Timeout: parseDuration(timeout) }),
    ...(start === undefined ? {} : { StartPeriod: parseDuration(start) }),
    ...(early === undefined ? {} : { StartInterval: parseDuration(early) }),
    ...(retries === undefined ? {} : { Retries: retries }),
  };
}

/** The service's networks, the one of the highest priority first. */
export const networksOf = ({ networks = {} }: Service): readonly string[] =>
  Object.entries(networks)
    .map(([name, attachment]) => ({ name, priority: attachment?.priority ?? 0 }))
    .sort((a, b) => b.priority - a.priority || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);

function endpointsOf(creating: Creating): { mode: string; settings: Readonly<Record<string, EndpointSettings>> | null } {
  const { project, service, containerOf } = creating;
  const { network_mode: mode } = service;
  if (mode !== undefined) return { mode: sharedMode(mode, containerOf), settings: null };
  const names = networksOf(service);
  const [first] = names;
  if (first === undefined) return { mode: 'none', settings: null };
  const settings = names.map((name, i) => [project.networks[name]?.name ?? name, endpoint(creating, name, i === 0)] as const);
  return { mode: project.networks[first]?.name ?? first, settings: Object.fromEntries(settings) };
}

export const sharedMode = (mode: string, containerOf: (service: string) => string): string =>
  mode.startsWith('service:') ? `container:${containerOf(mode.slice('service:'.length))}` : mode;

/** `service:alias`: each of its containers by the alias, and as one of as many. */
function linksOf(project: Project, { links = [], external_links: external = [] }: Service, number: number): readonly string[] {
  const own = links.flatMap((link) => {
    const [to = '', alias = to] = link.split(':');
    const target = project.services[to];
    const containers = Array.from({ length: target ? scaleOf(target) : 0 }, (_, i) => containerName(project, target as Service, i + 1));
    return containers.flatMap((name) => [alias, `${to}-${number}`, `${project.name}-${to}-${number}`].map((called) => `${name}:${called}`));
  });
  return [...own, ...external.map((link) => (link.includes(':') ? link : `${link}:${link}`))];
}

function endpoint({ project, service, number, aliases }: Creating, network: string, isFirst: boolean): EndpointSettings {
  const attachment: Attachment = service.networks?.[network] ?? {};
  const own = containerName(project, service, number);
  const { ipv4_address: ipv4, ipv6_address: ipv6, link_local_ips: local, driver_opts: options = {}, interface_name: device } = attachment;
  checkAddress(ipv4 ?? '', 'IPv4 address');
  checkAddress(ipv6 ?? '', 'IPv6 address');
  for (const one of local ?? []) checkAddress(one, 'link-local IP');
  const address = {
    ...(ipv4 === undefined ? {} : { IPv4Address: ipv4 }),
    ...(ipv6 === undefined ? {} : { IPv6Address: ipv6 }),
    ...(local === undefined ? {} : { LinkLocalIPs: local }),
  };
  const mac = attachment.mac_address ?? (isFirst ? service.mac_address : undefined);
  const driver = device === undefined ? options : { ...options, 'com.docker.network.endpoint.ifname': device };
  const links = linksOf(project, service, number);
  return {
    IPAMConfig: Object.keys(address).length === 0 ? null : address,
    Links: links.length === 0 ? null : links,
    Aliases: aliases ? [own, service.name, ...(attachment.aliases ?? [])] : [own],
    DriverOpts: Object.keys(driver).length === 0 ? null : driver,
    ...(attachment.gw_priority === undefined ? {} : { GwPriority: attachment.gw_priority }),
    ...(mac === undefined ? {} : { MacAddress: mac }),
  };
}
