/**
 * Keys in OpenSSH's files (PROTOCOL.key, sshd(8)): what they look like, who they belong to, their fingerprints. There is no cryptography:
 * the public half of a pair is the digest of its secret half, and whoever can read a private key's file is believed to be its owner.
 */
import { Sha256 } from '../../../oci/sha256.ts';
import { concat, encode } from '../../encoding.ts';
import { base64, decodeBase64 } from '../base64.ts';

export const KEY_TYPE = 'ssh-ed25519';
const MAGIC = 'openssh-key-v1\0';
const NONE = 'none';
const BLOCK_BYTES = 8;
const LINE_LETTERS = 70;
const LABEL = 'OPENSSH PRIVATE KEY';

export interface KeyPair {
  readonly secret: Uint8Array;
  readonly comment: string;
}

export function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** Bytes with their length before them (RFC 4251, section 5). */
export const lengthed = (field: string | Uint8Array): Uint8Array => {
  const bytes = typeof field === 'string' ? encode(field) : field;
  return concat([uint32(bytes.length), bytes]);
};

function digest(bytes: Uint8Array): Uint8Array {
  const hex = new Sha256().update(bytes).hex();
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** A pair that is the same whenever it is made of the same seed. */
export const keyPair = (seed: string, comment: string): KeyPair => ({ secret: digest(encode(seed)), comment });

const publicHalf = ({ secret }: KeyPair): Uint8Array => digest(secret);

/** The public key as it travels. */
export const publicBlob = (pair: KeyPair): Uint8Array => concat([lengthed(KEY_TYPE), lengthed(publicHalf(pair))]);

/** The line of a `.pub` file, of authorized_keys. */
export const publicLine = (pair: KeyPair): string => `${KEY_TYPE} ${base64(publicBlob(pair))} ${pair.comment}\n`;

/** The private key's file. */
export function privateFile(pair: KeyPair): string {
  const check = digest(pair.secret).subarray(0, 4);
  const half = publicHalf(pair);
  const own = [check, check, lengthed(KEY_TYPE), lengthed(half), lengthed(concat([pair.secret, half])), lengthed(pair.comment)];
  const size = own.reduce((sum, { length }) => sum + length, 0);
  const padding = Uint8Array.from({ length: (BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES }, (_, at) => at + 1);
  const head = [encode(MAGIC), lengthed(NONE), lengthed(NONE), lengthed(''), uint32(1), lengthed(publicBlob(pair))];
  const text = base64(concat([...head, lengthed(concat([...own, padding]))]));
  const lines = text.match(new RegExp(`.{1,${LINE_LETTERS}}`, 'g')) ?? [];
  return `-----BEGIN ${LABEL}-----\n${lines.join('\n')}\n-----END ${LABEL}-----\n`;
}

/** The public key that a private key's file holds; undefined if it is no such file. */
export function blobOfPrivate(file: string): Uint8Array | undefined {
  const body = new RegExp(`^-----BEGIN ${LABEL}-----\n([A-Za-z0-9+/=\n]+)-----END ${LABEL}-----`).exec(file)?.[1];
  if (body === undefined) return undefined;
  const bytes = decodeBase64(body);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = MAGIC.length + lengthed(NONE).length * 2 + lengthed('').length + 4;
  if (at + 4 > bytes.length) return undefined;
  const length = view.getUint32(at);
  at += 4;
  return at + length <= bytes.length ? bytes.subarray(at, at + length) : undefined;
}

/** The key in a line of text (`[options] type base64 [comment]`); undefined if there is none. */
export function blobOfLine(line: string): Uint8Array | undefined {
  const words = line.trim().split(/\s+/);
  const text = words[words.indexOf(KEY_TYPE) + 1];
  return line.startsWith('#') || !words.includes(KEY_TYPE) || text === undefined ? undefined : decodeBase64(text);
}

export const sameKey = (one: Uint8Array, other: Uint8Array): boolean => base64(one) === base64(other);

export const fingerprint = (blob: Uint8Array): string => `SHA256:${base64(digest(blob)).replace(/=+$/, '')}`;
