/**
 * Builds that run at a time are shown together, and a step goes by its digest: what has to do with a client's own files is another step
 * in each session, images are the same ones everywhere. In BuildKit the session is part of such a step's digest.
 */
import { decodeStatusResponse, encodeStatusResponse, type StatusResponse } from '../../engine/api-types/build-trace.ts';
import { digestOf } from '../../engine/oci/index.ts';

const OWN = /^(?:\[internal\] load (?:build |\.dockerignore|remote )|\[context |exporting )/;

export class Labels {
  readonly #session: string;
  /** Digests of steps that depend on the session. */
  readonly #own = new Set<string>();

  constructor(session: string) {
    this.#session = session;
  }

  /** A message of the engine's as it is told on. Throws ProtobufError for what is none. */
  apply(bytes: Uint8Array): Uint8Array {
    const { vertexes, statuses, logs, warnings } = decodeStatusResponse(bytes);
    for (const { digest, name, inputs = [] } of vertexes)
      if (OWN.test(name) || inputs.some((input) => this.#own.has(input))) this.#own.add(digest);
    const told: StatusResponse = {
      vertexes: vertexes.map((one) => ({ ...one, digest: this.of(one.digest), inputs: (one.inputs ?? []).map((input) => this.of(input)) })),
      statuses: statuses.map((one) => ({ ...one, vertex: this.of(one.vertex) })),
      logs: logs.map((one) => ({ ...one, vertex: this.of(one.vertex) })),
      warnings: warnings.map((one) => ({ ...one, vertex: this.of(one.vertex) })),
    };
    return encodeStatusResponse(told);
  }

  /** What a step's digest is told as. */
  of(digest: string): string {
    return this.#own.has(digest) ? digestOf(new TextEncoder().encode(`${digest} ${this.#session}`)) : digest;
  }
}
