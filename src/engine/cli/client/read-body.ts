import type { ClientResponse } from '../../http/index.ts';
import { concat } from './http.ts';

/** All of an answer's body. */
export async function readBody(answer: ClientResponse): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let piece = await answer.readBody(); piece !== null; piece = await answer.readBody()) pieces.push(piece);
  return concat(pieces);
}
