/**
 * Lends the client's SSH agents to the steps of a build. One connection for each agent waits at the engine; as soon as a step says something
 * on it, it is joined to the agent, and another one waits. Upstream: buildkit session/sshforward.
 */
import type { Duplex } from '../../http/types.ts';
import type { build } from '../client/build.ts';
import { CliError, errorCode } from '../errors.ts';
import type { Io, Keyring } from '../io.ts';
import type { SshAgent } from './options/ssh.ts';

/** Of SSH's messages to an agent, those that a step may send: to list what there is, and to sign. */
const ALLOWED = [11, 13];
const REFUSED = Uint8Array.of(0, 0, 0, 1, 5);
const HEAD_BYTES = 5;

export interface Lending {
  readonly io: Io;
  readonly api: ReturnType<typeof build>;
  readonly session: string;
}

interface Lender {
  readonly agent: SshAgent;
  readonly keyring: Keyring | undefined;
}

/** Reads the keys. Throws CliError for what is none. */
export async function openAgents(io: Io, agents: readonly SshAgent[]): Promise<readonly Lender[]> {
  const lenders: Lender[] = [];
  for (const agent of agents) {
    const keyring = agent.socket === undefined ? await io.keyring?.() : undefined;
    if (agent.socket === undefined && keyring === undefined) throw new CliError('keys for --ssh are not supported by this client');
    for (const { path, bytes } of agent.keys)
      if (keyring?.add(bytes) === false) throw agent.fails(`failed to parse ${path}: ssh: no key found`);
    lenders.push({ agent, keyring });
  }
  return lenders;
}

/** Until the build is over. */
export function lendAgents(lending: Lending, lenders: readonly Lender[]): void {
  for (const lender of lenders) lending.io.spawn(() => lend(lending, lender));
}

async function lend(lending: Lending, lender: Lender): Promise<void> {
  const { io, api, session } = lending;
  for (;;) {
    let waiting: Duplex;
    try {
      waiting = await api.lendAgent(session, lender.agent.id);
    } catch (error) {
      // The build is over, or the engine is gone.
      if (error instanceof CliError || errorCode(error) !== undefined) return;
      throw error;
    }
    const first = await waiting.read();
    if (first === null) {
      waiting.abort();
      continue;
    }
    io.spawn(() => serve(io, lender, after(first, waiting)));
  }
}

/** A connection of which something was read already. */
function after(first: Uint8Array, connection: Duplex): Duplex {
  let held: Uint8Array | undefined = first;
  return {
    ...connection,
    read: async () => {
      const piece = held;
      held = undefined;
      return piece ?? connection.read();
    },
  };
}

async function serve(io: Io, { agent, keyring }: Lender, step: Duplex): Promise<void> {
  try {
    if (keyring !== undefined) await keyring.serve(step);
    else await joinTo(await io.dial({ unix: agent.socket ?? '' }), step);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
  step.abort();
}

/** Hands on what an agent is asked, message by message: keys cannot be changed from inside a build. */
async function joinTo(agent: Duplex, step: Duplex): Promise<void> {
  const [asked, answered] = [new Messages(step), new Messages(agent)];
  for (let message = await asked.next(); message !== null; message = await asked.next()) {
    if (!ALLOWED.includes(message[HEAD_BYTES - 1] ?? 0)) {
      await step.write(REFUSED);
      continue;
    }
    await agent.write(message);
    const answer = await answered.next();
    if (answer === null) break;
    await step.write(answer);
  }
  agent.abort();
}

/** A stream of messages, each with its length in four bytes before it. */
class Messages {
  readonly #connection: Duplex;
  #held = new Uint8Array();

  constructor(connection: Duplex) {
    this.#connection = connection;
  }

  /** The next one, its length included; null at the end. */
  async next(): Promise<Uint8Array | null> {
    while (this.#held.length < this.#wanted()) {
      const piece = await this.#connection.read();
      if (piece === null) return null;
      const held = new Uint8Array(this.#held.length + piece.length);
      held.set(this.#held);
      held.set(piece, this.#held.length);
      this.#held = held;
    }
    const message = this.#held.slice(0, this.#wanted());
    this.#held = this.#held.slice(message.length);
    return message;
  }

  #wanted(): number {
    return this.#held.length < HEAD_BYTES ? HEAD_BYTES : new DataView(this.#held.buffer).getUint32(0) + HEAD_BYTES - 1;
  }
}
