/** Passwords as the server keeps them: never the password itself. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Sys } from '../../../kernel/sys.ts';
import { encode } from '../../program-io.ts';

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const digest = (salt: string, password: string): string => hex(sha256(encode(`${salt}:${password}`)));

export function hidePassword(sys: Sys, password: string): string {
  if (password === '' || password.startsWith('SHA-256$')) return password;
  const salt = hex(sys.random.bytes(8));
  return `SHA-256$${salt}$${digest(salt, password)}`;
}

export function isPassword(kept: string, password: string): boolean {
  const [, salt = '', wanted = ''] = kept.split('$');
  return wanted !== '' && digest(salt, password) === wanted;
}
