/** What a service's specification must keep to. Upstream: swarmkit manager/controlapi/service.go. */
import type { ContainerSpec, PortConfig, ResourceRequirements, ServiceSpec, TaskSpec, UpdateConfig } from '../../../api-types/index.ts';
import { ReferenceError as BadReference, parseReference } from '../../../oci/reference.ts';
import { DockerError } from '../../errors.ts';
import { rpcError } from '../errors.ts';
import type { ServiceObject } from '../objects.ts';
import { constraintFault } from '../scheduler/constraint.ts';
import type { ClusterStore } from '../store.ts';

const DNS_NAME = /^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$/;
const OBJECT_NAME = /^[a-zA-Z0-9]+(?:[a-zA-Z0-9-_.]*[a-zA-Z0-9])?$/;
const MAX_SERVICE_NAME = 63;
const MAX_OBJECT_NAME = 64;
const MIN_CPUS = 1_000_000;
const MIN_BYTES = 4 * 1024 * 1024;
const MIN_HEALTH_NS = 1_000_000;
const GO_FILE_TYPES = 2 ** 9;

const refuse = (message: string): DockerError => rpcError('InvalidArgument', message);

/** Throws DockerError. */
export function checkName(name: string): void {
  if (name === '') throw refuse('meta: name must be provided');
  if (!DNS_NAME.test(name)) throw refuse('name must be valid as a DNS name component');
  if (name.length > MAX_SERVICE_NAME) throw refuse('name must be 63 characters or fewer');
}

/** Of secrets and configs. Throws DockerError. */
export function checkObjectName(name: string): void {
  if (name === '') throw refuse('name must be provided');
  if (name.length > MAX_OBJECT_NAME || !OBJECT_NAME.test(name))
    throw refuse('invalid name, only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]');
}

const ACTIONS = ['', 'pause', 'continue', 'rollback'];
const ORDERS = ['', 'stop-first', 'start-first'];

/** Words that the engine itself knows: others never reach the manager. Throws DockerError. */
export function checkWords({ EndpointSpec, TaskTemplate, UpdateConfig, RollbackConfig }: ServiceSpec): void {
  const refuseWord = (message: string): DockerError => new DockerError('invalid', message);
  const mode: string = EndpointSpec?.Mode ?? '';
  if (!['', 'vip', 'dnsrr'].includes(mode)) throw refuseWord(`invalid resolution mode: ${JSON.stringify(mode)}`);
  const condition: string = TaskTemplate.RestartPolicy?.Condition ?? '';
  if (!['', 'any', 'none', 'on-failure'].includes(condition)) throw refuseWord(`invalid RestartCondition: ${JSON.stringify(condition)}`);
  for (const config of [UpdateConfig, RollbackConfig]) {
    if (!ACTIONS.includes(config?.FailureAction ?? '')) throw refuseWord(`unrecognized update failure action ${config?.FailureAction}`);
    if (!ORDERS.includes(config?.Order ?? '')) throw refuseWord(`unrecognized update order ${config?.Order}`);
  }
}

/** Throws DockerError. */
export function checkService(spec: ServiceSpec): void {
  checkName(spec.Name);
  checkTask(spec.TaskTemplate);
  checkMode(spec);
  if ((spec.Mode.ReplicatedJob || spec.Mode.GlobalJob) && spec.UpdateConfig) throw refuse('Jobs may not have an update config');
  for (const config of [spec.UpdateConfig, spec.RollbackConfig]) if (config) checkUpdate(config);
  checkPorts(spec);
}

function checkMode({ Mode }: ServiceSpec): void {
  if ((Mode.Replicated?.Replicas ?? 0) < 0) throw refuse('Number of replicas must be non-negative');
  if ((Mode.ReplicatedJob?.MaxConcurrent ?? 0) < 0) throw refuse('Maximum concurrent jobs must not be negative');
  if ((Mode.ReplicatedJob?.TotalCompletions ?? 0) < 0) throw refuse('Total completed jobs must not be negative');
}

function checkTask({ ContainerSpec, Resources, RestartPolicy, Placement }: TaskSpec): void {
  for (const one of [Resources?.Limits, Resources?.Reservations]) checkResources(one);
  if ((RestartPolicy?.Delay ?? 0) < 0) throw refuse('TaskSpec: restart-delay cannot be negative');
  if ((RestartPolicy?.Window ?? 0) < 0) throw refuse('TaskSpec: restart-window cannot be negative');
  const fault = constraintFault(Placement?.Constraints ?? []);
  if (fault !== undefined) throw rpcError(fault.startsWith('constraint expected') ? 'Unknown' : 'InvalidArgument', fault);
  if (ContainerSpec === undefined) throw refuse('TaskSpec: missing runtime');
  checkContainer(ContainerSpec);
}

function checkResources(resources: NonNullable<ResourceRequirements['Limits']> | undefined): void {
  const { NanoCPUs = 0, MemoryBytes = 0 } = resources ?? {};
  if (NanoCPUs !== 0 && NanoCPUs < MIN_CPUS) throw refuse(`invalid cpu value ${NanoCPUs / 1e9}: Must be at least 0.001`);
  if (MemoryBytes !== 0 && MemoryBytes < MIN_BYTES) throw refuse(`invalid memory value ${MemoryBytes}: Must be at least 4MiB`);
}

