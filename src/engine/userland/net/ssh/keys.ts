/**
 * Keys in OpenSSH's files (PROTOCOL.key, sshd(8)): what they look like, who they belong to, their fingerprints. There is no cryptography:
 * the public half of a pair is the digest of its secret half, and whoever can read a private key's file, or ask an agent that holds it, is
 * believed to be its owner.
 */
import { Sha256 } from '../../../oci/sha256.ts';
import { concat, decode, encode } from '../../encoding.ts';
import { base64, decodeBase64 } from '../base64.ts';
import { FieldReader, lengthed, uint32 } from './fields.ts';

export const KEY_TYPE = 'ssh-ed25519';
const MAGIC = 'openssh-key-v1\0';
const NONE = 'none';
const BLOCK_BYTES = 8;
const SECRET_BYTES = 32;
const LINE_LETTERS = 70;
const LABEL = 'OPENSSH PRIVATE KEY';

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

const keyOf = (secret: Uint8Array, half: Uint8Array, comment: string): PrivateKey => ({
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

/** A key's type, public half, both halves and comment, as a file and an agent have them; undefined if it is of another type. */
export function privateKey(fields: FieldReader): PrivateKey | undefined {
  const [type, half, both, comment] = [fields.field(), fields.field(), fields.field(), fields.field()];
  if (!type || !half || !both || !comment || decode(type) !== KEY_TYPE) return undefined;
  return keyOf(both.subarray(0, SECRET_BYTES), half, decode(comment));
}

/** What only who has the key can say of these bytes. Nobody can check it, and nobody has to. */
export const signature = ({ secret }: PrivateKey, data: Uint8Array): Uint8Array =>
  concat([lengthed(KEY_TYPE), lengthed(concat([digest(concat([secret, data])), digest(concat([data, secret]))]))]);

/** The line of a `.pub` file, of authorized_keys. */
export const publicLine = ({ blob, comment }: Pick<PrivateKey, 'blob' | 'comment'>): string =>
  `${KEY_TYPE} ${base64(blob)}${comment === '' ? '' : ` ${comment}`}\n`;

/** The private key's file. */
export function privateFile({ secret, half, blob, comment }: PrivateKey): string {
  const check = digest(secret).subarray(0, 4);
  const own = [check, check, lengthed(KEY_TYPE), lengthed(half), lengthed(concat([secret, half])), lengthed(comment)];
  const size = own.reduce((sum, { length }) => sum + length, 0);
  const padding = Uint8Array.from({ length: (BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES }, (_, at) => at + 1);
  const head = [encode(MAGIC), lengthed(NONE), lengthed(NONE), lengthed(''), uint32(1), lengthed(blob)];
  const text = base64(concat([...head, lengthed(concat([...own, padding]))]));
  const lines = text.match(new RegExp(`.{1,${LINE_LETTERS}}`, 'g')) ?? [];
  return `-----BEGIN ${LABEL}-----\n${lines.join('\n')}\n-----END ${LABEL}-----\n`;
}

/** The key that a private key's file holds; undefined if it is no such file. */
export function readPrivate(file: string): PrivateKey | undefined {
  const body = new RegExp(`^-----BEGIN ${LABEL}-----\n([A-Za-z0-9+/=\n]+)-----END ${LABEL}-----`).exec(file)?.[1];
  if (body === undefined) return undefined;
  const head = new FieldReader(decodeBase64(body), MAGIC.length);
  const [cipher] = [head.field(), head.field(), head.field(), head.number(), head.field()];
  const own = head.field();
  return own === undefined || !cipher || decode(cipher) !== NONE ? undefined : privateKey(new FieldReader(own, 8));
}

/** The key in a line of text (`[options] type base64 [comment]`); undefined if there is none. */
export function blobOfLine(line: string): Uint8Array | undefined {
  const words = line.trim().split(/\s+/);
  const text = words[words.indexOf(KEY_TYPE) + 1];
  return line.startsWith('#') || !words.includes(KEY_TYPE) || text === undefined ? undefined : decodeBase64(text);
}

export const sameKey = (one: Uint8Array, other: Uint8Array): boolean => base64(one) === base64(other);

export const fingerprint = (blob: Uint8Array): string => `SHA256:${base64(digest(blob)).replace(/=+$/, '')}`;

/** As `ssh-add -l` and `ssh-keygen -l` list a key. */
export const listed = (blob: Uint8Array, comment: string): string => `256 ${fingerprint(blob)} ${comment} (ED25519)\n`;
