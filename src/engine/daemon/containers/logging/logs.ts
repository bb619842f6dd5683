/** `docker logs`. Upstream: moby daemon/logs.go. */
import type { Daemon } from '../../daemon.ts';
import { rfc3339Fixed } from '../../time.ts';
import type { Container } from '../container.ts';
import type { StreamName } from '../output-hub.ts';
import { chooseStream, noLogs } from '../requests/errors.ts';
import type { LogAttributes } from './attributes.ts';
import { type LogEntry, readLog } from './log-read.ts';

export interface LogOptions {
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly follow?: boolean;
  readonly timestamps?: boolean;
  /** What the log's options added stands before each line. */
  readonly details?: boolean;
  readonly sinceNs?: bigint | undefined;
  readonly untilNs?: bigint | undefined;
  /** Negative or not a number: all. */
  readonly tail?: number | undefined;
}

export type LogSink = (stream: StreamName, text: string) => Promise<void>;

/** Checks first, so that what cannot be read is an answer and no stream. Throws DockerError. */
export function logs(
  daemon: Daemon,
  name: string,
  options: LogOptions,
): { readonly container: Container; readonly stream: (sink: LogSink) => Promise<void> } {
  const container = daemon.containers.get(name);
  if (!options.stdout && !options.stderr) throw chooseStream();
  if (!['json-file', 'local'].includes(container.hostConfig.LogConfig.Type)) throw noLogs();
  return { container, stream: (sink) => send(daemon, container, { options, sink }) };
}

interface Send {
  readonly options: LogOptions;
  readonly sink: LogSink;
}

async function send(daemon: Daemon, container: Container, { options, sink }: Send): Promise<void> {
  let seen = 0;
  const take = (): readonly LogEntry[] => {
    const entries = container.logPath === '' || container.live.isRemoved ? [] : readLog(daemon.sys, container.logPath);
    const gone = container.live.droppedLines;
    const fresh = entries.slice(Math.max(0, seen - gone));
    seen = Math.max(seen, gone + entries.length);
    return fresh;
  };
  for (const entry of lastOf(
    take().filter((one) => isWanted(one, options)),
    options.tail,
  ))
    await say(entry, { options, sink });
  if (!options.follow) return;
  const isPast = (): boolean => options.untilNs !== undefined && daemon.sys.clock.nowNs() > options.untilNs;
  while (!isOver(container) && !isPast()) {
    for (const entry of take()) if (isWanted(entry, options)) await say(entry, { options, sink });
    const leftMs = options.untilNs === undefined ? undefined : Math.max(1, Number(options.untilNs - daemon.sys.clock.nowNs()) / 1e6);
    if (!isOver(container) && !isPast()) await container.live.logged.wait(leftMs);
  }
  for (const entry of take()) if (isWanted(entry, options)) await say(entry, { options, sink });
}

/** Nothing more can come: it does not run, or has run and gone. */
const isOver = ({ state, live }: Container): boolean => live.isRemoved || (!state.running && !state.restarting);

const isWanted = ({ stream, timeNs }: LogEntry, { stdout, stderr, sinceNs, untilNs }: LogOptions): boolean =>
  (stream === 'stdout' ? stdout : stderr) && (sinceNs === undefined || timeNs >= sinceNs) && (untilNs === undefined || timeNs <= untilNs);

const lastOf = (entries: readonly LogEntry[], tail: number | undefined): readonly LogEntry[] =>
  tail === undefined || Number.isNaN(tail) || tail < 0 ? entries : tail === 0 ? [] : entries.slice(-tail);

const say = async ({ stream, log, timeNs, attributes }: LogEntry, { options, sink }: Send): Promise<void> => {
  const details = options.details ? `${detailsOf(attributes)} ` : '';
  await sink(stream, options.timestamps ? `${rfc3339Fixed(timeNs)} ${details}${log}` : `${details}${log}`);
};

const detailsOf = (attributes: LogAttributes): string =>
  Object.keys(attributes)
    .sort()
    .map((name) => `${escaped(name)}=${escaped(attributes[name] ?? '')}`)
    .join(',');

/** As in a query: Go's url.QueryEscape. */
const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/%20|[!'()*]/g, (mark) => (mark === '%20' ? '+' : `%${mark.charCodeAt(0).toString(16).toUpperCase()}`));
