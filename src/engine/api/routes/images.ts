/** /images but the pull: what is here, and what comes and goes otherwise. */
import { removeContext, usersByManifest } from '../../daemon/containers/held.ts';
import { untilOf } from '../../daemon/containers/prune.ts';
import type { Daemon } from '../../daemon/daemon.ts';
import { notImplemented } from '../../daemon/errors.ts';
import { booleanFilter, checkFilters } from '../../daemon/filters.ts';
import { load, save } from '../../daemon/images/archive.ts';
import { attestations } from '../../daemon/images/attestations.ts';
import { history } from '../../daemon/images/history.ts';
import { importImage } from '../../daemon/images/import.ts';
import { inspect } from '../../daemon/images/inspect.ts';
import { list, recordFilter } from '../../daemon/images/list.ts';
import { prune, remove } from '../../daemon/images/remove.ts';
import { readPlatform, readPlatforms } from '../../daemon/images/requests.ts';
import { search } from '../../daemon/images/search.ts';
import { tag } from '../../daemon/images/tag.ts';
import { jsonResponse, readAll } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { type Call, del, filtersOf, flag, get, integer, pathParam, post, type Route } from '../router.ts';
import { jsonStream } from '../stream.ts';

/** POST /images/create with a source: an import. */
export async function importOne({ daemon, request, query }: Call): Promise<HttpResponse> {
  if (query.get('fromSrc') !== '-') throw notImplemented('importing from an address is not supported yet');
  const bytes = await readAll(request);
  const options = {
    bytes,
    repository: query.get('repo') ?? '',
    tag: query.get('tag') ?? '',
    message: query.get('message') ?? '',
    changes: query.getAll('changes'),
  };
  return jsonStream(daemon.sys, async (say) => say({ status: await importImage(daemon.sys, daemon.images, options) }));
}

function listAll({ daemon, query }: Call): HttpResponse {
  const options = {
    all: flag(query, 'all'),
    filters: filtersOf(query),
    untilNs: untilOf(filtersOf(query), daemon.sys.clock.nowNs()),
    manifests: flag(query, 'manifests'),
    users: usersByManifest(daemon),
  };
  return jsonResponse(200, list(daemon.images, options));
}

function pruneImages({ daemon, query }: Call): HttpResponse {
  const filters = filtersOf(query);
  checkFilters(filters, ['dangling', 'label', 'label!', 'until']);
  const until = untilOf(filters, daemon.sys.clock.nowNs());
  const before = sizeOf(daemon);
  const wanted = new Map([...filters].filter(([name]) => name !== 'dangling'));
  const deleted = prune(removeContext(daemon), {
    dangling: booleanFilter(filters, 'dangling') ?? true,
    passes: recordFilter(daemon.images, wanted, until),
  });
  const reclaimed = before - sizeOf(daemon);
  daemon.events.emit({ type: 'image', action: 'prune', id: '', attributes: { reclaimed: String(reclaimed) } });
  return jsonResponse(200, { ImagesDeleted: deleted.length > 0 ? deleted : null, SpaceReclaimed: reclaimed });
}

const sizeOf = ({ images }: Daemon): number => images.content.digests().reduce((sum, digest) => sum + images.content.sizeOf(digest), 0);

function export_({ daemon, query }: Call, names: readonly string[]): HttpResponse {
  const pieces = save(daemon.images, { names, platforms: readPlatforms(query.getAll('platform')) });
  return {
    status: 200,
    headers: [['Content-Type', 'application/x-tar']],
    body: async (write) => {
      for (const piece of pieces) await write(piece);
    },
  };
}

async function loadArchive({ daemon, request, query }: Call): Promise<HttpResponse> {
  const platforms = readPlatforms(query.getAll('platform'));
  const bytes = await readAll(request);
  return jsonStream(daemon.sys, (say) => load(daemon.sys, daemon.images, { bytes, platforms, say: (line) => say({ stream: line }) }), {
    always: true,
  });
}

function removeImage({ daemon, params, query }: Call): HttpResponse {
  return jsonResponse(
    200,
    remove(removeContext(daemon), pathParam(params, 'name'), {
      force: flag(query, 'force'),
      noPrune: flag(query, 'noprune'),
      platforms: readPlatforms(query.getAll('platforms')),
    }),
  );
}

export const imageRoutes: readonly Route[] = [
  get('/images/json', listAll),
  get('/images/search', async (call) =>
    jsonResponse(
      200,
      await search(call.daemon, {
        term: call.query.get('term') ?? '',
        limit: integer(call.query, 'limit') ?? 25,
        filters: filtersOf(call.query),
      }),
    ),
  ),
  get('/images/get', (call) => export_(call, call.query.getAll('names'))),
  post('/images/load', loadArchive),
  post('/images/prune', pruneImages),
  get('/images/{name*}/get', (call) => export_(call, [pathParam(call.params, 'name')])),
  get('/images/{name*}/history', ({ daemon, params, query }) =>
    jsonResponse(200, history(daemon.images, pathParam(params, 'name'), readPlatform(query.get('platform')))),
  ),
  get('/images/{name*}/json', ({ daemon, params, query }) =>
    jsonResponse(
      200,
      inspect(daemon.images, pathParam(params, 'name'), {
        platform: readPlatform(query.get('platform')),
        manifests: flag(query, 'manifests'),
        users: usersByManifest(daemon),
      }),
    ),
  ),
  get('/images/{name*}/attestations', ({ daemon, params, query }) =>
    jsonResponse(
      200,
      attestations(daemon.images, pathParam(params, 'name'), {
        platform: readPlatform(query.get('platform')),
        types: query.getAll('type'),
        withStatement: flag(query, 'statement'),
      }),
    ),
  ),
  post('/images/{name*}/tag', ({ daemon, params, query }) => {
    tag(daemon.images, pathParam(params, 'name'), { repository: query.get('repo') ?? '', tag: query.get('tag') ?? '' });
    return { status: 201 };
  }),
  del('/images/{name*}', removeImage),
];
