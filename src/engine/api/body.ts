/** A request's body as JSON of a known shape. */
import { invalid } from '../daemon/errors.ts';
import { readText } from '../http/responses.ts';
import type { HttpRequest } from '../http/types.ts';
import { BODIES, type Shape, shaped } from './shapes.ts';

const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** The body as JSON, of the shape that has this name; an empty one is an empty object. Throws DockerError. */
export const body = <T>(request: HttpRequest, name: keyof typeof BODIES): Promise<T> =>
  bodyOf(request, BODIES[name], name.replace(/^.*\./, ''));

/** The same, of a shape that stands elsewhere; `place` is what errors call it. */
export async function bodyOf<T>(request: HttpRequest, shape: Shape, place: string): Promise<T> {
  const text = await readText(request, MAX_BODY_BYTES);
  if (text.trim() === '') return {} as T;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('invalid JSON: unexpected content in the request body');
  }
  return value === null ? ({} as T) : (shaped(shape, value, place) as T);
}
