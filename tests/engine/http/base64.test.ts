import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64, readBase64 } from '../../../src/engine/http/base64.ts';

const bytes = fc.uint8Array({ maxLength: 70 });

describe('base64', () => {
  it('is written as everybody writes it, and read back, in both alphabets, with padding and without', () => {
    fc.assert(
      fc.property(bytes, fc.boolean(), (some, url) => {
        const text = encodeBase64(some, { url });
        const plain = Buffer.from(some).toString('base64');
        expect(text).toBe(url ? plain.replaceAll('+', '-').replaceAll('/', '_') : plain);
        expect(decodeBase64(text)).toEqual(some);
        expect(decodeBase64(text.replace(/=+$/, ''))).toEqual(some);
        expect(readBase64(text)).toEqual(some);
      }),
    );
  });

  it('is more than a few bytes', () => {
    const many = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
    expect(decodeBase64(encodeBase64(many))).toEqual(many);
  });

  it.each(['a', 'ab!c', 'a b c d', 'ab=c'])('refuses what is none: %j', (text) => {
    expect(decodeBase64(text)).toBeNull();
  });

  it('passes over what is none, where anything is read', () => {
    expect(new TextDecoder().decode(readBase64('Ym9\nhdA!='))).toBe('boat');
    expect(readBase64('YQa')).toEqual(readBase64('YQa='));
    expect(readBase64('a')).toEqual(new Uint8Array());
  });
});
