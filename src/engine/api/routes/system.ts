/** What concerns the engine as a whole, but the ping. */
import type { BuildCacheRecord, DiskUsage } from '../../api-types/index.ts';
import { cacheFile, type Daemon } from '../../daemon/daemon.ts';
import { invalid } from '../../daemon/errors.ts';
import { passes } from '../../daemon/events/filter.ts';
import { eventLine } from '../../daemon/events/log.ts';
import { parseTimestamp } from '../../daemon/time.ts';
import { jsonResponse } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { body } from '../body.ts';
import { type Call, filtersOf, flag, get, later, post, type Route } from '../router.ts';

const seconds = (ns: bigint): bigint => ns / 1_000_000_000n;
const encoder = new TextEncoder();

/** The beginning of time is a moment of its own here: as an end it is past, and cuts nothing off. */
const momentOf = (text: string | null): bigint | undefined => (text === '0' ? 0n : parseTimestamp(text));

/** Until then, or for ever: what was, then what comes. */
function events({ daemon, query }: Call): HttpResponse {
  const since = momentOf(query.get('since'));
  const until = momentOf(query.get('until'));
  if (since !== undefined && until !== undefined && since > until)
    throw invalid(`\`since\` time (${seconds(since)}) cannot be after \`until\` time (${seconds(until)})`);
  const filters = filtersOf(query);
  return {
    status: 200,
    headers: [['Content-Type', 'application/jsonl']],
    body: async (write) => {
      const listener = daemon.events.listen();
      try {
        const past = since === undefined && until === undefined ? [] : daemon.events.between(since ?? 0n, until === 0n ? undefined : until);
        for (const event of past) if (passes(event, filters)) await write(encoder.encode(eventLine(event)));
        await follow(daemon, {
          until,
          take: async (timeoutMs) => listener.next(timeoutMs),
          write: async (event) => (passes(event, filters) ? write(encoder.encode(eventLine(event))) : undefined),
        });
      } finally {
        listener.close();
      }
    },
  };
}

type Event = NonNullable<Awaited<ReturnType<ReturnType<Daemon['events']['listen']>['next']>>>;

interface Follow {
  readonly until: bigint | undefined;
  readonly take: (timeoutMs?: number) => Promise<Event | null>;
  readonly write: (event: Event) => Promise<void>;
}

async function follow(daemon: Daemon, { until, take, write }: Follow): Promise<void> {
  for (;;) {
    const left = until === undefined ? undefined : Number(until - daemon.sys.clock.nowNs()) / 1e6;
    if (left !== undefined && left <= 0) return;
    const event = await take(left);
    if (event === null || (until !== undefined && BigInt(event.timeNano) > until)) return;
    await write(event);
  }
}

/** Whoever never built has none, and needs no builder to say so. */
async function buildCacheOf(daemon: Daemon): Promise<readonly BuildCacheRecord[]> {
  if (!daemon.sys.path.access(cacheFile(daemon), {})) return [];
  return (await daemon.sys.stall(() => import('../../daemon/builder/prune.ts'))).listCache(daemon);
}

export const systemRoutes: readonly Route[] = [
  get(
    '/version',
    later(
      () => import('../../daemon/system/version.ts'),
      ({ version }, { daemon }) => jsonResponse(200, version(daemon)),
    ),
  ),
  get(
    '/info',
    later(
      () => import('../../daemon/system/info.ts'),
      ({ info }, { daemon }) => jsonResponse(200, info(daemon)),
    ),
  ),
  get('/events', events),
  get(
    '/system/df',
    later(
      () => import('../../daemon/system/df.ts'),
      async ({ diskUsage }, { daemon, query }) => {
        const asked = { types: query.getAll('type'), verbose: flag(query, 'verbose'), buildCache: await buildCacheOf(daemon) };
        return jsonResponse(200, diskUsage(daemon, asked) satisfies DiskUsage);
      },
    ),
  ),
  post(
    '/auth',
    later(
      () => import('../../daemon/system/login.ts'),
      async ({ login }, { daemon, request }) => jsonResponse(200, await login(daemon, await body(request, 'AuthConfig'))),
    ),
  ),
];
