/**
 * What an SSH agent and its clients say to each other (draft-ietf-sshm-ssh-agent): each message has its length before it, and a number
 * that tells what it is.
 */
import type { Duplex } from '../../../http/types.ts';
import { concat } from '../../program-io.ts';
import { FieldReader } from './field-reader.ts';
import { lengthed, uint32 } from './fields.ts';

export const AGENT = {
  failure: 5,
  success: 6,
  requestIdentities: 11,
  identitiesAnswer: 12,
  signRequest: 13,
  signResponse: 14,
  addIdentity: 17,
  removeIdentity: 18,
  removeAllIdentities: 19,
} as const;

const LONGEST_MESSAGE_BYTES = 256 * 1024;

export const agentMessage = (type: number, ...fields: readonly (string | Uint8Array)[]): Uint8Array =>
  concat([Uint8Array.of(type), ...fields.map(lengthed)]);

export class AgentWire {
  readonly #connection: Duplex;
  #received = new Uint8Array();

  constructor(connection: Duplex) {
    this.#connection = connection;
  }

  send(message: Uint8Array): Promise<void> {
    return this.#connection.write(concat([uint32(message.length), message]));
  }

  /** Null at the end, and for what is no message. */
  async receive(): Promise<Uint8Array | null> {
    const head = await this.#take(4);
    const length = head === null ? 0 : (new FieldReader(head).number() ?? 0);
    return length === 0 || length > LONGEST_MESSAGE_BYTES ? null : this.#take(length);
  }

  async #take(bytes: number): Promise<Uint8Array | null> {
    while (this.#received.length < bytes) {
      const piece = await this.#connection.read();
      if (piece === null) return null;
      this.#received = concat([this.#received, piece]) as Uint8Array<ArrayBuffer>;
    }
    const taken = this.#received.slice(0, bytes);
    this.#received = this.#received.slice(bytes);
    return taken;
  }
}

/** Answers everything that one client asks, until it is gone. */
export async function serveAgent(connection: Duplex, answer: (message: Uint8Array) => Uint8Array): Promise<void> {
  const wire = new AgentWire(connection);
  for (let message = await wire.receive(); message !== null; message = await wire.receive()) await wire.send(answer(message));
}
