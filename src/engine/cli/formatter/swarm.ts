/** The rows of the swarm's lists. Upstream: docker/cli cli/command/{service,task,node,secret,config,stack}/formatter.go. */
import type { Config, Node, PortConfig, Secret, Service, Task } from '../../api-types/index.ts';
import { showLabels } from './containers.ts';
import { humanDuration } from './human.ts';
import type { ListFormat } from './list.ts';
import { ellipsis, truncateId } from './text.ts';
import { parseTimeNs } from './time.ts';

const MAX_ERROR = 30;
const pretty = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** `2 hours ago`, as it stands in lists. */
const ago = (time: string, nowNs: bigint): string => `${humanDuration(Number(nowNs - parseTimeNs(time)))} ago`;

// ── services ──

export const modeOf = ({ Spec: { Mode } }: Service): string =>
  Mode.Global ? 'global' : Mode.Replicated ? 'replicated' : Mode.ReplicatedJob ? 'replicated job' : Mode.GlobalJob ? 'global job' : '';

function replicasOf(service: Service): string {
  const { RunningTasks = 0, DesiredTasks = 0, CompletedTasks = 0 } = service.ServiceStatus ?? {};
  const { ReplicatedJob, GlobalJob } = service.Spec.Mode;
  const counts = `${RunningTasks}/${DesiredTasks}`;
  if (ReplicatedJob) return `${counts} (${CompletedTasks}/${ReplicatedJob.TotalCompletions ?? 0} completed)`;
  if (GlobalJob) return `${counts} (${CompletedTasks}/${DesiredTasks + CompletedTasks} completed)`;
  const most = service.Spec.Mode.Replicated ? (service.Spec.TaskTemplate.Placement?.MaxReplicas ?? 0) : 0;
  return most > 0 ? `${counts} (max ${most} per node)` : counts;
}

interface PortRange {
  readonly protocol: string;
  readonly published: [number, number];
  readonly target: [number, number];
}

/** `*:8080->80/tcp`; neighbours are put together. Ports of single hosts are not the service's. */
function portsOf({ Endpoint }: Service): string {
  const sorted = [...(Endpoint.Ports ?? [])]
    .filter(({ PublishMode }) => PublishMode === 'ingress')
    .sort((a, b) =>
      a.Protocol === b.Protocol ? numberOf(a.PublishedPort) - numberOf(b.PublishedPort) : (a.Protocol ?? '') < (b.Protocol ?? '') ? -1 : 1,
    );
  const ranges: PortRange[] = [];
  for (const port of sorted) {
    const last = ranges.at(-1);
    if (last && follows(last, port)) {
      last.published[1] = numberOf(port.PublishedPort);
      last.target[1] = numberOf(port.TargetPort);
    } else {
      const [published, target] = [numberOf(port.PublishedPort), numberOf(port.TargetPort)];
      ranges.push({ protocol: port.Protocol ?? 'tcp', published: [published, published], target: [target, target] });
    }
  }
  const shown = ([first, last]: readonly [number, number]): string => (first === last ? String(first) : `${first}-${last}`);
  return ranges.map(({ protocol, published, target }) => `*:${shown(published)}->${shown(target)}/${protocol}`).join(', ');
}

const numberOf = (port: number | undefined): number => port ?? 0;
const follows = ({ protocol, published, target }: PortRange, port: PortConfig): boolean =>
  port.Protocol === protocol && port.PublishedPort === published[1] + 1 && port.TargetPort === target[1] + 1;

/** A name with its tag; a digest beside a tag is left out. */
const imageOf = (image = ''): string => (/:[^/@]+@/.test(image) ? image.slice(0, image.indexOf('@')) : image);

export const SERVICES: ListFormat<Service> = {
  type: '*service.serviceContext',
  table: '{{.ID}}\t{{.Name}}\t{{.Mode}}\t{{.Replicas}}\t{{.Image}}\t{{.Ports}}',
  quiet: '{{.ID}}',
  raw: 'id: {{.ID}}\nname: {{.Name}}\nmode: {{.Mode}}\nreplicas: {{.Replicas}}\nimage: {{.Image}}\nports: {{.Ports}}\n',
  rawQuiet: 'id: {{.ID}}',
  heads: { ID: 'ID', Name: 'NAME', Mode: 'MODE', Replicas: 'REPLICAS', Image: 'IMAGE', Ports: 'PORTS' },
  columns: {
    ID: ({ ID }) => truncateId(ID),
    Image: ({ Spec }) => imageOf(Spec.TaskTemplate.ContainerSpec?.Image),
    Mode: modeOf,
    Name: ({ Spec }) => Spec.Name,
    Ports: portsOf,
    Replicas: replicasOf,
  },
};

// ── tasks ──

export interface TaskRow {
  readonly task: Task;
  readonly name: string;
  readonly node: string;
}

