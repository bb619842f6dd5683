/** A request's body as JSON of a known shape. */
import { invalid } from '../daemon/errors.ts';
import { header } from '../http/headers.ts';
import { readText } from '../http/responses.ts';
import type { HttpRequest } from '../http/types.ts';
import { BODIES, type Shape, shaped } from './shapes.ts';

const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** A body that is no JSON. What exactly is wrong is told by code that is fetched for it. */
export class MalformedBody extends Error {
  override readonly name = 'MalformedBody';
  readonly text: string;
  /** What the sentence begins with. */
  readonly prefix: string;

  constructor(text: string, prefix = '') {
    super('malformed body');
    this.text = text;
    this.prefix = prefix;
  }
}

/** The body as JSON, of the shape that has this name; an empty one is an empty object. Throws DockerError, MalformedBody. */
export const body = <T>(request: HttpRequest, name: keyof typeof BODIES): Promise<T> =>
  bodyOf(request, BODIES[name], name.replace(/^.*\./, ''));

/** The same, of a shape that stands elsewhere; `place` is what errors call it. */
export async function bodyOf<T>(request: HttpRequest, shape: Shape, place: string): Promise<T> {
  const text = await textOf(request);
  return text === '' ? ({} as T) : read<T>(text, shape, place);
}

/** The same, and a body there must be. */
export const bodyThere = async <T>(request: HttpRequest, name: keyof typeof BODIES): Promise<T> =>
  read<T>(await textOf(request), BODIES[name], name);

async function textOf(request: HttpRequest): Promise<string> {
  const text = await readText(request, MAX_BODY_BYTES);
  checkType(header(request.headers, 'content-type'), text !== '');
  return text;
}

function read<T>(text: string, shape: Shape, place: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MalformedBody(text);
  }
  return value === null ? ({} as T) : (shaped(shape, value, place) as T);
}

/** Whoever sends nothing need not say what it is. */
function checkType(type: string | undefined, isThere: boolean): void {
  if (type === undefined && !isThere) return;
  const media = (type ?? '').split(';')[0]?.trim().toLowerCase();
  if (media === '') throw invalid(`malformed Content-Type header (${type ?? ''}): mime: no media type`);
  if (media !== 'application/json') throw invalid(`unsupported Content-Type header (${type}): must be 'application/json'`);
}
