/** The swarm's request bodies, by Go's names of them. */
import type { Shape } from './shapes.ts';

const strings: Shape = { list: 'string' };
const texts: Shape = { map: 'string' };
const all = (shape: Shape, names: string): Record<string, Shape> => Object.fromEntries(names.split(' ').map((name) => [name, shape]));
const fields = (record: Record<string, Shape>): Shape => ({ fields: record });

const DRIVER = fields({ Name: 'string', Options: texts });
const PORTS: Shape = { list: fields({ ...all('string', 'Name Protocol PublishMode'), ...all('int', 'TargetPort PublishedPort') }) };
const FILE = fields({ ...all('string', 'Name UID GID'), Mode: 'int' });
const MOUNTS: Shape = {
  list: fields({
    ...all('string', 'Type Source Target Consistency'),
    ReadOnly: 'bool',
    BindOptions: fields({
      Propagation: 'string',
      ...all('bool', 'NonRecursive CreateMountpoint ReadOnlyNonRecursive ReadOnlyForceRecursive'),
    }),
    VolumeOptions: fields({ NoCopy: 'bool', Labels: texts, Subpath: 'string', DriverConfig: DRIVER }),
    TmpfsOptions: fields({ ...all('int', 'SizeBytes Mode'), Options: { list: strings } }),
    ImageOptions: fields({ Subpath: 'string' }),
  }),
};
const CONTAINER = fields({
  ...all('string', 'Image Hostname Dir User StopSignal Isolation'),
  ...all(strings, 'Command Args Env Groups Hosts CapabilityAdd CapabilityDrop'),
  ...all(texts, 'Labels Sysctls'),
  ...all('bool', 'Init TTY OpenStdin ReadOnly'),
  ...all('int', 'StopGracePeriod OomScoreAdj'),
  Privileges: { orNull: 'any' },
  Mounts: MOUNTS,
  Healthcheck: fields({ Test: strings, ...all('int', 'Interval Timeout Retries StartPeriod StartInterval') }),
  DNSConfig: fields(all(strings, 'Nameservers Search Options')),
  Secrets: { list: fields({ File: FILE, ...all('string', 'SecretID SecretName') }) },
  Configs: { list: fields({ File: FILE, Runtime: 'any', ...all('string', 'ConfigID ConfigName') }) },
  Ulimits: { list: fields({ Name: 'string', ...all('int', 'Soft Hard') }) },
});
const UPDATE = fields({ ...all('int', 'Parallelism Delay Monitor'), ...all('string', 'FailureAction Order'), MaxFailureRatio: 'number' });
const TASK = fields({
  ContainerSpec: CONTAINER,
  NetworkAttachmentSpec: fields({ ContainerID: 'string' }),
  Resources: fields({
    Limits: fields(all('int', 'NanoCPUs MemoryBytes Pids')),
    Reservations: fields(all('int', 'NanoCPUs MemoryBytes')),
    ...all('int', 'SwapBytes MemorySwappiness'),
  }),
  RestartPolicy: fields({ Condition: 'string', ...all('int', 'Delay MaxAttempts Window') }),
  Placement: fields({
    Constraints: strings,
    Preferences: { list: fields({ Spread: fields({ SpreadDescriptor: 'string' }) }) },
    MaxReplicas: 'int',
    Platforms: { list: fields(all('string', 'Architecture OS')) },
  }),
  Networks: { list: fields({ Target: 'string', Aliases: strings, DriverOpts: texts }) },
  LogDriver: DRIVER,
  ForceUpdate: 'int',
  Runtime: 'string',
});
const SWARM_SPEC = fields({
  Name: 'string',
  Labels: texts,
  Orchestration: fields({ TaskHistoryRetentionLimit: 'int' }),
  Raft: fields(all('int', 'SnapshotInterval KeepOldSnapshots LogEntriesForSlowFollowers ElectionTick HeartbeatTick')),
  Dispatcher: fields({ HeartbeatPeriod: 'int' }),
  CAConfig: fields({
    ...all('int', 'NodeCertExpiry ForceRotate'),
    ...all('string', 'SigningCACert SigningCAKey'),
    ExternalCAs: { list: 'any' },
  }),
  TaskDefaults: fields({ LogDriver: DRIVER }),
  EncryptionConfig: fields({ AutoLockManagers: 'bool' }),
});
const OBJECT_SPEC = fields({ ...all('string', 'Name Data'), Labels: texts, Driver: DRIVER, Templating: DRIVER });

export const SWARM_BODIES = {
  InitRequest: fields({
    ...all('string', 'ListenAddr AdvertiseAddr DataPathAddr Availability'),
    ...all('int', 'DataPathPort SubnetSize'),
    ...all('bool', 'ForceNewCluster AutoLockManagers'),
    Spec: SWARM_SPEC,
    DefaultAddrPool: strings,
  }),
  JoinRequest: fields({ ...all('string', 'ListenAddr AdvertiseAddr DataPathAddr JoinToken Availability'), RemoteAddrs: strings }),
  Spec: SWARM_SPEC,
  UnlockRequest: fields({ UnlockKey: 'string' }),
  ServiceSpec: fields({
    Name: 'string',
    Labels: texts,
    TaskTemplate: TASK,
    Mode: fields({
      Replicated: fields({ Replicas: 'int' }),
      Global: 'any',
      ReplicatedJob: fields(all('int', 'MaxConcurrent TotalCompletions')),
      GlobalJob: 'any',
    }),
    UpdateConfig: UPDATE,
    RollbackConfig: UPDATE,
    EndpointSpec: fields({ Mode: 'string', Ports: PORTS }),
  }),
  NodeSpec: fields({ ...all('string', 'Name Role Availability'), Labels: texts }),
  SecretSpec: OBJECT_SPEC,
  ConfigSpec: OBJECT_SPEC,
} as const satisfies Readonly<Record<string, Shape>>;
