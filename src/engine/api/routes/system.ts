/** What concerns the engine as a whole, but the ping. */
import type { AuthConfig, BuildCacheRecord, DiskUsage } from '../../api-types/index.ts';
import { cacheFile, type Daemon } from '../../daemon/daemon.ts';
import { invalid } from '../../daemon/errors.ts';
import { passes } from '../../daemon/events/filter.ts';
import { eventLine } from '../../daemon/events/log.ts';
import { jsonResponse } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { body, MalformedBody } from '../body.ts';
import { filtersOf } from '../filters.ts';
import { momentOf } from '../moment.ts';
import { type Call, flag, get, later, post, type Route } from '../router.ts';

const seconds = (ns: bigint): bigint => ns / 1_000_000_000n;
const encoder = new TextEncoder();

/** The beginning of time is a moment of its own here: as an end it is past, and cuts nothing off. */
const boundOf = (query: URLSearchParams, name: string): bigint | undefined =>
  query.get(name) === '0' ? 0n : momentOf(query, name, `'${name}'`);

/** Until then, or for ever: what was, then what comes. */
function events({ daemon, query }: Call): HttpResponse {
  const since = boundOf(query, 'since');
  const until = boundOf(query, 'until');
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

/** Credentials are read as those of a header are. */
function asHeader(error: unknown): never {
  if (error instanceof MalformedBody) throw new MalformedBody(error.text, 'invalid X-Registry-Auth header: ');
  throw error;
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
        const unknown = query.getAll('type').find((type) => !['container', 'image', 'volume', 'build-cache'].includes(type));
        if (unknown !== undefined) throw invalid(`unknown object type: ${unknown}`);
        const asked = { types: query.getAll('type'), verbose: flag(query, 'verbose'), buildCache: await buildCacheOf(daemon) };
        return jsonResponse(200, diskUsage(daemon, asked) satisfies DiskUsage);
      },
    ),
  ),
  post(
    '/auth',
    later(
      () => import('../../daemon/system/login.ts'),
      async ({ login }, { daemon, request }) =>
        jsonResponse(200, await login(daemon, await body<AuthConfig>(request, 'AuthConfig').catch(asHeader))),
    ),
  ),
];
