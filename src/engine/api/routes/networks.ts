/** /networks. */
import type { NetworkConnectRequest, NetworkCreateRequest, NetworkDisconnectRequest } from '../../api-types/index.ts';
import { invalid, notFound } from '../../daemon/errors.ts';
import { checkTexts } from '../../daemon/networks/check.ts';
import { create as createNetwork } from '../../daemon/networks/create.ts';
import { inspect, list } from '../../daemon/networks/inspect.ts';
import { connect, disconnect, membersOf, prune, remove } from '../../daemon/networks/verbs.ts';
import { readBool } from '../../daemon/read-bool.ts';
import { jsonResponse } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { body } from '../body.ts';
import { filtersOf } from '../filters.ts';
import { type Call, del, get, pathParam, post, type Route } from '../router.ts';
import { noContent, ok } from '../stream.ts';

const name = ({ params }: Call): string => pathParam(params, 'name');

const SWARM_NETWORKS = () => import('../../daemon/swarm/network/routes.ts');

async function create({ daemon, request }: Call): Promise<HttpResponse> {
  const asked = await body<NetworkCreateRequest>(request, 'network.CreateRequest');
  checkTexts(asked.IPAM?.Config ?? []);
  const isShared = daemon.swarm.node !== null && (asked.Driver === 'overlay' || asked.Scope === 'swarm');
  const { id } = isShared ? (await daemon.sys.stall(SWARM_NETWORKS)).create(daemon, asked) : createNetwork(daemon, asked);
  return jsonResponse(201, { Id: id, Warning: '' });
}

/** This host's, and with them the swarm's. */
async function listAll({ daemon, query }: Call): Promise<HttpResponse> {
  const filters = filtersOf(query);
  const own = list(daemon.networks, filters, membersOf(daemon));
  if (daemon.swarm.node === null) return jsonResponse(200, own);
  return jsonResponse(200, [...own, ...(await daemon.sys.stall(SWARM_NETWORKS)).listOthers(daemon, filters)]);
}

async function inspectOne(call: Call): Promise<HttpResponse> {
  const { daemon, query } = call;
  const verbose = query.get('verbose') ?? '';
  if (verbose !== '' && readBool(verbose) === undefined)
    throw invalid(`invalid value for verbose: ${verbose}: strconv.ParseBool: parsing ${JSON.stringify(verbose)}: invalid syntax`);
  const scope = query.get('scope') ?? '';
  const shared = daemon.swarm.node === null ? undefined : (await daemon.sys.stall(SWARM_NETWORKS)).inspectShared(daemon, name(call));
  const found = shared ?? inspect(daemon.networks, daemon.networks.get(name(call)), membersOf(daemon));
  if (scope !== '' && found.Scope !== scope) throw notFound(`network ${name(call)} not found`);
  return jsonResponse(200, found);
}

async function removeOne(call: Call): Promise<HttpResponse> {
  const { daemon } = call;
  const isShared = daemon.swarm.node !== null && (await daemon.sys.stall(SWARM_NETWORKS)).removeShared(daemon, name(call));
  if (!isShared) remove(daemon, name(call));
  return noContent();
}

async function pruneAll({ daemon, query }: Call): Promise<HttpResponse> {
  const filters = filtersOf(query);
  const gone = [
    ...prune(daemon, filters),
    ...(daemon.swarm.node === null ? [] : (await daemon.sys.stall(SWARM_NETWORKS)).pruneShared(daemon, filters)),
  ];
  return jsonResponse(200, { NetworksDeleted: gone.length > 0 ? gone : null });
}

export const networkRoutes: readonly Route[] = [
  get('/networks', listAll),
  post('/networks/create', create),
  post('/networks/prune', pruneAll),
  get('/networks/{name}', inspectOne),
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
  del('/networks/{name}', removeOne),
];
