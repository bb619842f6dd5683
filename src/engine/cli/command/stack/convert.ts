/** A stack's project as specifications of the swarm's objects. Upstream: docker/cli cli/compose/convert. */
import type {
  ConfigReference,
  ContainerSpec,
  HealthConfig,
  Mount,
  MountType,
  NetworkCreateRequest,
  PortProtocol,
  ReferenceFile,
  ResourceRequirements,
  SecretReference,
  ServiceMode,
  ServiceSpec,
  SwarmRestartPolicy,
  UpdateConfig,
} from '../../../api-types/index.ts';
import type { FileObject, Grant, NetworkConfig, Project, Service, ServiceVolume } from '../../compose/project/types.ts';
import { CliError } from '../../errors.ts';
import { parseDuration } from '../../flags/duration.ts';
import { parseBytes, parseNanoCpus } from '../../flags/numbers.ts';
import { NAMESPACE } from './namespace.ts';

interface DeployResources {
  readonly cpus?: number | string;
  readonly memory?: string | number;
  readonly pids?: number;
}
interface DeployUpdate {
  readonly parallelism?: number;
  readonly delay?: string;
  readonly failure_action?: string;
  readonly monitor?: string;
  readonly max_failure_ratio?: number;
  readonly order?: string;
}
/** What a service says of its deployment. */
export interface Deploy {
  readonly mode?: string;
  readonly replicas?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly endpoint_mode?: string;
  readonly update_config?: DeployUpdate;
  readonly rollback_config?: DeployUpdate;
  readonly resources?: { readonly limits?: DeployResources; readonly reservations?: DeployResources };
  readonly restart_policy?: {
    readonly condition?: string;
    readonly delay?: string;
    readonly max_attempts?: number;
    readonly window?: string;
  };
  readonly placement?: {
    readonly constraints?: readonly string[];
    readonly preferences?: readonly { readonly spread?: string }[];
    readonly max_replicas_per_node?: number;
  };
}

/** Ids of the secrets and configs that services refer to, by their names in the swarm. */
export interface FileIds {
  readonly secrets: ReadonlyMap<string, string>;
  readonly configs: ReadonlyMap<string, string>;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || value === false || value === 0 || (Array.isArray(value) && value.length === 0);
const given = <T extends object>(record: T): Partial<T> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => !isEmpty(value))) as Partial<T>;
const duration = (text: string | undefined): number | undefined => (text === undefined ? undefined : parseDuration(text));

/** Throws CliError. */
export function serviceSpec(project: Project, stack: string, service: Service, ids: FileIds): ServiceSpec {
  const deploy = (service.deploy ?? {}) as Deploy;
  const update = updateConfig(deploy.update_config);
  const rollback = updateConfig(deploy.rollback_config);
  const restart = restartPolicy(service, deploy);
  return {
    Name: `${stack}_${service.name}`,
    Labels: { ...deploy.labels, 'com.docker.stack.image': service.image ?? '', [NAMESPACE]: stack },
    TaskTemplate: {
      ContainerSpec: containerSpec(project, stack, service, ids),
      Resources: resources(deploy),
      ...(restart && { RestartPolicy: restart }),
      Placement: {
        ...given({ Constraints: deploy.placement?.constraints ?? [] }),
        ...given({
          Preferences: (deploy.placement?.preferences ?? []).map(({ spread = '' }) => ({ Spread: { SpreadDescriptor: spread } })),
        }),
        ...given({ MaxReplicas: deploy.placement?.max_replicas_per_node ?? 0 }),
      },
      Networks: networks(project, service),
      ...(service.logging && {
        LogDriver: { Name: service.logging.driver ?? '', ...(service.logging.options && { Options: service.logging.options }) },
      }),
      ForceUpdate: 0,
    },
    Mode: mode(deploy),
    ...(update && { UpdateConfig: update }),
    ...(rollback && { RollbackConfig: rollback }),
    EndpointSpec: {
      ...(deploy.endpoint_mode && { Mode: deploy.endpoint_mode as 'vip' }),
      ...given({
        Ports: (service.ports ?? []).map(({ target, published = '', protocol, mode: publishMode }) => ({
          Protocol: protocol as PortProtocol,
          TargetPort: target,
          ...(published !== '' && { PublishedPort: Number(published) }),
          PublishMode: (publishMode ?? 'ingress') as 'ingress',
        })),
      }),
    },
  };
}

