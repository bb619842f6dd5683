/** Hashes and chance: what `crypto` reaches. */
import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { toInteger, toText } from '../runtime/convert.ts';
import { native } from '../runtime/functions.ts';
import type { Value } from '../runtime/values.ts';
import { realm, sys } from '../runtime/vm.ts';
import { bufferOf, bytesOf } from './bytes.ts';

const HASHES = { md5, sha1, sha224, sha256, sha384, sha512 } as const;
const NS_PER_BYTE = 3;

function hashOf(name: Value): (typeof HASHES)[keyof typeof HASHES] {
  const plain = toText(name).toLowerCase().replace('-', '');
  if (Object.hasOwn(HASHES, plain)) return HASHES[plain as keyof typeof HASHES];
  throw realm().thrown('Error', 'Digest method not supported');
}

export const cryptoBinding = (): Readonly<Record<string, Value>> => ({
  hash: native('hash', 2, ([name, bytes]) => {
    const data = bytesOf(bytes);
    void sys().charge(data.length * NS_PER_BYTE);
    return bufferOf(hashOf(name)(data));
  }),
  hmac: native('hmac', 3, ([name, key, bytes]) => bufferOf(hmac(hashOf(name), bytesOf(key), bytesOf(bytes)))),
  pbkdf2: native('pbkdf2', 5, ([password, salt, rounds, length, name]) =>
    bufferOf(pbkdf2(hashOf(name), bytesOf(password), bytesOf(salt), { c: toInteger(rounds), dkLen: toInteger(length) })),
  ),
  scrypt: native('scrypt', 6, ([password, salt, length, n, r, p]) =>
    bufferOf(scrypt(bytesOf(password), bytesOf(salt), { N: toInteger(n), r: toInteger(r), p: toInteger(p), dkLen: toInteger(length) })),
  ),
  random: native('random', 1, ([count]) => {
    realm().memory.take(toInteger(count));
    return bufferOf(sys().random.bytes(toInteger(count)));
  }),
});
