/** An engine that says again what a real one said: each request is compared with the recorded one and gets the recorded answer. */
import { serveConnection } from '../../../src/engine/http/index.ts';
import type { Dial, Duplex, HttpRequest, HttpResponse } from '../../../src/engine/http/types.ts';

export interface Frame {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}
export interface RecordedBody {
  readonly jsonLines?: readonly unknown[];
  readonly frames?: readonly Frame[];
  readonly stream?: string;
}
export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query: Readonly<Record<string, string>>;
    readonly contentType?: string;
    readonly body?: unknown;
    readonly stdin?: string;
  };
  readonly response: {
    readonly status: number;
    readonly contentType?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly upgraded?: boolean;
    readonly body?: unknown;
  };
}
export interface Recording {
  readonly cmd: string;
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly exchanges: readonly Exchange[];
}

/** What a client asked: in the recordings' shape, without what is not recorded. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly stdin?: string;
}

export interface RecordedEngine {
  readonly dial: Dial;
  readonly asked: Asked[];
}

/** Placeholders of the recordings as values that a client can parse. */
export function filled(text: string): string {
  return text
    .replace(/"<epoch>"/g, '1795251480')
    .replace(/"<epoch-ns>"/g, '1795251480000000000')
    .replace(/"<pid>"/g, '4711')
    .replaceAll('<time>', '2026-11-21T08:58:00Z')
    .replaceAll('<mac>', '02:42:ac:11:00:02')
    .replace(/<id:(\d+)>/g, (_all, number: string) => idOf(number));
}
export const idOf = (number: string): string => `${number.padStart(4, 'a')}`.padEnd(64, 'f');

export function recordedEngine(recording: Recording): RecordedEngine {
  const asked: Asked[] = [];
  let next = 0;
  const handle = async (request: HttpRequest): Promise<HttpResponse> => {
    const exchange = recording.exchanges[next++];
    const body = await readAll(request);
    const one: Asked = {
      method: request.method,
      path: request.path,
      query: Object.fromEntries(request.query),
      ...(body === '' ? {} : { body: isJson(request) ? JSON.parse(body) : body.length }),
    };
    asked.push(one);
    if (exchange === undefined) return { status: 500, body: new TextEncoder().encode('nothing is recorded any more') };
    return answer(exchange, (stdin) => {
      asked[asked.indexOf(one)] = { ...one, stdin };
    });
  };
  const dial: Dial = async () => {
    const [client, server] = duplexPair();
    void serveConnection(server, handle);
    return client;
  };
  return { dial, asked };
}

const isJson = (request: HttpRequest): boolean => request.headers.get('content-type')?.[0] === 'application/json';

async function readAll(request: HttpRequest): Promise<string> {
  const decoder = new TextDecoder('latin1');
  let text = '';
  for (let piece = await request.readBody(); piece !== null; piece = await request.readBody()) text += decoder.decode(piece);
  return text;
}

function answer({ request, response }: Exchange, typed: (stdin: string) => void): HttpResponse {
  const headers: [string, string][] = Object.entries(response.headers ?? {});
  if (response.contentType !== undefined) headers.push(['Content-Type', response.contentType]);
  const body = response.body as RecordedBody | undefined;
  const bytes = bodyBytes(body);
  if (response.upgraded !== true) return { status: response.status, headers, body: bytes };
  return {
    status: 101,
    headers: [...headers.filter(([name]) => name !== 'upgrade'), ['Connection', 'Upgrade'], ['Upgrade', 'tcp']],
    upgrade: async (connection) => {
      if (request.stdin !== undefined) typed(await readStdin(connection));
      await connection.write(bytes);
      connection.closeWrite();
    },
  };
}

async function readStdin(connection: Duplex): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for (let piece = await connection.read(); piece !== null; piece = await connection.read()) text += decoder.decode(piece);
  return text;
}

function bodyBytes(body: RecordedBody | undefined): Uint8Array {
  if (body === undefined) return new Uint8Array();
  if (body.frames !== undefined) return joined(body.frames.map(frameBytes));
  if (body.jsonLines !== undefined)
    return new TextEncoder().encode(body.jsonLines.map((line) => `${filled(JSON.stringify(line))}\n`).join(''));
  return new TextEncoder().encode(filled(JSON.stringify(body)));
}

function frameBytes({ stream, text }: Frame): Uint8Array {
  const payload = new TextEncoder().encode(text);
  const frame = new Uint8Array(8 + payload.length);
  frame[0] = stream === 'stdout' ? 1 : 2;
  new DataView(frame.buffer).setUint32(4, payload.length);
  frame.set(payload, 8);
  return frame;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

/** Two ends of a connection in memory. */
export function duplexPair(): readonly [Duplex, Duplex] {
  const [there, back] = [pipe(), pipe()];
  const end = (from: ReturnType<typeof pipe>, to: ReturnType<typeof pipe>): Duplex => ({
    read: from.read,
    write: async (bytes) => to.push(bytes.slice()),
    closeWrite: () => to.push(null),
    abort: () => {
      to.push(null);
      from.push(null);
    },
  });
  return [end(back, there), end(there, back)];
}

function pipe() {
  const pieces: (Uint8Array | null)[] = [];
  let wake: () => void = () => {};
  const push = (piece: Uint8Array | null) => {
    if (pieces.at(-1) === null) return;
    pieces.push(piece);
    wake();
  };
  const read = async (): Promise<Uint8Array | null> => {
    while (pieces.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return pieces[0] === null ? null : (pieces.shift() ?? null);
  };
  return { push, read };
}
