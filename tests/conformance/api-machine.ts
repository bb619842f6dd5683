/** Requests to a machine's dockerd in virtual time: each runs as far as it can whenever the machine is let run. */
import { request } from '../../src/engine/http/index.ts';
import { createDialer, type Dialer } from '../../src/engine/machine/dial.ts';
import type { Machine } from '../../src/engine/machine/types.ts';
import { decodeBody, type LiveAnswer } from './oracle/lib/check-json.mjs';

export interface ApiRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
  /** What is written once the connection was upgraded; the other end reads an end of file after it. */
  readonly stdin?: string | undefined;
}

export interface ApiAnswer extends LiveAnswer {
  readonly bytes: Buffer;
}

export interface ApiCall {
  /** Whether the answer's head has come. */
  begun: boolean;
  answer: ApiAnswer | null;
  error: unknown;
  /** Hangs up: the answer is what has come until now. */
  cancel(): void;
}

const NS_PER_MS = 1_000_000n;
const TURN_NS = 20n * NS_PER_MS;
const KEPT_HEADERS = [
  'api-version',
  'docker-experimental',
  'swarm',
  'builder-version',
  'ostype',
  'x-docker-container-path-stat',
  'upgrade',
];

export class ApiMachine {
  readonly machine: Machine;
  readonly #dialer: Dialer;

  constructor(machine: Machine) {
    this.machine = machine;
    this.#dialer = createDialer((event) => machine.input(event));
    machine.onOutput(this.#dialer.take);
  }

  send(sent: ApiRequest): ApiCall {
    const call: ApiCall = { begun: false, answer: null, error: null, cancel: () => {} };
    this.#exchange(sent, call).catch((error: unknown) => {
      call.error = error;
    });
    return call;
  }

  async #exchange({ method, target, headers, body, stdin }: ApiRequest, call: ApiCall): Promise<void> {
    const connection = await this.#dialer.dial({ unix: '/var/run/docker.sock' });
    const answer = await request(connection, {
      method,
      target,
      headers: Object.entries(headers),
      ...(body === undefined ? {} : { body }),
    });
    const pieces: Uint8Array[] = [];
    const header = (name: string): string | undefined => answer.headers.get(name)?.[0];
    const end = (): void => {
      const bytes = Buffer.concat(pieces);
      const contentType = header('content-type');
      call.answer ??= {
        status: answer.status,
        contentType,
        headers: Object.fromEntries(KEPT_HEADERS.map((name) => [name, header(name)])),
        upgraded: answer.upgraded !== null,
        bytes,
        body: decodeBody(bytes, contentType),
      };
    };
    call.begun = true;
    call.cancel = () => {
      end();
      connection.abort();
    };
    const raw = answer.upgraded;
    if (raw && stdin) {
      await raw.write(new TextEncoder().encode(stdin));
      raw.closeWrite();
    }
    const read = raw ? () => raw.read() : () => answer.readBody();
    for (let piece = await read(); piece !== null; piece = await read()) pieces.push(piece);
    end();
    connection.abort();
  }

  /** Lets the machine run until `isSo`, or so many milliseconds. */
  async until(isSo: () => boolean, longestMs: number): Promise<void> {
    const last = this.machine.now() + BigInt(longestMs) * NS_PER_MS;
    while (!isSo() && this.machine.now() < last) {
      await this.machine.run(this.machine.now() + TURN_NS);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
