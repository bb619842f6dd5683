/** The flags of `service update` on top of a service's specification. Upstream: docker/cli cli/command/service/update.go. */
import type { ContainerSpec, Mount, NetworkAttachmentConfig, PortConfig, ServiceSpec, TaskSpec } from '../../../api-types/index.ts';
import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import type { FlagValues } from '../../flags/index.ts';
import { parseUlimit } from '../../flags/structured.ts';
import type { Context } from '../command.ts';
import { keyValues } from '../container/key-values.ts';
import { parseMount } from '../container/mount-spec.ts';
import { capability, healthOf, preference, restartOf, updateOf } from './create-spec.ts';
import type { UPDATE_FLAGS } from './update-flags.ts';
import {
  attachments,
  configReferences,
  hostLine,
  pairsOf,
  parsePublish,
  refuseUnsupported,
  secretReferences,
  shellWords,
} from './values.ts';

export type UpdateFlags = FlagValues<typeof UPDATE_FLAGS>;
type Given = Context<UpdateFlags>;
type Texts = Readonly<Record<string, string>>;

/** Throws CliError. */
export async function updatedSpec(context: Given, spec: ServiceSpec): Promise<ServiceSpec> {
  const { flags, changed } = context;
  refuseUnsupported(changed);
  const update = updateOf('update', flags, changed, spec.UpdateConfig);
  const rollback = updateOf('rollback', flags, changed, spec.RollbackConfig);
  const endpoint = endpointOf(flags, changed, spec);
  return {
    ...spec,
    Labels: withPairs(spec.Labels, { add: flags['label-add'], remove: flags['label-rm'] }),
    TaskTemplate: await taskOf(context, spec.TaskTemplate),
    Mode: modeOf(flags, changed, spec),
    ...(update && { UpdateConfig: update }),
    ...(rollback && { RollbackConfig: rollback }),
    ...(endpoint && { EndpointSpec: endpoint }),
  };
}

