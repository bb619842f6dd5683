/** Resources that this engine does not have: asked for by name they are not found, and a swarm is something it is not part of. */
import { DockerError, notFound } from '../../daemon/errors.ts';
import { jsonResponse } from '../../http/responses.ts';
import { type Answer, del, get, pathParam, post, type Route } from '../router.ts';

const noSwarm: Answer = () => {
  throw new DockerError(
    'unavailable',
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
  );
};

const SWARM = ['/swarm', '/services', '/nodes', '/secrets', '/configs', '/tasks'] as const;

export const absentRoutes: readonly Route[] = [
  get('/plugins', () => jsonResponse(200, [])),
  get('/plugins/{name*}/json', ({ params }) => {
    throw notFound(`plugin "${pathParam(params, 'name')}" not found`);
  }),
  ...SWARM.flatMap((path) => [
    get(path, noSwarm),
    get(`${path}/{name}`, noSwarm),
    post(`${path}/{name}`, noSwarm),
    del(`${path}/{name}`, noSwarm),
  ]),
];
