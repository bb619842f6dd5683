/** What is wrong with a message that came in: the status a server answers with, and a sentence. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const malformed = (what: string): HttpError => new HttpError(400, what);
/** The other end went away in the middle of a message. Go's io.ErrUnexpectedEOF, in its words. */
export const cutShort = (): HttpError => new HttpError(400, 'unexpected EOF');
