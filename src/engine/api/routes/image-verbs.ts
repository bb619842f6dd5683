/** /images but the pull and the list: each of them, and what comes and goes otherwise. */

import { invalid } from '../../daemon/errors.ts';
import { booleanFilter, checkFilters, notInteger } from '../../daemon/filters.ts';
import { readPlatform, readPlatforms } from '../../daemon/images/requests.ts';
import { usersByManifest } from '../../daemon/images/users.ts';
import { layersSize } from '../../daemon/system/df.ts';
import { untilOfImages } from '../../daemon/until.ts';
import { jsonResponse, readAll } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { filtersOf } from '../filters.ts';
import { type Answer, type Call, del, flag, get, later, pathParam, post, type Route } from '../router.ts';
import { jsonStream } from '../stream.ts';

/** POST /images/create with a source: an import. */
export async function importOne({ daemon, request, query }: Call): Promise<HttpResponse> {
  const { importImage } = await daemon.sys.stall(() => import('../../daemon/images/import.ts'));
  const source = query.get('fromSrc') ?? '';
  const { addressOf, fetchSource } = await daemon.sys.stall(() => import('../../daemon/images/import-source.ts'));
  const options = {
    bytes: source === '-' ? await readAll(request) : await fetchSource(daemon, addressOf(source)),
    source,
    repository: query.get('repo') ?? '',
    tag: query.get('tag') ?? '',
    message: query.get('message') ?? '',
    changes: query.getAll('changes'),
    platform: readPlatform(query.get('platform')),
  };
  return jsonStream(daemon.sys, async (say) => {
    if (source !== '-') await say({ status: `Downloading from ${addressOf(source)}` });
    await say({ status: await importImage(daemon.sys, daemon.images, options) });
  });
}

const ARCHIVE = () => import('../../daemon/images/archive.ts');
const FILTER = () => import('../../daemon/images/record-filter.ts');
const REMOVE = async () => ({ ...(await import('../../daemon/images/remove.ts')), ...(await import('../../daemon/containers/held.ts')) });

async function pruneImages({ daemon, query }: Call): Promise<HttpResponse> {
  const { prune, removeContext } = await daemon.sys.stall(REMOVE);
  const { recordFilter } = await daemon.sys.stall(FILTER);
  const filters = filtersOf(query);
  checkFilters(filters, ['dangling', 'label', 'label!', 'until']);
  const until = untilOfImages(filters, daemon.sys.clock.nowNs());
  const before = layersSize(daemon);
  const wanted = new Map([...filters].filter(([name]) => name !== 'dangling'));
  const deleted = prune(removeContext(daemon), {
    dangling: booleanFilter(filters, 'dangling') ?? true,
    passes: recordFilter(daemon.images, wanted, until),
  });
  const reclaimed = before - layersSize(daemon);
  return jsonResponse(200, { ImagesDeleted: deleted.length > 0 ? deleted : null, SpaceReclaimed: reclaimed });
}

const export_ = (namesOf: (call: Call) => readonly string[]): Answer =>
  later(ARCHIVE, ({ save }, call) => {
    const pieces = save(call.daemon.images, { names: namesOf(call), platforms: readPlatforms(call.query.getAll('platform')) });
    return {
      status: 200,
      headers: [['Content-Type', 'application/x-tar']],
      body: async (write) => {
        for (const piece of pieces) await write(piece);
      },
    };
  });

const loadArchive = later(ARCHIVE, async ({ load }, { daemon, request, query }) => {
  const platforms = readPlatforms(query.getAll('platform'));
  const bytes = await readAll(request);
  return jsonStream(daemon.sys, (say) => load(daemon.sys, daemon.images, { bytes, platforms, say: (line) => say({ stream: line }) }), {
    always: true,
  });
});

const removeImage = later(REMOVE, ({ remove, removeContext }, { daemon, params, query }) =>
  jsonResponse(
    200,
    remove(removeContext(daemon), pathParam(params, 'name'), {
      force: flag(query, 'force'),
      noPrune: flag(query, 'noprune'),
      platforms: readPlatforms(query.getAll('platforms')),
    }),
  ),
);

/** Throws DockerError. */
function limitOf(query: URLSearchParams): number {
  const text = query.get('limit') ?? '';
  if (text !== '' && !/^[-+]?\d+$/.test(text)) throw invalid(`invalid limit specified: ${notInteger(text)}`);
  return text === '' ? 25 : Number(text);
}

const searchAll = later(
  () => import('../../daemon/images/search.ts'),
  async ({ search }, { daemon, query }) =>
    jsonResponse(200, await search(daemon, { term: query.get('term') ?? '', limit: limitOf(query), filters: filtersOf(query) })),
);

const historyOf = later(
  () => import('../../daemon/images/history.ts'),
  ({ history }, { daemon, params, query }) =>
    jsonResponse(200, history(daemon.images, pathParam(params, 'name'), readPlatform(query.get('platform')))),
);

const inspectOne = later(
  () => import('../../daemon/images/inspect.ts'),
  ({ inspect }, { daemon, params, query }) =>
    jsonResponse(
      200,
      inspect(daemon.images, pathParam(params, 'name'), {
        platform: readPlatform(query.get('platform')),
        manifests: flag(query, 'manifests'),
        users: usersByManifest(daemon),
      }),
    ),
);

const attestationsOf = later(
  () => import('../../daemon/images/attestations.ts'),
  ({ attestations }, { daemon, params, query }) =>
    jsonResponse(
      200,
      attestations(daemon.images, pathParam(params, 'name'), {
        platform: readPlatform(query.get('platform')),
        types: query.getAll('type'),
        withStatement: flag(query, 'statement'),
      }),
    ),
);

const tagOne = later(
  () => import('../../daemon/images/tag.ts'),
  ({ tag }, { daemon, params, query }) => {
    // Without a name there is nothing to do.
    if ((query.get('repo') ?? '') === '') return { status: 200 };
    tag(daemon.images, pathParam(params, 'name'), { repository: query.get('repo') ?? '', tag: query.get('tag') ?? '' });
    return { status: 201 };
  },
);

export const imageVerbRoutes: readonly Route[] = [
  get('/images/search', searchAll),
  get(
    '/images/get',
    export_(({ query }) => query.getAll('names')),
  ),
  post('/images/load', loadArchive),
  post('/images/prune', pruneImages),
  get(
    '/images/{name*}/get',
    export_(({ params }) => [pathParam(params, 'name')]),
  ),
  get('/images/{name*}/history', historyOf),
  get('/images/{name*}/json', inspectOne),
  get('/images/{name*}/attestations', attestationsOf),
  post('/images/{name*}/tag', tagOne),
  del('/images/{name*}', removeImage),
];
