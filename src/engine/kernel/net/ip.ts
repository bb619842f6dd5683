/** Addresses as text, in the one form that `ip` prints them in, and the prefixes they belong to. */
import { Errno } from '../errno.ts';

export type IpFamily = 'inet' | 'inet6';
export interface Ip {
  readonly family: IpFamily;
  readonly bits: bigint;
  readonly text: string;
}
export interface Prefix {
  readonly family: IpFamily;
  readonly bits: bigint;
  readonly length: number;
  readonly shift: bigint;
  readonly text: string;
}

const MAX_REMEMBERED = 4096;
const remembered = new Map<string, Ip | null>();

/** What an address means; null if it is none. */
export function parseIp(text: string): Ip | null {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const bits = text.includes(':') ? parseV6(text) : parseV4(text);
  const family = text.includes(':') ? 'inet6' : 'inet';
  const ip = bits === null ? null : ({ family, bits, text: formatIp(family, bits) } as const);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(text, ip);
  return ip;
}

/** The same address as `ip` prints it. EINVAL if it is none. */
export function canonicalIp(text: string): string {
  const ip = parseIp(text);
  if (ip === null) throw new Errno('EINVAL');
  return ip.text;
}

export const isV6 = (ip: string): boolean => ip.includes(':');
export const familyOf = (ip: string): IpFamily => (isV6(ip) ? 'inet6' : 'inet');
export const widthOf = (family: IpFamily): number => (family === 'inet' ? 32 : 128);
export const wildcardOf = (family: IpFamily): string => (family === 'inet' ? '0.0.0.0' : '::');
export const isWildcard = (ip: string): boolean => ip === '0.0.0.0' || ip === '::';

function parseV4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let bits = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return null;
    bits = (bits << 8n) | BigInt(part);
  }
  return bits;
}

function parseV6(given: string): bigint | null {
  const text = dottedTail(given);
  if (text === null) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groups(halves[0] ?? '');
  const tail = halves.length === 2 ? groups(halves[1] ?? '') : [];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  return [...head, ...new Array<number>(missing).fill(0), ...tail].reduce((bits, group) => (bits << 16n) | BigInt(group), 0n);
}

/** `::ffff:1.2.3.4` with its last part in hexadecimal. */
function dottedTail(text: string): string | null {
  const colon = text.lastIndexOf(':');
  if (!text.includes('.')) return text;
  const bits = parseV4(text.slice(colon + 1));
  return bits === null ? null : `${text.slice(0, colon + 1)}${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`;
}

function groups(text: string): number[] | null {
  if (text === '') return [];
  const words = text.split(':');
  return words.every((word) => /^[0-9a-fA-F]{1,4}$/.test(word)) ? words.map((word) => Number.parseInt(word, 16)) : null;
}

export function formatIp(family: IpFamily, bits: bigint): string {
  return family === 'inet' ? [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 0xffn)).join('.') : formatV6(bits);
}

/** RFC 5952: the longest run of zero groups, if longer than one, is `::`. */
function formatV6(bits: bigint): string {
  if (bits >> 32n === 0xffffn) return `::ffff:${formatIp('inet', bits & 0xffffffffn)}`;
  const words = Array.from({ length: 8 }, (_, i) => ((bits >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  const run = longestZeroRun(words);
  if (run.length < 2) return words.join(':');
  return `${words.slice(0, run.start).join(':')}::${words.slice(run.start + run.length).join(':')}`;
}

function longestZeroRun(words: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < words.length; start += 1) {
    let end = start;
    while (words[end] === '0') end += 1;
    if (end - start > best.length) best = { start, length: end - start };
  }
  return best;
}

const prefixes = new Map<string, Prefix>();

/** `10.0.0.0/8`, or an address alone, or `default`/`any` for all of a family. EINVAL if it is none of these. */
export function parsePrefix(text: string, family: IpFamily = 'inet'): Prefix {
  const key = text === 'default' || text === 'any' || text === '0/0' ? `${wildcardOf(family)}/0` : text;
  const known = prefixes.get(key);
  if (known !== undefined) return known;
  const [address = '', length] = key.split('/');
  const ip = parseIp(address);
  if (ip === null) throw new Errno('EINVAL');
  const prefix = makePrefix(ip, length === undefined ? widthOf(ip.family) : prefixLength(length, ip.family));
  if (prefixes.size >= MAX_REMEMBERED) prefixes.clear();
  prefixes.set(key, prefix);
  return prefix;
}

/** The network that an address with that prefix length lies in. */
export function networkOf(ip: string, length: number): Prefix {
  const parsed = parseIp(ip);
  if (parsed === null) throw new Errno('EINVAL');
  return makePrefix(parsed, length);
}

function makePrefix(ip: Ip, length: number): Prefix {
  const shift = BigInt(widthOf(ip.family) - length);
  const bits = (ip.bits >> shift) << shift;
  return { family: ip.family, bits, length, shift, text: `${formatIp(ip.family, bits)}/${length}` };
}

/** A number of bits, or a dotted mask. */
function prefixLength(text: string, family: IpFamily): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= widthOf(family)) return Number(text);
  const mask = parseIp(text);
  if (mask === null) throw new Errno('EINVAL');
  const ones = mask.bits.toString(2);
  if (!/^1*0*$/.test(ones) || (mask.bits !== 0n && ones.length !== widthOf(family))) throw new Errno('EINVAL');
  return mask.bits === 0n ? 0 : ones.replaceAll('0', '').length;
}

export function contains(prefix: Prefix, ip: string): boolean {
  const parsed = parseIp(ip);
  return parsed !== null && parsed.family === prefix.family && parsed.bits >> prefix.shift === prefix.bits >> prefix.shift;
}

/** The address that is all of the prefix; undefined if there are more. */
export const onlyAddressOf = ({ family, length, bits }: Prefix): string | undefined =>
  length === widthOf(family) ? formatIp(family, bits) : undefined;

export function broadcastOf(ip: string, length: number): string {
  const network = networkOf(ip, length);
  return formatIp(network.family, network.bits | ((1n << network.shift) - 1n));
}

const LOOPBACK = makePrefix({ family: 'inet', bits: 0x7f000000n, text: '127.0.0.0' }, 8);
export const isLoopback = (ip: string): boolean => ip === '::1' || contains(LOOPBACK, ip);

/** An IPv4 address as a dual-stack socket shows it. */
export const mapped = (ip: string): string => (isV6(ip) ? ip : `::ffff:${ip}`);
export const unmapped = (ip: string): string => (ip.startsWith('::ffff:') && ip.includes('.') ? ip.slice(7) : ip);

/** The address that a link gives itself from its MAC (modified EUI-64). */
export function linkLocalOf(mac: string): string {
  const bytes = mac.split(':').map((part) => Number.parseInt(part, 16));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  const id = [a ^ 2, b, c, 0xff, 0xfe, d, e, f].reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
  return formatIp('inet6', (0xfe80n << 112n) | id);
}
