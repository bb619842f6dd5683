/** The swarm's part of the Engine API. Fetched with the first command that asks for it. */
import type {
  Config,
  ConfigSpec,
  Node,
  NodeSpec,
  Secret,
  SecretSpec,
  Service,
  ServiceCreateResponse,
  ServiceSpec,
  Swarm,
  SwarmInitRequest,
  SwarmJoinRequest,
  SwarmSpec,
  Task,
} from '../../api-types/index.ts';
import type { Filters } from '../flags/index.ts';
import { filterQuery, flagQuery } from './filters.ts';
import type { DockerHttp } from './http.ts';
import { nameSegment } from './names.ts';

export interface ServiceLogOptions {
  readonly follow: boolean;
  readonly timestamps: boolean;
  readonly tail: string;
  readonly since: string | undefined;
  readonly details: boolean;
}

const objects = <Shown, Spec>(http: DockerHttp, kind: 'secret' | 'config', path = `${kind}s`) => ({
  list: (filters: Filters) => http.get<readonly Shown[]>(`/${path}`, { query: { filters: filterQuery(filters) } }),
  inspect: (name: string) => http.get<Shown>(`/${path}/${nameSegment(kind, name)}`),
  inspectRaw: (name: string) => http.bytes('GET', `/${path}/${nameSegment(kind, name)}`),
  create: (spec: Spec) => http.post<{ readonly ID: string }>(`/${path}/create`, { json: spec }),
  remove: (name: string) => http.delete<null>(`/${path}/${nameSegment(kind, name)}`),
});

const services = (http: DockerHttp) => ({
  list: (filters: Filters, { status = false } = {}) =>
    http.get<readonly Service[]>('/services', { query: { filters: filterQuery(filters), status: status ? 'true' : undefined } }),
  inspect: (name: string) => http.get<Service>(`/services/${nameSegment('service', name)}`),
  inspectRaw: (name: string) => http.bytes('GET', `/services/${nameSegment('service', name)}`, { query: { insertDefaults: '1' } }),
  create: (spec: ServiceSpec) => http.post<ServiceCreateResponse>('/services/create', { json: spec }),
  update: (
    id: string,
    spec: ServiceSpec,
    options: { readonly version: number; readonly rollback?: string; readonly registryAuthFrom?: string },
  ) =>
    http.post<{ readonly Warnings: readonly string[] | null }>(`/services/${nameSegment('service', id)}/update`, {
      query: { version: String(options.version), rollback: options.rollback, registryAuthFrom: options.registryAuthFrom },
      json: spec,
    }),
  remove: (name: string) => http.delete<null>(`/services/${nameSegment('service', name)}`),
  logs: (path: 'services' | 'tasks', name: string, { follow, timestamps, tail, since, details }: ServiceLogOptions) =>
    http.open('GET', `/${path}/${nameSegment(path === 'services' ? 'service' : 'task', name)}/logs`, {
      query: {
        details: flagQuery(details),
        follow: flagQuery(follow),
        since,
        stderr: '1',
        stdout: '1',
        tail: tail === 'all' ? undefined : tail,
        timestamps: flagQuery(timestamps),
      },
    }),
});

export const swarmClient = (http: DockerHttp) => ({
  init: (request: SwarmInitRequest) => http.post<string>('/swarm/init', { json: request }),
  join: (request: SwarmJoinRequest) => http.post<null>('/swarm/join', { json: request }),
  leave: (options: { readonly force: boolean }) => http.post<null>('/swarm/leave', { query: { force: flagQuery(options.force) } }),
  inspect: () => http.get<Swarm>('/swarm'),
  update: (
    version: number,
    spec: SwarmSpec,
    rotate: { readonly worker?: boolean; readonly manager?: boolean; readonly unlockKey?: boolean } = {},
  ) =>
    http.post<null>('/swarm/update', {
      query: {
        rotateManagerToken: String(rotate.manager ?? false),
        rotateManagerUnlockKey: String(rotate.unlockKey ?? false),
        rotateWorkerToken: String(rotate.worker ?? false),
        version: String(version),
      },
      json: spec,
    }),
  unlockKey: () => http.get<{ readonly UnlockKey: string }>('/swarm/unlockkey'),
  unlock: (key: string) => http.post<null>('/swarm/unlock', { json: { UnlockKey: key } }),
  nodes: {
    list: (filters: Filters) => http.get<readonly Node[]>('/nodes', { query: { filters: filterQuery(filters) } }),
    inspect: (name: string) => http.get<Node>(`/nodes/${nameSegment('node', name)}`),
    inspectRaw: (name: string) => http.bytes('GET', `/nodes/${nameSegment('node', name)}`),
    update: (id: string, version: number, spec: NodeSpec) =>
      http.post<null>(`/nodes/${nameSegment('node', id)}/update`, { query: { version: String(version) }, json: spec }),
    remove: (name: string, options: { readonly force: boolean }) =>
      http.delete<null>(`/nodes/${nameSegment('node', name)}`, { query: { force: flagQuery(options.force) } }),
  },
  services: services(http),
  tasks: {
    list: (filters: Filters) => http.get<readonly Task[]>('/tasks', { query: { filters: filterQuery(filters) } }),
    inspect: (name: string) => http.get<Task>(`/tasks/${nameSegment('task', name)}`),
  },
  secrets: objects<Secret, SecretSpec>(http, 'secret'),
  configs: objects<Config, ConfigSpec>(http, 'config'),
});
export type SwarmClient = ReturnType<typeof swarmClient>;
