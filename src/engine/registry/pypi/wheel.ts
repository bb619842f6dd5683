/** Wheels: zip archives without compression, the same bytes each time they are made. */

/** A project of the index, as a miniature of the original's. */
export interface Project {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  readonly homePage: string;
  readonly license: string;
  readonly requires: readonly string[];
  /** What `pip` shows for the size of the original. */
  readonly sizeBytes: number;
  readonly commands?: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

const encoder = new TextEncoder();
const CRC = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function crc32(data: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of data) value = ((CRC[(value ^ byte) & 255] ?? 0) ^ (value >>> 8)) >>> 0;
  return ~value >>> 0;
}

/** 1 January 1980, in the form of zip. */
const DATE = 0x21;
const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];

function record(fields: readonly (readonly [size: 2 | 4, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

function zip(files: readonly (readonly [name: string, text: string])[]): Uint8Array {
  const local: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const [path, text] of files) {
    const [name, data] = [encoder.encode(path), encoder.encode(text)];
    const about = [
      [2, 0],
      [2, 0],
      [2, 0],
      [2, DATE],
      [4, crc32(data)],
      [4, data.length],
      [4, data.length],
      [2, name.length],
      [2, 0],
    ] as const;
    const head = record([[4, LOCAL], [2, 20], ...about]);
    local.push(head, name, data);
    central.push(record([[4, CENTRAL], [2, 20], [2, 20], ...about, [2, 0], [2, 0], [2, 0], [4, 0o644 << 16], [4, offset]]), name);
    offset += head.length + name.length + data.length;
  }
  const size = central.reduce((sum, part) => sum + part.length, 0);
  const end = record([
    [4, END],
    [2, 0],
    [2, 0],
    [2, files.length],
    [2, files.length],
    [4, size],
    [4, offset],
    [2, 0],
  ]);
  return join([...local, ...central, end]);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const fileName = ({ name, version }: Project): string => `${name.replace(/[-.]/g, '_').toLowerCase()}-${version}`;
export const wheelName = (project: Project): string => `${fileName(project)}-py3-none-any.whl`;

export function wheelOf(project: Project): Uint8Array {
  const { name, version, summary, homePage, license, requires, commands = {}, files } = project;
  const info = `${fileName(project)}.dist-info`;
  const metadata = [
    'Metadata-Version: 2.1',
    `Name: ${name}`,
    `Version: ${version}`,
    `Summary: ${summary}`,
    `Home-page: ${homePage}`,
    `License: ${license}`,
    ...requires.map((one) => `Requires-Dist: ${one}`),
    '',
    '',
  ].join('\n');
  const scripts = Object.entries(commands).map(([command, target]) => `${command} = ${target}\n`);
  return zip([
    ...Object.entries(files),
    [`${info}/METADATA`, metadata],
    [`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: drydock\nRoot-Is-Purelib: true\nTag: py3-none-any\n'],
    ...(scripts.length > 0 ? ([[`${info}/entry_points.txt`, `[console_scripts]\n${scripts.join('')}`]] as const) : []),
    [`${info}/RECORD`, ''],
  ]);
}
