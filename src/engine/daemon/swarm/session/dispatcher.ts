import { acceptTls } from '../../../http/tls.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { unmapped } from '../../../kernel/net/ip.ts';
import type { Fd, Sys, TaskQueue } from '../../../kernel/sys.ts';
import { socketDuplex } from '../../duplex.ts';
import { asDockerError, type DockerError } from '../../errors.ts';
import { invalidToken, oneManager, unknownNode } from '../errors.ts';
import { newSwarmId } from '../ids.ts';
import type { Manager } from '../manager-side.ts';
import type { NodeObject, TaskObject } from '../objects.ts';
import type { ClusterStore } from '../store.ts';
import type { LogLimits } from '../task-logs.ts';
import { type Assigned, assignedTo } from './assignments.ts';
import { type FromManager, type FromWorker, type LogLine, MANAGERS, Messages, type Refusal } from './messages.ts';

/** So many heartbeats may be missed. */
const GRACE_PERIODS = 3n;
const DEFAULT_PERIOD_NS = 5_000_000_000;

/** Somebody who reads a task's log on another node. */
interface Reader {
  readonly connection: Connection;
  readonly take: (line: LogLine) => void;
  readonly ended: TaskQueue;
}

type Connection = Messages<FromManager, FromWorker>;
type Say<K extends FromWorker['say']> = Extract<FromWorker, { say: K }>;

export const refusalOf = ({ kind, message }: DockerError): Refusal => ({ kind, message });

export class Dispatcher {
  readonly #sys: Sys;
  readonly #store: ClusterStore;
  readonly #manager: Manager;
  readonly #sessions = new Map<string, Connection>();
  /** Until when a node must have been heard. */
  readonly #deadlines = new Map<string, bigint>();
  readonly #heard: TaskQueue;
  readonly #readers = new Map<number, Reader>();
  #lastCall = 0;
  #isOver = false;

  constructor(sys: Sys, store: ClusterStore, manager: Manager) {
    this.#sys = sys;
    this.#store = store;
    this.#manager = manager;
    this.#heard = sys.queue();
  }

  /** Nodes that an earlier manager knew must be heard again. */
  start(listening: Fd | undefined, self: string): void {
    for (const { id, status } of this.#store.all('node'))
      if (id !== self && status.state !== 'down') {
        this.#set(id, { state: 'unknown', message: 'Node moved to "unknown" state due to leadership change in cluster' });
        this.#hear(id);
      }
    if (listening !== undefined) this.#sys.thread(() => this.#acceptAll(listening));
    this.#sys.thread(() => this.#watch());
  }

  stop(): void {
    this.#isOver = true;
    for (const session of this.#sessions.values()) session.close();
    this.#heard.wake();
  }

  get #periodNs(): number {
    return this.#store.cluster()?.spec.Dispatcher.HeartbeatPeriod ?? DEFAULT_PERIOD_NS;
  }

  #hear(id: string): void {
    this.#deadlines.set(id, this.#sys.clock.monotonicNs() + GRACE_PERIODS * BigInt(this.#periodNs));
    this.#heard.wake();
  }

  async #watch(): Promise<void> {
    while (!this.#isOver) {
      const now = this.#sys.clock.monotonicNs();
      for (const [id, until] of this.#deadlines) if (until <= now) this.#lose(id);
      const next = [...this.#deadlines.values()].reduce<bigint | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);
      await this.#heard.wait(next === undefined ? undefined : Math.ceil(Number(next - now) / 1e6));
    }
  }

  #lose(id: string): void {
    this.#deadlines.delete(id);
    this.#set(id, { state: 'down', message: 'heartbeat failure' });
    this.#sessions.get(id)?.close();
  }

