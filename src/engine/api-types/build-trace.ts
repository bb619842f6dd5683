/**
 * What BuildKit tells about a build while it runs: `moby.buildkit.v1.StatusResponse`, the message inside `moby.buildkit.trace` lines
 * of `POST /build?version=2`. Each message has what changed since the one before; whoever draws it merges by digest and by id.
 * Upstream: moby/buildkit api/services/control/control.proto and solver/pb/ops.proto, whose field numbers these are.
 */
import { decodeMessage, encodeMessage, type Field, type Kind, type Schema, type Timestamp } from './protobuf.ts';

export { ProtobufError, type Timestamp } from './protobuf.ts';

export interface StatusResponse {
  readonly vertexes?: readonly Vertex[];
  readonly statuses?: readonly VertexStatus[];
  readonly logs?: readonly VertexLog[];
  readonly warnings?: readonly VertexWarning[];
}

/** A step of the build: `[2/4] RUN …`, `[internal] load build context`, `exporting to image`. */
export interface Vertex {
  readonly digest: string;
  readonly inputs?: readonly string[];
  readonly name: string;
  readonly cached?: boolean;
  readonly started?: Timestamp;
  readonly completed?: Timestamp;
  readonly error?: string;
  readonly progressGroup?: ProgressGroup;
}

export interface ProgressGroup {
  readonly id: string;
  readonly name?: string;
  readonly weak?: boolean;
}

/** A task within a step: `transferring context:`, `extracting sha256:…`; `current` and `total` in bytes. */
export interface VertexStatus {
  readonly id: string;
  readonly vertex: string;
  readonly name?: string;
  readonly current?: number;
  readonly total?: number;
  readonly timestamp?: Timestamp;
  readonly started?: Timestamp;
  readonly completed?: Timestamp;
}

/** Bytes that a step's program wrote. `stream` is 1 for standard output, 2 for standard error. */
export interface VertexLog {
  readonly vertex: string;
  readonly timestamp?: Timestamp;
  readonly stream?: number;
  readonly msg: Uint8Array;
}

/** A build check's finding; `short` is `Rule: text (line 3)`. */
export interface VertexWarning {
  readonly vertex: string;
  readonly level?: number;
  readonly short: Uint8Array;
  readonly detail?: readonly Uint8Array[];
  readonly url?: string;
  readonly info?: SourceInfo;
  readonly ranges?: readonly SourceRange[];
}

export interface SourceInfo {
  readonly filename: string;
  readonly data: Uint8Array;
  readonly language?: string;
}

/** Lines count from 1, `end` is the last line itself. */
export interface SourceRange {
  readonly start?: Position;
  readonly end?: Position;
}

export interface Position {
  readonly line: number;
  readonly character?: number;
}

const NO_BYTES = new Uint8Array();
const one = (number: number, kind: Kind, absent?: unknown): Field => ({ number, kind, absent });
const text = (number: number): Field => one(number, 'string', '');
const list = (number: number, kind: Kind): Field => ({ number, kind, repeated: true });

const POSITION: Schema = { line: one(1, 'int', 0), character: one(2, 'int') };
const RANGE: Schema = { start: one(1, POSITION), end: one(2, POSITION) };
const SOURCE: Schema = { filename: text(1), data: one(2, 'bytes', NO_BYTES), language: one(4, 'string') };
const GROUP: Schema = { id: text(1), name: one(2, 'string'), weak: one(3, 'bool') };

const VERTEX: Schema = {
  digest: text(1),
  inputs: list(2, 'string'),
  name: text(3),
  cached: one(4, 'bool'),
  started: one(5, 'time'),
  completed: one(6, 'time'),
  error: one(7, 'string'),
  progressGroup: one(8, GROUP),
};
const STATUS: Schema = {
  id: text(1),
  vertex: text(2),
  name: one(3, 'string'),
  current: one(4, 'int'),
  total: one(5, 'int'),
  timestamp: one(6, 'time'),
  started: one(7, 'time'),
  completed: one(8, 'time'),
};
const LOG: Schema = { vertex: text(1), timestamp: one(2, 'time'), stream: one(3, 'int'), msg: one(4, 'bytes', NO_BYTES) };
const WARNING: Schema = {
  vertex: text(1),
  level: one(2, 'int'),
  short: one(3, 'bytes', NO_BYTES),
  detail: list(4, 'bytes'),
  url: one(5, 'string'),
  info: one(6, SOURCE),
  ranges: list(7, RANGE),
};
const RESPONSE: Schema = {
  vertexes: list(1, VERTEX),
  statuses: list(2, STATUS),
  logs: list(3, LOG),
  warnings: list(4, WARNING),
};

/** The protobuf bytes of a message; the API puts them into `aux` as base64. */
export const encodeStatusResponse = (status: StatusResponse): Uint8Array => encodeMessage(RESPONSE, status);

/** Reads a message; lists are always there afterwards. Throws ProtobufError for anything that is not one. */
export const decodeStatusResponse = (bytes: Uint8Array): Required<StatusResponse> =>
  decodeMessage(RESPONSE, bytes) as unknown as Required<StatusResponse>;
