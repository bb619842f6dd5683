/** `moby.buildkit.v1.Control`: the builder as clients see it. Upstream: moby/buildkit control/control.go. */
import { bridgeMethods, checkFrontend } from './bridge.ts';
import { cacheMethods } from './cache.ts';
import { callSocket } from './call-socket.ts';
import { type Callers, sessionHeaders } from './callers.ts';
import { Content } from './content.ts';
import type { Engine } from './engine.ts';
import { type Methods, unary } from './grpc/server.ts';
import { Code, GrpcError } from './grpc/status.ts';
import { History } from './history.ts';
import { Job, Jobs } from './jobs.ts';
import { INFO_RESPONSE, LIST_WORKERS_RESPONSE, SOLVE_REQUEST, SOLVE_RESPONSE, STATUS_REQUEST } from './messages/control.ts';
import type { FrontendRequest } from './messages/gateway.ts';
import { EMPTY, entriesOf, recordOf, type Texts } from './messages/message.ts';
import { solve } from './solve.ts';
import { VERSION, workersOf } from './workers.ts';

const SERVICE = '/moby.buildkit.v1.Control';

/** All that is asked over `/grpc`. */
export function builderMethods(engine: Engine, callers: Callers): Methods {
  const jobs = new Jobs();
  const content = new Content();
  const history = new History(engine, content);
  const workers = () => workersOf(engine);
  const frontend = async (job: Job, request: FrontendRequest) => {
    const { session } = job.request;
    const caller = await callers.get(session, job.gone);
    const attrs = recordOf(request.frontendOpt);
    history.note(job.request.ref, attrs);
    return solve({ engine, caller, request: job.request, attrs, trace: job.trace, gone: job.gone });
  };
  return {
    ...bridgeMethods({ engine, jobs, workers, solve: frontend }),
    ...history.methods(),
    ...content.methods(),
    ...cacheMethods(engine),
    [`${SERVICE}/Info`]: unary(EMPTY, INFO_RESPONSE, () => ({ buildkitVersion: VERSION })),
    [`${SERVICE}/ListWorkers`]: unary(EMPTY, LIST_WORKERS_RESPONSE, async () => ({ record: await workers() })),
    [`${SERVICE}/Solve`]: unary(SOLVE_REQUEST, SOLVE_RESPONSE, async (request, { gone }) => {
      const job = new Job(request, gone);
      return { exporterResponse: await jobs.run(job, () => lead(job, frontend)) };
    }),
    [`${SERVICE}/Session`]: async (call) => {
      const headers = (name: string): readonly string[] => [call.metadata[name] ?? []].flat().flatMap((text) => text.split(/,\s*/));
      await callers.open(await callSocket(call), sessionHeaders(headers));
    },
    [`${SERVICE}/Status`]: async (call) => {
      const { ref } = STATUS_REQUEST.decode((await call.read()) ?? new Uint8Array());
      const past = jobs.find(ref) ? undefined : await history.trace(ref);
      const messages = past ?? (await jobs.get(ref)).trace.follow(call.gone);
      for await (const message of messages) await call.write(message);
    },
  };
}

/** A build of one frontend, or one that the client leads over the bridge. */
async function lead(job: Job, build: (job: Job, request: FrontendRequest) => ReturnType<typeof solve>): Promise<Texts> {
  const { frontend, frontendAttrs, frontendInputs, definition } = job.request;
  const isLed = frontend === '' && !definition;
  const request = isLed
    ? await returned(job)
    : { frontend, frontendInputs, frontendOpt: frontendAttrs, evaluate: false, ...(definition ? { definition } : {}) };
  if (!request) return [];
  checkFrontend(request);
  return entriesOf((await build(job, request)).ExporterResponse);
}

/** What the client wants to have built; undefined if it only wanted to ask. */
async function returned(job: Job): Promise<FrontendRequest | undefined> {
  const result = await job.returned();
  if (result?.refs) throw new GrpcError(Code.unimplemented, 'several results of one build are not supported');
  const id = result?.ref?.id ?? '';
  if (id === '') return undefined;
  const request = job.frontendOf(id);
  if (!request) throw new GrpcError(Code.notFound, `no such ref: ${id}`);
  return request;
}
