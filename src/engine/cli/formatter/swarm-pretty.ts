/** `inspect --pretty` of the swarm's objects. Upstream: docker/cli cli/command/{service,node,secret,config}/formatter.go. */

import type { Config, Node, Secret, Service, UpdateConfig } from '../../api-types/index.ts';
import { readBase64 } from '../../http/base64.ts';
import { showDuration } from '../flags/duration.ts';
import { decodeText } from '../text.ts';
import { bytesSize, humanDuration } from './human.ts';
import { parseTimeNs } from './time.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
type Labels = Readonly<Record<string, string>>;
const labelLines = (labels: Labels): readonly string[] => {
  const names = Object.keys(labels).sort();
  return names.length === 0 ? [] : ['Labels:', ...names.map((name) => ` - ${name}${labels[name] ? `=${labels[name]}` : ''}`)];
};

/** Go's Time.String() with a lower-case zone: `2026-11-21 08:53:19.188917307 +0000 utc`. */
function showTime(text: string): string {
  const ns = parseTimeNs(text);
  const fraction = String(ns % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '');
  const seconds = new Date(Number(ns / 1_000_000_000n) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return `${seconds}${fraction === '' ? '' : `.${fraction}`} +0000 utc`;
}

// ── secrets and configs ──

export const prettySecret = ({ ID, Spec, CreatedAt, UpdatedAt }: Secret): string =>
  [
    `ID:              ${ID}`,
    `Name:              ${Spec.Name}`,
    ...labelLines(Spec.Labels),
    `Driver:            ${Spec.Driver?.Name ?? ''}`,
    `Created at:        ${showTime(CreatedAt)}`,
    `Updated at:        ${showTime(UpdatedAt)}`,
  ].join('\n');

export const prettyConfig = ({ ID, Spec, CreatedAt, UpdatedAt }: Config): string =>
  [
    `ID:\t\t\t${ID}`,
    `Name:\t\t\t${Spec.Name}`,
    ...labelLines(Spec.Labels),
    `Created at:            \t${showTime(CreatedAt)}`,
    `Updated at:            \t${showTime(UpdatedAt)}`,
    'Data:',
    decodeText(readBase64(Spec.Data ?? '')),
  ].join('\n');

// ── nodes ──

export function prettyNode({ ID, Spec, Description, Status, ManagerStatus, CreatedAt }: Node): string {
  const { Platform, Resources, Engine, TLSInfo, Hostname } = Description;
  const kinds = new Map<string, string[]>();
  for (const { Type, Name } of Engine.Plugins) kinds.set(Type, [...(kinds.get(Type) ?? []), Name]);
  return [
    `ID:\t\t\t${ID}`,
    ...(Spec.Name ? [`Name:\t\t\t${Spec.Name}`] : []),
    ...labelLines(Spec.Labels),
    `Hostname:              \t${Hostname}`,
    `Joined at:             \t${showTime(CreatedAt)}`,
    'Status:',
    ` State:\t\t\t${capital(Status.State)}`,
    ...(Status.Message ? [` Message:              \t${capital(Status.Message)}`] : []),
    ` Availability:         \t${capital(Spec.Availability)}`,
    ...(Status.Addr === '' ? [] : [` Address:\t\t${Status.Addr}`]),
    ...(ManagerStatus
      ? [
          'Manager Status:',
          ` Address:\t\t${ManagerStatus.Addr}`,
          ` Raft Status:\t\t${capital(ManagerStatus.Reachability)}`,
          ` Leader:\t\t${ManagerStatus.Leader ? 'Yes' : 'No'}`,
        ]
      : []),
    'Platform:',
    ` Operating System:\t${Platform.OS}`,
    ` Architecture:\t\t${Platform.Architecture}`,
    'Resources:',
    ` CPUs:\t\t\t${Math.trunc(Resources.NanoCPUs / 1e9)}`,
    ` Memory:\t\t${bytesSize(Resources.MemoryBytes)}`,
    'Plugins:',
    ...[...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, names]) => ` ${kind}:\t\t${names.join(', ')}`),
    `Engine Version:\t\t${Engine.EngineVersion}`,
    'TLS Info:',
    ' TrustRoot:',
    TLSInfo.TrustRoot,
    ` Issuer Subject:\t${TLSInfo.CertIssuerSubject}`,
    ` Issuer Public Key:\t${TLSInfo.CertIssuerPublicKey}`,
  ].join('\n');
}

