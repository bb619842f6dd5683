/** Resources that this engine does not have: asked for by name they are not found, and a swarm is something it is not part of. */
import { DockerError, invalid, notFound, notImplemented } from '../../daemon/errors.ts';
import { jsonResponse } from '../../http/responses.ts';
import { type Answer, type Call, del, flag, get, integer, pathParam, post, put, type Route } from '../router.ts';

const noSwarm: Answer = () => {
  throw new DockerError(
    'unavailable',
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
  );
};

const SWARM = ['/swarm', '/services', '/nodes', '/secrets', '/configs', '/tasks'] as const;
/** What an update without a version is told. */
const PARSED = ['node', 'service'] as const;
const PLAIN = ['secret', 'config'] as const;
const unparsed = (text: string): string => `strconv.ParseUint: parsing "${text}": invalid syntax`;

const versioned =
  (says: (text: string) => string): Answer =>
  (call) => {
    const text = call.query.get('version') ?? '';
    if (!/^\d+$/.test(text)) throw invalid(says(text));
    return noSwarm(call);
  };

const logs: Answer = (call) => {
  if (!flag(call.query, 'stdout') && !flag(call.query, 'stderr')) throw invalid("must specify at least one of 'stdout' or 'stderr'");
  return noSwarm(call);
};

const leave: Answer = () => {
  throw new DockerError('unavailable', 'This node is not part of a swarm');
};

const noPlugin: Answer = ({ params }: Call) => {
  throw notFound(`plugin "${pathParam(params, 'name')}" not found`);
};

const noPlugins: Answer = () => {
  throw notImplemented('plugins are not supported by this engine');
};

export const absentRoutes: readonly Route[] = [
  get('/plugins', () => jsonResponse(200, [])),
  get('/plugins/privileges', noPlugins),
  post('/plugins/pull', noPlugins),
  post('/plugins/create', noPlugins),
  get('/plugins/{name*}/json', noPlugin),
  post('/plugins/{name*}/enable', (call) => {
    if (integer(call.query, 'timeout') === undefined) throw invalid('strconv.Atoi: parsing "": invalid syntax');
    return noPlugin(call);
  }),
  ...['disable', 'upgrade', 'push', 'set'].map((verb) => post(`/plugins/{name*}/${verb}`, noPlugin)),
  del('/plugins/{name*}', noPlugin),
  put('/volumes/{name}', () => {
    throw new DockerError('unavailable', 'volume update only valid for cluster volumes, but swarm is unavailable');
  }),
  post('/swarm/leave', leave),
  post(
    '/swarm/update',
    versioned((text) => `invalid swarm version '${text}': ${unparsed(text)}`),
  ),
  ...PARSED.map((kind) =>
    post(
      `/${kind}s/{name}/update`,
      versioned((text) => `invalid ${kind} version '${text}': ${unparsed(text)}`),
    ),
  ),
  ...PLAIN.map((kind) =>
    post(
      `/${kind}s/{name}/update`,
      versioned(() => `invalid ${kind} version`),
    ),
  ),
  ...['/services', '/tasks'].map((path) => get(`${path}/{name}/logs`, logs)),
  ...SWARM.flatMap((path) => [
    get(path, noSwarm),
    get(`${path}/{name}`, noSwarm),
    post(`${path}/{name}`, noSwarm),
    del(`${path}/{name}`, noSwarm),
  ]),
];
