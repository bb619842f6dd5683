/** `docker ps`. Upstream: moby daemon/list.go. */
import type { ContainerSummary } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { invalid } from '../errors.ts';
import { checkFilters, type Filters, matches, matchesExactly, matchesLabels, wantedOf } from '../filters.ts';
import type { Container } from './container.ts';
import { statusOf, summary } from './inspect.ts';

export interface ListOptions {
  readonly all?: boolean;
  /** Only the newest so many, running or not. */
  readonly limit?: number;
  readonly size?: boolean;
  readonly filters?: Filters;
}

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
const HEALTH = ['starting', 'healthy', 'unhealthy', 'none'];

/** Newest first. Throws DockerError for a filter that is none. */
export function list(
  daemon: Daemon,
  { all = false, limit = 0, size = false, filters = new Map() }: ListOptions = {},
): readonly ContainerSummary[] {
  checkFilters(filters, FILTERS);
  checkValues(filters);
  const newest = [...daemon.containers.all()].reverse();
  const showsAll = all || limit > 0 || filters.has('status') || filters.has('exited') || filters.has('before') || filters.has('since');
  const found = newest.filter((container) => (showsAll || container.state.running) && isWanted(daemon, container, { filters, newest }));
  return (limit > 0 ? found.slice(0, limit) : found).map((container) => summary(daemon, container, { size }));
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
  for (const code of wantedOf(filters, 'exited')) if (!/^-?\d+$/.test(code)) throw invalid(`invalid filter 'exited=${code}'`);
}

interface Context {
  readonly filters: Filters;
  readonly newest: readonly Container[];
}

function isWanted(daemon: Daemon, container: Container, { filters, newest }: Context): boolean {
  return (
    hasName(container, filters) &&
    matches(filters, 'id', container.id) &&
    matchesLabels(filters, container.config.Labels) &&
    matchesExactly(filters, 'status', statusOf(container)) &&
    matchesExactly(filters, 'health', container.state.health?.status ?? 'none') &&
    hasExited(container, filters) &&
    isBetween(daemon, container, { filters, newest }) &&
    descends(daemon, container, filters) &&
    usesVolume(container, filters) &&
    isInNetwork(container, filters) &&
    hasPort(container, filters)
  );
}

const hasName = ({ name }: Container, filters: Filters): boolean => matches(filters, 'name', name) || matches(filters, 'name', `/${name}`);

const hasExited = ({ state }: Container, filters: Filters): boolean => {
  const codes = wantedOf(filters, 'exited');
  return codes.length === 0 || (!state.running && state.startedNs !== 0n && codes.includes(String(state.exitCode)));
};

function isBetween(daemon: Daemon, container: Container, { filters, newest }: Context): boolean {
  const at = newest.indexOf(container);
  const place = (name: string): number => newest.indexOf(daemon.containers.get(name));
  return wantedOf(filters, 'before').every((name) => at > place(name)) && wantedOf(filters, 'since').every((name) => at < place(name));
}

/** Made from the image, or from one that is built on it. */
function descends(daemon: Daemon, { image }: Container, filters: Filters): boolean {
  const wanted = wantedOf(filters, 'ancestor');
  return wanted.length === 0 || wanted.some((name) => name === image.name || daemon.images.find(name)?.target.digest === image.id);
}

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

function hasPort({ config, hostConfig }: Container, filters: Filters): boolean {
  const holds = (name: 'expose' | 'publish', ports: readonly string[]): boolean => {
    const wanted = wantedOf(filters, name);
    return wanted.length === 0 || wanted.some((one) => inRange(one, ports));
  };
  return holds('expose', Object.keys(config.ExposedPorts ?? {})) && holds('publish', Object.keys(hostConfig.PortBindings ?? {}));
}

/** `80`, `80-90/tcp`. */
function inRange(wanted: string, ports: readonly string[]): boolean {
  const [range = '', protocol = 'tcp'] = wanted.split('/');
  const [first = 0, last = first] = range.split('-').map(Number);
  return ports.some((port) => {
    const [number = '', own = 'tcp'] = port.split('/');
    return own === protocol && Number(number) >= first && Number(number) <= last;
  });
}
