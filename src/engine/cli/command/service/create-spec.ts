/** The flags of `service create` as a service's specification. Upstream: docker/cli cli/command/service/opts.go. */
import type {
  ContainerSpec,
  ResourceRequirements,
  ServiceMode,
  ServiceSpec,
  SwarmRestartPolicy,
  TaskSpec,
  UpdateConfig,
} from '../../../api-types/index.ts';
import { type SwarmClient, swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import type { FlagValues } from '../../flags/index.ts';
import { parseUlimit } from '../../flags/structured.ts';
import type { Context } from '../command.ts';
import { keyValues } from '../container/key-values.ts';
import { parseMount } from '../container/mount-spec.ts';
import type { CREATE_FLAGS } from './create-flags.ts';
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

export type CreateFlags = FlagValues<typeof CREATE_FLAGS>;
type Given = Context<CreateFlags>;

/** Throws CliError. */
export async function createSpec(context: Given): Promise<ServiceSpec> {
  const { client, flags, changed } = context;
  refuseUnsupported(changed);
  const mode = modeOf(flags, changed);
  const update = updateOf('update', flags, changed);
  const rollback = updateOf('rollback', flags, changed);
  if ((mode.ReplicatedJob || mode.GlobalJob) && (update || rollback))
    throw new CliError('update and rollback configuration is not supported for jobs');
  const ports = flags.publish.flatMap(parsePublish);
  return {
    Name: flags.name,
    Labels: pairsOf(flags.label),
    TaskTemplate: await taskOf(context, swarmClient(client.http)),
    Mode: mode,
    ...(update && { UpdateConfig: update }),
    ...(rollback && { RollbackConfig: rollback }),
    EndpointSpec: { Mode: endpointMode(flags['endpoint-mode']), ...(ports.length > 0 && { Ports: ports }) },
  };
}

function endpointMode(text: string): 'vip' | 'dnsrr' {
  const word = text.toLowerCase();
  return word === 'dnsrr' ? 'dnsrr' : (word as 'vip');
}

function modeOf(flags: CreateFlags, changed: ReadonlySet<string>): ServiceMode {
  const replicas = changed.has('replicas') ? { Replicas: flags.replicas } : {};
  const refuse = (message: string): never => {
    throw new CliError(message);
  };
  const { mode } = flags;
  if (!['global', 'replicated', 'replicated-job', 'global-job'].includes(mode))
    refuse(`unknown mode: ${mode}, only replicated and global supported`);
  const isGlobal = mode === 'global' || mode === 'global-job';
  if (isGlobal && changed.has('replicas')) refuse('replicas can only be used with replicated or replicated-job mode');
  if (isGlobal && flags['replicas-max-per-node'] > 0)
    refuse('replicas-max-per-node can only be used with replicated or replicated-job mode');
  if (mode !== 'replicated-job' && changed.has('max-concurrent')) refuse('max-concurrent can only be used with replicated-job mode');
  if (mode === 'global') return { Global: {} };
  if (mode === 'global-job') return { GlobalJob: {} };
  if (mode === 'replicated') return { Replicated: replicas };
  const concurrent = changed.has('max-concurrent') ? flags['max-concurrent'] : changed.has('replicas') ? flags.replicas : undefined;
  return {
    ReplicatedJob: {
      ...(concurrent !== undefined && { MaxConcurrent: concurrent }),
      ...(changed.has('replicas') && { TotalCompletions: flags.replicas }),
    },
  };
}

type UpdateKind = 'update' | 'rollback';

/** Only if one of its flags was given. */
export function updateOf(
  kind: UpdateKind,
  flags: Pick<CreateFlags, `${UpdateKind}-${'parallelism' | 'delay' | 'monitor' | 'failure-action' | 'max-failure-ratio' | 'order'}`>,
  changed: ReadonlySet<string>,
  base?: UpdateConfig,
): UpdateConfig | undefined {
  const given = (name: string): boolean => changed.has(`${kind}-${name}`);
  if (!['parallelism', 'delay', 'monitor', 'failure-action', 'max-failure-ratio', 'order'].some(given)) return base;
  const initial: UpdateConfig = base ?? {
    Parallelism: 1,
    FailureAction: 'pause',
    Monitor: 5_000_000_000,
    MaxFailureRatio: 0,
    Order: 'stop-first',
  };
  return {
    ...initial,
    ...(given('parallelism') && { Parallelism: flags[`${kind}-parallelism`] }),
    ...(given('delay') && { Delay: flags[`${kind}-delay`] }),
    ...(given('monitor') && { Monitor: flags[`${kind}-monitor`] }),
    ...(given('failure-action') && { FailureAction: flags[`${kind}-failure-action`] as 'pause' }),
    ...(given('max-failure-ratio') && { MaxFailureRatio: flags[`${kind}-max-failure-ratio`] }),
    ...(given('order') && { Order: flags[`${kind}-order`] as 'stop-first' }),
  };
}

async function taskOf(context: Given, swarm: SwarmClient): Promise<TaskSpec> {
  const { client, flags, changed } = context;
  const networks = await attachments(client, flags.network);
  const restart = restartOf(flags, changed);
  return {
    ContainerSpec: await containerOf(context, swarm),
    Resources: resourcesOf(flags, changed),
    ...(restart && { RestartPolicy: restart }),
    Placement: {
      ...(flags.constraint.length > 0 && { Constraints: flags.constraint }),
      ...(flags['placement-pref'].length > 0 && { Preferences: flags['placement-pref'].map(preference) }),
      ...(flags['replicas-max-per-node'] > 0 && { MaxReplicas: flags['replicas-max-per-node'] }),
    },
    ...(networks.length > 0 && { Networks: networks }),
    ...(flags['log-driver'] !== '' && {
      LogDriver: { Name: flags['log-driver'], ...(flags['log-opt'].length > 0 && { Options: pairsOf(flags['log-opt']) }) },
    }),
    ForceUpdate: 0,
  };
}

/** `spread=node.labels.zone`. Throws CliError. */
export function preference(text: string): { readonly Spread: { readonly SpreadDescriptor: string } } {
  const [strategy = '', descriptor] = text.split(/=(.*)/s);
  if (descriptor === undefined) throw new CliError('could not parse "=" in placement preference: must be of the form "<strategy>=<arg>"');
  if (strategy !== 'spread') throw new CliError(`unsupported placement preference ${strategy} (only spread is supported)`);
  return { Spread: { SpreadDescriptor: descriptor } };
}

export type RestartFlags = Pick<CreateFlags, 'restart-condition' | 'restart-delay' | 'restart-max-attempts' | 'restart-window'>;

export function restartOf(flags: RestartFlags, changed: ReadonlySet<string>, base?: SwarmRestartPolicy): SwarmRestartPolicy | undefined {
  const names = ['restart-condition', 'restart-delay', 'restart-max-attempts', 'restart-window'] as const;
  if (!names.some((name) => changed.has(name))) return base;
  return {
    ...(base ?? { Condition: 'any', Delay: 5_000_000_000, MaxAttempts: 0 }),
    ...(changed.has('restart-condition') && { Condition: flags['restart-condition'] as 'any' }),
    ...(changed.has('restart-delay') && { Delay: flags['restart-delay'] }),
    ...(changed.has('restart-max-attempts') && { MaxAttempts: flags['restart-max-attempts'] }),
    ...(changed.has('restart-window') && { Window: flags['restart-window'] }),
  };
}

function resourcesOf(flags: CreateFlags, changed: ReadonlySet<string>): ResourceRequirements {
  return {
    Limits: {
      ...(flags['limit-cpu'] > 0 && { NanoCPUs: flags['limit-cpu'] }),
      ...(flags['limit-memory'] > 0 && { MemoryBytes: flags['limit-memory'] }),
      ...(flags['limit-pids'] > 0 && { Pids: flags['limit-pids'] }),
    },
    Reservations: {
      ...(flags['reserve-cpu'] > 0 && { NanoCPUs: flags['reserve-cpu'] }),
      ...(flags['reserve-memory'] > 0 && { MemoryBytes: flags['reserve-memory'] }),
    },
    ...(changed.has('memory-swap') && { SwapBytes: flags['memory-swap'] }),
    ...(changed.has('memory-swappiness') && { MemorySwappiness: flags['memory-swappiness'] }),
  };
}

const filled = (name: keyof ContainerSpec, value: string | boolean | number | readonly unknown[]): Partial<ContainerSpec> =>
  value === '' || value === false || value === 0 || (Array.isArray(value) && value.length === 0) ? {} : { [name]: value };

async function containerOf({ io, flags, changed, args }: Given, swarm: SwarmClient): Promise<ContainerSpec> {
  const [Image = '', ...command] = args;
  const env = await keyValues(io, { flag: '', files: flags['env-file'], given: flags.env, fromEnv: true });
  const health = healthOf(flags, changed);
  const labels = pairsOf(flags['container-label']);
  const sysctls = pairsOf(flags.sysctl);
  return {
    Image,
    ...(Object.keys(labels).length > 0 && { Labels: labels }),
    ...filled('Command', shellWords(flags.entrypoint)),
    ...filled('Args', command),
    ...filled('Hostname', flags.hostname),
    ...filled('Env', lastOfEach(env)),
    ...filled('Dir', flags.workdir),
    ...filled('User', flags.user),
    ...filled('Groups', flags.group),
    Init: flags.init,
    ...filled('StopSignal', flags['stop-signal']),
    ...filled('TTY', flags.tty),
    ...filled('ReadOnly', flags['read-only']),
    ...filled('Mounts', flags.mount.map(parseMount)),
    ...(changed.has('stop-grace-period') && { StopGracePeriod: flags['stop-grace-period'] }),
    ...(health && { Healthcheck: health }),
    ...filled('Hosts', flags.host.map(hostLine)),
    DNSConfig: {
      ...(flags.dns.length > 0 && { Nameservers: flags.dns }),
      ...(flags['dns-search'].length > 0 && { Search: flags['dns-search'] }),
      ...(flags['dns-option'].length > 0 && { Options: flags['dns-option'] }),
    },
    ...filled('Secrets', await secretReferences(swarm, flags.secret)),
    ...filled('Configs', await configReferences(swarm, flags.config)),
    ...filled('Isolation', flags.isolation),
    ...(Object.keys(sysctls).length > 0 && { Sysctls: sysctls }),
    ...filled('CapabilityAdd', flags['cap-add'].map(capability)),
    ...filled('CapabilityDrop', flags['cap-drop'].map(capability)),
    ...filled('Ulimits', flags.ulimit.map(parseUlimit)),
    ...filled('OomScoreAdj', flags['oom-score-adj']),
  };
}

export const capability = (text: string): string => {
  const name = text.toUpperCase();
  return name === 'ALL' || name.startsWith('CAP_') ? name : `CAP_${name}`;
};

/** A later value takes the place of an earlier one of the same name. */
function lastOfEach(env: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const entry of env) {
    const name = `${entry.split('=', 1)[0] ?? ''}=`;
    for (let i = kept.length - 1; i >= 0; i -= 1) if (kept[i]?.startsWith(name)) kept.splice(i, 1);
    kept.push(entry);
  }
  return kept;
}

