/** md5sum, sha256sum and their like: digests printed, and checked. */
import { md5 as md5Hash, sha1 as sha1Hash } from '@noble/hashes/legacy.js';
import { sha224 as sha224Hash, sha256 as sha256Hash, sha384 as sha384Hash, sha512 as sha512Hash } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Fd } from '../../../kernel/sys.ts';
import type { Options } from '../../options.ts';
import { READ_BYTES, toText } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';

interface Hash {
  update(piece: Uint8Array): unknown;
  digest(): Uint8Array;
}
interface Algorithm {
  readonly name: string;
  readonly hexDigits: number;
  readonly create: () => Hash;
}

/** What the host does in no time costs this much for a byte. */
const HASH_NS = 3;

const sums =
  (algorithm: Algorithm): Utility =>
  async (tool) => {
    const options = await tool.options(
      tool.isBusybox
        ? { short: 'bctsw', usage: '[-c[sw]] [FILE]...' }
        : {
            short: 'bctwz',
            long: {
              binary: 'b',
              check: 'c',
              text: 't',
              warn: 'w',
              zero: 'z',
              quiet: 'quiet',
              status: 'status',
              'ignore-missing': 'ignore',
              tag: 'tag',
              strict: 'strict',
            },
          },
    );
    const paths = options.operands.length === 0 ? ['-'] : options.operands;
    for (const path of paths)
      await (options.has('c') ? check(tool, { algorithm, path, options }) : print(tool, { algorithm, path, options }));
    return 0;
  };

interface Work {
  readonly algorithm: Algorithm;
  readonly path: string;
  readonly options: Options;
}

async function digest(tool: Tool, fd: Fd, { create }: Algorithm): Promise<string> {
  const hash = create();
  for (;;) {
    const piece = await tool.sys.read(fd, READ_BYTES);
    if (piece.length === 0) return bytesToHex(hash.digest());
    hash.update(piece);
    await tool.sys.charge(piece.length * HASH_NS);
  }
}

async function digestOfFile(tool: Tool, path: string, algorithm: Algorithm): Promise<string | null> {
  let result: string | null = null;
  await tool.eachInput([path], async (fd) => {
    result = await digest(tool, fd, algorithm);
  });
  return result;
}

async function print(tool: Tool, { algorithm, path, options }: Work): Promise<void> {
  const sum = await digestOfFile(tool, path, algorithm);
  if (sum === null) return;
  const end = options.has('z') ? '\0' : '\n';
  await tool.out.write(
    options.has('tag')
      ? `${algorithm.name} (${path}) = ${sum}${end}`
      : `${sum} ${options.has('b') && !tool.isBusybox ? '*' : ' '}${path}${end}`,
  );
}

interface Tally {
  good: number;
  bad: number;
  unread: number;
  malformed: number;
}

async function check(tool: Tool, work: Work): Promise<void> {
  const tally: Tally = { good: 0, bad: 0, unread: 0, malformed: 0 };
  await tool.eachLine([work.path], async (line) => {
    const entry = parseLine(toText(line), work.algorithm);
    if (entry === null) tally.malformed += 1;
    else await checkOne(tool, { ...entry, work, tally });
  });
  await verdict(tool, work, tally);
}

function parseLine(line: string, { hexDigits, name }: Algorithm): { sum: string; path: string } | null {
  const plain = new RegExp(`^([0-9a-fA-F]{${hexDigits}}) [ *](.+)$`).exec(line);
  if (plain) return { sum: plain[1] ?? '', path: plain[2] ?? '' };
  const tagged = new RegExp(`^${name} \\((.+)\\) = ([0-9a-fA-F]{${hexDigits}})$`).exec(line);
  return tagged ? { sum: tagged[2] ?? '', path: tagged[1] ?? '' } : null;
}

async function checkOne(tool: Tool, { sum, path, work, tally }: { sum: string; path: string; work: Work; tally: Tally }): Promise<void> {
  const { options, algorithm } = work;
  const isSilent = options.has('status', ...(tool.isBusybox ? ['s'] : []));
  if (options.has('ignore') && !tool.sys.path.access(path, {})) return;
  const own = await digestOfFile(tool, path, algorithm);
  const verdictText = own === sum.toLowerCase() ? 'OK' : own === null && !tool.isBusybox ? 'FAILED open or read' : 'FAILED';
  if (own === null && !tool.isBusybox) tally.unread += 1;
  else if (own === sum.toLowerCase()) tally.good += 1;
  else tally.bad += 1;
  if (!isSilent && !(verdictText === 'OK' && options.has('quiet'))) await tool.out.write(`${path}: ${verdictText}\n`);
}

const were = (count: number, one: string, many: string): string => `WARNING: ${count} ${count === 1 ? one : many}`;

async function verdict(tool: Tool, { path, options }: Work, { good, bad, unread, malformed }: Tally): Promise<void> {
  const total = good + bad + unread;
  if (tool.isBusybox) {
    const failed = bad + malformed;
    if (failed > 0)
      await (options.has('s')
        ? failSilently(tool)
        : tool.complain(`WARNING: ${failed} of ${total + malformed} computed checksums did NOT match`));
    return;
  }
  if (total === 0) return tool.complain(`${path === '-' ? "'standard input'" : path}: no properly formatted checksum lines found`);
  if (bad + unread > 0) failSilently(tool);
  if (options.has('status')) return;
  if (malformed > 0) await tool.warn(were(malformed, 'line is improperly formatted', 'lines are improperly formatted'));
  if (unread > 0) await tool.warn(were(unread, 'listed file could not be read', 'listed files could not be read'));
  if (bad > 0) await tool.warn(were(bad, 'computed checksum did NOT match', 'computed checksums did NOT match'));
}

function failSilently(tool: Tool): void {
  tool.status = 1;
}

export const md5sum = sums({ name: 'MD5', hexDigits: 32, create: () => md5Hash.create() });
export const sha1sum = sums({ name: 'SHA1', hexDigits: 40, create: () => sha1Hash.create() });
export const sha224sum = sums({ name: 'SHA224', hexDigits: 56, create: () => sha224Hash.create() });
export const sha256sum = sums({ name: 'SHA256', hexDigits: 64, create: () => sha256Hash.create() });
export const sha384sum = sums({ name: 'SHA384', hexDigits: 96, create: () => sha384Hash.create() });
export const sha512sum = sums({ name: 'SHA512', hexDigits: 128, create: () => sha512Hash.create() });
