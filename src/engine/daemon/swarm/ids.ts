/** Ids and tokens of a swarm. Upstream: swarmkit identity/randomid.go, ca/config.go. */
import type { Sys } from '../../kernel/sys.ts';

type Chance = Pick<Sys, 'random'>;
const ID_LENGTH = 25;
const ID_BYTES = 17;
const SECRET_BYTES = 16;
const DIGEST_LENGTH = 50;
const BASE = 36;

const numberOf = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);

/** 25 digits of base 36. The first digit of the number is dropped: it is not evenly spread. */
export function newSwarmId(sys: Chance): string {
  const bytes = sys.random.bytes(ID_BYTES);
  bytes[0] = (bytes[0] ?? 0) | 0x80;
  return numberOf(bytes)
    .toString(BASE)
    .slice(1, ID_LENGTH + 1);
}

/** `SWMTKN-1-DIGEST-SECRET`: which root certificate to trust, and what lets a node in. `caDigest` is the SHA-256 of the certificate. */
export function newJoinToken(sys: Chance, caDigest: string): string {
  const digest = BigInt(`0x${caDigest}`).toString(BASE).padStart(DIGEST_LENGTH, '0');
  const secret = numberOf(sys.random.bytes(SECRET_BYTES)).toString(BASE).padStart(ID_LENGTH, '0');
  return `SWMTKN-1-${digest}-${secret}`;
}

/** The digest in a join token, in hexadecimal. */
export const digestIn = (token: string): string => {
  const digits = token.split('-')[2] ?? '';
  const value = [...digits].reduce((sum, digit) => sum * BigInt(BASE) + BigInt(Number.parseInt(digit, BASE)), 0n);
  return value.toString(16).padStart(64, '0');
};

/** `SWMKEY-1-…`: 32 bytes in base 64 without padding. */
export const newUnlockKey = (sys: Chance, encode: (bytes: Uint8Array) => string): string =>
  `SWMKEY-1-${encode(sys.random.bytes(32)).replace(/=+$/, '')}`;
