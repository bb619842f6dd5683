import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sha256, sha256Hex } from '../../../src/engine/oci/sha256.ts';

const expected = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('SHA-256', () => {
  it('agrees with OpenSSL at every length around the blocks', () => {
    for (let length = 0; length < 200; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + length) % 256);
      expect(sha256Hex(bytes)).toBe(expected(bytes));
    }
  });

  it('does not care how the bytes are cut, and goes on after it was asked', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (pieces) => {
        const hash = new Sha256();
        const all: number[] = [];
        for (const piece of pieces) {
          hash.update(piece);
          all.push(...piece);
          expect(hash.hex()).toBe(expected(Uint8Array.from(all)));
        }
      }),
    );
  });
});
