/**
 * The Docker Engine as a program: `dockerd` answers the Engine API on /var/run/docker.sock. The daemon does the work
 * (src/engine/daemon); this room makes HTTP of it: router.ts finds the route, routes/ has a file for each resource, errors.ts turns
 * what went wrong into statuses, stream.ts is for answers that go on. Upstream: moby daemon/server.
 */
import type { Daemon } from '../daemon/daemon.ts';
import { type DockerError, invalid } from '../daemon/errors.ts';
import { type DaemonParts, daemonProgram } from '../daemon/main.ts';
import type { Handler } from '../http/types.ts';
import { MalformedBody } from './body.ts';
import { errorResponse } from './errors.ts';
import { createRouter, type LaterRoutes } from './router.ts';
import { containerRoutes } from './routes/containers.ts';
import { pingRoutes } from './routes/ping.ts';
import { createTrace, type Trace } from './trace.ts';

export type { DaemonParts } from '../daemon/main.ts';

/** What is asked only when somebody acts: first what each run asks, then what most sessions never do. */
const later = (trace: Trace): readonly LaterRoutes[] => [
  {
    paths: /^\/containers\/(create|[^/]+\/(attach|wait|start))$/,
    load: async () => (await import('./routes/container-run.ts')).containerRunRoutes,
  },
  { paths: /^\/images\/create$/, load: async () => (await import('./routes/pull.ts')).pullRoutes },
  { paths: /^\/drydock\//, load: async () => (await import('./routes/drydock.ts')).drydockRoutes(trace.requests) },
  { paths: /^\/(exec\/|containers\/[^/]+\/exec$)/, load: async () => (await import('./routes/exec.ts')).execRoutes },
  {
    paths: /^\/containers\/[^/]+\/(logs|stats|archive|export)$/,
    load: async () => (await import('./routes/container-streams.ts')).containerStreamRoutes,
  },
  { paths: /^\/containers\/[^/]+\/attach\/ws$/, load: async () => (await import('./routes/attach-websocket.ts')).attachWebSocketRoutes },
  { paths: /^\/(build|drydock\/build)/, load: async () => (await import('./routes/build.ts')).buildRoutes },
  { paths: /^\/(version|info|events|system|auth)/, load: async () => (await import('./routes/system.ts')).systemRoutes },
  { paths: /^\/images\/.+\/push$/, load: async () => (await import('./routes/push.ts')).pushRoutes },
  { paths: /^\/distribution\//, load: async () => (await import('./routes/distribution.ts')).distributionRoutes },
  { paths: /^\/images\/json$/, load: async () => (await import('./routes/images.ts')).imageRoutes },
  { paths: /^\/images\//, load: async () => (await import('./routes/image-verbs.ts')).imageVerbRoutes },
  { paths: /^\/(containers\/|commit$)/, load: async () => (await import('./routes/container-verbs.ts')).containerVerbRoutes },
  { paths: /^\/drydock\/(files|containers\/)/, load: async () => (await import('./routes/looks.ts')).lookRoutes },
  { paths: /^\/networks/, load: async () => (await import('./routes/networks.ts')).networkRoutes },
  { paths: /^\/volumes/, load: async () => (await import('./routes/volumes.ts')).volumeRoutes },
  {
    paths: /^\/(swarm|nodes|services|tasks|secrets|configs)(\/|$)/,
    load: async () => (await import('./routes/swarm.ts')).swarmRoutes,
  },
  { paths: /^\//, load: async () => (await import('./routes/absent.ts')).absentRoutes },
];

async function whatIsWrong({ sys }: Daemon, { text, prefix }: MalformedBody): Promise<DockerError> {
  const { jsonFault } = await sys.stall(() => import('../api-types/go-json.ts'));
  const fault = jsonFault(text, 'first');
  return invalid(`${prefix}${fault === null ? 'unexpected content after JSON' : `invalid JSON: ${fault}`}`);
}

/** The Engine API over a daemon, and what was asked of it lately. */
export function engineHandler(daemon: Daemon): Handler {
  const trace = createTrace({ nowNs: () => daemon.sys.clock.nowNs(), begin: (label) => daemon.sys.cause.begin(label) });
  const route = createRouter([...pingRoutes, ...containerRoutes], later(trace));
  const answer: Handler = async (request) => {
    try {
      return await route(daemon, request);
    } catch (error) {
      return errorResponse(error instanceof MalformedBody ? await whatIsWrong(daemon, error) : error);
    }
  };
  return trace.record(answer);
}

export const dockerd = (parts: DaemonParts = {}): ReturnType<typeof daemonProgram> => daemonProgram(parts, engineHandler);
