/** /volumes. */
import type { VolumeCreateRequest } from '../../api-types/index.ts';
import type { Daemon } from '../../daemon/daemon.ts';
import { treeSize } from '../../daemon/files.ts';
import { create as createVolume } from '../../daemon/volumes/create.ts';
import { list, prune, remove, type UsersOf } from '../../daemon/volumes/list.ts';
import { jsonResponse } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { body } from '../body.ts';
import { filtersOf } from '../filters.ts';
import { type Call, del, flag, get, pathParam, post, type Route } from '../router.ts';
import { noContent } from '../stream.ts';

const usersOf =
  (daemon: Daemon): UsersOf =>
  (name) =>
    daemon.containers
      .all()
      .filter(({ mounts }) => mounts.some(({ Name }) => Name === name))
      .map(({ id }) => id);

function listAll({ daemon, query }: Call): HttpResponse {
  const found = list(daemon.volumes, filtersOf(query), usersOf(daemon)).map((record) => daemon.volumes.inspect(record));
  return jsonResponse(200, { Volumes: found, Warnings: null });
}

async function create({ daemon, request }: Call): Promise<HttpResponse> {
  const {
    Name = '',
    Driver = 'local',
    Labels = null,
    DriverOpts = null,
  } = await body<VolumeCreateRequest>(request, 'volume.CreateRequest');
  return jsonResponse(
    201,
    daemon.volumes.inspect(createVolume(daemon.volumes, { name: Name, driver: Driver, labels: Labels, options: DriverOpts })),
  );
}

function pruneAll({ daemon, query }: Call): HttpResponse {
  const sizes = new Map(daemon.volumes.all().map(({ name }) => [name, treeSize(daemon.sys, daemon.volumes.directory(name)).sizeBytes]));
  const gone = prune(daemon.volumes, filtersOf(query), usersOf(daemon)).map(({ name }) => name);
  const reclaimed = gone.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
  daemon.events.emit({ type: 'volume', action: 'prune', id: '', attributes: { reclaimed: String(reclaimed) } });
  return jsonResponse(200, { VolumesDeleted: gone, SpaceReclaimed: reclaimed });
}

export const volumeRoutes: readonly Route[] = [
  get('/volumes', listAll),
  post('/volumes/create', create),
  post('/volumes/prune', pruneAll),
  get('/volumes/{name}', ({ daemon, params }) => jsonResponse(200, daemon.volumes.inspect(daemon.volumes.get(pathParam(params, 'name'))))),
  del('/volumes/{name}', ({ daemon, params, query }) => {
    remove(daemon.volumes, pathParam(params, 'name'), { usersOf: usersOf(daemon), force: flag(query, 'force') });
    return noContent();
  }),
];