// ── services ──

export function prettyService(service: Service, networks: ReadonlyMap<string, string>, nowNs = 0n): string {
  return [
    '',
    `ID:\t\t${service.ID}`,
    `Name:\t\t${service.Spec.Name}`,
    ...serviceLabels(service.Spec.Labels),
    ...modeLines(service),
    ...statusLines(service, nowNs),
    ...placementLines(service),
    ...updateLines('Update', service.Spec.UpdateConfig),
    ...updateLines('Rollback', service.Spec.RollbackConfig),
    ...containerLines(service),
    ...resourceLines(service),
    ...networkLines(service, networks),
    `Endpoint Mode:\t${service.Spec.EndpointSpec?.Mode ?? ''}`,
    portText(service) + healthText(service),
  ].join('\n');
}

const serviceLabels = (labels: Labels): readonly string[] => {
  const names = Object.keys(labels).sort();
  return names.length === 0 ? [] : ['Labels:', ...names.map((name) => ` ${name}${labels[name] ? `=${labels[name]}` : ''}`)];
};

function modeLines({ Spec: { Mode } }: Service): readonly string[] {
  if (Mode.Global) return ['Service Mode:\tGlobal'];
  if (!Mode.Replicated) return ['Service Mode:'];
  return ['Service Mode:\tReplicated', ...(Mode.Replicated.Replicas ? [` Replicas:\t${Mode.Replicated.Replicas}`] : [])];
}

function statusLines({ UpdateStatus }: Service, nowNs: bigint): readonly string[] {
  if (!UpdateStatus?.State) return [];
  const since = (time: string): string => `${humanDuration(Number(nowNs - parseTimeNs(time)))} ago`;
  return [
    'UpdateStatus:',
    ` State:\t\t${UpdateStatus.State}`,
    ...(UpdateStatus.StartedAt ? [` Started:\t${since(UpdateStatus.StartedAt)}`] : []),
    ...(UpdateStatus.State === 'completed' && UpdateStatus.CompletedAt ? [` Completed:\t${since(UpdateStatus.CompletedAt)}`] : []),
    ` Message:\t${UpdateStatus.Message ?? ''}`,
  ];
}

function placementLines({ Spec: { TaskTemplate } }: Service): readonly string[] {
  const { Constraints = [], Preferences = [], MaxReplicas = 0 } = TaskTemplate.Placement ?? {};
  return [
    'Placement:',
    ...(Constraints.length > 0 ? [` Constraints:\t[${Constraints.join(' ')}]`] : []),
    ...(Preferences.length > 0
      ? [` Preferences:   [${Preferences.map(({ Spread }) => `spread=${Spread.SpreadDescriptor}`).join(' ')}]`]
      : []),
    ...(MaxReplicas > 0 ? [` Max Replicas Per Node:   ${MaxReplicas}`] : []),
  ];
}

const updateLines = (kind: 'Update' | 'Rollback', config: UpdateConfig | undefined): readonly string[] =>
  config === undefined
    ? []
    : [
        `${kind}Config:`,
        ` Parallelism:\t${config.Parallelism}`,
        ...(config.Delay ? [` Delay:\t\t${showDuration(config.Delay)}`] : []),
        ` On failure:\t${config.FailureAction ?? ''}`,
        ...(config.Monitor ? [` Monitoring Period: ${showDuration(config.Monitor)}`] : []),
        ` Max failure ratio: ${config.MaxFailureRatio}`,
        ` ${`${kind} order:`.padEnd(18)} ${config.Order ?? ''}`,
      ];

