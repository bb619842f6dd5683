const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 with padding; `url` takes - and _ for + and /. */
export function encodeBase64(bytes: Uint8Array, options: { url?: boolean } = {}): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const triple = (a << 16) | (b << 8) | c;
    for (let i = 0; i < 4; i++) text += i <= bytes.length - at ? (ALPHABET[(triple >> (18 - 6 * i)) & 63] ?? '') : '=';
  }
  return options.url === true ? text.replaceAll('+', '-').replaceAll('/', '_') : text;
}

export function decodeBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let [bits, count] = [0, 0];
  for (const letter of text.replaceAll('-', '+').replaceAll('_', '/')) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}

export const encodeText = (text: string): Uint8Array => new TextEncoder().encode(text);
export const decodeText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
