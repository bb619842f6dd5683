/** Answers and bodies of the Docker API that are bytes, not JSON. */
import { EngineError, type Transport } from './docker.ts';

export interface BytesOptions {
  readonly method?: string;
  readonly agent?: string;
  readonly json?: unknown;
  readonly body?: Uint8Array;
  readonly type?: string;
  /** Called with each piece as it comes. */
  readonly onPiece?: (piece: Uint8Array) => void;
  /** Cut off beyond. */
  readonly most?: number;
}

/** The whole answer. Throws EngineError with the Engine's own words. */
export async function bytesOf(transport: Transport, target: string, options: BytesOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { method = 'GET', agent, json, onPiece, most = Number.POSITIVE_INFINITY } = options;
  const body = json === undefined ? options.body : new TextEncoder().encode(JSON.stringify(json));
  const type = json === undefined ? options.type : 'application/json';
  const headers: (readonly [string, string])[] = [];
  if (agent !== undefined) headers.push(['user-agent', agent]);
  if (type !== undefined) headers.push(['content-type', type]);
  const response = await transport.http(target, { method, headers, ...(body ? { body } : {}) });
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (let piece = await response.read(); piece !== null; piece = await response.read()) {
    pieces.push(piece);
    size += piece.length;
    if (response.status < 400) onPiece?.(piece);
    if (size > most) break;
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  if (response.status >= 400) throw new EngineError(response.status, messageIn(new TextDecoder().decode(whole)));
  return whole;
}

function messageIn(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}

const FRAME_HEAD_BYTES = 8;

/** Output of a container without a terminal comes in frames of eight bytes and a piece; with one, as it is. */
export function unframed(bytes: Uint8Array): readonly { readonly stream: 'out' | 'err'; readonly text: string }[] {
  const found: { stream: 'out' | 'err'; text: string }[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; ) {
    const kind = bytes[at] ?? 0;
    const isFrame = kind <= 2 && bytes[at + 1] === 0 && bytes[at + 2] === 0 && bytes[at + 3] === 0 && at + FRAME_HEAD_BYTES <= bytes.length;
    if (!isFrame) return [...found, { stream: 'out', text: new TextDecoder().decode(bytes.subarray(at)) }];
    const length = view.getUint32(at + 4);
    const piece = bytes.subarray(at + FRAME_HEAD_BYTES, at + FRAME_HEAD_BYTES + length);
    found.push({ stream: kind === 2 ? 'err' : 'out', text: new TextDecoder().decode(piece) });
    at += FRAME_HEAD_BYTES + length;
  }
  return found;
}
