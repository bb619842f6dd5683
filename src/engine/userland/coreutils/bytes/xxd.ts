/** `xxd`: hexadecimal and back. */
import { bytesOf, rawOf, readAll } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { shown } from './od.ts';

const SPEC = {
  short: 'abc:deg:il:n:o:prs:uR:',
  usage: '[-ab] [-c COLS] [-g SIZE] [-l LEN] [-o OFFS] [-s OFFS] [-pri] [FILE]',
  package: '2022-01-14 by Juergen Weigert et al.',
};

export const xxd: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const [inPath = '-', outPath] = options.operands;
  const fd = await tool.openInput(inPath);
  if (fd === null) return 2;
  const all = await readAll(tool.sys, fd);
  const offset = Number(options.value('s') ?? 0);
  const start = offset < 0 ? all.length + offset : offset;
  const length = options.value('l');
  const bytes = all.subarray(start, length === undefined ? undefined : start + Number(length));
  const settings = {
    isUpper: options.has('u'),
    isBinary: options.has('b'),
    isLittle: options.has('e'),
    columns: Number(options.value('c') ?? (options.has('p') ? 30 : options.has('i') ? 12 : options.has('b') ? 6 : 16)),
    group: Number(options.value('g') ?? (options.has('b') ? 1 : options.has('e') ? 4 : 2)),
    offset: start + Number(options.value('o') ?? 0),
  };
  const raw = options.has('r')
    ? reversed(rawOf(all), options.has('p'))
    : options.has('p')
      ? plain(bytes, settings)
      : options.has('i')
        ? included(bytes, { ...settings, name: inPath })
        : dump(bytes, settings);
  if (outPath === undefined) await tool.out.raw(raw);
  else await writeTo(tool, outPath, raw);
  return 0;
};

async function writeTo(tool: Tool, path: string, raw: string): Promise<void> {
  await tool.attempt(
    () => tool.sys.path.writeFile(path, bytesOf(raw), 0o666),
    (reason) => `${path}: ${reason}`,
  );
}

interface Settings {
  readonly isUpper: boolean;
  readonly isBinary: boolean;
  readonly isLittle: boolean;
  readonly columns: number;
  readonly group: number;
  readonly offset: number;
}

const hex = (byte: number, isUpper: boolean): string => {
  const text = byte.toString(16).padStart(2, '0');
  return isUpper ? text.toUpperCase() : text;
};

function dump(bytes: Uint8Array, settings: Settings): string {
  const { columns, isBinary, offset } = settings;
  const group = settings.group <= 0 ? columns : settings.group;
  const cell = isBinary ? 8 : 2;
  const width = columns * cell + Math.ceil(columns / group) - 1;
  let out = '';
  for (let at = 0; at < bytes.length; at += columns) {
    const block = bytes.subarray(at, at + columns);
    const groups: string[] = [];
    for (let i = 0; i < block.length; i += group) {
      const cells = [...block.subarray(i, i + group)].map((byte) =>
        isBinary ? byte.toString(2).padStart(8, '0') : hex(byte, settings.isUpper),
      );
      groups.push((settings.isLittle ? cells.reverse() : cells).join('').padStart(settings.isLittle ? group * cell : 0));
    }
    out += `${(offset + at).toString(16).padStart(8, '0')}: ${groups.join(' ').padEnd(width)}  ${shown(block)}\n`;
  }
  return out;
}

function plain(bytes: Uint8Array, { columns, isUpper }: Settings): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += columns)
    out += `${[...bytes.subarray(at, at + columns)].map((byte) => hex(byte, isUpper)).join('')}\n`;
  return out;
}

function included(bytes: Uint8Array, { columns, name }: Settings & { name: string }): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += columns)
    rows.push(`  ${[...bytes.subarray(at, at + columns)].map((byte) => `0x${hex(byte, false)}`).join(', ')}`);
  const body = rows.join(',\n');
  if (name === '-') return `${body}\n`;
  const id = name.replace(/[^A-Za-z0-9]/g, '_').replace(/^(?=\d)/, '__');
  return `unsigned char ${id}[] = {\n${body}\n};\nunsigned int ${id}_len = ${bytes.length};\n`;
}

/** The bytes of a dump. */
function reversed(raw: string, isPlain: boolean): string {
  if (isPlain) return fromHex(raw.replace(/[^0-9a-fA-F]/g, ''));
  let out = '';
  for (const line of raw.split('\n')) {
    const match = /^([0-9a-fA-F]+):\s*((?:[0-9a-fA-F]+ ?)*)/.exec(line);
    if (match === null) continue;
    const at = Number.parseInt(match[1] ?? '0', 16);
    out = out.padEnd(at, '\0').slice(0, at) + fromHex((match[2] ?? '').replace(/ /g, ''));
  }
  return out;
}

function fromHex(digits: string): string {
  let raw = '';
  for (let i = 0; i + 1 < digits.length; i += 2) raw += String.fromCharCode(Number.parseInt(digits.slice(i, i + 2), 16));
  return raw;
}
