/** /swarm, /nodes, /services, /tasks, /secrets, /configs. */
import type { NodeSpec, SecretSpec, ServiceSpec, SwarmInitRequest, SwarmJoinRequest, SwarmSpec } from '../../api-types/index.ts';
import { invalid } from '../../daemon/errors.ts';
import { clusterOf, init, leave, managerOf, unlock, update } from '../../daemon/swarm/cluster.ts';
import { find, findTask } from '../../daemon/swarm/control/lookup.ts';
import { listNodes, listTasks, removeNode, updateNode } from '../../daemon/swarm/control/nodes.ts';
import { createFile, type FileKind, listFiles, removeFile, updateFile } from '../../daemon/swarm/control/secrets.ts';
import { createService, listServices, removeService, statusOf, updateService } from '../../daemon/swarm/control/services.ts';
import { noSwarm } from '../../daemon/swarm/errors.ts';
import { shownFile, shownNode, shownService, shownSwarm, shownTask } from '../../daemon/swarm/inspect.ts';
import { join } from '../../daemon/swarm/join.ts';
import type { ClusterStore } from '../../daemon/swarm/store.ts';
import { jsonResponse } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { bodyOf } from '../body.ts';
import { filtersOf } from '../filters.ts';
import { type Call, del, flag, get, later, pathParam, post, type Route } from '../router.ts';
import { noContent, ok } from '../stream.ts';
import { SWARM_BODIES } from '../swarm-shapes.ts';

const name = ({ params }: Call): string => pathParam(params, 'name');
const storeOf = ({ daemon }: Call): ClusterStore => managerOf(daemon).store;
const read = <T>({ request }: Call, shape: keyof typeof SWARM_BODIES): Promise<T> => bodyOf<T>(request, SWARM_BODIES[shape], shape);

/** Throws DockerError if the query says no version. */
function versionOf({ query }: Call, says: (text: string) => string): number {
  const text = query.get('version') ?? '';
  if (!/^\d+$/.test(text)) throw invalid(says(text));
  return Number(text);
}
const parsed = (kind: string) => (text: string) =>
  `invalid ${kind} version '${text}': strconv.ParseUint: parsing "${text}": invalid syntax`;
const plain = (kind: string) => () => `invalid ${kind} version`;

// ── /swarm ──

async function initSwarm(call: Call): Promise<HttpResponse> {
  return jsonResponse(200, init(call.daemon, await read<SwarmInitRequest>(call, 'InitRequest')));
}

async function updateSwarm(call: Call): Promise<HttpResponse> {
  const spec = await read<SwarmSpec>(call, 'Spec');
  const version = versionOf(call, parsed('swarm'));
  const { query } = call;
  update(call.daemon, {
    version,
    spec,
    rotateWorkerToken: flag(query, 'rotateWorkerToken'),
    rotateManagerToken: flag(query, 'rotateManagerToken'),
    rotateManagerUnlockKey: flag(query, 'rotateManagerUnlockKey'),
  });
  return ok();
}

const swarm: readonly Route[] = [
  get('/swarm', ({ daemon }) => jsonResponse(200, shownSwarm(clusterOf(daemon)))),
  post('/swarm/init', initSwarm),
  post('/swarm/join', async (call) => {
    await join(call.daemon, await read<SwarmJoinRequest>(call, 'JoinRequest'));
    return ok();
  }),
  post('/swarm/leave', async ({ daemon, query }) => {
    await leave(daemon, { force: flag(query, 'force') });
    return ok();
  }),
  post('/swarm/update', updateSwarm),
  get('/swarm/unlockkey', ({ daemon }) => jsonResponse(200, { UnlockKey: clusterOf(daemon).unlockKey })),
  post('/swarm/unlock', async (call) => {
    const { UnlockKey = '' } = await read<{ readonly UnlockKey?: string }>(call, 'UnlockRequest');
    if (!call.daemon.swarm.node) throw noSwarm();
    unlock(call.daemon, UnlockKey);
    return ok();
  }),
];

// ── /nodes, /tasks ──

