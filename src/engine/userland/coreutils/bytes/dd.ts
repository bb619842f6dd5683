/** dd: blocks from here to there. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd } from '../../../kernel/sys.ts';
import { say } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { parseSize } from '../sizes.ts';

const OPERANDS = ['if', 'of', 'bs', 'ibs', 'obs', 'cbs', 'count', 'skip', 'iseek', 'seek', 'oseek', 'conv', 'iflag', 'oflag', 'status'];
const SPEC = { short: '', usage: '[if=FILE] [of=FILE] [ibs=N obs=N/bs=N] [count=N] [skip=N] [seek=N]' };
const DEFAULT_BLOCK_BYTES = 512;

interface Plan {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly inBytes: number;
  readonly outBytes: number;
  readonly count: number;
  readonly skipBytes: number;
  readonly seekBytes: number;
  readonly countsBytes: boolean;
  readonly conversions: readonly string[];
  readonly flags: readonly string[];
  readonly status: string;
}

interface Counts {
  wholeIn: number;
  partIn: number;
  wholeOut: number;
  partOut: number;
  bytes: number;
}

export const dd: Utility = async (tool) => {
  if (tool.args.includes('--help') || tool.args.includes('--version')) await tool.options(SPEC);
  const plan = await planOf(tool);
  const input = plan.from === undefined ? 0 : await open(tool, plan.from, () => tool.sys.open(plan.from ?? '', { read: true }));
  const truncates = !plan.conversions.includes('notrunc') && plan.seekBytes === 0;
  const output =
    plan.to === undefined
      ? 1
      : await open(tool, plan.to, () =>
          tool.sys.open(plan.to ?? '', {
            write: true,
            create: !plan.conversions.includes('nocreat'),
            truncate: truncates,
            append: plan.flags.includes('append'),
          }),
        );
  if (plan.seekBytes > 0 && plan.to !== undefined) await seekOutput(tool, output, plan);
  await skip(tool, input, plan);
  const counts: Counts = { wholeIn: 0, partIn: 0, wholeOut: 0, partOut: 0, bytes: 0 };
  const startNs = tool.sys.clock.monotonicNs();
  const status = await copy(tool, { input, output, plan, counts });
  await report(tool, { plan, counts, seconds: Number(tool.sys.clock.monotonicNs() - startNs) / 1e9 });
  return status;
};

async function planOf(tool: Tool): Promise<Plan> {
  const given = new Map<string, string>();
  for (const word of tool.args) {
    const [, key = '', value = ''] = /^([^=]*)=(.*)$/s.exec(word) ?? [];
    if (!OPERANDS.includes(key)) await tool.wrongUsage(SPEC, tool.isBusybox ? undefined : `unrecognized operand '${word}'`);
    given.set(key, value);
  }
  const size = async (key: string, fallback: number): Promise<number> => {
    const text = given.get(key);
    if (text === undefined) return fallback;
    const value = text.split('x').reduce<number | undefined>((product, part) => {
      const factor = parseSize(part);
      return product === undefined || factor === undefined ? undefined : product * factor;
    }, 1);
    return value ?? tool.die(tool.isBusybox ? `invalid number '${text}'` : `invalid number: '${text}'`);
  };
  const both = await size('bs', 0);
  const list = (key: string): readonly string[] => (given.get(key) ?? '').split(',').filter((word) => word !== '');
  const flags = [...list('iflag'), ...list('oflag')];
  const inBytes = both || (await size('ibs', DEFAULT_BLOCK_BYTES));
  const outBytes = both || (await size('obs', DEFAULT_BLOCK_BYTES));
  const skipped = await size(given.has('iseek') ? 'iseek' : 'skip', 0);
  const sought = await size(given.has('oseek') ? 'oseek' : 'seek', 0);
  return {
    from: given.get('if'),
    to: given.get('of'),
    inBytes,
    outBytes,
    count: await size('count', Number.POSITIVE_INFINITY),
    countsBytes: flags.includes('count_bytes'),
    skipBytes: skipped * (flags.includes('skip_bytes') ? 1 : inBytes),
    seekBytes: sought * (flags.includes('seek_bytes') ? 1 : outBytes),
    conversions: list('conv'),
    flags,
    status: given.get('status') ?? '',
  };
}

async function open(tool: Tool, path: string, work: () => Promise<Fd>): Promise<Fd> {
  try {
    return await work();
  } catch (error) {
    if (!isErrno(error)) throw error;
    return tool.die(tool.isBusybox ? `can't open '${path}': ${error.message}` : `failed to open '${path}': ${error.message}`);
  }
}

/** What lies before is kept, what lies behind is cut off. */
async function seekOutput({ sys }: Tool, output: Fd, { seekBytes, conversions, flags }: Plan): Promise<void> {
  if (flags.includes('append')) return;
  if (!conversions.includes('notrunc') && sys.fds.stat(output).type === 'regular') sys.fds.truncate(output, seekBytes);
  sys.fds.seek(output, seekBytes, 'set');
}

async function skip({ sys }: Tool, input: Fd, { skipBytes }: Plan): Promise<void> {
  if (skipBytes === 0) return;
  try {
    sys.fds.seek(input, skipBytes, 'cur');
  } catch (error) {
    if (!isErrno(error)) throw error;
    for (let left = skipBytes; left > 0; ) {
      const piece = await sys.read(input, Math.min(left, 65_536));
      if (piece.length === 0) return;
      left -= piece.length;
    }
  }
}

