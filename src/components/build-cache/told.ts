/** Builds as an engine tells of them: each one's progress, as the client was told it. */

import type { BuildHistoryRecord } from '../../engine/api-types/build-session.ts';
import { decodeStatusResponse, type Vertex } from '../../engine/api-types/build-trace.ts';
import { call, type Transport } from '../page/docker.ts';
import type { ToldBuild } from './view-model.ts';

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

/** Each vertex as it was last told, in the order in which they began. A message that cannot be read is passed over. */
export function toldBuild({
  Ref,
  Context,
  Dockerfile,
  Trace = [],
}: Pick<BuildHistoryRecord, 'Ref' | 'Context' | 'Dockerfile' | 'Trace'>): ToldBuild {
  const last = new Map<string, Vertex>();
  for (const message of Trace)
    try {
      for (const vertex of decodeStatusResponse(bytesOf(message)).vertexes ?? []) last.set(vertex.digest, vertex);
    } catch {
      // The rest of the build is still worth showing.
    }
  return { ref: Ref, name: `${Context} ${Dockerfile}`, vertexes: [...last.values()] };
}

/** Builds by their names, the newest first; one that has ended is asked for once. Throws EngineError 404 where no history is kept. */
export class History {
  readonly #transport: Transport;
  readonly #known = new Map<string, ToldBuild>();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async list(wanted: (record: BuildHistoryRecord) => boolean, most: number): Promise<readonly ToldBuild[]> {
    const all = await call<readonly BuildHistoryRecord[]>(this.#transport, '/drydock/build-history');
    const own = all.filter(wanted);
    const told: ToldBuild[] = [];
    for (const { Ref, Status } of (own.length > 0 ? own : all).slice(0, most)) {
      const known = this.#known.get(Ref) ?? toldBuild(await call<BuildHistoryRecord>(this.#transport, `/drydock/build-history/${Ref}`));
      if (Status !== 'running') this.#known.set(Ref, known);
      told.push(known);
    }
    return told;
  }
}