interface Edit {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

const withPairs = (base: Texts | undefined, { add, remove }: Edit): Texts => {
  const kept = Object.entries(base ?? {}).filter(([name]) => !remove.includes(name));
  return { ...Object.fromEntries(kept), ...pairsOf(add) };
};

const withWords = (base: readonly string[] | undefined, { add, remove }: Edit): readonly string[] =>
  [...new Set([...(base ?? []), ...add])].filter((word) => !remove.includes(word)).sort();

function modeOf(flags: UpdateFlags, changed: ReadonlySet<string>, { Mode }: ServiceSpec): ServiceSpec['Mode'] {
  if (changed.has('replicas')) {
    if (Mode.ReplicatedJob) return { ReplicatedJob: { ...Mode.ReplicatedJob, TotalCompletions: flags.replicas } };
    if (!Mode.Replicated) throw new CliError('replicas can only be used with replicated mode');
    return { Replicated: { Replicas: flags.replicas } };
  }
  if (changed.has('max-concurrent') && Mode.ReplicatedJob)
    return { ReplicatedJob: { ...Mode.ReplicatedJob, MaxConcurrent: flags['max-concurrent'] } };
  return Mode;
}

function endpointOf(flags: UpdateFlags, changed: ReadonlySet<string>, { EndpointSpec }: ServiceSpec): ServiceSpec['EndpointSpec'] {
  const edits = changed.has('publish-add') || changed.has('publish-rm');
  const mode = changed.has('endpoint-mode') ? { Mode: flags['endpoint-mode'] as 'vip' } : {};
  if (!edits) return changed.has('endpoint-mode') ? { ...EndpointSpec, ...mode } : EndpointSpec;
  const added = flags['publish-add'].flatMap(parsePublish);
  const isRemoved = (port: PortConfig): boolean => flags['publish-rm'].some((text) => isMeant(port, text));
  const isReplaced = (port: PortConfig): boolean =>
    added.some(({ PublishedPort, Protocol }) => PublishedPort === port.PublishedPort && Protocol === port.Protocol);
  const kept = (EndpointSpec?.Ports ?? []).filter((port) => !isRemoved(port) && !isReplaced(port));
  return { ...EndpointSpec, ...mode, Ports: [...kept, ...added].sort((a, b) => (a.PublishedPort ?? 0) - (b.PublishedPort ?? 0)) };
}

/** `80`, `80/tcp` or the long form: by the port in the container. */
function isMeant(port: PortConfig, text: string): boolean {
  if (text.includes('='))
    return parsePublish(text).some(({ TargetPort, Protocol }) => TargetPort === port.TargetPort && Protocol === port.Protocol);
  const [target = '', protocol = 'tcp'] = text.split('/');
  if (!/^\d+$/.test(target)) throw new CliError(`invalid argument ${JSON.stringify(text)} for "--publish-rm": ${text}`);
  return Number(target) === port.TargetPort && protocol === port.Protocol;
}

async function taskOf(context: Given, task: TaskSpec): Promise<TaskSpec> {
  const { flags, changed } = context;
  const restart = restartOf(flags, changed, task.RestartPolicy);
  const networks = await networksOf(context, task.Networks);
  const logDriver = changed.has('log-driver')
    ? { Name: flags['log-driver'], ...(flags['log-opt'].length > 0 && { Options: pairsOf(flags['log-opt']) }) }
    : task.LogDriver;
  return {
    ...task,
    ContainerSpec: await containerOf(context, task.ContainerSpec ?? {}),
    ...resourcesOf(flags, changed, task),
    ...(restart && { RestartPolicy: restart }),
    ...placementOf(flags, changed, task),
    ...(networks && { Networks: networks }),
    ...(logDriver && { LogDriver: logDriver }),
    ForceUpdate: task.ForceUpdate + (flags.force ? 1 : 0),
  };
}

const anyOf = (changed: ReadonlySet<string>, ...names: readonly string[]): boolean => names.some((name) => changed.has(name));

function resourcesOf(flags: UpdateFlags, changed: ReadonlySet<string>, { Resources }: TaskSpec): Pick<TaskSpec, 'Resources'> {
  if (!anyOf(changed, 'limit-cpu', 'limit-memory', 'limit-pids', 'reserve-cpu', 'reserve-memory', 'memory-swap', 'memory-swappiness'))
    return Resources ? { Resources } : {};
  return {
    Resources: {
      ...Resources,
      Limits: {
        ...Resources?.Limits,
        ...(changed.has('limit-cpu') && { NanoCPUs: flags['limit-cpu'] }),
        ...(changed.has('limit-memory') && { MemoryBytes: flags['limit-memory'] }),
        ...(changed.has('limit-pids') && { Pids: flags['limit-pids'] }),
      },
      Reservations: {
        ...Resources?.Reservations,
        ...(changed.has('reserve-cpu') && { NanoCPUs: flags['reserve-cpu'] }),
        ...(changed.has('reserve-memory') && { MemoryBytes: flags['reserve-memory'] }),
      },
      ...(changed.has('memory-swap') && { SwapBytes: flags['memory-swap'] }),
      ...(changed.has('memory-swappiness') && { MemorySwappiness: flags['memory-swappiness'] }),
    },
  };
}

function placementOf(flags: UpdateFlags, changed: ReadonlySet<string>, { Placement }: TaskSpec): Pick<TaskSpec, 'Placement'> {
  if (!anyOf(changed, 'constraint-add', 'constraint-rm', 'placement-pref-add', 'placement-pref-rm', 'replicas-max-per-node'))
    return Placement ? { Placement } : {};
  const removed = flags['placement-pref-rm'].map((text) => preference(text).Spread.SpreadDescriptor);
  const preferences = (Placement?.Preferences ?? []).filter(({ Spread }) => !removed.includes(Spread.SpreadDescriptor));
  return {
    Placement: {
      ...Placement,
      Constraints: withWords(Placement?.Constraints, { add: flags['constraint-add'], remove: flags['constraint-rm'] }),
      Preferences: [...preferences, ...flags['placement-pref-add'].map(preference)],
      ...(changed.has('replicas-max-per-node') && { MaxReplicas: flags['replicas-max-per-node'] }),
    },
  };
}

async function networksOf({ client, flags, changed }: Given, base: TaskSpec['Networks']): Promise<TaskSpec['Networks']> {
  if (!anyOf(changed, 'network-add', 'network-rm')) return base;
  const removed = new Set<string>();
  for (const name of flags['network-rm']) removed.add((await client.networks.inspect(name)).Id);
  const added = await attachments(client, flags['network-add']);
  const kept = (base ?? []).filter(({ Target = '' }) => !removed.has(Target));
  for (const { Target } of added)
    if (kept.some((one) => one.Target === Target))
      throw new CliError(`service is already attached to network ${nameOf(flags, added, Target)}`);
  return [...kept, ...added].sort((a, b) => ((a.Target ?? '') < (b.Target ?? '') ? -1 : 1));
}

const nameOf = (flags: UpdateFlags, added: readonly NetworkAttachmentConfig[], id: string | undefined): string =>
  flags['network-add'][added.findIndex(({ Target }) => Target === id)] ?? id ?? '';

async function containerOf(context: Given, base: ContainerSpec): Promise<ContainerSpec> {
  const { flags, changed } = context;
  const text = (
    flag: 'image' | 'workdir' | 'user' | 'hostname' | 'stop-signal' | 'isolation',
    key: keyof ContainerSpec,
  ): Partial<ContainerSpec> => (changed.has(flag) ? { [key]: flags[flag] } : {});
  const health = healthOf(flags, changed, base.Healthcheck);
  return {
    ...base,
    ...text('image', 'Image'),
    ...text('workdir', 'Dir'),
    ...text('user', 'User'),
    ...text('hostname', 'Hostname'),
    ...text('stop-signal', 'StopSignal'),
    ...text('isolation', 'Isolation'),
    ...(changed.has('args') && { Args: shellWords(flags.args) }),
    ...(changed.has('entrypoint') && { Command: shellWords(flags.entrypoint) }),
    ...(changed.has('init') && { Init: flags.init }),
    ...(changed.has('tty') && { TTY: flags.tty }),
    ...(changed.has('read-only') && { ReadOnly: flags['read-only'] }),
    ...(changed.has('stop-grace-period') && { StopGracePeriod: flags['stop-grace-period'] }),
    ...(changed.has('oom-score-adj') && { OomScoreAdj: flags['oom-score-adj'] }),
    ...(health && { Healthcheck: health }),
    ...(await listsOf(context, base)),
    ...(await filesOf(context, base)),
  };
}

async function listsOf({ io, flags, changed }: Given, base: ContainerSpec): Promise<Partial<ContainerSpec>> {
  const added = await keyValues(io, { flag: '', files: [], given: flags['env-add'], fromEnv: true });
  const nameOfEntry = (entry: string): string => entry.split('=', 1)[0] ?? '';
  const replaced = new Set([...flags['env-rm'], ...added.map(nameOfEntry)]);
  const has = (name: string): boolean => changed.has(`${name}-add`) || changed.has(`${name}-rm`);
  const targets = new Set([...flags['mount-rm'], ...flags['mount-add'].map((one) => parseMount(one).Target)]);
  const limits = new Set([...flags['ulimit-rm'], ...flags['ulimit-add'].map((one) => parseUlimit(one).Name)]);
  return {
    ...(has('env') && { Env: [...(base.Env ?? []).filter((entry) => !replaced.has(nameOfEntry(entry))), ...added] }),
    ...(has('container-label') && {
      Labels: withPairs(base.Labels, { add: flags['container-label-add'], remove: flags['container-label-rm'] }),
    }),
    ...(has('sysctl') && { Sysctls: withPairs(base.Sysctls, { add: flags['sysctl-add'], remove: flags['sysctl-rm'] }) }),
    ...(has('group') && { Groups: withWords(base.Groups, { add: flags['group-add'], remove: flags['group-rm'] }) }),
    ...(has('host') && { Hosts: withWords(base.Hosts, { add: flags['host-add'].map(hostLine), remove: flags['host-rm'].map(hostLine) }) }),
    ...(has('mount') && { Mounts: mountsOf(base.Mounts, targets, flags['mount-add']) }),
    ...(has('ulimit') && {
      Ulimits: [...(base.Ulimits ?? []).filter(({ Name }) => !limits.has(Name)), ...flags['ulimit-add'].map(parseUlimit)],
    }),
    ...(changed.has('cap-add') && {
      CapabilityAdd: withWords(base.CapabilityAdd, { add: flags['cap-add'].map(capability), remove: flags['cap-drop'].map(capability) }),
    }),
    ...(changed.has('cap-drop') && {
      CapabilityDrop: withWords(base.CapabilityDrop, { add: flags['cap-drop'].map(capability), remove: flags['cap-add'].map(capability) }),
    }),
    ...(['dns', 'dns-option', 'dns-search'].some(has) && {
      DNSConfig: withoutEmpty({
        Nameservers: withWords(base.DNSConfig?.Nameservers, { add: flags['dns-add'], remove: flags['dns-rm'] }),
        Search: withWords(base.DNSConfig?.Search, { add: flags['dns-search-add'], remove: flags['dns-search-rm'] }),
        Options: withWords(base.DNSConfig?.Options, { add: flags['dns-option-add'], remove: flags['dns-option-rm'] }),
      }),
    }),
  };
}

const withoutEmpty = (lists: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));

const mountsOf = (base: ContainerSpec['Mounts'], replaced: ReadonlySet<string>, added: readonly string[]): readonly Mount[] => [
  ...(base ?? []).filter(({ Target }) => !replaced.has(Target)),
  ...added.map(parseMount),
];

async function filesOf({ client, flags }: Given, base: ContainerSpec): Promise<Partial<ContainerSpec>> {
  const swarm = swarmClient(client.http);
  const edits = (kind: 'secret' | 'config'): boolean => flags[`${kind}-add`].length + flags[`${kind}-rm`].length > 0;
  const secrets = edits('secret') ? await secretReferences(swarm, flags['secret-add']) : [];
  const configs = edits('config') ? await configReferences(swarm, flags['config-add']) : [];
  return {
    ...(edits('secret') && {
      Secrets: [...(base.Secrets ?? []).filter(({ SecretName }) => !flags['secret-rm'].includes(SecretName)), ...secrets],
    }),
    ...(edits('config') && {
      Configs: [...(base.Configs ?? []).filter(({ ConfigName }) => !flags['config-rm'].includes(ConfigName)), ...configs],
    }),
  };
}