function mode({ mode: name = 'replicated', replicas }: Deploy): ServiceMode {
  const count = replicas === undefined ? {} : { Replicas: replicas };
  switch (name) {
    case 'global':
      if (replicas !== undefined) throw new CliError('replicas can only be used with replicated or replicated-job mode');
      return { Global: {} };
    case 'global-job':
      if (replicas !== undefined) throw new CliError('replicas can only be used with replicated or replicated-job mode');
      return { GlobalJob: {} };
    case 'replicated-job':
      return { ReplicatedJob: replicas === undefined ? {} : { MaxConcurrent: replicas, TotalCompletions: replicas } };
    case 'replicated':
      return { Replicated: count };
    default:
      throw new CliError(`unknown mode: ${name}`);
  }
}

function updateConfig(source: DeployUpdate | undefined): UpdateConfig | undefined {
  if (!source) return undefined;
  return {
    Parallelism: source.parallelism ?? 1,
    ...given({
      Delay: duration(source.delay) ?? 0,
      FailureAction: source.failure_action as 'pause',
      Monitor: duration(source.monitor) ?? 0,
      Order: source.order as 'stop-first',
    }),
    MaxFailureRatio: source.max_failure_ratio ?? 0,
  };
}

/** Without a policy of its own a service has the one that `restart` says. Throws CliError. */
function restartPolicy({ restart }: Service, { restart_policy: policy }: Deploy): SwarmRestartPolicy | undefined {
  if (policy)
    return {
      ...(policy.condition && { Condition: policy.condition as 'any' }),
      ...(policy.delay && { Delay: parseDuration(policy.delay) }),
      ...(policy.max_attempts !== undefined && { MaxAttempts: policy.max_attempts }),
      ...(policy.window && { Window: parseDuration(policy.window) }),
    };
  const [name = '', attempts] = (restart ?? '').split(':');
  if (name === '' || name === 'no') return name === 'no' ? { Condition: 'none' } : undefined;
  if (name === 'always' || name === 'unless-stopped') return { Condition: 'any' };
  if (name === 'on-failure') return { Condition: 'on-failure', ...(attempts !== undefined && { MaxAttempts: Number(attempts) }) };
  throw new CliError(`unknown restart policy: ${name}`);
}

function resources({ resources: source }: Deploy): ResourceRequirements {
  const of = ({ cpus, memory, pids }: DeployResources) =>
    given({
      NanoCPUs: cpus === undefined ? 0 : parseNanoCpus(String(cpus)),
      MemoryBytes: memory === undefined ? 0 : parseBytes(String(memory)),
      Pids: pids ?? 0,
    });
  return {
    ...(source?.limits && { Limits: of(source.limits) }),
    ...(source?.reservations && { Reservations: of(source.reservations) }),
  };
}

/** A service is known in its networks by its short name too. */
function networks(project: Project, service: Service) {
  const attached = Object.entries(service.networks ?? { default: null });
  return attached
    .map(([key, attachment]) => {
      const network = project.networks[key];
      if (!network) throw new CliError(`undefined network ${JSON.stringify(key)}`);
      return {
        Target: network.name,
        Aliases: [...(attachment?.aliases ?? []), service.name],
        ...(attachment?.driver_opts && { DriverOpts: attachment.driver_opts }),
      };
    })
    .sort((a, b) => (a.Target < b.Target ? -1 : 1));
}

function containerSpec(project: Project, stack: string, service: Service, ids: FileIds): ContainerSpec {
  const environment = Object.entries(service.environment ?? {}).map(([name, value]) => (value === null ? name : `${name}=${value}`));
  const health = healthcheck(service);
  const dns = given({ Nameservers: service.dns ?? [], Search: service.dns_search ?? [] });
  return {
    Image: service.image ?? '',
    Labels: { ...service.labels, [NAMESPACE]: stack },
    ...given({
      Command: service.entrypoint ?? [],
      Args: service.command ?? [],
      Hostname: service.hostname ?? '',
      Env: environment.sort(),
      Dir: service.working_dir ?? '',
      User: service.user ?? '',
      Groups: service.group_add ?? [],
    }),
    Privileges: { CredentialSpec: null, SELinuxContext: null, NoNewPrivileges: false },
    ...(service.init !== undefined && { Init: service.init }),
    ...given({
      StopSignal: service.stop_signal ?? '',
      TTY: service.tty ?? false,
      OpenStdin: service.stdin_open ?? false,
      ReadOnly: service.read_only ?? false,
      Mounts: [...(service.volumes ?? []).map((volume) => mount(project, stack, volume)), ...(service.tmpfs ?? []).map(tmpfs)],
      StopGracePeriod: duration(service.stop_grace_period) ?? 0,
    }),
    ...(health && { Healthcheck: health }),
    ...given({
      Hosts: (service.extra_hosts ?? []).map((text) => {
        const [name = '', ip = ''] = text.split(/[=:](.*)/s);
        return `${ip} ${name}`;
      }),
    }),
    ...(Object.keys(dns).length > 0 && { DNSConfig: dns }),
    ...given({
      Secrets: (service.secrets ?? []).map((grant) => secret(project, grant, ids)),
      Configs: (service.configs ?? []).map((grant) => config(project, grant, ids)),
      CapabilityAdd: service.cap_add ?? [],
      CapabilityDrop: service.cap_drop ?? [],
      Ulimits: Object.entries(service.ulimits ?? {}).map(([Name, limit]) =>
        typeof limit === 'number' ? { Name, Soft: limit, Hard: limit } : { Name, Soft: limit.soft, Hard: limit.hard },
      ),
      OomScoreAdj: service.oom_score_adj ?? 0,
    }),
    ...(service.sysctls && { Sysctls: service.sysctls }),
  };
}

