/** The agent that SSH_AUTH_SOCK names, asked for its keys and for signatures. */
import { Errno, isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { duplexOf } from '../../duplex.ts';
import { decode } from '../../program-io.ts';
import { openUnix } from '../streams.ts';
import { AGENT, AgentWire, agentMessage } from './agent-protocol.ts';
import { FieldReader } from './field-reader.ts';

export interface Identity {
  readonly blob: Uint8Array;
  readonly comment: string;
}

/** No agent, or none that answers: the sentence that ssh-add(1) says. */
export class AgentError extends Error {
  override readonly name = 'AgentError';
}

export class AgentClient {
  readonly #wire: AgentWire;
  readonly close: () => void;

  private constructor(wire: AgentWire, close: () => void) {
    this.#wire = wire;
    this.close = close;
  }

  /** Throws AgentError. */
  static async open(sys: Sys): Promise<AgentClient> {
    const path = sys.env.get('SSH_AUTH_SOCK') ?? '';
    if (path === '') throw new AgentError('Could not open a connection to your authentication agent.');
    try {
      const connection = duplexOf(sys, await openUnix(sys, path));
      return new AgentClient(new AgentWire(connection), () => connection.abort());
    } catch (error) {
      if (error instanceof Errno) throw new AgentError(`Error connecting to agent: ${error.message}`);
      throw error;
    }
  }

  /** Throws AgentError if nothing comes back. */
  async #ask(message: Uint8Array): Promise<Uint8Array> {
    try {
      await this.#wire.send(message);
      const answer = await this.#wire.receive();
      if (answer !== null) return answer;
    } catch (error) {
      if (!isErrno(error, 'EPIPE', 'ECONNRESET')) throw error;
    }
    throw new AgentError('communication with agent failed');
  }

  /** Throws AgentError. */
  async identities(): Promise<readonly Identity[]> {
    const answer = await this.#ask(agentMessage(AGENT.requestIdentities));
    if (answer[0] !== AGENT.identitiesAnswer) throw new AgentError('agent refused operation');
    const fields = new FieldReader(answer, 1);
    return Array.from({ length: fields.number() ?? 0 }, () => {
      const [blob, comment] = [fields.field(), fields.field()];
      if (blob === undefined || comment === undefined) throw new AgentError('invalid format');
      return { blob, comment: decode(comment) };
    });
  }

  /** Whether the agent did it. Throws AgentError. */
  async does(message: Uint8Array): Promise<boolean> {
    return (await this.#ask(message))[0] === AGENT.success;
  }

  /** Undefined if the agent refuses. Throws AgentError. */
  async sign(blob: Uint8Array, data: Uint8Array): Promise<Uint8Array | undefined> {
    const answer = await this.#ask(agentMessage(AGENT.signRequest, blob, data, new Uint8Array()));
    return answer[0] === AGENT.signResponse ? new FieldReader(answer, 1).field() : undefined;
  }
}