  #set(id: string, status: Partial<NodeObject['status']>): void {
    const node = this.#store.get('node', id);
    if (node) this.#store.write((tx) => tx.update('node', id, { status: { ...node.status, ...status } }));
  }

  async #acceptAll(listening: Fd): Promise<void> {
    for (;;) {
      try {
        const fd = await this.#sys.accept(listening);
        this.#sys.fds.setCloseOnExec(fd, true);
        this.#sys.thread(() => this.#serve(fd));
      } catch (error) {
        if (isErrno(error, 'EBADF', 'EINVAL')) return;
        if (!isErrno(error, 'EINTR', 'ECONNABORTED')) throw error;
      }
    }
  }

  async #serve(fd: Fd): Promise<void> {
    const socket = socketDuplex(this.#sys, fd);
    try {
      const peer = this.#sys.net.peer(fd);
      const secured = await acceptTls(socket, [MANAGERS]);
      const cluster = this.#store.cluster();
      if (!secured || !cluster || peer.family === 'unix') return;
      const connection: Connection = new Messages(this.#sys, secured);
      connection.send({ say: 'root', rootCa: cluster.rootCa });
      await this.#talk(connection, unmapped(peer.ip));
      connection.close();
    } catch (error) {
      if (!isErrno(error)) throw error;
    } finally {
      socket.close();
    }
  }

  async #talk(connection: Connection, addr: string): Promise<void> {
    for (let heard = await connection.receive(); heard !== null; heard = await connection.receive()) {
      const why =
        heard.say === 'join'
          ? this.#join(connection, heard, addr)
          : heard.say === 'session'
            ? this.#open(connection, heard, addr)
            : undefined;
      if (why) connection.send({ say: 'refused', why: refusalOf(why) });
      else if (heard.say === 'session') return this.#follow(connection, heard.nodeId);
    }
  }

  #join(connection: Connection, { token, availability, description }: Say<'join'>, addr: string): DockerError | undefined {
    const cluster = this.#store.cluster();
    if (!cluster || token === cluster.joinTokens.manager) return oneManager('joining as a manager');
    if (token !== cluster.joinTokens.worker) return invalidToken();
    const certificate = newSwarmId(this.#sys);
    const { id } = this.#store.write((tx) =>
      tx.create('node', {
        spec: { Labels: {}, Role: 'worker', Availability: availability as NodeObject['spec']['Availability'] },
        description: { ...description, TLSInfo: cluster.rootCa },
        status: { state: 'unknown', message: '', addr },
        manager: null,
        attachments: {},
        certificate,
      }),
    );
    connection.send({ say: 'joined', nodeId: id, certificate });
    return undefined;
  }

  #open(connection: Connection, { nodeId, certificate, description }: Say<'session'>, addr: string): DockerError | undefined {
    const node = this.#store.get('node', nodeId);
    const cluster = this.#store.cluster();
    if (!cluster || node?.certificate === undefined || node.certificate !== certificate) return unknownNode();
    this.#sessions.get(nodeId)?.close();
    this.#sessions.set(nodeId, connection);
    this.#store.write((tx) =>
      tx.update('node', nodeId, {
        description: { ...description, TLSInfo: cluster.rootCa },
        status: { state: 'ready', message: '', addr },
      }),
    );
    connection.send({
      say: 'session',
      periodNs: this.#periodNs,
      managers: this.#managers(),
      addr,
      clusterKey: cluster.id,
      dataPathPort: cluster.dataPathPort,
    });
    this.#hear(nodeId);
    this.#sys.thread(() => this.#assign(connection, nodeId));
    return undefined;
  }

  #managers(): Extract<FromManager, { say: 'session' }>['managers'] {
    return this.#store.all('node').flatMap(({ id, manager }) => (manager ? [{ NodeID: id, Addr: manager.addr }] : []));
  }

  /** What a node has to know, and then each change of it. */
  async #assign(connection: Connection, nodeId: string): Promise<void> {
    let known: Assigned = new Map();
    for (let isAll = true; !connection.isOver; isAll = false) {
      if (!this.#store.get('node', nodeId)) return this.#expel(connection);
      const { assigned, objects, gone } = assignedTo(this.#store, nodeId, known);
      known = assigned;
      if (isAll || objects.length + gone.length > 0) connection.send({ say: 'assigned', isAll, objects, gone });
      await this.#store.changed.wait();
    }
  }

  /** It was removed while it was there. */
  #expel(connection: Connection): void {
    connection.send({ say: 'refused', why: refusalOf(unknownNode()) });
  }

  async #follow(connection: Connection, nodeId: string): Promise<void> {
    for (let heard = await connection.receive(); heard !== null; heard = await connection.receive())
      if (this.#sessions.get(nodeId) === connection) this.#take(connection, nodeId, heard);
    if (this.#sessions.get(nodeId) === connection) this.#sessions.delete(nodeId);
    for (const [call, reader] of this.#readers) if (reader.connection === connection) this.#endReading(call);
  }

  /** The log of a task that runs on another node. Undefined: it is not to be had. */
  readLogs(
    { id, nodeId }: TaskObject,
    { limits, take }: { readonly limits: LogLimits; readonly take: (line: LogLine) => void },
  ): Promise<void> | undefined {
    const connection = this.#sessions.get(nodeId);
    if (!connection) return undefined;
    this.#lastCall += 1;
    const call = this.#lastCall;
    const ended = this.#sys.queue();
    this.#readers.set(call, { connection, take, ended });
    connection.send({ say: 'logs', call, task: id, limits });
    return this.#readToEnd(call, ended);
  }

  async #readToEnd(call: number, ended: TaskQueue): Promise<void> {
    while (this.#readers.has(call)) await ended.wait();
  }

  #endReading(call: number): void {
    const reader = this.#readers.get(call);
    this.#readers.delete(call);
    reader?.ended.wake();
  }

  #take(connection: Connection, nodeId: string, heard: FromWorker): void {
    switch (heard.say) {
      case 'heartbeat':
        this.#hear(nodeId);
        connection.send({ say: 'beat', periodNs: this.#periodNs });
        return;
      case 'report':
        for (const [task, status] of heard.statuses)
          if (this.#store.get('task', task)?.nodeId === nodeId) this.#manager.report(task, status);
        return;
      case 'attach':
        connection.send({ say: 'attached', call: heard.call, ...this.#attach(nodeId, heard) });
        return;
      case 'detach':
        this.#manager.detach(heard.containerId);
        return;
      case 'log':
        this.#readers.get(heard.call)?.take(heard.line);
        return;
      case 'log-end':
        this.#endReading(heard.call);
        return;
      default:
    }
  }

  #attach(nodeId: string, request: Say<'attach'>): Pick<Extract<FromManager, { say: 'attached' }>, 'attachment' | 'why'> {
    try {
      const attachment = this.#manager.attach(nodeId, request);
      return attachment ? { attachment } : {};
    } catch (error) {
      const known = asDockerError(error);
      if (!known) throw error;
      return { why: refusalOf(known) };
    }
  }
}
