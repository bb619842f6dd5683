/** Resources that this engine does not have: asked for by name they are not found. */
import { DockerError, type ErrorKind, invalid, notFound, notImplemented } from '../../daemon/errors.ts';
import { jsonResponse } from '../../http/responses.ts';
import { type Answer, type Call, del, get, integer, pathParam, post, put, type Route } from '../router.ts';

const noPlugin: Answer = ({ params }: Call) => {
  throw notFound(`plugin "${pathParam(params, 'name')}" not found`);
};

const noPlugins: Answer = () => {
  throw notImplemented('plugins are not supported by this engine');
};

const noUpgrade =
  (kind: ErrorKind): Answer =>
  () => {
    throw new DockerError(kind, 'no upgrade proto in request');
  };

export const absentRoutes: readonly Route[] = [
  post('/session', noUpgrade('invalid')),
  post('/grpc', noUpgrade('system')),
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
];