function healthcheck({ healthcheck: check }: Service): HealthConfig | undefined {
  if (!check) return undefined;
  if (check.disable) return { Test: ['NONE'] };
  return {
    ...(check.test && { Test: check.test }),
    ...given({
      Interval: duration(check.interval) ?? 0,
      Timeout: duration(check.timeout) ?? 0,
      StartPeriod: duration(check.start_period) ?? 0,
      StartInterval: duration(check.start_interval) ?? 0,
      Retries: check.retries ?? 0,
    }),
  };
}

const tmpfs = (text: string): Mount => ({ Type: 'tmpfs', Target: text.split(':')[0] ?? '' });

function mount(project: Project, stack: string, volume: ServiceVolume): Mount {
  const { type, source = '', target, read_only: readOnly = false } = volume;
  const base = { Type: type as MountType, Target: target, ...(readOnly && { ReadOnly: true }) };
  if (type === 'bind')
    return { ...base, Source: source, ...(volume.bind?.propagation && { BindOptions: { Propagation: volume.bind.propagation } }) };
  if (type === 'tmpfs')
    return { ...base, ...(volume.tmpfs?.size && { TmpfsOptions: { SizeBytes: parseBytes(String(volume.tmpfs.size)) } }) };
  if (source === '') return base;
  const named = project.volumes[source];
  if (!named) throw new CliError(`undefined volume ${JSON.stringify(source)}`);
  if (named.external) return { ...base, Source: named.name };
  return {
    ...base,
    Source: named.name,
    VolumeOptions: {
      ...(volume.volume?.nocopy && { NoCopy: true }),
      Labels: { ...named.labels, [NAMESPACE]: stack },
      ...(named.driver && { DriverConfig: { Name: named.driver, ...(named.driver_opts && { Options: named.driver_opts }) } }),
    },
  };
}

function file(
  kind: 'secret' | 'config',
  all: Readonly<Record<string, FileObject>>,
  { source, target, uid, gid, mode: text }: Grant,
): { readonly name: string; readonly file: ReferenceFile } {
  const object = all[source];
  if (!object) throw new CliError(`undefined ${kind} ${JSON.stringify(source)}`);
  return {
    name: object.name,
    file: {
      Name: kind === 'secret' && target === `/run/secrets/${source}` ? source : (target ?? source),
      UID: uid ?? '0',
      GID: gid ?? '0',
      Mode: text === undefined ? 0o444 : Number.parseInt(text, 8),
    },
  };
}

const idOf = (kind: string, ids: ReadonlyMap<string, string>, name: string): string => {
  const id = ids.get(name);
  if (id === undefined) throw new CliError(`${kind} not found: ${name}`);
  return id;
};

function secret(project: Project, grant: Grant, { secrets }: FileIds): SecretReference {
  const { name, file: File } = file('secret', project.secrets, grant);
  return { File, SecretID: idOf('secret', secrets, name), SecretName: name };
}

function config(project: Project, grant: Grant, { configs }: FileIds): ConfigReference {
  const { name, file: File } = file('config', project.configs, grant);
  const isRoot = File.Name === grant.source;
  return { File: isRoot ? { ...File, Name: `/${grant.source}` } : File, ConfigID: idOf('config', configs, name), ConfigName: name };
}

export function networkRequest(
  stack: string,
  { name, driver, driver_opts: options, internal, attachable, ipam, labels, enable_ipv6: six }: NetworkConfig,
): NetworkCreateRequest {
  const configs = (ipam?.config ?? []).map(({ subnet }) => ({ Subnet: subnet ?? '' }));
  return {
    Name: name,
    Driver: driver || 'overlay',
    Scope: '',
    ...(six && { EnableIPv6: true }),
    IPAM: ipam?.driver || configs.length > 0 ? { Driver: ipam?.driver ?? '', Options: null, Config: configs } : null,
    Internal: internal ?? false,
    Attachable: attachable ?? false,
    Ingress: false,
    ConfigOnly: false,
    ConfigFrom: null,
    Options: options ?? null,
    Labels: { ...labels, [NAMESPACE]: stack },
  };
}
