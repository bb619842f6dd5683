/** Builds over the engine's API, as a client without a session does. */

import { decodeStatusResponse, type Vertex } from '../../../../src/engine/api-types/build-trace.ts';
import { decodeBase64 } from '../../../../src/engine/http/base64.ts';
import { type TarInput, writeTar } from '../../../../src/engine/oci/index.ts';
import type { Engine } from '../engine.ts';

export interface Built {
  readonly status: number;
  readonly id: string | undefined;
  readonly error: string | undefined;
  /** Names of steps with how they ended, in the order of their ends. */
  readonly steps: readonly string[];
  /** What a step printed, by its name. */
  readonly output: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  readonly statuses: readonly string[];
  readonly seconds: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export type Files = Readonly<Record<string, string | Uint8Array>>;

export const contextOf = (files: Files): Uint8Array =>
  writeTar(
    Object.entries(files).map(
      ([name, content]): TarInput => ({ name, content: typeof content === 'string' ? encoder.encode(content) : content, mtimeNs: 0n }),
    ),
  );

const stateOf = ({ cached, error }: Vertex): string => (error ? `ERROR: ${error}` : cached ? 'CACHED' : 'DONE');

export async function build(engine: Engine, files: Files | Uint8Array, query = 't=app:latest'): Promise<Built> {
  const before = engine.sys.clock.monotonicNs();
  const tar = files instanceof Uint8Array ? files : contextOf(files);
  const reply = await engine.call('POST', `/build?version=2&${query}`, tar);
  const seconds = Number(engine.sys.clock.monotonicNs() - before) / 1e9;
  const lines = reply.text
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { id?: string; aux?: string | { ID: string }; error?: string; message?: string });
  const messages = lines
    .filter(({ id }) => id === 'moby.buildkit.trace')
    .map(({ aux }) => decodeStatusResponse(decodeBase64(String(aux)) ?? new Uint8Array()));
  const vertexes = messages.flatMap((message) => message.vertexes);
  const names = new Map(vertexes.map(({ digest, name }) => [digest, name]));
  const output: Record<string, string> = {};
  for (const { vertex, msg } of messages.flatMap(({ logs }) => logs)) {
    const name = names.get(vertex) ?? vertex;
    output[name] = (output[name] ?? '') + decoder.decode(msg);
  }
  return {
    status: reply.status,
    id: lines.map(({ id, aux }) => (id === 'moby.image.id' && typeof aux === 'object' ? aux.ID : undefined)).find((id) => id !== undefined),
    error: lines.map(({ error, message }) => error ?? message).find((error) => error !== undefined),
    steps: vertexes.filter(({ completed }) => completed !== undefined).map((vertex) => `${vertex.name} ${stateOf(vertex)}`),
    output,
    warnings: messages.flatMap(({ warnings }) => warnings.map(({ short }) => decoder.decode(short))),
    statuses: messages.flatMap(({ statuses }) => statuses.map(({ id }) => id)),
    seconds,
  };
}

/** The steps of the Dockerfile alone. */
export const ownSteps = ({ steps }: Built): readonly string[] => steps.filter((step) => /^\[[^i]/.test(step) && !step.includes('FROM'));
