/** `moby.buildkit.v1.frontend.LLBBridge`: builds that a client leads. Of frontends there is the one for Dockerfiles. */
import type { BuildSessionResult } from '../../engine/api-types/build-session.ts';
import { callDocument, callStatus } from '../../engine/cli/build/call-result.ts';
import type { Engine } from './engine.ts';
import { type Call, type Methods, unary } from './grpc/server.ts';
import { Code, GrpcError } from './grpc/status.ts';
import type { Job, Jobs } from './jobs.ts';
import type { WorkerRecord } from './messages/control.ts';
import {
  type Capability,
  FRONTEND_REQUEST,
  FRONTEND_RESPONSE,
  type FrontendRequest,
  PONG,
  RETURN_REQUEST,
  type Result,
  STAT_REQUEST,
} from './messages/gateway.ts';
import { EMPTY, recordOf } from './messages/message.ts';
import { lookFor, remoteContextOf } from './remote.ts';

/** What the bridge and the builder can do, by the names that clients look for. Upstream: frontend/gateway/pb/caps.go, solver/pb/caps.go. */
const FRONTEND_CAPS = [
  'solve.base',
  'resolveimage',
  'return',
  'returnmap',
  'importcaches',
  'proto.refarray',
  'gateway.solve.metadata',
  'statfile',
  'frontend.caps',
];
const LLB_CAPS = [
  'source.image',
  'source.image.resolvemode',
  'source.local',
  'source.local.unique',
  'source.local.sessionid',
  'source.local.includepatterns',
  'source.local.followpaths',
  'source.local.excludepatterns',
  'source.local.sharedkeyhint',
  'source.http',
  'source.http.checksum',
  'exec.meta.base',
  'exec.meta.cgroup.parent',
  'exec.meta.network',
  'exec.meta.ulimit',
  'exec.meta.linux.resources',
  'exec.mount.bind',
  'exec.mount.cache',
  'exec.mount.cache.sharing',
  'exec.mount.tmpfs',
  'exec.mount.secret',
  'exec.mount.ssh',
  'exec.secretenv',
  'file.base',
  'constraints',
  'platform',
  'meta.ignorecache',
  'meta.description',
  'exporter.image.annotations',
  'exporter.image.attestations',
  'exporter.sourcedateepoch',
  'exporter.multiple',
  'gc.freespacefilter',
];
const capabilities = (names: readonly string[]): Capability[] => names.map((id) => ({ id, enabled: true }));
/** What clients ask for by name and there is not. */
const DISABLED_LLB: readonly Capability[] = [
  { id: 'source.git', enabled: false, disabledReasonMsg: 'a build context from a Git repository is not supported' },
];
const DISABLED: readonly Capability[] = [
  { id: 'reference.output', enabled: false, disabledReasonMsg: "a target that is another one's context is not supported" },
];

const BUILD_ID = 'buildkit-controlapi-buildid';
const SERVICE = '/moby.buildkit.v1.frontend.LLBBridge';

export interface BridgeOptions {
  readonly engine: Engine;
  readonly jobs: Jobs;
  readonly workers: () => Promise<readonly WorkerRecord[]>;
  /** Has a frontend answer or build. */
  readonly solve: (job: Job, frontend: FrontendRequest) => Promise<BuildSessionResult>;
}

export function bridgeMethods({ engine, jobs, workers, solve }: BridgeOptions): Methods {
  const jobOf = ({ metadata }: Call): Promise<Job> => {
    const id = metadata[BUILD_ID];
    if (typeof id !== 'string') throw new GrpcError(Code.unknown, 'no buildid found in context');
    return jobs.get(id);
  };
  return {
    [`${SERVICE}/Ping`]: unary(EMPTY, PONG, async (_, call) => {
      await jobOf(call);
      return {
        frontendCaps: [...capabilities(FRONTEND_CAPS), ...DISABLED],
        llbCaps: [...capabilities(LLB_CAPS), ...DISABLED_LLB],
        workers: await workers(),
      };
    }),
    [`${SERVICE}/Solve`]: unary(FRONTEND_REQUEST, FRONTEND_RESPONSE, async (request, call) => {
      const job = await jobOf(call);
      if (request.frontend !== '' || !request.definition || remoteContextOf(request.definition) === undefined) checkFrontend(request);
      const isQuestion = recordOf(request.frontendOpt).requestid !== undefined;
      return { result: isQuestion ? answerOf(await solve(job, request)) : { ref: { id: job.refer(request) }, metadata: [] } };
    }),
    [`${SERVICE}/StatFile`]: unary(STAT_REQUEST, EMPTY, async ({ ref, path }, call) => {
      const job = await jobOf(call);
      const { definition } = job.frontendOf(ref) ?? {};
      const url = definition && remoteContextOf(definition);
      if (url === undefined) throw new GrpcError(Code.unimplemented, 'looking into the result of a build is not supported');
      return lookFor(engine, { url, path, gone: call.gone, tell: (message) => job.trace.push(message) });
    }),
    [`${SERVICE}/Return`]: unary(RETURN_REQUEST, EMPTY, async ({ result, error }, call) => {
      (await jobOf(call)).give(result, error);
      return {};
    }),
  };
}

/** Throws GrpcError for what no Dockerfile says. */
export function checkFrontend({ frontend, definition, frontendInputs, frontendOpt }: FrontendRequest): void {
  const isDockerfile =
    frontend === 'dockerfile.v0' || (frontend === 'gateway.v0' && recordOf(frontendOpt)['build-arg:BUILDKIT_SYNTAX'] !== undefined);
  if (frontend === '' && definition)
    throw new GrpcError(Code.unimplemented, "graphs of a client's own (LLB) are not supported: this engine builds Dockerfiles");
  if (!isDockerfile) throw new GrpcError(Code.unknown, `frontend ${frontend} not found`);
  const [input] = frontendInputs;
  if (input) throw new GrpcError(Code.unimplemented, `the input ${input.key} is a graph (LLB), which is not supported`);
}

/** The answer to `--check` and `--call`. Upstream: frontend/subrequests. */
function answerOf(result: BuildSessionResult): Result {
  const document = { 'result.json': callDocument(result), ...(callStatus(result) === 0 ? {} : { 'result.statuscode': '1' }) };
  return { metadata: Object.entries(document).map(([key, value]) => ({ key, value: new TextEncoder().encode(value) })) };
}