function containerLines({ Spec: { TaskTemplate } }: Service): readonly string[] {
  const spec = TaskTemplate.ContainerSpec ?? {};
  const list = (name: string, words: readonly string[] | undefined): readonly string[] =>
    words && words.length > 0 ? [` ${name}:\t\t${words.map((word) => `${word} `).join('')}`] : [];
  const capabilities = [
    ...(spec.CapabilityAdd?.length ? [` Add: [${spec.CapabilityAdd.join(' ')}]`] : []),
    ...(spec.CapabilityDrop?.length ? [` Drop: [${spec.CapabilityDrop.join(' ')}]`] : []),
  ];
  const files = (title: string, pairs: readonly (readonly [string, string])[]): readonly string[] =>
    pairs.length === 0 ? [] : [title, ...pairs.flatMap(([target, source]) => [` Target:\t${target}`, `  Source:\t${source}`])];
  const mounts = (spec.Mounts ?? []).flatMap(({ Target, Source = '', ReadOnly = false, Type }) => [
    ` Target:\t${Target}`,
    `  Source:\t${Source}`,
    `  ReadOnly:\t${ReadOnly}`,
    `  Type:\t\t${Type}`,
  ]);
  return [
    'ContainerSpec:',
    ` Image:\t\t${spec.Image ?? ''}`,
    ...list('Args', spec.Args),
    ...list('Env', spec.Env),
    ...(spec.Dir ? [` Dir:\t\t${spec.Dir}`] : []),
    ...(spec.Init === undefined ? [] : [` Init:\t\t${spec.Init}`]),
    ...(spec.User ? [` User: ${spec.User}`] : []),
    ...(capabilities.length > 0 ? ['Capabilities:', ...capabilities] : []),
    ...(mounts.length > 0 ? ['Mounts:', ...mounts] : []),
    ...files(
      'Configs:',
      (spec.Configs ?? []).map(({ File, ConfigName }) => [File?.Name ?? '', ConfigName]),
    ),
    ...files(
      'Secrets:',
      (spec.Secrets ?? []).map(({ File, SecretName }) => [File?.Name ?? '', SecretName]),
    ),
    ...(TaskTemplate.LogDriver ? ['Log Driver:', ` Name:\t\t${TaskTemplate.LogDriver.Name}`] : []),
  ];
}

function resourceLines({ Spec: { TaskTemplate } }: Service): readonly string[] {
  const { Limits, Reservations } = TaskTemplate.Resources ?? {};
  const of = (
    title: string,
    { NanoCPUs = 0, MemoryBytes = 0 }: { readonly NanoCPUs?: number; readonly MemoryBytes?: number } = {},
  ): readonly string[] =>
    NanoCPUs === 0 && MemoryBytes === 0
      ? []
      : [
          ` ${title}:`,
          ...(NanoCPUs > 0 ? [`  CPU:\t\t${NanoCPUs / 1e9}`] : []),
          ...(MemoryBytes > 0 ? [`  Memory:\t${bytesSize(MemoryBytes)}`] : []),
        ];
  if (!Limits && !Reservations) return [];
  return [
    'Resources:',
    ...of('Reservations', Reservations),
    ...of('Limits', Limits),
    ...(Limits?.Pids ? [`  PIDs:\t\t${Limits.Pids}`] : []),
  ];
}

function networkLines({ Spec: { TaskTemplate } }: Service, names: ReadonlyMap<string, string>): readonly string[] {
  const networks = TaskTemplate.Networks ?? [];
  return networks.length === 0 ? [] : [`Networks:${networks.map(({ Target = '' }) => ` ${names.get(Target) ?? Target}`).join('')} `];
}

function healthText({ Spec: { TaskTemplate } }: Service): string {
  const health = TaskTemplate.ContainerSpec?.Healthcheck;
  if (!health) return '';
  const { Test = [], Interval = 0, Timeout = 0, StartPeriod = 0, Retries = 0 } = health;
  const tests = Test.length === 0 ? '' : `\n  Tests:${Test.map((test) => `\n\t Test = ${test}`).join('')} `;
  return ` Healthcheck:\n  Interval = ${showDuration(Interval)}\n  Retries = ${Retries}\n  StartPeriod =\t${showDuration(StartPeriod)}\n  Timeout =\t${showDuration(Timeout)}${tests}\n`;
}

function portText({ Endpoint }: Service): string {
  const ports = Endpoint.Ports ?? [];
  if (ports.length === 0) return '';
  const lines = ports.flatMap(({ PublishedPort = 0, Protocol, TargetPort, PublishMode }) => [
    ` PublishedPort = ${PublishedPort}`,
    `  Protocol = ${Protocol}`,
    `  TargetPort = ${TargetPort}`,
    `  PublishMode = ${PublishMode}`,
  ]);
  return `Ports:\n${lines.join('\n')} \n`;
}
