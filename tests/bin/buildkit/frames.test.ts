import { describe, expect, it } from 'vitest';
import { frame, MAX_MESSAGE_BYTES, Unframer } from '../../../src/bin/buildkit/grpc/frames.ts';
import { Code, GrpcError } from '../../../src/bin/buildkit/grpc/status.ts';

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

describe('messages in a stream of bytes', () => {
  it('have a flag and a length in front', () => {
    expect(frame(bytes(7, 8))).toEqual(bytes(0, 0, 0, 0, 2, 7, 8));
  });

  it('come out as they went in, wherever the stream is cut', () => {
    const messages = [bytes(1, 2, 3), bytes(), new Uint8Array(300).fill(9), bytes(4)];
    const wire = Buffer.concat(messages.map(frame));
    for (let size = 1; size <= 12; size++) {
      const unframer = new Unframer();
      const out: Uint8Array[] = [];
      for (let at = 0; at < wire.length; at += size) out.push(...unframer.push(new Uint8Array(wire.subarray(at, at + size))));
      unframer.end();
      expect(out.map((one) => [...one])).toEqual(messages.map((one) => [...one]));
    }
  });

  it('must be whole when the stream ends', () => {
    const unframer = new Unframer();
    expect(unframer.push(bytes(0, 0, 0, 0, 5, 1, 2))).toEqual([]);
    expect(() => unframer.end()).toThrow('the stream ended in the middle of a message');
  });

  it('are refused before they are read, if they are too large or compressed', () => {
    const refusal = (head: Uint8Array): GrpcError => {
      try {
        new Unframer().push(head);
      } catch (error) {
        if (error instanceof GrpcError) return error;
      }
      throw new Error('nothing was refused');
    };
    expect(refusal(bytes(0, 0xff, 0xff, 0xff, 0xff))).toMatchObject({
      code: Code.resourceExhausted,
      message: `grpc: received message larger than max (4294967295 vs. ${MAX_MESSAGE_BYTES})`,
    });
    expect(refusal(bytes(1, 0, 0, 0, 1, 0))).toMatchObject({ code: Code.unimplemented });
  });
});
