/** How large a terminal is to be: `?h=24&w=80`. */
import { invalid } from '../daemon/errors.ts';

const MOST = 0xffff_ffff;

/** Throws DockerError. Upstream: moby daemon/server/httputils Uint32Value. */
function side(query: URLSearchParams, name: 'h' | 'w'): number {
  const text = query.get(name) ?? '';
  const wrong = (why: string) => invalid(`invalid resize ${name === 'h' ? 'height' : 'width'} ${JSON.stringify(text)}: ${why}`);
  if (!/^-?\d+$/.test(text)) throw wrong('invalid syntax');
  if (text.startsWith('-') || Number(text) > MOST) throw wrong('value out of range');
  return Number(text);
}

export const sizeIn = (query: URLSearchParams): { readonly rows: number; readonly columns: number } => ({
  rows: side(query, 'h'),
  columns: side(query, 'w'),
});
