/** `cksum` and `sum`: the checksums of POSIX, BSD and System V. */
import { readAll } from '../../program-io.ts';
import type { Utility } from '../../tool.ts';

const POLYNOMIAL = 0x04c11db7;
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 0x80000000) === 0 ? value << 1 : (value << 1) ^ POLYNOMIAL;
  return value >>> 0;
});

/** CRC of the bytes and their number (POSIX, cksum). */
function crc(bytes: Uint8Array): number {
  let value = 0;
  const add = (byte: number): void => {
    value = ((value << 8) ^ (TABLE[((value >>> 24) ^ byte) & 255] ?? 0)) >>> 0;
  };
  for (const byte of bytes) add(byte);
  for (let length = bytes.length; length > 0; length = Math.floor(length / 256)) add(length & 255);
  return ~value >>> 0;
}

export const cksum: Utility = async (tool) => {
  const options = await tool.options({ short: 'a:', long: { algorithm: 'a:' }, usage: '[FILE]...' });
  if (options.has('a') && options.value('a') !== 'crc')
    return tool.die(`only the algorithm crc is supported here: use md5sum or sha256sum`);
  await tool.eachInput(options.operands, async (fd, path) => {
    const bytes = await readAll(tool.sys, fd);
    await tool.sys.charge(bytes.length * 2);
    await tool.out.write(`${crc(bytes)} ${bytes.length}${path === '-' && options.operands.length === 0 ? '' : ` ${path}`}\n`);
  });
  return 0;
};

export const sum: Utility = async (tool) => {
  const options = await tool.options({ short: 'rs', long: { sysv: 's' }, usage: '[-rs] [FILE]...' });
  const isSystemV = options.last('r', 's') === 's';
  await tool.eachInput(options.operands, async (fd, path) => {
    const bytes = await readAll(tool.sys, fd);
    const name = options.operands.length > 0 ? ` ${path}` : '';
    await tool.out.write(`${isSystemV ? systemV(bytes) : bsd(bytes)}${name}\n`);
  });
  return 0;
};

function systemV(bytes: Uint8Array): string {
  const total = bytes.reduce((sumOf, byte) => (sumOf + byte) % 2 ** 32, 0);
  const folded = (total % 65_536) + Math.floor((total % 2 ** 32) / 65_536);
  return `${(folded % 65_536) + Math.floor(folded / 65_536)} ${Math.ceil(bytes.length / 512)}`;
}

function bsd(bytes: Uint8Array): string {
  let value = 0;
  for (const byte of bytes) value = (((value >> 1) | ((value & 1) << 15)) + byte) & 0xffff;
  return `${String(value).padStart(5, '0')} ${String(Math.ceil(bytes.length / 1024)).padStart(5)}`;
}
