import { Sha256, sha256Hex } from './sha256.ts';

/** A content's name: `sha256:` and 64 hexadecimal digits. */
export type Digest = `${string}:${string}`;

const known = new WeakMap<Uint8Array, Digest>();

/** The digest of bytes that nobody changes any more; remembered, so that asking again costs nothing. */
export function digestOf(bytes: Uint8Array): Digest {
  const remembered = known.get(bytes);
  if (remembered) return remembered;
  const digest: Digest = `sha256:${sha256Hex(bytes)}`;
  known.set(bytes, digest);
  return digest;
}

export interface Digester {
  update(piece: Uint8Array): void;
  digest(): Digest;
}

/** A digest over bytes that come in pieces. */
export function createDigester(): Digester {
  const hash = new Sha256();
  return {
    update: (piece) => {
      hash.update(piece);
    },
    digest: () => `sha256:${hash.hex()}`,
  };
}

const HEX_DIGITS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** What is wrong with a digest's text, in the words of opencontainers/go-digest; undefined if nothing is. */
export function digestProblem(text: string): string | undefined {
  const match = /^([a-z0-9]+(?:[.+_-][a-z0-9]+)*):([a-zA-Z0-9=_-]+)$/.exec(text);
  const [, algorithm = '', encoded = ''] = match ?? [];
  if (!match) return 'invalid checksum digest format';
  const length = HEX_DIGITS[algorithm];
  if (length === undefined) return 'unsupported digest algorithm';
  if (encoded.length !== length) return 'invalid checksum digest length';
  return /^[a-f0-9]+$/.test(encoded) ? undefined : 'invalid checksum digest format';
}

export const isDigest = (text: string): text is Digest => digestProblem(text) === undefined;

/** The part after the colon. */
export const hexOf = (digest: Digest): string => digest.slice(digest.indexOf(':') + 1);

/** Where an OCI layout keeps it. */
export const blobPath = (digest: Digest): string => `blobs/${digest.replace(':', '/')}`;
