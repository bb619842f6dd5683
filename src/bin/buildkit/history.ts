/** The builds that were, as BuildKit tells of them: `docker buildx history`. Upstream: buildkit solver/llbsolver/history.go. */
import type { BuildHistoryRecord } from '../../engine/api-types/build-session.ts';
import { encodeMessage } from '../../engine/api-types/protobuf.ts';
import type { Attributes } from './attributes.ts';
import type { Content } from './content.ts';
import type { Engine } from './engine.ts';
import { type Methods, serverStream, unary } from './grpc/server.ts';
import { Code, GrpcError, STATUS, type Status, statusOf } from './grpc/status.ts';
import {
  HISTORY_EVENT,
  HISTORY_EVENT_TYPE,
  HISTORY_REQUEST,
  type HistoryRecord,
  type HistoryRequest,
  UPDATE_HISTORY_REQUEST,
} from './messages/control.ts';
import { EMPTY, entriesOf } from './messages/message.ts';
import { buildError } from './solve.ts';

const SERVICE = '/moby.buildkit.v1.Control';
/** As many as the engine keeps. */
const MAX_NOTES = 50;

export class History {
  readonly #engine: Engine;
  readonly #content: Content;
  /** What clients asked for, to the letter. */
  readonly #notes = new Map<string, Attributes>();

  constructor(engine: Engine, content: Content) {
    this.#engine = engine;
    this.#content = content;
  }

  /** Keeps what a build was asked with. */
  note(ref: string, attrs: Attributes): void {
    this.#notes.set(ref, attrs);
    const [oldest] = this.#notes.keys();
    if (this.#notes.size > MAX_NOTES && oldest !== undefined) this.#notes.delete(oldest);
  }

  methods(): Methods {
    return {
      [`${SERVICE}/ListenBuildHistory`]: serverStream(HISTORY_REQUEST, HISTORY_EVENT, async (request, send, { gone }) => {
        for (const record of await this.#asked(request)) {
          const type = record.Status === 'running' ? HISTORY_EVENT_TYPE.started : HISTORY_EVENT_TYPE.complete;
          await send({ type, record: this.#shown(record) });
        }
        if (!request.earlyExit && !gone.aborted) await new Promise((resolve) => gone.addEventListener('abort', resolve, { once: true }));
      }),
      [`${SERVICE}/UpdateBuildHistory`]: unary(UPDATE_HISTORY_REQUEST, EMPTY, async ({ ref, pinned, delete: isDeleted }) => {
        if (pinned) throw new GrpcError(Code.unimplemented, 'pinning a build is not supported');
        if (isDeleted) await this.#engine.removeHistory(ref);
        return {};
      }),
    };
  }

  async #asked({ ref, activeOnly, limit }: HistoryRequest): Promise<readonly BuildHistoryRecord[]> {
    const all = await this.#engine.history();
    const records = all.filter(({ Ref, Status }) => (ref === '' || Ref === ref) && (!activeOnly || Status === 'running'));
    return limit > 0 ? records.slice(0, limit) : records;
  }

  /** What was told of a build that is over; undefined if none of this name is kept. */
  async trace(ref: string): Promise<readonly Uint8Array[] | undefined> {
    const found = (await this.#engine.history()).find(({ Ref, Status }) => Ref === ref && Status !== 'running');
    if (!found) return undefined;
    const { Trace = [] } = await this.#engine.historyRecord(ref);
    return Trace.map((text) => new Uint8Array(Buffer.from(text, 'base64')));
  }

  #shown(record: BuildHistoryRecord): HistoryRecord {
    const { Ref, Steps, Attachments, CompletedNs } = record;
    const descriptors = Attachments.map(({ Digest, Type, Size }) => ({ mediaType: Type, digest: Digest, size: Size, annotations: [] }));
    const [image] = descriptors;
    return {
      ref: Ref,
      frontend: 'dockerfile.v0',
      frontendAttrs: entriesOf(this.#notes.get(Ref) ?? attributesFrom(record)),
      exporters: [],
      ...this.#error(record),
      createdAt: BigInt(record.StartedNs),
      ...(CompletedNs === undefined ? {} : { completedAt: BigInt(CompletedNs) }),
      exporterResponse: [],
      ...(image ? { result: { attestations: [], results: [{ key: 0, value: image }] } } : {}),
      numCachedSteps: Steps.Cached,
      numTotalSteps: Steps.Total,
      numCompletedSteps: Steps.Completed,
      numWarnings: 0,
    };
  }

  /** The sentence, and the whole error apart. */
  #error({ Error: error, Status: State }: BuildHistoryRecord): Pick<HistoryRecord, 'error' | 'externalError'> {
    if (!error) return {};
    const status: Status = { ...statusOf(buildError(error)), code: State === 'canceled' ? Code.canceled : Code.unknown };
    const whole = encodeMessage(STATUS, status);
    const externalError = {
      mediaType: 'application/vnd.googeapis.google.rpc.status+proto',
      digest: this.#content.put(whole),
      size: whole.length,
      annotations: [],
    };
    return { error: { ...status, details: [] }, externalError };
  }
}

const set = (name: string, value: string): Attributes => (value === '' ? {} : { [name]: value });
const all = (prefix: string, values: Attributes): Attributes =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));

/** The attributes of a build that another client has asked for. */
function attributesFrom({ Config, ...record }: BuildHistoryRecord): Attributes {
  return {
    ...set('filename', record.Dockerfile),
    ...set('vcs:localdir:context', record.Context),
    ...set('target', record.Target),
    ...set('platform', record.Platforms.join(',')),
    ...all('build-arg:', record.BuildArgs),
    ...all('label:', record.Labels),
    ...set('force-network-mode', Config.Network),
    ...set('add-hosts', Config.ExtraHosts.join(',')),
    ...set('cgroup-parent', Config.CgroupParent),
    ...set('image-resolve-mode', Config.ImageResolveMode),
    ...(Config.NoCache ? { 'no-cache': '' } : {}),
    ...set('shm-size', Config.ShmSize),
    ...set('ulimit', Config.Ulimit),
  };
}
