/**
 * What a worker and its manager say to each other, over one connection to the managers' port: a record of JSON on each line. Swarmkit
 * says the same in gRPC: a node asks for a certificate, opens a session, sends heartbeats and what became of its tasks, and is told what
 * is assigned to it. Upstream: swarmkit api/{ca,dispatcher,resource}.proto.
 */
import type { NodeDescription, SwarmInfo, TlsInfo } from '../../../api-types/index.ts';
import type { Duplex } from '../../../http/types.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys, TaskQueue } from '../../../kernel/sys.ts';
import type { ErrorKind } from '../../errors.ts';
import type { Kind, Kinds, NetworkObject, TaskStatusObject } from '../objects.ts';
import type { LogLimits } from '../task-logs.ts';

/** How managers are called in their certificates. */
export const MANAGERS = 'swarm-manager';

/** What a node has of the cluster's store: objects as they are there. */
export type Copied = { readonly [K in Kind]: { readonly kind: K; readonly object: Kinds[K] } }[Kind];

export interface Attachment {
  readonly network: NetworkObject;
  /** Without its length. */
  readonly ip: string;
}

export interface AttachmentRequest {
  /** By name or id. */
  readonly network: string;
  readonly containerId: string;
  /** Empty: any. */
  readonly asked: string;
}

export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** Why something was refused, to be said again at the other end. */
export interface Refusal {
  readonly kind: ErrorKind;
  readonly message: string;
}

export type FromWorker =
  | { readonly say: 'join'; readonly token: string; readonly availability: string; readonly description: Described }
  | { readonly say: 'session'; readonly nodeId: string; readonly certificate: string; readonly description: Described }
  | { readonly say: 'heartbeat' }
  | { readonly say: 'report'; readonly statuses: readonly (readonly [task: string, status: TaskStatusObject])[] }
  | ({ readonly say: 'attach'; readonly call: number } & AttachmentRequest)
  | { readonly say: 'detach'; readonly containerId: string }
  | { readonly say: 'log'; readonly call: number; readonly line: LogLine }
  | { readonly say: 'log-end'; readonly call: number };

/** A node of itself; who signed its certificate, its manager knows. */
export type Described = Omit<NodeDescription, 'TLSInfo'>;

export type FromManager =
  | { readonly say: 'root'; readonly rootCa: TlsInfo }
  | { readonly say: 'joined'; readonly nodeId: string; readonly certificate: string }
  | { readonly say: 'refused'; readonly why: Refusal }
  | {
      readonly say: 'session';
      readonly periodNs: number;
      readonly managers: NonNullable<SwarmInfo['RemoteManagers']>;
      /** By which address the node is known. */
      readonly addr: string;
      /** What lets nodes gossip with each other. */
      readonly clusterKey: string;
      readonly dataPathPort: number;
    }
  | { readonly say: 'beat'; readonly periodNs: number }
  | {
      readonly say: 'assigned';
      /** There is nothing else. */
      readonly isAll: boolean;
      readonly objects: readonly Copied[];
      readonly gone: readonly (readonly [kind: Kind, id: string])[];
    }
  | { readonly say: 'attached'; readonly call: number; readonly attachment?: Attachment; readonly why?: Refusal }
  | { readonly say: 'logs'; readonly call: number; readonly task: string; readonly limits: LogLimits };

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const NEWLINE = 10;

/** One connection, as its two ends use it: what is sent waits its turn; each end reads in one thread. */
export class Messages<Out extends object, In extends object> {
  readonly #connection: Duplex;
  readonly #outbox: Out[] = [];
  readonly #changed: TaskQueue;
  #unread = new Uint8Array();
  isOver = false;

  constructor(sys: Sys, connection: Duplex) {
    this.#connection = connection;
    this.#changed = sys.queue();
    sys.thread(() => this.#write());
  }

  send(message: Out): void {
    this.#outbox.push(message);
    this.#changed.wake();
  }

  async #write(): Promise<void> {
    while (!this.isOver) {
      const next = this.#outbox.shift();
      if (next === undefined) await this.#changed.wait();
      else await this.#put(encoder.encode(`${JSON.stringify(next)}\n`));
    }
  }

  async #put(bytes: Uint8Array): Promise<void> {
    try {
      await this.#connection.write(bytes);
    } catch (error) {
      if (!isErrno(error)) throw error;
      this.close();
    }
  }

  /** Null: the connection is over. */
  async receive(): Promise<In | null> {
    for (;;) {
      const end = this.#unread.indexOf(NEWLINE);
      if (end >= 0) {
        const line = decoder.decode(this.#unread.subarray(0, end));
        this.#unread = this.#unread.slice(end + 1);
        return parsed<In>(line);
      }
      const piece = await this.#read();
      if (piece === null) return null;
      const joined = new Uint8Array(this.#unread.length + piece.length);
      joined.set(this.#unread);
      joined.set(piece, this.#unread.length);
      this.#unread = joined;
    }
  }

  async #read(): Promise<Uint8Array | null> {
    if (this.isOver) return null;
    try {
      return await this.#connection.read();
    } catch (error) {
      if (!isErrno(error)) throw error;
      return null;
    }
  }

  close(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#changed.wake();
    this.#connection.abort();
  }
}

/** Somebody who says something else is no node. */
function parsed<In extends object>(line: string): In | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' ? (value as In | null) : null;
  } catch {
    return null;
  }
}
