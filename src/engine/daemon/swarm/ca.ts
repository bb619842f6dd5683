/**
 * The swarm's certificate authority. What it signs is who a node is; that nobody can forge it is not modelled (there is no cryptography
 * here), so its certificate has the form of one, with a key and a signature that are only chance. Upstream: swarmkit ca.
 */

import type { TlsInfo } from '../../api-types/index.ts';
import { encodeBase64 } from '../../http/base64.ts';
import type { Sys } from '../../kernel/sys.ts';
import { digestOf } from '../../oci/index.ts';

const YEARS = 20n;
const YEAR_NS = 365n * 86_400n * 1_000_000_000n;
const encoder = new TextEncoder();

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

/** One value of DER: its tag, its length, its content (X.690). */
function der(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = joined(content);
  const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return joined([Uint8Array.from([tag, ...length]), body]);
}
const sequence = (...content: readonly Uint8Array[]): Uint8Array => der(0x30, ...content);
const oid = (...bytes: readonly number[]): Uint8Array => der(0x06, Uint8Array.from(bytes));
const bits = (content: Uint8Array): Uint8Array => der(0x03, Uint8Array.from([0]), content);

const ECDSA_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const P256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01), oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07));
/** CN=swarm-ca */
const NAME = sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x13, encoder.encode('swarm-ca')))));

/** `261121083200Z`: to the minute, as certificates of a swarm begin. */
const utcTime = (ns: bigint): Uint8Array =>
  der(0x17, encoder.encode(`${new Date(Number(ns / 1_000_000n)).toISOString().slice(2, 16).replace(/[-T:]/g, '')}00Z`));

/** A new root certificate. */
export function newRootCa(sys: Sys): TlsInfo {
  const now = sys.clock.nowNs();
  const key = sequence(P256, bits(joined([Uint8Array.from([0x04]), sys.random.bytes(64)])));
  const positive = (bytes: Uint8Array): Uint8Array => {
    bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
    return der(0x02, bytes);
  };
  const usage = sequence(oid(0x55, 0x1d, 0x0f), der(0x01, Uint8Array.from([0xff])), der(0x04, der(0x03, Uint8Array.from([1, 6]))));
  const authority = sequence(
    oid(0x55, 0x1d, 0x13),
    der(0x01, Uint8Array.from([0xff])),
    der(0x04, sequence(der(0x01, Uint8Array.from([0xff])))),
  );
  const body = sequence(
    der(0xa0, der(0x02, Uint8Array.from([2]))),
    positive(sys.random.bytes(20)),
    ECDSA_SHA256,
    NAME,
    sequence(utcTime(now), utcTime(now + YEARS * YEAR_NS)),
    NAME,
    key,
    der(0xa3, sequence(usage, authority)),
  );
  const certificate = sequence(body, ECDSA_SHA256, bits(sequence(positive(sys.random.bytes(32)), positive(sys.random.bytes(32)))));
  const lines = encodeBase64(certificate).match(/.{1,64}/g) ?? [];
  return {
    TrustRoot: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    CertIssuerSubject: encodeBase64(NAME),
    CertIssuerPublicKey: encodeBase64(key),
  };
}

/** What a join token says of it: the SHA-256 of the certificate, in hexadecimal. */
export const caDigest = ({ TrustRoot }: TlsInfo): string => digestOf(encoder.encode(TrustRoot)).replace(/^sha256:/, '');
