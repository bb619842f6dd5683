/** cmp: where two files first differ. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';
import type { Options } from '../../options.ts';
import { READ_BYTES } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';

const DIFFERS = 1;
const TROUBLE = 2;
const NEWLINE = 10;

export const cmp: Utility = async (tool) => {
  const spec = {
    short: tool.isBusybox ? 'lsn:' : 'bi:ln:sv',
    long: { verbose: 'l', quiet: 's', silent: 's', bytes: 'n:', 'print-bytes': 'b' },
    usage: '[-ls] [-n NUM] FILE1 [FILE2 [SKIP1 [SKIP2]]]',
    usageStatus: TROUBLE,
    package: '(GNU diffutils) 3.8',
  };
  const options = await tool.options(spec);
  const [left, right = '-'] = options.operands;
  if (left === undefined) return tool.wrongUsage(spec, tool.isBusybox ? undefined : `missing operand after '${tool.name}'`);
  const one = await open(tool, left, options);
  const two = await open(tool, right, options);
  return compare(tool, { one: new Bytes(tool.sys, one), two: new Bytes(tool.sys, two), names: [left, right], options });
};

async function open(tool: Tool, path: string, options: Options): Promise<Fd> {
  if (path === '-') return 0;
  try {
    return await tool.sys.open(path, { read: true });
  } catch (error) {
    if (!isErrno(error)) throw error;
    return options.has('s') && !tool.isBusybox ? tool.end(TROUBLE) : tool.die(`${path}: ${error.message}`, TROUBLE);
  }
}

/** A descriptor's bytes, one at a time. */
class Bytes {
  readonly #sys: Sys;
  readonly #fd: Fd;
  #piece: Uint8Array = new Uint8Array();
  #at = 0;

  constructor(sys: Sys, fd: Fd) {
    this.#sys = sys;
    this.#fd = fd;
  }

  /** Reads on if nothing is left; false at the end. */
  async ready(): Promise<boolean> {
    if (this.#at < this.#piece.length) return true;
    this.#piece = await this.#sys.read(this.#fd, READ_BYTES);
    this.#at = 0;
    return this.#piece.length > 0;
  }

  get left(): number {
    return this.#piece.length - this.#at;
  }

  take(): number {
    const byte = this.#piece[this.#at] ?? 0;
    this.#at += 1;
    return byte;
  }
}

interface Comparison {
  readonly one: Bytes;
  readonly two: Bytes;
  readonly names: readonly [string, string];
  readonly options: Options;
}

async function compare(tool: Tool, comparison: Comparison): Promise<number> {
  const { one, two, names, options } = comparison;
  const limit = Number(options.value('n') ?? Number.POSITIVE_INFINITY);
  let [at, line, status, last] = [0, 1, 0, NEWLINE];
  while (at < limit) {
    const [isLeft, isRight] = [await one.ready(), await two.ready()];
    if (!isLeft && !isRight) return status;
    if (!isLeft || !isRight) return ended(tool, { name: names[isLeft ? 1 : 0], at, line, inLine: last !== NEWLINE, options });
    for (let count = Math.min(one.left, two.left, limit - at); count > 0; count -= 1) {
      const [a, b] = [one.take(), two.take()];
      at += 1;
      if (a !== b) {
        status = DIFFERS;
        if (!options.has('l')) return differs(tool, { names, at, line, options });
        await tool.out.write(`${String(at)} ${a.toString(8).padStart(3)} ${b.toString(8).padStart(3)}\n`);
      }
      if (a === NEWLINE) line += 1;
      last = a;
    }
  }
  return status;
}

async function differs(
  tool: Tool,
  { names, at, line, options }: { names: readonly [string, string]; at: number; line: number; options: Options },
): Promise<number> {
  if (!options.has('s')) await tool.out.write(`${names[0]} ${names[1]} differ: ${tool.isBusybox ? 'char' : 'byte'} ${at}, line ${line}\n`);
  return DIFFERS;
}

async function ended(
  tool: Tool,
  { name, at, line, inLine, options }: { name: string; at: number; line: number; inLine: boolean; options: Options },
): Promise<number> {
  if (options.has('s')) return DIFFERS;
  const where = options.has('l')
    ? ` after byte ${at}`
    : at === 0
      ? ' which is empty'
      : ` after byte ${at}, ${inLine ? `in line ${line}` : `line ${line - 1}`}`;
  await tool.warn(tool.isBusybox ? `EOF on ${name}` : `EOF on ${name}${where}`);
  return DIFFERS;
}
