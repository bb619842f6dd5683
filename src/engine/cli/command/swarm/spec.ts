/** The flags of `swarm init` and `swarm update` as the swarm's specification. Upstream: docker/cli cli/command/swarm/opts.go. */
import type { SwarmSpec } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import type { FlagValues } from '../../flags/index.ts';
import { duration, int, list, uint } from '../../flags/index.ts';

/** Settings of the swarm that both commands take. */
export const SWARM_FLAGS = {
  'cert-expiry': duration('Validity period for node certificates (ns|us|ms|s|m|h)', { shownDefault: '2160h0m0s' }),
  'dispatcher-heartbeat': duration('Dispatcher heartbeat period (ns|us|ms|s|m|h)', { shownDefault: '5s' }),
  'external-ca': list('Specifications of one or more certificate signing endpoints', { type: 'external-ca' }),
  'max-snapshots': uint('Number of additional Raft snapshots to retain'),
  'snapshot-interval': uint('Number of log entries between Raft snapshots', { shownDefault: '10000' }),
  'task-history-limit': int('Task history retention limit', { initial: 5 }),
};
export type SwarmFlags = FlagValues<typeof SWARM_FLAGS> & { readonly autolock: boolean };

/** What was given, on top of what is. */
export function mergedSpec(spec: SwarmSpec, flags: SwarmFlags, changed: ReadonlySet<string>): SwarmSpec {
  if (flags['external-ca'].length > 0) throw new CliError('external certificate authorities are not supported by this client');
  const given = <T extends object>(name: string, value: T): Partial<T> => (changed.has(name) ? value : {});
  return {
    ...spec,
    Orchestration: { ...spec.Orchestration, ...given('task-history-limit', { TaskHistoryRetentionLimit: flags['task-history-limit'] }) },
    Raft: {
      ...spec.Raft,
      ...given('snapshot-interval', { SnapshotInterval: flags['snapshot-interval'] }),
      ...given('max-snapshots', { KeepOldSnapshots: flags['max-snapshots'] }),
    },
    Dispatcher: { ...spec.Dispatcher, ...given('dispatcher-heartbeat', { HeartbeatPeriod: flags['dispatcher-heartbeat'] }) },
    CAConfig: { ...spec.CAConfig, ...given('cert-expiry', { NodeCertExpiry: flags['cert-expiry'] }) },
    EncryptionConfig: { ...spec.EncryptionConfig, ...given('autolock', { AutoLockManagers: flags.autolock }) },
  };
}

/** A specification that leaves everything open. */
export const EMPTY_SPEC = {
  Labels: null,
  Orchestration: {},
  Raft: { ElectionTick: 0, HeartbeatTick: 0 },
  Dispatcher: {},
  CAConfig: {},
  TaskDefaults: {},
  EncryptionConfig: { AutoLockManagers: false },
} as unknown as SwarmSpec;
