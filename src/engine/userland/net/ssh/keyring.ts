/** The keys that an agent holds, and its answer to each message. */
import { concat } from '../../program-io.ts';
import { AGENT, agentMessage } from './agent-protocol.ts';
import { FieldReader } from './field-reader.ts';
import { lengthed, uint32 } from './fields.ts';
import { KEY_TYPE, type PrivateKey } from './keys.ts';
import { privateKey, sameKey, signature } from './read-keys.ts';

const FAILURE = agentMessage(AGENT.failure);
const SUCCESS = agentMessage(AGENT.success);

export class Keyring {
  #keys: readonly PrivateKey[] = [];

  /** A key that is there already gets its new comment. */
  add(key: PrivateKey): void {
    const isKnown = this.#keys.some(({ blob }) => sameKey(blob, key.blob));
    this.#keys = isKnown ? this.#keys.map((one) => (sameKey(one.blob, key.blob) ? key : one)) : [...this.#keys, key];
  }

  answer(message: Uint8Array): Uint8Array {
    const fields = new FieldReader(message, 1);
    switch (message[0]) {
      case AGENT.requestIdentities:
        return concat([
          Uint8Array.of(AGENT.identitiesAnswer),
          uint32(this.#keys.length),
          ...this.#keys.flatMap(({ blob, comment }) => [lengthed(blob), lengthed(comment)]),
        ]);
      case AGENT.signRequest:
        return this.#sign(fields);
      case AGENT.addIdentity:
        return this.#take(fields);
      case AGENT.removeIdentity:
        return this.#remove(fields.field());
      case AGENT.removeAllIdentities:
        this.#keys = [];
        return SUCCESS;
      default:
        return FAILURE;
    }
  }

  #sign(fields: FieldReader): Uint8Array {
    const blob = fields.field();
    const data = fields.field();
    const key = blob && this.#keys.find((one) => sameKey(one.blob, blob));
    return key && data ? agentMessage(AGENT.signResponse, signature(key, data)) : FAILURE;
  }

  #take(fields: FieldReader): Uint8Array {
    const key = privateKey(fields);
    if (key === undefined) return FAILURE;
    this.add(key);
    return SUCCESS;
  }

  #remove(blob: Uint8Array | undefined): Uint8Array {
    const kept = this.#keys.filter((one) => !blob || !sameKey(one.blob, blob));
    if (kept.length === this.#keys.length) return FAILURE;
    this.#keys = kept;
    return SUCCESS;
  }
}

/** A key as it is given to an agent. */
export const identity = ({ secret, half, comment }: PrivateKey): Uint8Array =>
  agentMessage(AGENT.addIdentity, KEY_TYPE, half, concat([secret, half]), comment);
