import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gunzip } from '../../../src/engine/oci/gzip.ts';
import { gzip } from '../../../src/engine/oci/gzip-write.ts';
import { FormatError } from '../../../src/engine/oci/manifest.ts';

const bytesOf = (buffer: Uint8Array): Uint8Array => new Uint8Array(buffer);
/** Bytes that repeat themselves, so that codes and distances of all kinds arise. */
const content = fc
  .array(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 400 })), { maxLength: 12 })
  .map((runs) => Uint8Array.from(runs.flatMap(([run, times]) => Array.from({ length: times }, () => [...run]).flat())));

describe('gunzip', () => {
  it('gives back what zlib packed, at every level', () => {
    fc.assert(
      fc.property(content, fc.integer({ min: 0, max: 9 }), (bytes, level) => {
        expect(gunzip(bytesOf(gzipSync(bytes, { level })))).toEqual(bytes);
      }),
      { numRuns: 150 },
    );
  });

  it('gives back what was packed here, and large noise', () => {
    const noise = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i * 31 + (i >> 5)) % 251);
    for (const bytes of [new Uint8Array(), noise]) expect(gunzip(gzip(bytes).slice())).toEqual(bytes);
  });

  it('reads fixed codes, stored blocks and several members', () => {
    const text = new TextEncoder().encode('members and members and members');
    const [first, second] = [gzipSync(text, { strategy: 4 }), gzipSync(text, { level: 0 })];
    expect(new TextDecoder().decode(gunzip(bytesOf(Buffer.concat([first, second]))))).toBe('members and members and members'.repeat(2));
  });

  it('skips the name and comment of a header', () => {
    const packed = gzipSync(Buffer.from('named'));
    const named = Buffer.concat([
      packed.subarray(0, 3),
      Buffer.from([8 + 16]),
      packed.subarray(4, 10),
      Buffer.from('a.txt\0why\0'),
      packed.subarray(10),
    ]);
    expect(new TextDecoder().decode(gunzip(bytesOf(named)))).toBe('named');
  });

  it('tells wrong input by a FormatError, wherever it is wrong', () => {
    const packed = gzipSync(Buffer.from('something that is long enough to be packed, packed, packed'));
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const wrong = bytesOf(packed);
        wrong[at] = (wrong[at] ?? 0) ^ change;
        try {
          gunzip(wrong);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
    );
    for (let length = 0; length < packed.length; length += 1)
      expect(() => gunzip(bytesOf(packed.subarray(0, length)))).toThrow(FormatError);
  });

  it('stops at the limit', () => {
    const bomb = bytesOf(gzipSync(new Uint8Array(1_000_000)));
    expect(() => gunzip(bomb, 10_000)).toThrow('more than 10000 bytes');
  });
});
