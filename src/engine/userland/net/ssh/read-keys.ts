/** Keys as their files and lines have them, and what is signed with them. */
import { encodeBase64, readBase64 } from '../../../http/base64.ts';
import { concat, decode } from '../../encoding.ts';
import { FieldReader } from './field-reader.ts';
import { lengthed } from './fields.ts';
import { digest, KEY_TYPE, keyOf, LABEL, MAGIC, NONE, type PrivateKey } from './keys.ts';

const SECRET_BYTES = 32;

/** A key's type, public half, both halves and comment, as a file and an agent have them; undefined if it is of another type. */
export function privateKey(fields: FieldReader): PrivateKey | undefined {
  const [type, half, both, comment] = [fields.field(), fields.field(), fields.field(), fields.field()];
  if (!type || !half || !both || !comment || decode(type) !== KEY_TYPE) return undefined;
  return keyOf(both.subarray(0, SECRET_BYTES), half, decode(comment));
}

/** What only who has the key can say of these bytes. Nobody can check it, and nobody has to. */
export const signature = ({ secret }: PrivateKey, data: Uint8Array): Uint8Array =>
  concat([lengthed(KEY_TYPE), lengthed(concat([digest(concat([secret, data])), digest(concat([data, secret]))]))]);

/** The key that a private key's file holds; undefined if it is no such file. */
export function readPrivate(file: string): PrivateKey | undefined {
  const body = new RegExp(`^-----BEGIN ${LABEL}-----\n([A-Za-z0-9+/=\n]+)-----END ${LABEL}-----`).exec(file)?.[1];
  if (body === undefined) return undefined;
  const head = new FieldReader(readBase64(body), MAGIC.length);
  const [cipher] = [head.field(), head.field(), head.field(), head.number(), head.field()];
  const own = head.field();
  return own === undefined || !cipher || decode(cipher) !== NONE ? undefined : privateKey(new FieldReader(own, 8));
}

/** The key in a line of text (`[options] type base64 [comment]`); undefined if there is none. */
export function blobOfLine(line: string): Uint8Array | undefined {
  const words = line.trim().split(/\s+/);
  const text = words[words.indexOf(KEY_TYPE) + 1];
  return line.startsWith('#') || !words.includes(KEY_TYPE) || text === undefined ? undefined : readBase64(text);
}

export const sameKey = (one: Uint8Array, other: Uint8Array): boolean => encodeBase64(one) === encodeBase64(other);

export const fingerprint = (blob: Uint8Array): string => `SHA256:${encodeBase64(digest(blob)).replace(/=+$/, '')}`;

/** As `ssh-add -l` and `ssh-keygen -l` list a key. */
export const listed = (blob: Uint8Array, comment: string): string => `256 ${fingerprint(blob)} ${comment} (ED25519)\n`;