const nodes: readonly Route[] = [
  get('/nodes', (call) => jsonResponse(200, listNodes(storeOf(call), filtersOf(call.query)).map(shownNode))),
  get('/nodes/{name}', (call) => jsonResponse(200, shownNode(find(storeOf(call), 'node', name(call))))),
  post('/nodes/{name}/update', async (call) => {
    const spec = await read<NodeSpec>(call, 'NodeSpec');
    const version = versionOf(call, parsed('node'));
    updateNode(storeOf(call), { name: name(call), version, spec });
    return ok();
  }),
  del('/nodes/{name}', (call) => {
    removeNode(storeOf(call), name(call), { force: flag(call.query, 'force'), nowNs: call.daemon.sys.clock.nowNs() });
    return ok();
  }),
  get('/tasks', (call) => {
    const { store, nodeId } = managerOf(call.daemon);
    return jsonResponse(200, listTasks(store, filtersOf(call.query), nodeId).map(shownTask));
  }),
  get('/tasks/{name}', (call) => jsonResponse(200, shownTask(findTask(storeOf(call), name(call))))),
];

// ── /services ──

async function updateOne(call: Call): Promise<HttpResponse> {
  const spec = await read<ServiceSpec>(call, 'ServiceSpec');
  const version = versionOf(call, parsed('service'));
  const rollback = call.query.get('rollback') ?? '';
  if (!['', 'none', 'previous'].includes(rollback)) throw invalid(`unrecognized rollback option ${rollback}`);
  updateService(call.daemon, storeOf(call), name(call), { version, spec, rollback: rollback === 'previous' });
  return jsonResponse(200, { Warnings: null });
}

const LOGS = () => import('../../daemon/swarm/logs.ts');

const services: readonly Route[] = [
  get('/services', (call) => {
    const store = storeOf(call);
    const withStatus = flag(call.query, 'status');
    const found = listServices(store, filtersOf(call.query));
    return jsonResponse(
      200,
      found.map((service) => shownService(service, { status: withStatus ? statusOf(store, service) : undefined })),
    );
  }),
  post('/services/create', async (call) => {
    const spec = await read<ServiceSpec>(call, 'ServiceSpec');
    const { id } = createService(call.daemon, storeOf(call), spec);
    return jsonResponse(201, { ID: id, Warnings: null });
  }),
  get('/services/{name}', (call) => {
    const service = find(storeOf(call), 'service', name(call));
    return jsonResponse(200, shownService(service, { defaults: flag(call.query, 'insertDefaults') }));
  }),
  post('/services/{name}/update', updateOne),
  del('/services/{name}', (call) => {
    removeService(storeOf(call), name(call));
    return ok();
  }),
  ...(['service', 'task'] as const).map((kind) =>
    get(
      `/${kind}s/{name}/logs`,
      later(LOGS, ({ sendLogs }, call) => sendLogs(call.daemon, { kind, name: name(call), query: call.query })),
    ),
  ),
];

// ── /secrets, /configs ──

const filesOf = (kind: FileKind, shape: 'SecretSpec' | 'ConfigSpec'): readonly Route[] => {
  const withData = kind === 'config';
  return [
    get(`/${kind}s`, (call) =>
      jsonResponse(
        200,
        listFiles(storeOf(call), kind, filtersOf(call.query)).map((one) => shownFile(one, { withData })),
      ),
    ),
    post(`/${kind}s/create`, async (call) => {
      const spec = await read<SecretSpec>(call, shape);
      return jsonResponse(201, { ID: createFile(storeOf(call), kind, spec).id });
    }),
    get(`/${kind}s/{name}`, (call) => jsonResponse(200, shownFile(find(storeOf(call), kind, name(call)), { withData }))),
    post(`/${kind}s/{name}/update`, async (call) => {
      const version = versionOf(call, plain(kind));
      updateFile(storeOf(call), kind, { name: name(call), version, spec: await read<SecretSpec>(call, shape) });
      return ok();
    }),
    del(`/${kind}s/{name}`, (call) => {
      removeFile(storeOf(call), kind, name(call));
      return noContent();
    }),
  ];
};

export const swarmRoutes: readonly Route[] = [
  ...swarm,
  ...nodes,
  ...services,
  ...filesOf('secret', 'SecretSpec'),
  ...filesOf('config', 'ConfigSpec'),
];
