/** Names of things: 64 hexadecimal digits, and a pair of words where nobody gave one. */
import type { Sys } from '../kernel/sys.ts';
import { LEFT, RIGHT } from './name-words.ts';

type Chance = Pick<Sys, 'random'>;
export const ID_LENGTH = 64;
export const SHORT_ID_LENGTH = 12;

export const hexOfBytes = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A new id. Never one whose short form is all digits: a host name may not be a number. Upstream: stringid.GenerateRandomID. */
export function newId(sys: Chance): string {
  for (;;) {
    const id = hexOfBytes(sys.random.bytes(ID_LENGTH / 2));
    if (!/^\d+$/.test(id.slice(0, SHORT_ID_LENGTH))) return id;
  }
}

export const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, SHORT_ID_LENGTH);

export function newUuid(sys: Chance): string {
  const hex = hexOfBytes(sys.random.bytes(16));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** `adjective_surname`; with a digit behind it after the first try, as Docker's names-generator does. */
export function randomName(sys: Chance, attempt: number): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = sys.random.bytes(5);
  const left = LEFT[(a * 256 + b) % LEFT.length] ?? 'able';
  const right = RIGHT[(c * 256 + d) % RIGHT.length] ?? 'euler';
  return `${left}_${right}${attempt > 0 ? e % 10 : ''}`;
}