function checkContainer({ Image = '', Mounts, Healthcheck, Secrets, Configs }: ContainerSpec): void {
  if (Image === '') throw refuse('ContainerSpec: image reference must be provided');
  if (!isReference(Image)) throw refuse(`ContainerSpec: ${JSON.stringify(Image)} is not a valid repository/tag`);
  const targets = new Set<string>();
  for (const { Target } of Mounts ?? []) {
    if (targets.has(Target)) throw refuse(`ContainerSpec: duplicate mount point: ${Target}`);
    targets.add(Target);
  }
  for (const [name, value] of Object.entries(Healthcheck ?? {}))
    if (['Interval', 'Timeout', 'StartPeriod', 'StartInterval'].includes(name) && value !== 0 && Number(value) < MIN_HEALTH_NS)
      throw refuse(`ContainerSpec: ${name} in HealthConfig cannot be less than 1ms`);
  if ((Healthcheck?.Retries ?? 0) < 0) throw refuse('ContainerSpec: Retries in HealthConfig cannot be negative');
  checkFiles(
    'secret',
    (Secrets ?? []).map(({ File, SecretID, SecretName }) => ({ file: File?.Name, id: SecretID, name: SecretName })),
  );
  const files = (Configs ?? []).filter(({ Runtime }) => Runtime === undefined);
  checkFiles(
    'config',
    files.map(({ File, ConfigID, ConfigName }) => ({ file: File?.Name, id: ConfigID, name: ConfigName })),
  );
}

function isReference(text: string): boolean {
  try {
    return parseReference(text).path !== '';
  } catch (error) {
    if (error instanceof BadReference) return false;
    throw error;
  }
}

function checkFiles(
  kind: 'secret' | 'config',
  files: readonly { readonly file: string | undefined; readonly id: string; readonly name: string }[],
): void {
  const seen = new Map<string, string>();
  for (const { file, id, name } of files) {
    if (!id || !name) throw refuse(`malformed ${kind} reference`);
    if (file === undefined) throw refuse(`malformed ${kind} reference, no target provided`);
    if (file === '') throw refuse(`malformed file ${kind} reference, invalid target file name provided`);
    const other = seen.get(file);
    if (other !== undefined) throw refuse(`${kind} references '${other}' and '${name}' have a conflicting target: '${file}'`);
    seen.set(file, name);
  }
}

/** Bits of a file's mode without Go's own. */
export const permissionsOf = (mode: number): number => mode % GO_FILE_TYPES;

function checkUpdate({ Delay = 0, Monitor = 0, MaxFailureRatio }: UpdateConfig): void {
  if (Delay < 0) throw refuse('TaskSpec: update-delay cannot be negative');
  if (Monitor < 0) throw refuse('TaskSpec: update-monitor cannot be negative');
  if (MaxFailureRatio < 0 || MaxFailureRatio > 1) throw refuse('TaskSpec: update-maxfailureratio cannot be less than 0 or bigger than 1');
}

const keyOf = ({ Protocol, PublishedPort }: PortConfig): string => `${Protocol}/${PublishedPort}`;
const isHost = ({ PublishMode }: PortConfig): boolean => PublishMode === 'host';

function checkPorts({ EndpointSpec }: ServiceSpec): void {
  const seen = new Set<string>();
  for (const port of EndpointSpec?.Ports ?? []) {
    if (EndpointSpec?.Mode === 'dnsrr' && !isHost(port))
      throw refuse("EndpointSpec: port published with ingress mode can't be used with dnsrr mode");
    if (!port.PublishedPort) continue;
    const key = `${keyOf(port)}`;
    if (seen.has(key)) throw refuse('EndpointSpec: duplicate published ports provided');
    seen.add(key);
  }
}

/** A port of the whole swarm belongs to one service. Throws DockerError. */
export function checkPortConflicts(store: ClusterStore, spec: ServiceSpec, except = ''): void {
  const asked = (spec.EndpointSpec?.Ports ?? []).filter(({ PublishedPort }) => PublishedPort);
  const ingress = new Set(asked.filter((port) => !isHost(port)).map(keyOf));
  const host = new Set(asked.filter(isHost).map(keyOf));
  for (const service of store.all('service').filter(({ id }) => id !== except))
    for (const port of portsOf(service)) {
      const by = `is already in use by service '${service.spec.Name}' (${service.id}) as`;
      if (isHost(port) && ingress.has(keyOf(port))) throw refuse(`port '${port.PublishedPort}' ${by} a host-published port`);
      if (!isHost(port) && (ingress.has(keyOf(port)) || host.has(keyOf(port))))
        throw refuse(`port '${port.PublishedPort}' ${by} an ingress port`);
    }
}

const portsOf = ({ spec, endpoint }: ServiceObject): readonly PortConfig[] =>
  [...(spec.EndpointSpec?.Ports ?? []), ...(endpoint?.Ports ?? [])].filter(({ PublishedPort }) => PublishedPort);

/** What it refers to must be there. Throws DockerError. */
export function checkReferences(store: ClusterStore, { TaskTemplate }: ServiceSpec): void {
  const { Secrets = [], Configs = [] } = TaskTemplate.ContainerSpec ?? {};
  missing(
    'secret',
    Secrets.filter(({ SecretID }) => !store.get('secret', SecretID)).map(({ SecretName }) => SecretName),
  );
  missing(
    'config',
    Configs.filter(({ ConfigID }) => !store.get('config', ConfigID)).map(({ ConfigName }) => ConfigName),
  );
  for (const { Target = '' } of TaskTemplate.Networks ?? []) {
    const network = store.get('network', Target);
    if (network?.spec.Ingress)
      throw refuse(`Service cannot be explicitly attached to the ingress network ${JSON.stringify(network.spec.Name)}`);
  }
}

function missing(kind: 'secret' | 'config', names: readonly string[]): void {
  if (names.length > 0) throw refuse(`${kind}${names.length > 1 ? 's' : ''} not found: ${names.join(', ')}`);
}