export type HealthFlags = Pick<
  CreateFlags,
  | 'health-cmd'
  | 'health-interval'
  | 'health-retries'
  | 'health-start-interval'
  | 'health-start-period'
  | 'health-timeout'
  | 'no-healthcheck'
>;

/** Throws CliError. */
export function healthOf(
  flags: HealthFlags,
  changed: ReadonlySet<string>,
  base?: ContainerSpec['Healthcheck'],
): ContainerSpec['Healthcheck'] {
  const names = [
    'health-cmd',
    'health-interval',
    'health-retries',
    'health-start-interval',
    'health-start-period',
    'health-timeout',
  ] as const;
  const given = names.some((name) => changed.has(name));
  if (flags['no-healthcheck']) {
    if (given) throw new CliError('--no-healthcheck conflicts with --health-* options');
    return { Test: ['NONE'] };
  }
  if (!given) return base;
  return {
    ...base,
    ...(changed.has('health-cmd') && { Test: flags['health-cmd'] === '' ? [] : ['CMD-SHELL', flags['health-cmd']] }),
    ...(changed.has('health-interval') && { Interval: flags['health-interval'] }),
    ...(changed.has('health-timeout') && { Timeout: flags['health-timeout'] }),
    ...(changed.has('health-retries') && { Retries: flags['health-retries'] }),
    ...(changed.has('health-start-period') && { StartPeriod: flags['health-start-period'] }),
    ...(changed.has('health-start-interval') && { StartInterval: flags['health-start-interval'] }),
  };
}
