/** Base64 (RFC 4648), which credentials, headers and the API's bytes are written in. Both alphabets are read. */

/** With padding; `url` takes - and _ for + and /. */
export function encodeBase64(bytes: Uint8Array, { url = false }: { readonly url?: boolean } = {}): string {
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  const text = btoa(letters);
  return url ? text.replaceAll('+', '-').replaceAll('/', '_') : text;
}

const plain = (text: string): string => text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');

function bytesOf(digits: string): Uint8Array {
  const letters = atob(digits);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

/** Null for what is no base64. */
export function decodeBase64(text: string): Uint8Array | null {
  const digits = plain(text);
  return /^[A-Za-z0-9+/]*$/.test(digits) && digits.length % 4 !== 1 ? bytesOf(digits) : null;
}

/** The same of anything: what is in neither alphabet is passed over, and so is a last letter that makes no byte. */
export function readBase64(text: string): Uint8Array {
  const digits = plain(text).replace(/[^A-Za-z0-9+/]/g, '');
  return bytesOf(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
}
