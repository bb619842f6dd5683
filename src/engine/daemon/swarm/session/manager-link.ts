/**
 * A worker's connection to its manager: by it the node comes into the swarm, hears what is assigned to it, and tells what became of that.
 * When it breaks, it is made again. Upstream: swarmkit agent/session.go, node/node.go.
 */
import { startTls } from '../../../http/tls.ts';
import type { Sys, TaskQueue } from '../../../kernel/sys.ts';
import type { Daemon } from '../../daemon.ts';
import { DockerError, system } from '../../errors.ts';
import { caDigest } from '../ca.ts';
import { describe } from '../describe.ts';
import { foreignCa, rpcError } from '../errors.ts';
import { digestIn } from '../ids.ts';
import type { TaskStatusObject } from '../objects.ts';
import type { ClusterStore } from '../store.ts';
import { type Attachment, type AttachmentRequest, type FromManager, type FromWorker, MANAGERS, Messages } from './messages.ts';
import type { Upstream } from './upstream.ts';

const DEFAULT_PORT = 2377;
const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 8000;
/** Before it has come in, it does not try for ever. */
const TRIES = 5;
const ATTACH_TIMEOUT_NS = 20_000_000_000n;
const DEFAULT_PERIOD_NS = 5_000_000_000;

type Connection = Messages<FromWorker, FromManager>;
type Managers = Extract<FromManager, { say: 'session' }>['managers'];

/** How a node came into its swarm, and what it is there. */
export interface Membership {
  /** Empty until it has come in. */
  readonly nodeId: string;
  readonly certificate: string;
  readonly token: string;
  readonly availability: string;
  readonly managers: Managers;
  /** By which address it is known there. */
  readonly addr: string;
  readonly clusterKey?: string;
  readonly dataPathPort?: number;
}

interface LinkOptions {
  readonly store: ClusterStore;
  readonly membership: Membership;
  /** Told what has changed, and when there is a session. */
  readonly onSession: (membership: Membership) => void;
}

interface PendingCall {
  readonly answered: TaskQueue;
  answer?: Extract<FromManager, { say: 'attached' }>;
}

export class ManagerLink implements Upstream {
  readonly #sys: Sys;
  readonly #daemon: Daemon;
  readonly #options: LinkOptions;
  readonly #changed: TaskQueue;
  readonly #statuses = new Map<string, TaskStatusObject>();
  readonly #calls = new Map<number, PendingCall>();
  membership: Membership;
  /** Why there is no session. */
  failure: DockerError | undefined;
  /** It has given up: it never came in. */
  hasFailed = false;
  #session: Connection | undefined;
  #lastCall = 0;
  #periodNs = DEFAULT_PERIOD_NS;
  #isAnswered = true;
  #isOver = false;

  constructor(daemon: Daemon, options: LinkOptions) {
    this.#daemon = daemon;
    this.#sys = daemon.sys;
    this.#options = options;
    this.membership = options.membership;
    this.#changed = daemon.sys.queue();
  }

  run(): void {
    this.#sys.thread(() => this.#keep());
  }

  stop(): void {
    this.#isOver = true;
    this.#session?.close();
    this.#changed.wake();
  }

