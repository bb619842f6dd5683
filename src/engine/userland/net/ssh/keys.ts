/**
 * Keys in OpenSSH's files (PROTOCOL.key, sshd(8)): what they look like, who they belong to, their fingerprints. There is no cryptography:
 * the public half of a pair is the digest of its secret half, and whoever can read a private key's file, or ask an agent that holds it, is
 * believed to be its owner.
 */
import { encodeBase64 } from '../../../http/base64.ts';
import { Sha256 } from '../../../oci/sha256.ts';
import { concat, encode } from '../../encoding.ts';
import { lengthed, uint32 } from './fields.ts';

export const KEY_TYPE = 'ssh-ed25519';
export const MAGIC = 'openssh-key-v1\0';
export const NONE = 'none';
const BLOCK_BYTES = 8;
const LINE_LETTERS = 70;
export const LABEL = 'OPENSSH PRIVATE KEY';

export interface PrivateKey {
  readonly secret: Uint8Array;
  /** The public half. */
  readonly half: Uint8Array;
  /** The public key as it travels. */
  readonly blob: Uint8Array;
  readonly comment: string;
}

/** SHA-256. */
export function digest(bytes: Uint8Array): Uint8Array {
  const hex = new Sha256().update(bytes).hex();
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export const keyOf = (secret: Uint8Array, half: Uint8Array, comment: string): PrivateKey => ({
  secret,
  half,
  blob: concat([lengthed(KEY_TYPE), lengthed(half)]),
  comment,
});

/** A pair that is the same whenever it is made of the same seed. */
export function keyPair(seed: string, comment: string): PrivateKey {
  const secret = digest(encode(seed));
  return keyOf(secret, digest(secret), comment);
}

/** The line of a `.pub` file, of authorized_keys. */
export const publicLine = ({ blob, comment }: Pick<PrivateKey, 'blob' | 'comment'>): string =>
  `${KEY_TYPE} ${encodeBase64(blob)}${comment === '' ? '' : ` ${comment}`}\n`;

/** The private key's file. */
export function privateFile({ secret, half, blob, comment }: PrivateKey): string {
  const check = digest(secret).subarray(0, 4);
  const own = [check, check, lengthed(KEY_TYPE), lengthed(half), lengthed(concat([secret, half])), lengthed(comment)];
  const size = own.reduce((sum, { length }) => sum + length, 0);
  const padding = Uint8Array.from({ length: (BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES }, (_, at) => at + 1);
  const head = [encode(MAGIC), lengthed(NONE), lengthed(NONE), lengthed(''), uint32(1), lengthed(blob)];
  const text = encodeBase64(concat([...head, lengthed(concat([...own, padding]))]));
  const lines = text.match(new RegExp(`.{1,${LINE_LETTERS}}`, 'g')) ?? [];
  return `-----BEGIN ${LABEL}-----\n${lines.join('\n')}\n-----END ${LABEL}-----\n`;
}
