/** Passwords as the plugins keep them, and how a client shows that it knows one without sending it. */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, encode } from '../../program-io.ts';

const SHA2_MARK = '$A$005$';
const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const unhex = (text: string): Uint8Array => new Uint8Array((text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)));
const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, i) => byte ^ (b[i] ?? 0));

export const CACHING_SHA2 = 'caching_sha2_password';
export const NATIVE = 'mysql_native_password';

/** What is kept of a password: never the password itself. */
export function secretOf(plugin: string, password: string): string {
  if (password === '') return '';
  const bytes = encode(password);
  return plugin === NATIVE ? `*${hex(sha1(sha1(bytes))).toUpperCase()}` : `${SHA2_MARK}${hex(sha256(sha256(bytes)))}`;
}

/** What a client answers to the server's random bytes. */
export function proofOf(plugin: string, password: string, nonce: Uint8Array): Uint8Array {
  if (password === '') return new Uint8Array();
  const bytes = encode(password);
  if (plugin === NATIVE) return xor(sha1(bytes), sha1(concat([nonce, sha1(sha1(bytes))])));
  return xor(sha256(bytes), sha256(concat([sha256(sha256(bytes)), nonce])));
}

/** Whether the answer comes from somebody who knows the password. */
export function isProof(
  plugin: string,
  secret: string,
  { answer, nonce }: { readonly answer: Uint8Array; readonly nonce: Uint8Array },
): boolean {
  if (secret === '' || answer.length === 0) return secret === '' && answer.length === 0;
  if (plugin === NATIVE) {
    const kept = unhex(secret.slice(1));
    return hex(sha1(xor(answer, sha1(concat([nonce, kept]))))) === hex(kept);
  }
  const kept = unhex(secret.slice(SHA2_MARK.length));
  return hex(sha256(xor(answer, sha256(concat([kept, nonce]))))) === hex(kept);
}
