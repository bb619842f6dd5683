/**
 * How nodes hear of each other's endpoints: from node to node on port 7946, without a manager. Each says every second that it is there,
 * and which state of its own table is the newest; whoever has an older one asks for it. A node that is not heard any more is taken for
 * gone with all that it had. Memberlist and libnetwork's NetworkDB do this with random peers and more patience; here everybody tells
 * everybody, as few as they are. Upstream: libnetwork/networkdb.
 */

import { isErrno } from '../../../kernel/errno.ts';
import { unmapped } from '../../../kernel/net/ip.ts';
import type { Fd, Sys, TaskQueue } from '../../../kernel/sys.ts';
import type { PeerRecord } from './records.ts';

export const GOSSIP_PORT = 7946;
const EVERY_MS = 1000;
const PATIENCE_NS = 5_000_000_000n;
/** A datagram holds some. */
const RECORDS_AT_ONCE = 40;

interface Said {
  /** Who belongs to the same cluster knows this. */
  readonly key: string;
  readonly from: string;
  /** Of the sender's table. */
  readonly state: number;
}
type Message = Said &
  (
    | { readonly say: 'alive'; readonly known: readonly (readonly [node: string, ip: string])[] }
    | { readonly say: 'ask' }
    | { readonly say: 'table'; readonly records: readonly PeerRecord[]; readonly isFirst: boolean; readonly isLast: boolean }
    | { readonly say: 'leave' }
  );
type Saying = { readonly [K in Message['say']]: Omit<Extract<Message, { say: K }>, keyof Said> }[Message['say']];

interface Peer {
  readonly node: string;
  ip: string;
  heardNs: bigint;
  /** Of its table, as far as it is known here; -1: not at all. */
  state: number;
  records: ReadonlyMap<string, PeerRecord>;
  coming: PeerRecord[];
}

