/** What of a container goes on over a connection but attach: logs, stats, archives. */
import type { ContainerPathStat } from '../../api-types/index.ts';
import { archive, exportRoot, extract, statPath } from '../../daemon/containers/archive.ts';
import { multiplexed, raw } from '../../daemon/containers/attach.ts';
import { logs } from '../../daemon/containers/logging/logs.ts';
import { StatsReader } from '../../daemon/containers/stats.ts';
import { invalid } from '../../daemon/errors.ts';
import { headerJson } from '../../daemon/images/requests.ts';
import { readAll } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { momentOf } from '../moment.ts';
import { type Call, flag, get, head, pathParam, put, type Route } from '../router.ts';
import { MULTIPLEXED, RAW } from '../stream.ts';

const encoder = new TextEncoder();
const STATS_INTERVAL_MS = 1000;
const name = ({ params }: Call): string => pathParam(params, 'name');

interface LogWants {
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly follow: boolean;
  /** Not to say which stream each line is of. */
  readonly isPlain?: boolean;
}

function readerOf(call: Call, wants: LogWants): ReturnType<typeof logs> {
  const { query, daemon } = call;
  const tail = query.get('tail');
  return logs(daemon, name(call), {
    ...wants,
    timestamps: flag(query, 'timestamps'),
    details: flag(query, 'details'),
    sinceNs: momentOf(query, 'since', '"since"'),
    untilNs: momentOf(query, 'until', '"until"'),
    tail: tail !== null && /^\+?\d+$/.test(tail) ? Number(tail) : undefined,
  });
}

/** The log so far, framed for the connection, and with `follow` what comes. */
export async function writeLogs(call: Call, write: (bytes: Uint8Array) => Promise<void>, wants: LogWants): Promise<void> {
  const { container, stream } = readerOf(call, wants);
  const framer = container.config.Tty || wants.isPlain ? raw : multiplexed;
  await stream((which, text) => write(framer(which, encoder.encode(text))));
}

function sendLogs(call: Call): HttpResponse {
  const { query } = call;
  const wants = { stdout: flag(query, 'stdout'), stderr: flag(query, 'stderr'), follow: flag(query, 'follow') };
  const { container } = readerOf(call, wants);
  return {
    status: 200,
    headers: [['Content-Type', container.config.Tty ? RAW : MULTIPLEXED]],
    body: (write) => writeLogs(call, write, wants),
  };
}

/** One document, or one each second. The single one waits for a second sample, so that it has something to compare with. */
function sendStats(call: Call): HttpResponse {
  const { daemon, query } = call;
  const container = daemon.containers.get(name(call));
  const reader = new StatsReader(daemon, container);
  const goesOn = flag(query, 'stream', true);
  return {
    status: 200,
    headers: [['Content-Type', 'application/json']],
    body: async (write) => {
      const say = async (): Promise<void> => write(encoder.encode(`${JSON.stringify(reader.read())}\n`));
      if (!goesOn && !flag(query, 'one-shot') && container.live.task) {
        reader.read();
        await daemon.sys.sleep(STATS_INTERVAL_MS);
      }
      await say();
      while (goesOn && !container.live.isRemoved) {
        await daemon.sys.sleep(STATS_INTERVAL_MS);
        await say();
      }
    },
  };
}

const statHeader = (stat: ContainerPathStat): readonly [string, string] => ['X-Docker-Container-Path-Stat', headerJson(stat)];

function pathIn({ query }: Call): string {
  const path = query.get('path') ?? '';
  if (path === '') throw invalid('bad parameter: path cannot be empty');
  return path;
}

function getArchive(call: Call): HttpResponse {
  const { stat, bytes } = archive(call.daemon, name(call), pathIn(call));
  return { status: 200, headers: [['Content-Type', 'application/x-tar'], statHeader(stat)], body: bytes };
}

async function putArchive(call: Call): Promise<HttpResponse> {
  const path = pathIn(call);
  call.daemon.containers.get(name(call));
  extract(call.daemon, name(call), {
    path,
    noOverwriteDirNonDir: flag(call.query, 'noOverwriteDirNonDir'),
    bytes: await readAll(call.request),
  });
  return { status: 200 };
}

export const containerStreamRoutes: readonly Route[] = [
  get('/containers/{name}/logs', sendLogs),
  get('/containers/{name}/stats', sendStats),
  head('/containers/{name}/archive', (call) => ({ status: 200, headers: [statHeader(statPath(call.daemon, name(call), pathIn(call)))] })),
  get('/containers/{name}/archive', getArchive),
  put('/containers/{name}/archive', putArchive),
  get('/containers/{name}/export', (call) => ({
    status: 200,
    headers: [['Content-Type', 'application/octet-stream']],
    body: exportRoot(call.daemon, name(call)),
  })),
];
