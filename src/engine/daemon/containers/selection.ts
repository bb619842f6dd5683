/** Which containers a list with filters shows. Upstream: moby daemon/list.go. */
import type { Daemon } from '../daemon.ts';
import { invalid, system } from '../errors.ts';
import {
  booleanFilter,
  checkFilters,
  type Filters,
  matches,
  matchesExactly,
  matchesLabels,
  notInteger,
  parseFilters,
  wantedOf,
} from '../filters.ts';
import type { Container } from './container.ts';
import type { Selection } from './list.ts';
import { portSummaries, statusOf } from './summary.ts';

const FILTERS = [
  'ancestor',
  'annotation',
  'before',
  'exited',
  'expose',
  'health',
  'id',
  'is-task',
  'isolation',
  'label',
  'name',
  'network',
  'publish',
  'since',
  'status',
  'volume',
] as const;
const STATES = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];
const MAX_PORT = 65_535;
const HEALTH = ['none', 'starting', 'healthy', 'unhealthy'];

/** What the request's `filters` choose. Throws DockerError for a filter that is none. */
export function selectionOf(daemon: Daemon, text: string): Selection {
  const filters = parseFilters(text);
  checkFilters(filters, FILTERS);
  checkValues(filters);
  return { candidates: between(daemon, filters), passes: passesOf(daemon, filters), isOfAnyState: filters.has('status') };
}

/** Those that were made before one and since another, newest first. */
function between(daemon: Daemon, filters: Filters): readonly Container[] {
  const newest = [...daemon.containers.all()].reverse();
  const place = (name: string): number => newest.indexOf(daemon.containers.get(name));
  const [before] = wantedOf(filters, 'before').slice(-1);
  const [since] = wantedOf(filters, 'since').slice(-1);
  return newest.slice(before === undefined ? 0 : place(before) + 1, since === undefined ? newest.length : place(since));
}

function checkValues(filters: Filters): void {
  for (const status of wantedOf(filters, 'status')) {
    if (!STATES.includes(status))
      throw invalid(`invalid filter 'status=${status}': invalid value for state (${status}): must be one of ${STATES.join(', ')}`);
  }
  for (const health of wantedOf(filters, 'health')) {
    if (!HEALTH.includes(health))
      throw invalid(`invalid filter 'health=${health}': invalid value for health (${health}): must be one of ${HEALTH.join(', ')}`);
  }
  for (const code of wantedOf(filters, 'exited'))
    if (!/^-?\d+$/.test(code)) throw invalid(`invalid filter 'exited=${code}': ${notInteger(code)}`);
}

function passesOf(daemon: Daemon, filters: Filters): (container: Container) => boolean {
  const ancestors = new Set<string>(wantedOf(filters, 'ancestor').flatMap((name) => daemon.images.find(name)?.target.digest ?? []));
  const ports = { expose: portsOf(filters, 'expose'), publish: portsOf(filters, 'publish') };
  const isTask = booleanFilter(filters, 'is-task') ?? false;
  return (container) =>
    !isTask &&
    hasName(container, filters) &&
    matches(filters, 'id', container.id) &&
    matchesLabels(filters, container.config.Labels) &&
    matchesExactly(filters, 'status', statusOf(container)) &&
    matchesExactly(filters, 'health', container.state.health?.status ?? 'none') &&
    hasExited(container, filters) &&
    (!filters.has('ancestor') || ancestors.has(container.image.id)) &&
    usesVolume(container, filters) &&
    isInNetwork(container, filters) &&
    hasPort(container, ports);
}

const hasName = ({ name }: Container, filters: Filters): boolean => matches(filters, 'name', name) || matches(filters, 'name', `/${name}`);

const hasExited = ({ state }: Container, filters: Filters): boolean => {
  const codes = wantedOf(filters, 'exited');
  return codes.length === 0 || (!state.running && state.startedNs !== 0n && codes.includes(String(state.exitCode)));
};

const usesVolume = ({ mounts }: Container, filters: Filters): boolean => {
  const wanted = wantedOf(filters, 'volume');
  return (
    wanted.length === 0 ||
    mounts.some(({ Name, Source, Destination }) => wanted.some((one) => one === Name || one === Source || one === Destination))
  );
};

const isInNetwork = ({ endpoints }: Container, filters: Filters): boolean => {
  const wanted = wantedOf(filters, 'network');
  return (
    wanted.length === 0 ||
    endpoints.some(({ network, networkId }) => wanted.some((one) => one === network || (networkId !== '' && networkId.startsWith(one))))
  );
};

type Ports = ReadonlySet<string> | undefined;

/** One of the ports that it offers right now is asked for. */
function hasPort(container: Container, { expose, publish }: { readonly expose: Ports; readonly publish: Ports }): boolean {
  if (!expose && !publish) return true;
  return portSummaries(container).some(
    ({ PublicPort = 0, PrivatePort, Type }) => publish?.has(`${PublicPort}/${Type}`) || expose?.has(`${PrivatePort}/${Type}`),
  );
}

/** `80`, `80-90/udp`. Throws DockerError. */
function portsOf(filters: Filters, name: 'expose' | 'publish'): Ports {
  if (!filters.has(name)) return undefined;
  return new Set(
    wantedOf(filters, name).flatMap((text) => {
      if (text.includes(':')) throw system(`filter for '${name}' should not contain ':': ${text}`);
      const [range = '', protocol = ''] = text.split('/', 2);
      const [start = '', end = start] = range.split('-', 2);
      const [first, last] = [portNumber(start), portNumber(end)];
      const problem =
        text === ''
          ? 'invalid port range: value is empty'
          : typeof first === 'string'
            ? `invalid start port '${start}': ${first}`
            : typeof last === 'string'
              ? `invalid end port '${end}': ${last}`
              : last < first
                ? `invalid port range: ${text}`
                : undefined;
      if (problem !== undefined || typeof first === 'string' || typeof last === 'string')
        throw system(`error while looking up for ${name} ${text}: ${problem}`);
      return Array.from({ length: last - first + 1 }, (_, i) => `${first + i}/${protocol.toLowerCase() || 'tcp'}`);
    }),
  );
}

/** A port's number, or what Go says of a text that is none. */
function portNumber(text: string): number | string {
  if (text === '') return 'value is empty';
  if (!/^\+?\d+$/.test(text)) return 'invalid syntax';
  return Number(text) > MAX_PORT ? 'value out of range' : Number(text);
}