  /** Until it has come in, or is refused, or the time is over. */
  async settled(timeoutMs: number): Promise<'joined' | 'refused' | 'waiting'> {
    const until = this.#sys.clock.monotonicNs() + BigInt(timeoutMs) * 1_000_000n;
    for (;;) {
      if (this.#session) return 'joined';
      if (this.hasFailed) return 'refused';
      const leftMs = Number(until - this.#sys.clock.monotonicNs()) / 1e6;
      if (leftMs <= 0) return 'waiting';
      await this.#changed.wait(leftMs);
    }
  }

  async #keep(): Promise<void> {
    let backoffMs = 0;
    for (let tries = 1; !this.#isOver; tries += 1) {
      this.failure = await this.#once();
      const wasIn = this.#session !== undefined;
      this.#session = undefined;
      const isIn = this.membership.nodeId !== '';
      if (!isIn && (tries === TRIES || this.failure?.kind !== 'unavailable')) this.hasFailed = true;
      this.#changed.wake();
      if (this.hasFailed || this.#isOver) return;
      backoffMs = !wasIn && isIn ? Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS + 2 * backoffMs) : FIRST_BACKOFF_MS;
      await this.#sys.sleep(backoffMs);
    }
  }

  /** One connection from its beginning to its end; why it ended, if somebody said so. */
  async #once(): Promise<DockerError | undefined> {
    const remote = this.membership.managers[0]?.Addr ?? '';
    const [, host = remote, port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(remote) ?? [];
    try {
      const plain = await this.#daemon.dial({ host, port: Number(port ?? DEFAULT_PORT) });
      try {
        const connection: Connection = new Messages(this.#sys, await startTls(plain, MANAGERS));
        const why = this.#isOver ? undefined : await this.#talk(connection);
        connection.close();
        return why;
      } finally {
        plain.abort();
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const reason =
        error.cause !== undefined ? `Error while dialing: ${error.message}` : `authentication handshake failed: ${error.message}`;
      return rpcError('Unavailable', `connection error: desc = ${JSON.stringify(`transport: ${reason}`)}`);
    }
  }

  async #talk(connection: Connection): Promise<DockerError | undefined> {
    const root = await connection.receive();
    if (root?.say !== 'root') return rpcError('Unavailable', 'connection error: desc = "transport is closing"');
    const { token, nodeId, availability } = this.membership;
    const description = describe(this.#daemon);
    if (nodeId !== '') this.#openSession(connection, this.membership);
    else if (caDigest(root.rootCa) !== digestIn(token)) return foreignCa(digestIn(token));
    else connection.send({ say: 'join', token, availability, description });
    for (let heard = await connection.receive(); heard !== null; heard = await connection.receive()) {
      if (heard.say === 'refused') return new DockerError(heard.why.kind, heard.why.message);
      this.#take(connection, heard);
    }
    return undefined;
  }

  #openSession(connection: Connection, { nodeId, certificate }: Pick<Membership, 'nodeId' | 'certificate'>): void {
    connection.send({ say: 'session', nodeId, certificate, description: describe(this.#daemon) });
  }

  #take(connection: Connection, heard: FromManager): void {
    switch (heard.say) {
      case 'joined':
        this.membership = { ...this.membership, nodeId: heard.nodeId, certificate: heard.certificate };
        this.#openSession(connection, heard);
        return;
      case 'session':
        this.#begin(connection, heard);
        return;
      case 'beat':
        this.#periodNs = heard.periodNs;
        this.#isAnswered = true;
        return;
      case 'assigned':
        this.#options.store.take(heard);
        return;
      case 'attached':
        this.#answer(heard);
        return;
      case 'logs':
        this.#sys.thread(() => this.#sendLogs(connection, heard));
        return;
      default:
    }
  }

  #begin(connection: Connection, { periodNs, managers, addr, clusterKey, dataPathPort }: Extract<FromManager, { say: 'session' }>): void {
    this.#periodNs = periodNs;
    this.#isAnswered = true;
    this.#session = connection;
    this.membership = { ...this.membership, managers, addr, clusterKey, dataPathPort };
    this.#options.onSession(this.membership);
    this.#changed.wake();
    if (this.#statuses.size > 0) connection.send({ say: 'report', statuses: [...this.#statuses] });
    this.#sys.thread(() => this.#beat(connection));
  }

  /** A manager that does not answer a heartbeat before the next one is gone. */
  async #beat(connection: Connection): Promise<void> {
    for (;;) {
      await this.#sys.sleep(this.#periodNs / 1e6);
      if (connection.isOver) return;
      if (!this.#isAnswered) return connection.close();
      this.#isAnswered = false;
      connection.send({ say: 'heartbeat' });
    }
  }

  async #sendLogs(connection: Connection, { call, task, limits }: Extract<FromManager, { say: 'logs' }>): Promise<void> {
    const { readTaskLogs } = await this.#sys.stall(() => import('../task-logs.ts'));
    await readTaskLogs(this.#daemon, task, { limits, take: (line) => connection.send({ say: 'log', call, line }) });
    connection.send({ say: 'log-end', call });
  }

  report(task: string, status: TaskStatusObject): void {
    for (const id of this.#statuses.keys()) if (!this.#options.store.get('task', id)) this.#statuses.delete(id);
    this.#statuses.set(task, status);
    this.#session?.send({ say: 'report', statuses: [[task, status]] });
  }

  async attach(request: AttachmentRequest): Promise<Attachment | undefined> {
    const until = this.#sys.clock.monotonicNs() + ATTACH_TIMEOUT_NS;
    const leftMs = (): number => Math.max(0, Number(until - this.#sys.clock.monotonicNs()) / 1e6);
    while (!this.#session && leftMs() > 0) await this.#changed.wait(leftMs());
    this.#lastCall += 1;
    const call = this.#lastCall;
    const pending: PendingCall = { answered: this.#sys.queue() };
    this.#calls.set(call, pending);
    this.#session?.send({ say: 'attach', call, ...request });
    while (pending.answer === undefined && leftMs() > 0) await pending.answered.wait(leftMs());
    this.#calls.delete(call);
    const { answer } = pending;
    if (answer === undefined)
      throw system(
        'attaching to network failed, make sure your network options are correct and check manager logs: context deadline exceeded',
      );
    if (answer.why) throw new DockerError(answer.why.kind, answer.why.message);
    return answer.attachment;
  }

  #answer(answer: Extract<FromManager, { say: 'attached' }>): void {
    const pending = this.#calls.get(answer.call);
    if (!pending) return;
    pending.answer = answer;
    pending.answered.wake();
  }

  detach(containerId: string): void {
    this.#session?.send({ say: 'detach', containerId });
  }
}