export interface GossipOptions {
  readonly key: string;
  readonly node: string;
  /** What there is to tell now. */
  readonly own: () => readonly PeerRecord[];
  readonly appeared: (record: PeerRecord, peer: Pick<Peer, 'node' | 'ip'>) => void;
  readonly vanished: (record: PeerRecord, peer: Pick<Peer, 'node' | 'ip'>) => void;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Gossip {
  readonly #sys: Sys;
  readonly #options: GossipOptions;
  readonly #peers = new Map<string, Peer>();
  /** Those who were told of, and have not been heard. */
  readonly #addresses = new Map<string, string>();
  readonly #wanted: TaskQueue;
  #socket: Fd | undefined;
  #table: readonly PeerRecord[] = [];
  #text = '[]';
  /** Greater than any of an earlier dockerd. */
  #state: number;
  #isOver = false;

  constructor(sys: Sys, options: GossipOptions) {
    this.#sys = sys;
    this.#options = options;
    this.#wanted = sys.queue();
    this.#state = Number(sys.clock.nowNs() / 1_000_000n);
  }

  start(): void {
    this.#socket = socketAt(this.#sys, GOSSIP_PORT);
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#sys.thread(() => this.#listen(socket));
    this.#sys.thread(() => this.#keep());
  }

  stop(): void {
    this.#isOver = true;
    this.#tellAll({ say: 'leave' });
    this.#wanted.wake();
    for (const peer of this.#peers.values()) this.#forget(peer);
    if (this.#socket !== undefined) this.#sys.fds.close(this.#socket);
    this.#socket = undefined;
  }

  /** Somebody who may be there. */
  meet(node: string, ip: string): void {
    if (node === this.#options.node || ip === '' || this.#peers.get(node)?.ip === ip || this.#addresses.get(node) === ip) return;
    this.#addresses.set(node, ip);
    this.#wanted.wake();
    this.#tell(ip, this.#alive());
  }

  /** What others have in a network, with the host that it is on. */
  recordsIn(network: string): readonly (readonly [PeerRecord, Peer])[] {
    return [...this.#peers.values()].flatMap((peer) =>
      [...peer.records.values()].filter((record) => record.network === network).map((record) => [record, peer] as const),
    );
  }

  /** The own table has changed, or may have. */
  refresh(): void {
    if (this.#isOver) return;
    const table = this.#options.own();
    const text = JSON.stringify(table);
    if (text === this.#text) return;
    this.#table = table;
    this.#text = text;
    this.#state += 1;
    for (const { ip } of this.#peers.values()) this.#tellTable(ip);
  }

  /** As long as there is nobody, nothing is said. */
  async #keep(): Promise<void> {
    while (!this.#isOver) {
      if (this.#peers.size + this.#addresses.size === 0) await this.#wanted.wait();
      else await this.#sys.sleep(EVERY_MS);
      if (this.#isOver) return;
      const now = this.#sys.clock.monotonicNs();
      for (const peer of this.#peers.values()) if (now - peer.heardNs > PATIENCE_NS) this.#lose(peer);
      this.refresh();
      this.#tellAll(this.#alive());
    }
  }

  #alive(): Saying {
    return { say: 'alive', known: [...this.#peers.values()].map(({ node, ip }) => [node, ip] as const) };
  }

  #tellAll(message: Saying): void {
    for (const ip of new Set([...this.#peers.values()].map((peer) => peer.ip).concat(...this.#addresses.values()))) this.#tell(ip, message);
  }

  #tell(ip: string, message: Saying): void {
    if (this.#socket === undefined) return;
    const whole = { ...message, key: this.#options.key, from: this.#options.node, state: this.#state };
    try {
      this.#sys.net.sendTo(this.#socket, encoder.encode(JSON.stringify(whole)), { family: 'inet6', ip: `::ffff:${ip}`, port: GOSSIP_PORT });
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }

  #tellTable(ip: string): void {
    for (let at = 0; at === 0 || at < this.#table.length; at += RECORDS_AT_ONCE) {
      const records = this.#table.slice(at, at + RECORDS_AT_ONCE);
      this.#tell(ip, { say: 'table', records, isFirst: at === 0, isLast: at + RECORDS_AT_ONCE >= this.#table.length });
    }
  }

  async #listen(socket: Fd): Promise<void> {
    while (!this.#isOver) {
      try {
        await this.#sys.poll([{ fd: socket, events: { read: true } }]);
        for (let got = this.#sys.net.receiveFrom(socket); got !== null; got = this.#sys.net.receiveFrom(socket))
          if (got.from.family !== 'unix') this.#hear(got.bytes, unmapped(got.from.ip));
      } catch (error) {
        if (isErrno(error, 'EBADF')) return;
        if (!isErrno(error)) throw error;
      }
    }
  }

  #hear(bytes: Uint8Array, ip: string): void {
    const message = parsed(bytes);
    if (!message || message.key !== this.#options.key || message.from === this.#options.node || this.#isOver) return;
    const peer = this.#peers.get(message.from) ?? this.#welcome(message.from, ip);
    peer.heardNs = this.#sys.clock.monotonicNs();
    peer.ip = ip;
    switch (message.say) {
      case 'alive':
        for (const [node, address] of message.known) this.meet(node, address);
        if (peer.state !== message.state) this.#tell(ip, { say: 'ask' });
        return;
      case 'ask':
        return this.#tellTable(ip);
      case 'leave':
        return this.#forget(peer);
      case 'table':
        return this.#takeTable(peer, message);
    }
  }

  #welcome(node: string, ip: string): Peer {
    const peer: Peer = { node, ip, heardNs: 0n, state: -1, records: new Map(), coming: [] };
    this.#peers.set(node, peer);
    this.#addresses.delete(node);
    this.#wanted.wake();
    this.#tell(ip, this.#alive());
    return peer;
  }

  #takeTable(peer: Peer, { records, isFirst, isLast, state }: Extract<Message, { say: 'table' }>): void {
    peer.coming = isFirst ? [...records] : [...peer.coming, ...records];
    if (!isLast) return;
    const next = new Map(peer.coming.map((record) => [record.id, record]));
    peer.state = state;
    this.#replace(peer, next);
  }

  #replace(peer: Peer, next: ReadonlyMap<string, PeerRecord>): void {
    const before = peer.records;
    peer.records = next;
    const isSame = (a: PeerRecord | undefined, b: PeerRecord | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
    for (const [id, record] of before) if (!isSame(record, next.get(id))) this.#options.vanished(record, peer);
    for (const [id, record] of next) if (!isSame(record, before.get(id))) this.#options.appeared(record, peer);
  }

  /** It is silent: it may come back, at the same address. */
  #lose(peer: Peer): void {
    this.#forget(peer);
    this.#addresses.set(peer.node, peer.ip);
  }

  #forget(peer: Peer): void {
    this.#peers.delete(peer.node);
    this.#replace(peer, new Map());
  }
}

function parsed(bytes: Uint8Array): Message | undefined {
  try {
    return JSON.parse(decoder.decode(bytes)) as Message;
  } catch {
    return undefined;
  }
}

function socketAt(sys: Sys, port: number): Fd | undefined {
  const fd = sys.net.socket('inet6', 'dgram');
  sys.fds.setCloseOnExec(fd, true);
  try {
    sys.net.bind(fd, { family: 'inet6', ip: '::', port });
    return fd;
  } catch (error) {
    sys.fds.close(fd);
    if (!isErrno(error, 'EADDRINUSE')) throw error;
    return undefined;
  }
}
