import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeStatusResponse,
  encodeStatusResponse,
  ProtobufError,
  type StatusResponse,
} from '../../../src/engine/api-types/build-trace.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex');

describe('BuildKit status messages', () => {
  test('are protobuf to the byte', () => {
    const status: StatusResponse = {
      vertexes: [{ digest: 'sha256:a', inputs: ['b'], name: 'n', cached: true, started: 1_000_000_002n }],
      logs: [{ vertex: 'v', stream: 1, msg: bytes('hi') }],
    };
    expect(hex(encodeStatusResponse(status))).toBe(
      ['0a18', '0a087368613235363a61', '120162', '1a016e', '2001', '2a0408011002', '1a09', '0a0176', '1801', '22026869'].join(''),
    );
  });

  test('come back as they were', () => {
    const time = fc.bigInt({ min: 0n, max: 4_000_000_000_000_000_000n });
    const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    const size = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    const data = fc.uint8Array({ maxLength: 40 });
    const position = fc.record({ line: fc.integer({ min: 1, max: 2 ** 31 - 1 }), character: maybe(fc.integer({ min: -9, max: -1 })) });
    const message = fc.record({
      vertexes: fc.array(
        fc.record({
          digest: fc.string(),
          inputs: fc.array(fc.string()),
          name: fc.string(),
          cached: maybe(fc.constant(true)),
          started: maybe(time),
          completed: maybe(time),
          error: maybe(text),
          progressGroup: maybe(fc.record({ id: text, name: maybe(text), weak: maybe(fc.constant(true)) })),
        }),
      ),
      statuses: fc.array(
        fc.record({ id: text, vertex: text, name: maybe(text), current: maybe(size), total: maybe(size), timestamp: maybe(time) }),
      ),
      logs: fc.array(fc.record({ vertex: text, timestamp: maybe(time), stream: maybe(fc.constantFrom(1, 2)), msg: data })),
      warnings: fc.array(
        fc.record({
          vertex: text,
          level: maybe(fc.integer({ min: 1, max: 3 })),
          short: data,
          detail: fc.array(data),
          url: maybe(text),
          info: maybe(fc.record({ filename: text, data, language: maybe(text) })),
          ranges: fc.array(fc.record({ start: maybe(position), end: maybe(position) })),
        }),
      ),
    });
    fc.assert(
      fc.property(message, (status) => {
        expect(decodeStatusResponse(encodeStatusResponse(status))).toEqual(status);
      }),
      { seed: 6 },
    );
  });

  test('skip fields that are not known', () => {
    expect(decodeStatusResponse(Uint8Array.of(0x98, 0x06, 0x05, 0x0a, 0x03, 0x0a, 0x01, 0x61)).vertexes).toEqual([
      { digest: 'a', inputs: [], name: '' },
    ]);
  });

  test('refuse what is no message with an error of their own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (data) => {
        try {
          decodeStatusResponse(data);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtobufError);
        }
      }),
      { seed: 6, numRuns: 500 },
    );
  });
});