interface Copy {
  readonly input: Fd;
  readonly output: Fd;
  readonly plan: Plan;
  readonly counts: Counts;
}

async function copy(tool: Tool, { input, output, plan, counts }: Copy): Promise<number> {
  const isSame = plan.inBytes === plan.outBytes;
  const held: Uint8Array[] = [];
  let heldBytes = 0;
  // What of the buffer was filled is memory of the process.
  let buffered = 0;
  const left = (): number => (plan.countsBytes ? plan.count - counts.bytes : plan.count - counts.wholeIn - counts.partIn);
  try {
    while (left() > 0) {
      const piece = await block(tool, input, plan, plan.countsBytes ? Math.min(plan.inBytes, left()) : plan.inBytes);
      if (piece.length === 0) break;
      if (piece.length > buffered) tool.sys.grow(piece.length - buffered);
      buffered = Math.max(buffered, piece.length);
      if (piece.length === plan.inBytes) counts.wholeIn += 1;
      else counts.partIn += 1;
      const bytes = converted(piece, plan);
      if (isSame) await write(tool, { output, plan, counts, bytes });
      else {
        held.push(bytes.slice());
        heldBytes += bytes.length;
        while (heldBytes >= plan.outBytes) heldBytes = await writeHeld(tool, { output, plan, counts, held, heldBytes });
      }
      await tool.sys.turn();
    }
    if (heldBytes > 0) await writeHeld(tool, { output, plan, counts, held, heldBytes });
    return 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    await tool.warn(`error writing '${plan.to ?? 'standard output'}': ${error.message}`);
    return 1;
  }
}

async function block({ sys }: Tool, input: Fd, { flags }: Plan, maxBytes: number): Promise<Uint8Array> {
  const first = await sys.read(input, maxBytes);
  if (!flags.includes('fullblock') || first.length === 0 || first.length === maxBytes) return first;
  const whole = new Uint8Array(maxBytes);
  let at = first.length;
  whole.set(first);
  while (at < maxBytes) {
    const more = await sys.read(input, maxBytes - at);
    if (more.length === 0) break;
    whole.set(more, at);
    at += more.length;
  }
  return whole.subarray(0, at);
}

function converted(piece: Uint8Array, { conversions, inBytes }: Plan): Uint8Array {
  let bytes = piece;
  if (conversions.includes('sync') && bytes.length < inBytes) {
    bytes = new Uint8Array(inBytes);
    bytes.set(piece);
  }
  if (conversions.includes('ucase')) return bytes.map((byte) => (byte >= 97 && byte <= 122 ? byte - 32 : byte));
  if (conversions.includes('lcase')) return bytes.map((byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));
  return conversions.includes('swab') ? bytes.map((_, at) => bytes[at ^ 1] ?? bytes[at] ?? 0) : bytes;
}

async function write(
  tool: Tool,
  { output, plan, counts, bytes }: { output: Fd; plan: Plan; counts: Counts; bytes: Uint8Array },
): Promise<void> {
  await tool.sys.write(output, bytes);
  counts.bytes += bytes.length;
  if (bytes.length === plan.outBytes) counts.wholeOut += 1;
  else counts.partOut += 1;
}

async function writeHeld(
  tool: Tool,
  { output, plan, counts, held, heldBytes }: { output: Fd; plan: Plan; counts: Counts; held: Uint8Array[]; heldBytes: number },
): Promise<number> {
  const whole = new Uint8Array(heldBytes);
  let at = 0;
  for (const piece of held.splice(0)) {
    whole.set(piece, at);
    at += piece.length;
  }
  await write(tool, { output, plan, counts, bytes: whole.subarray(0, plan.outBytes) });
  const rest = whole.subarray(plan.outBytes);
  if (rest.length > 0) held.push(rest);
  return rest.length;
}

function scaled(value: number, base: 1000 | 1024): string {
  const units = base === 1000 ? ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] : ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let [number, unit] = [value, 0];
  while (number >= base && unit < units.length - 1) {
    number /= base;
    unit += 1;
  }
  return `${number < 10 && unit > 0 ? number.toFixed(1) : Math.round(number)} ${units[unit]}`;
}

async function report(tool: Tool, { plan, counts, seconds }: { plan: Plan; counts: Counts; seconds: number }): Promise<void> {
  if (plan.status === 'none') return;
  const records = `${counts.wholeIn}+${counts.partIn} records in\n${counts.wholeOut}+${counts.partOut} records out\n`;
  await say(tool.sys, 2, records);
  // Debian's busybox is built without the third line.
  if (plan.status === 'noxfer' || tool.isBusybox) return;
  const { bytes } = counts;
  const rate = seconds > 0 ? `${scaled(bytes / seconds, 1000)}/s` : 'Infinity B/s';
  const took = Number(seconds.toPrecision(6));
  const human = bytes < 1000 ? '' : bytes < 1024 ? ` (${scaled(bytes, 1000)})` : ` (${scaled(bytes, 1000)}, ${scaled(bytes, 1024)})`;
  await say(tool.sys, 2, `${bytes} byte${bytes === 1 ? '' : 's'}${human} copied, ${took} s, ${rate}\n`);
}
