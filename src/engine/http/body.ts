/** How a body lies in the stream of bytes: by length, in chunks, or up to the end of the connection (RFC 9112, section 6). */
import { cutShort, HttpError, malformed } from './errors.ts';
import { header, headerWords, readHeaders } from './headers.ts';
import { concat, type Reader } from './reader.ts';
import type { BodyWriter, Duplex, Headers } from './types.ts';

export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly sizeBytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

const PIECE_BYTES = 64 * 1024;
const MAX_CHUNK_LINE_BYTES = 4096;
const encoder = new TextEncoder();

/** What the headers say of the body; `otherwise` holds where they say nothing. Throws HttpError if they contradict themselves. */
export function framingOf(headers: Headers, otherwise: Framing): Framing {
  const codings = headerWords(headers, 'transfer-encoding');
  const lengths = new Set((headers.get('content-length') ?? []).map((value) => value.trim()));
  if (codings.length > 0) {
    if (codings.length > 1 || codings[0] !== 'chunked') throw new HttpError(501, `unsupported transfer encoding: "${codings.join(', ')}"`);
    if (lengths.size > 0) throw malformed('both Transfer-Encoding and Content-Length');
    return { kind: 'chunked' };
  }
  if (lengths.size === 0) return otherwise;
  const text = header(headers, 'content-length')?.trim() ?? '';
  if (lengths.size > 1 || !/^\d{1,15}$/.test(text)) throw malformed(`bad Content-Length "${text}"`);
  return { kind: 'length', sizeBytes: Number(text) };
}

export interface Body {
  /** The next piece, null at the end. */
  read(): Promise<Uint8Array | null>;
  /** The end has been read, so that the next message begins here. */
  isDone(): boolean;
}

/** The body that comes next. `onFirstRead` runs before the first byte is asked for. */
export function bodyReader(reader: Reader, framing: Framing, onFirstRead?: () => Promise<void>): Body {
  let done = framing.kind === 'none' || (framing.kind === 'length' && framing.sizeBytes === 0);
  let started = false;
  const next = pieces(reader, framing);
  return {
    isDone: () => done,
    read: async () => {
      if (done) return null;
      if (!started) {
        started = true;
        await onFirstRead?.();
      }
      const piece = await next();
      if (piece === null) done = true;
      return piece;
    },
  };
}

type Next = () => Promise<Uint8Array | null>;

function pieces(reader: Reader, framing: Framing): Next {
  switch (framing.kind) {
    case 'none':
      return async () => null;
    case 'length':
      return lengthReader(reader, framing.sizeBytes);
    case 'chunked':
      return chunkReader(reader);
    case 'until-close':
      return () => reader.some(PIECE_BYTES);
  }
}

function lengthReader(reader: Reader, sizeBytes: number): Next {
  let left = sizeBytes;
  return async () => {
    if (left === 0) return null;
    const piece = await reader.some(Math.min(left, PIECE_BYTES));
    if (piece === null) throw cutShort();
    left -= piece.length;
    return piece;
  };
}

function chunkReader(reader: Reader): Next {
  let left = 0;
  let isFirst = true;
  return async () => {
    if (left === 0) {
      if (!isFirst && (await lineOf(reader)) !== '') throw malformed('malformed chunked encoding');
      isFirst = false;
      left = await chunkSize(reader);
      if (left === 0) {
        await readHeaders(reader);
        return null;
      }
    }
    const piece = await reader.some(Math.min(left, PIECE_BYTES));
    if (piece === null) throw cutShort();
    left -= piece.length;
    return piece;
  };
}

async function lineOf(reader: Reader): Promise<string> {
  const line = await reader.line(MAX_CHUNK_LINE_BYTES);
  if (line === null) throw cutShort();
  return line;
}

async function chunkSize(reader: Reader): Promise<number> {
  const line = await lineOf(reader);
  const digits = /^([0-9a-fA-F]{1,12})[ \t]*(?:;.*)?$/.exec(line)?.[1];
  if (digits === undefined) throw malformed('invalid byte in chunk length');
  return Number.parseInt(digits, 16);
}

/** Sends pieces in the given framing; `end` closes the body. A producer that breaks its promised length is a bug: it throws. */
export function bodyWriter(duplex: Duplex, framing: Framing): { readonly write: BodyWriter; end(): Promise<void> } {
  if (framing.kind === 'chunked') {
    return {
      write: async (piece) => {
        if (piece.length > 0)
          await duplex.write(concat([encoder.encode(`${piece.length.toString(16)}\r\n`), piece, encoder.encode('\r\n')]));
      },
      end: () => duplex.write(encoder.encode('0\r\n\r\n')),
    };
  }
  let left = framing.kind === 'length' ? framing.sizeBytes : Number.POSITIVE_INFINITY;
  return {
    write: async (piece) => {
      left -= piece.length;
      if (left < 0) throw new RangeError('more bytes than the declared Content-Length');
      if (piece.length > 0) await duplex.write(piece);
    },
    end: async () => {
      if (framing.kind === 'length' && left > 0) throw new RangeError('fewer bytes than the declared Content-Length');
    },
  };
}
