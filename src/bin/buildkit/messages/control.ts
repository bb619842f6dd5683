/** `moby.buildkit.v1.Control`: what a client asks of the builder. Upstream: moby/buildkit api/services/control/control.proto. */
import type { Timestamp } from '../../../engine/api-types/protobuf.ts';
import { STATUS, type Status } from '../grpc/status.ts';
import { DEFINITION, type Definition } from './definition.ts';
import { type Entry, flag, int, list, map, message, one, type Texts, text } from './message.ts';

export interface Exporter {
  readonly type: string;
  readonly attrs: Texts;
}
export interface CacheEntry {
  readonly type: string;
  readonly attrs: Texts;
}
export interface SolveRequest {
  readonly ref: string;
  readonly definition?: Definition;
  readonly session: string;
  readonly frontend: string;
  readonly frontendAttrs: Texts;
  readonly cache?: { readonly exports: readonly CacheEntry[]; readonly imports: readonly CacheEntry[] };
  readonly entitlements: readonly string[];
  readonly frontendInputs: readonly Entry<Uint8Array>[];
  readonly internal: boolean;
  readonly exporters: readonly Exporter[];
  readonly sourcePolicySession: string;
  readonly proxyNetwork: boolean;
}

const EXPORTER = { type: text(1), attrs: map(2, 'string') };
const CACHE = { exports: list(4, EXPORTER), imports: list(5, EXPORTER) };

export const SOLVE_REQUEST = message<SolveRequest>({
  ref: text(1),
  definition: one(2, DEFINITION),
  session: text(5),
  frontend: text(6),
  frontendAttrs: map(7, 'string'),
  cache: one(8, CACHE),
  entitlements: list(9, 'string'),
  frontendInputs: map(10, 'bytes'),
  internal: flag(11),
  exporters: list(13, EXPORTER),
  sourcePolicySession: text(15),
  proxyNetwork: flag(17),
});
export const SOLVE_RESPONSE = message<{ readonly exporterResponse: Texts }>({ exporterResponse: map(1, 'string') });

export const STATUS_REQUEST = message<{ readonly ref: string }>({ ref: text(1) });

export interface BuildkitVersion {
  readonly package: string;
  readonly version: string;
  readonly revision: string;
}
export interface Platform {
  readonly architecture: string;
  readonly os: string;
  readonly variant?: string;
}
export interface WorkerRecord {
  readonly id: string;
  readonly labels: Texts;
  readonly platforms: readonly Platform[];
  readonly buildkitVersion: BuildkitVersion;
}

const VERSION = { package: text(1), version: text(2), revision: text(3) };
const PLATFORM = { architecture: text(1), os: text(2), variant: text(3) };
export const WORKER = { id: text(1), labels: map(2, 'string'), platforms: list(3, PLATFORM), buildkitVersion: one(5, VERSION) };

export const LIST_WORKERS_RESPONSE = message<{ readonly record: readonly WorkerRecord[] }>({ record: list(1, WORKER) });
export const INFO_RESPONSE = message<{ readonly buildkitVersion: BuildkitVersion }>({ buildkitVersion: one(1, VERSION) });

export interface UsageRecord {
  readonly id: string;
  readonly mutable: boolean;
  readonly inUse: boolean;
  readonly size: number;
  readonly createdAt?: Timestamp;
  readonly lastUsedAt?: Timestamp;
  readonly usageCount: number;
  readonly description: string;
  readonly recordType: string;
  readonly shared: boolean;
  readonly parents: readonly string[];
}

const USAGE = {
  id: text(1),
  mutable: flag(2),
  inUse: flag(3),
  size: int(4),
  createdAt: one(6, 'time'),
  lastUsedAt: one(7, 'time'),
  usageCount: int(8),
  description: text(9),
  recordType: text(10),
  shared: flag(11),
  parents: list(12, 'string'),
} as const;

export const USAGE_RECORD = message<UsageRecord>(USAGE);
/** Durations are nanoseconds. */
export const DISK_USAGE_REQUEST = message<{ readonly filter: readonly string[]; readonly ageLimit: number }>({
  filter: list(1, 'string'),
  ageLimit: int(2),
});
export const DISK_USAGE_RESPONSE = message<{ readonly record: readonly UsageRecord[] }>({ record: list(1, USAGE) });

export interface PruneRequest {
  readonly filter: readonly string[];
  readonly all: boolean;
  /** Nanoseconds; the others are bytes. */
  readonly keepDuration: number;
  readonly reservedSpace: number;
  readonly maxUsedSpace: number;
  readonly minFreeSpace: number;
}
export const PRUNE_REQUEST = message<PruneRequest>({
  filter: list(1, 'string'),
  all: flag(2),
  keepDuration: int(3),
  reservedSpace: int(4),
  maxUsedSpace: int(5),
  minFreeSpace: int(6),
});

export interface HistoryRequest {
  readonly activeOnly: boolean;
  readonly ref: string;
  /** Do not wait for what happens from now on. */
  readonly earlyExit: boolean;
  readonly filter: readonly string[];
  readonly limit: number;
}
export const HISTORY_REQUEST = message<HistoryRequest>({
  activeOnly: flag(1),
  ref: text(2),
  earlyExit: flag(3),
  filter: list(4, 'string'),
  limit: int(5),
});

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations: Texts;
}
export interface ResultInfo {
  readonly attestations: readonly Descriptor[];
  readonly results: readonly { readonly key: number; readonly value: Descriptor }[];
}
export interface HistoryRecord {
  readonly ref: string;
  readonly frontend: string;
  readonly frontendAttrs: Texts;
  readonly exporters: readonly Exporter[];
  readonly error?: Status;
  readonly createdAt: Timestamp;
  readonly completedAt?: Timestamp;
  readonly exporterResponse: Texts;
  readonly result?: ResultInfo;
  readonly numCachedSteps: number;
  readonly numTotalSteps: number;
  readonly numCompletedSteps: number;
  readonly externalError?: Descriptor;
  readonly numWarnings: number;
}

const DESCRIPTOR = { mediaType: text(1), digest: text(2), size: int(3), annotations: map(5, 'string') };
const RESULT = { attestations: list(2, DESCRIPTOR), results: list(3, { key: int(1), value: one(2, DESCRIPTOR) }) };
const RECORD = {
  ref: text(1),
  frontend: text(2),
  frontendAttrs: map(3, 'string'),
  exporters: list(4, EXPORTER),
  error: one(5, STATUS),
  createdAt: one(6, 'time'),
  completedAt: one(7, 'time'),
  exporterResponse: map(9, 'string'),
  result: one(10, RESULT),
  numCachedSteps: int(15),
  numTotalSteps: int(16),
  numCompletedSteps: int(17),
  externalError: one(18, DESCRIPTOR),
  numWarnings: int(19),
};

export const HISTORY_EVENT_TYPE = { started: 0, complete: 1, deleted: 2 } as const;
export const HISTORY_EVENT = message<{ readonly type: number; readonly record: HistoryRecord }>({ type: int(1), record: one(2, RECORD) });

export const UPDATE_HISTORY_REQUEST = message<{
  readonly ref: string;
  readonly pinned: boolean;
  readonly delete: boolean;
  readonly finalize: boolean;
}>({ ref: text(1), pinned: flag(2), delete: flag(3), finalize: flag(4) });
