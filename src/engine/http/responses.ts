import { HttpError } from './errors.ts';
import { concat } from './reader.ts';
import type { HttpResponse } from './types.ts';

const encoder = new TextEncoder();

/** An answer in JSON, as Go's encoder writes it: with a newline at the end. */
export const jsonResponse = (status: number, value: unknown, headers: Iterable<readonly [string, string]> = []): HttpResponse => ({
  status,
  headers: [['Content-Type', 'application/json'], ...headers],
  body: encoder.encode(`${JSON.stringify(value)}\n`),
});

export const textResponse = (status: number, text: string, headers: Iterable<readonly [string, string]> = []): HttpResponse => ({
  status,
  headers: [['Content-Type', 'text/plain; charset=utf-8'], ...headers],
  body: encoder.encode(text),
});

/** Reads a body to its end; HttpError 413 beyond `maxBytes`. */
export async function readAll(
  message: { readBody(): Promise<Uint8Array | null> },
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for (;;) {
    const piece = await message.readBody();
    if (piece === null) return concat(pieces);
    sizeBytes += piece.length;
    if (sizeBytes > maxBytes) throw new HttpError(413, 'http: request body too large');
    pieces.push(piece);
  }
}

export const readText = async (message: { readBody(): Promise<Uint8Array | null> }, maxBytes?: number): Promise<string> =>
  new TextDecoder().decode(await readAll(message, maxBytes));
