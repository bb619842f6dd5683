/** A call's two directions over one stream of HTTP/2, whichever end this is: messages with back-pressure both ways. */
import type { Http2Stream } from 'node:http2';
import { frame, Unframer } from './frames.ts';
import { Queue } from './queue.ts';
import { Code, GrpcError } from './status.ts';

/** So many messages may wait to be taken before the other end is slowed down. */
const HIGH_WATER = 64;

export class MessageStream {
  readonly #stream: Http2Stream;
  readonly #messages = new Queue<Uint8Array>();

  constructor(stream: Http2Stream) {
    this.#stream = stream;
    const unframer = new Unframer();
    const guarded = (act: () => void): void => {
      try {
        act();
      } catch (error) {
        this.fail(error);
      }
    };
    stream.on('data', (piece: Buffer) =>
      guarded(() => {
        for (const message of unframer.push(new Uint8Array(piece))) this.#messages.push(message);
        if (this.#messages.length > HIGH_WATER) stream.pause();
      }),
    );
    stream.on('end', () =>
      guarded(() => {
        unframer.end();
        this.#messages.close();
      }),
    );
    stream.on('error', (error) => this.#messages.close(new GrpcError(Code.unavailable, error.message)));
    stream.on('close', () => this.#messages.close(new GrpcError(Code.canceled, 'context canceled')));
  }

  /** What is read from now on is this error. */
  fail(error: unknown): void {
    this.#messages.close(error);
  }

  /** The next message; null when the other end has sent all. Throws GrpcError. */
  async read(): Promise<Uint8Array | null> {
    const message = await this.#messages.take();
    if (this.#messages.length <= HIGH_WATER / 2) this.#stream.resume();
    return message;
  }

  /** Waits until the other end has room. Throws GrpcError if it is gone. */
  async write(message: Uint8Array): Promise<void> {
    const stream = this.#stream;
    if (stream.destroyed || stream.closed) throw new GrpcError(Code.canceled, 'context canceled');
    if (stream.write(frame(message))) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        stream.off('drain', done).off('close', done);
        resolve();
      };
      stream.once('drain', done).once('close', done);
    });
  }
}
