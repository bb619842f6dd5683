/** Looking at the Engine without asking it: its own handler answers, as dockerd would, while the machine stands still. */
import { parseRequestLine } from '../http/parse.ts';
import type { Handler, HttpRequest, HttpResponse } from '../http/types.ts';
import type { Kernel, Window } from '../kernel/kernel.ts';
import type { Look } from './types.ts';

/** What starts processes, tells others, or goes on: asked as any client asks. */
const MOVES = /^(?:\/v\d+\.\d+)?\/(?:containers\/[^/]+\/(?:top|attach|wait|stats|export)|exec\/|events|distribution\/|images\/search)/;
/** As the page calls itself; dockerd keeps it out of its trace. */
const AGENT = 'drydock-page';
const BYTES_AT_MOST = 64 * 1024 * 1024;

/** The Engine as it is seen from outside. */
export interface Looker {
  /** Called in the running dockerd: what answers there now; null when nothing does. */
  readonly answering: (handler: Handler | null) => void;
  look(target: string): Promise<Look>;
  /** Notices an Engine that was killed. */
  check(): void;
}

const NOBODY: Look = { kind: 'nobody' };
const CANNOT: Look = { kind: 'moves' };

function requestOf(target: string): HttpRequest {
  const headers = new Map([
    ['host', ['docker']],
    ['user-agent', [AGENT]],
  ]);
  return { ...parseRequestLine(`GET ${target} HTTP/1.1`), headers, readBody: async () => null };
}

/** The whole body; a stream that wants to wait cannot be looked at. */
async function bodyOf({ body }: HttpResponse): Promise<Uint8Array> {
  if (body === undefined) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  await body(async (piece) => {
    sizeBytes += piece.length;
    if (sizeBytes > BYTES_AT_MOST) throw new RangeError('too much to look at');
    pieces.push(piece);
  });
  const whole = new Uint8Array(sizeBytes);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export function createLooker(kernel: Kernel, onChange: () => void): Looker {
  let engine: { readonly handler: Handler; readonly window: Window } | null = null;
  return {
    answering: (handler) => {
      engine = handler && { handler, window: kernel.window() };
      onChange();
    },
    check: () => {
      if (!engine || engine.window.isOpen()) return;
      engine = null;
      onChange();
    },
    look: async (target) => {
      if (!engine?.window.isOpen()) return NOBODY;
      if (MOVES.test(target)) return CANNOT;
      const { handler, window } = engine;
      const seen = await window.look<Look>(async () => {
        const response = await handler(requestOf(target));
        if (response.upgrade) return CANNOT;
        return { kind: 'seen', status: response.status, headers: [...(response.headers ?? [])], body: await bodyOf(response) };
      });
      return seen ?? CANNOT;
    },
  };
}
