/** Progress for programs: BuildKit's own messages, one JSON document a line. Upstream: moby/buildkit client/graph.go. */

import type {
  SourceInfo,
  SourceRange,
  StatusResponse,
  Timestamp,
  Vertex,
  VertexLog,
  VertexStatus,
  VertexWarning,
} from '../../../api-types/build-trace.ts';
import { encodeBase64 } from '../../../http/base64.ts';
import { escapeForHtml } from '../../template/index.ts';
import type { Display } from './display.ts';

const NS_PER_SECOND = 1_000_000_000n;
const ZERO_TIME = '0001-01-01T00:00:00Z';

/** As Go prints a time in JSON: no trailing zeros. */
function showTime(ns: Timestamp): string {
  const whole = new Date(Number(ns / NS_PER_SECOND) * 1000).toISOString().slice(0, 19);
  const fraction = String(ns % NS_PER_SECOND)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${whole}${fraction === '' ? '' : `.${fraction}`}Z`;
}

const time = (ns: Timestamp | undefined): string | undefined => (ns === undefined ? undefined : showTime(ns));
/** What Go leaves out when it is empty. */
const some = <Value>(value: Value): Value | undefined => (!value || (Array.isArray(value) && value.length === 0) ? undefined : value);
const base64 = (bytes: Uint8Array): string => encodeBase64(bytes);

const vertex = (v: Vertex) => ({
  digest: some(v.digest),
  inputs: some(v.inputs),
  name: some(v.name),
  started: time(v.started),
  completed: time(v.completed),
  cached: some(v.cached),
  error: some(v.error),
  progressGroup: v.progressGroup,
});
const task = (s: VertexStatus) => ({
  id: s.id,
  vertex: some(s.vertex),
  name: some(s.name),
  total: some(s.total),
  current: s.current ?? 0,
  timestamp: time(s.timestamp) ?? ZERO_TIME,
  started: time(s.started),
  completed: time(s.completed),
});
const log = (l: VertexLog) => ({
  vertex: some(l.vertex),
  stream: some(l.stream),
  data: base64(l.msg),
  timestamp: time(l.timestamp) ?? ZERO_TIME,
});
const source = (info: SourceInfo) => ({ filename: some(info.filename), data: some(base64(info.data)), language: some(info.language) });
const range = ({ start, end }: SourceRange) => ({ start, end });
const warning = (w: VertexWarning) => ({
  vertex: some(w.vertex),
  level: some(w.level),
  short: some(base64(w.short)),
  detail: some(w.detail?.map(base64)),
  url: some(w.url),
  sourceInfo: w.info === undefined ? undefined : source(w.info),
  range: some(w.ranges?.map(range)),
});

export const rawJsonDisplay = (): Display => ({
  update: ({ vertexes = [], statuses = [], logs = [], warnings = [] }: StatusResponse) =>
    `${escapeForHtml(
      JSON.stringify({
        vertexes: some(vertexes.map(vertex)),
        statuses: some(statuses.map(task)),
        logs: some(logs.map(log)),
        warnings: some(warnings.map(warning)),
      }),
    )}\n`,
  refresh: () => '',
  end: () => '',
});

/** Shows nothing. */
export const quietDisplay = (): Display => ({ update: () => '', refresh: () => '', end: () => '' });
