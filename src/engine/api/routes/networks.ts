/** /networks. */
import type { NetworkConnectRequest, NetworkCreateRequest, NetworkDisconnectRequest } from '../../api-types/index.ts';
import { create as createNetwork } from '../../daemon/networks/create.ts';
import { inspect, list } from '../../daemon/networks/inspect.ts';
import { connect, disconnect, membersOf, prune, remove } from '../../daemon/networks/verbs.ts';
import { jsonResponse } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { body, type Call, del, filtersOf, get, pathParam, post, type Route } from '../router.ts';
import { noContent, ok } from '../stream.ts';

const name = ({ params }: Call): string => pathParam(params, 'name');

async function create({ daemon, request }: Call): Promise<HttpResponse> {
  const { id } = createNetwork(daemon, await body<NetworkCreateRequest>(request, 'network.CreateRequest'));
  return jsonResponse(201, { Id: id, Warning: '' });
}

export const networkRoutes: readonly Route[] = [
  get('/networks', ({ daemon, query }) => jsonResponse(200, list(daemon.networks, filtersOf(query), membersOf(daemon)))),
  post('/networks/create', create),
  post('/networks/prune', ({ daemon, query }) => {
    const gone = prune(daemon, filtersOf(query));
    return jsonResponse(200, { NetworksDeleted: gone.length > 0 ? gone : null });
  }),
  get('/networks/{name}', (call) =>
    jsonResponse(200, inspect(call.daemon.networks, call.daemon.networks.get(name(call)), membersOf(call.daemon))),
  ),
  post('/networks/{name}/connect', async (call) => {
    const { Container = '', EndpointConfig } = await body<NetworkConnectRequest>(call.request, 'ConnectRequest');
    await connect(call.daemon, { network: name(call), container: Container, settings: EndpointConfig ?? {} });
    return ok();
  }),
  post('/networks/{name}/disconnect', async (call) => {
    const { Container = '', Force } = await body<NetworkDisconnectRequest>(call.request, 'DisconnectRequest');
    await disconnect(call.daemon, { network: name(call), container: Container, force: Force ?? false });
    return ok();
  }),
  del('/networks/{name}', (call) => {
    remove(call.daemon, name(call));
    return noContent();
  }),
];