export const TASKS = (options: { readonly truncate: boolean; readonly nowNs: bigint }): ListFormat<TaskRow> => ({
  type: '*task.taskContext',
  table: '{{.ID}}\t{{.Name}}\t{{.Image}}\t{{.Node}}\t{{.DesiredState}}\t{{.CurrentState}}\t{{.Error}}\t{{.Ports}}',
  quiet: '{{.ID}}',
  raw: 'id: {{.ID}}\nname: {{.Name}}\nimage: {{.Image}}\nnode: {{.Node}}\ndesired_state: {{.DesiredState}}\ncurrent_state: {{.CurrentState}}\nerror: {{.Error}}\nports: {{.Ports}}\n',
  rawQuiet: 'id: {{.ID}}',
  heads: {
    ID: 'ID',
    Name: 'NAME',
    Image: 'IMAGE',
    Node: 'NODE',
    DesiredState: 'DESIRED STATE',
    CurrentState: 'CURRENT STATE',
    Error: 'ERROR',
    Ports: 'PORTS',
  },
  columns: {
    CurrentState: ({ task: { Status } }) => `${pretty(Status.State)} ${ago(Status.Timestamp, options.nowNs).toLowerCase()}`,
    DesiredState: ({ task }) => pretty(task.DesiredState),
    Error: ({ task: { Status } }) => {
      const error = Status.Err ?? '';
      return error === '' ? '' : `"${options.truncate ? ellipsis(error, MAX_ERROR) : error}"`;
    },
    ID: ({ task }) => (options.truncate ? truncateId(task.ID) : task.ID),
    Image: ({ task }) => {
      const image = task.Spec.ContainerSpec?.Image ?? '';
      return options.truncate ? imageOf(image) : image;
    },
    Name: ({ name }) => name,
    Node: ({ node }) => node,
    Ports: ({ task: { Status } }) =>
      (Status.PortStatus.Ports ?? [])
        .map(({ PublishedPort, TargetPort, Protocol }) => `*:${PublishedPort}->${TargetPort}/${Protocol}`)
        .join(','),
  },
});

// ── nodes ──

function managerStatus({ ManagerStatus }: Node): string {
  if (!ManagerStatus) return '';
  return ManagerStatus.Leader ? 'Leader' : pretty(ManagerStatus.Reachability);
}

/** `self` is the id of the node that answers. */
export const NODES = (self: string, trustRoot: string): ListFormat<Node> => ({
  type: '*node.nodeContext',
  table: '{{.ID}} {{if .Self}}*{{else}} {{end}}\t{{.Hostname}}\t{{.Status}}\t{{.Availability}}\t{{.ManagerStatus}}\t{{.EngineVersion}}',
  quiet: '{{.ID}}',
  raw: 'node_id: {{.ID}}\nhostname: {{.Hostname}}\nstatus: {{.Status}}\navailability: {{.Availability}}\nmanager_status: {{.ManagerStatus}}\nengine_version: {{.EngineVersion}}\ntls_status: {{.TLSStatus}}\n',
  rawQuiet: 'node_id: {{.ID}}',
  heads: {
    ID: 'ID',
    Self: '',
    Hostname: 'HOSTNAME',
    Status: 'STATUS',
    Availability: 'AVAILABILITY',
    ManagerStatus: 'MANAGER STATUS',
    EngineVersion: 'ENGINE VERSION',
    TLSStatus: 'TLS STATUS',
  },
  columns: {
    Availability: ({ Spec }) => pretty(Spec.Availability),
    EngineVersion: ({ Description }) => Description.Engine.EngineVersion,
    Hostname: ({ Description }) => Description.Hostname,
    ID: ({ ID }) => ID,
    ManagerStatus: managerStatus,
    Self: ({ ID }) => ID === self,
    Status: ({ Status }) => pretty(Status.State),
    TLSStatus: ({ Description }) =>
      trustRoot === '' ? 'Unknown' : Description.TLSInfo.TrustRoot === trustRoot ? 'Ready' : 'Needs Rotation',
  },
});

// ── secrets, configs, stacks ──

export const SECRETS = (nowNs: bigint): ListFormat<Secret> => ({
  type: '*secret.secretContext',
  table: '{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.CreatedAt}}\t{{.UpdatedAt}}',
  quiet: '{{.ID}}',
  heads: { ID: 'ID', Name: 'NAME', Driver: 'DRIVER', CreatedAt: 'CREATED', UpdatedAt: 'UPDATED', Labels: 'LABELS' },
  columns: {
    CreatedAt: ({ CreatedAt }) => ago(CreatedAt, nowNs),
    Driver: ({ Spec }) => Spec.Driver?.Name ?? '',
    ID: ({ ID }) => ID,
    Labels: ({ Spec }) => showLabels(Spec.Labels),
    Name: ({ Spec }) => Spec.Name,
    UpdatedAt: ({ UpdatedAt }) => ago(UpdatedAt, nowNs),
  },
  methods: { Label: ({ Spec }, name) => Spec.Labels[String(name)] ?? '' },
});

export const CONFIGS = (nowNs: bigint): ListFormat<Config> => ({
  type: '*config.configContext',
  table: '{{.ID}}\t{{.Name}}\t{{.CreatedAt}}\t{{.UpdatedAt}}',
  quiet: '{{.ID}}',
  heads: { ID: 'ID', Name: 'NAME', CreatedAt: 'CREATED', UpdatedAt: 'UPDATED', Labels: 'LABELS' },
  columns: {
    CreatedAt: ({ CreatedAt }) => ago(CreatedAt, nowNs),
    ID: ({ ID }) => ID,
    Labels: ({ Spec }) => showLabels(Spec.Labels),
    Name: ({ Spec }) => Spec.Name,
    UpdatedAt: ({ UpdatedAt }) => ago(UpdatedAt, nowNs),
  },
  methods: { Label: ({ Spec }, name) => Spec.Labels[String(name)] ?? '' },
});

export interface StackRow {
  readonly name: string;
  readonly services: number;
}

export const STACKS: ListFormat<StackRow> = {
  type: '*stack.stackContext',
  table: '{{.Name}}\t{{.Services}}',
  quiet: '{{.Name}}',
  heads: { Name: 'NAME', Services: 'SERVICES' },
  columns: { Name: ({ name }) => name, Services: ({ services }) => String(services) },
};
