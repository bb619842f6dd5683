/**
 * Executables are files. One of ours is a valid, tiny ELF file: on a real Linux it says one sentence and exits with 126, and a
 * note in it (PT_NOTE, owner `Drydock`) names the program that the model runs in its place. This file writes such files, and
 * tells what any file is that somebody executes: a program of ours, a script, somebody else's ELF file, or nothing that runs.
 * Layout: System V ABI, "Object Files"; what Linux looks at is in fs/binfmt_elf.c and fs/binfmt_script.c.
 */

export type Machine = 'amd64' | 'arm64';

export interface ExecutableOptions {
  /** Linux starts this file instead, as for every dynamically linked program: `/lib64/ld-linux-x86-64.so.2`. */
  readonly interpreter?: string;
  readonly machine?: Machine;
}

/** What a file is to execve(2). */
export type Executable =
  /** One of ours: `note` names its program, `busybox` or `gnu:ls`. */
  | { readonly kind: 'program'; readonly note: string; readonly machine: Machine; readonly interpreter?: string }
  /** An ELF file from elsewhere: `identifyForeign` may know it. */
  | { readonly kind: 'elf'; readonly machine: string; readonly interpreter?: string }
  | { readonly kind: 'script'; readonly interpreter: string; readonly argument?: string };

const SENTENCE = "This is a program of Drydock; it runs in Drydock's model of a computer only.\n";
const OWNER = 'Drydock';
const NOTE_TYPE = 1;
const EXIT_STATUS = 126;

const ELF_HEADER_BYTES = 64;
const PROGRAM_HEADER_BYTES = 56;
const PT_LOAD = 1;
const PT_INTERP = 3;
const PT_NOTE = 4;
const PT_GNU_STACK = 0x6474e551;
const ET_DYN = 3;
const PAGE_BYTES = 0x1000;
/** Linux reads no more than this of a script's first line (BINPRM_BUF_SIZE). */
const SCRIPT_LINE_BYTES = 256;
const MACHINES: ReadonlyMap<number, string> = new Map([
  [62, 'amd64'],
  [183, 'arm64'],
  [3, '386'],
  [40, 'arm'],
  [21, 'ppc64le'],
  [22, 's390x'],
  [243, 'riscv64'],
  [8, 'mips'],
  [258, 'loong64'],
]);
const ELF_MACHINE = { amd64: 62, arm64: 183 } as const satisfies Record<Machine, number>;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const little = (value: number, bytes: number): number[] => Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256);

/** write(2, sentence); exit(126), wherever the kernel maps it. `distance`: from the start of the code to the sentence. */
const CODE: Record<Machine, (distance: number, length: number) => Uint8Array> = {
  amd64: (distance, length) =>
    Uint8Array.from([
      0xb8,
      ...little(1, 4),
      0xbf,
      ...little(2, 4),
      0x48,
      0x8d,
      0x35,
      ...little(distance - 17, 4),
      0xba,
      ...little(length, 4),
      0x0f,
      0x05,
      0xb8,
      ...little(60, 4),
      0xbf,
      ...little(EXIT_STATUS, 4),
      0x0f,
      0x05,
      0,
      0,
      0,
      0,
    ]),
  arm64: (distance, length) => {
    const set = (register: number, value: number): number => 0xd2800000 + value * 32 + register;
    const sentence = distance - 4;
    const address = 0x10000000 + (sentence & 3) * 2 ** 29 + (sentence >> 2) * 32 + 1;
    const call = 0xd4000001;
    return Uint8Array.from(
      [set(0, 2), address, set(2, length), set(8, 64), call, set(0, EXIT_STATUS), set(8, 93), call].flatMap((word) => little(word, 4)),
    );
  },
};

interface Segment {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly sizeBytes: number;
  readonly align: number;
}

const aligned = (offset: number): number => Math.ceil(offset / 8) * 8;

const padded = (length: number): number => Math.ceil(length / 4) * 4;

/** A note of ours with no text in it yet; the text, and the zero at its end, come after it. */
function noteHead(textBytes: number): number[] {
  const owner = encoder.encode(`${OWNER}\0`);
  return [...little(owner.length, 4), ...little(textBytes, 4), ...little(NOTE_TYPE, 4), ...owner];
}

const elfHeader = (machine: Machine, entry: number, segments: number): number[] => [
  0x7f,
  0x45,
  0x4c,
  0x46,
  2,
  1,
  1,
  0,
  ...little(0, 8),
  ...little(ET_DYN, 2),
  ...little(ELF_MACHINE[machine], 2),
  ...little(1, 4),
  ...little(entry, 8),
  ...little(ELF_HEADER_BYTES, 8),
  ...little(0, 8),
  ...little(0, 4),
  ...little(ELF_HEADER_BYTES, 2),
  ...little(PROGRAM_HEADER_BYTES, 2),
  ...little(segments, 2),
  ...little(64, 2),
  ...little(0, 2),
  ...little(0, 2),
];

const programHeader = ({ type, flags, offset, sizeBytes, align }: Segment): number[] => [
  ...little(type, 4),
  ...little(flags, 4),
  ...little(offset, 8),
  ...little(offset, 8),
  ...little(offset, 8),
  ...little(sizeBytes, 8),
  ...little(sizeBytes, 8),
  ...little(align, 8),
];

/** The bytes of an executable of ours. The same arguments give the same bytes. */
export function makeExecutable(note: string, options: ExecutableOptions = {}): Uint8Array {
  const text = encoder.encode(note);
  const key = `${text.length} ${options.machine ?? ''} ${options.interpreter ?? ''}`;
  const frame = frames.get(key) ?? frameFor(text.length + 1, options);
  frames.set(key, frame);
  const bytes = frame.bytes.slice();
  bytes.set(text, frame.textAt);
  return bytes;
}

/** An executable without the text of its note. */
interface Frame {
  readonly bytes: Uint8Array;
  readonly textAt: number;
}

/** A disk has hundreds of executables, and they differ in their notes alone. */
const frames = new Map<string, Frame>();

function frameFor(textBytes: number, options: ExecutableOptions): Frame {
  const machine = options.machine ?? 'amd64';
  const interpreter = options.interpreter === undefined ? null : encoder.encode(`${options.interpreter}\0`);
  const sentence = encoder.encode(SENTENCE);
  const count = interpreter ? 4 : 3;
  const noteAt = ELF_HEADER_BYTES + count * PROGRAM_HEADER_BYTES;
  const head = noteHead(textBytes);
  const textAt = noteAt + padded(head.length);
  const noteLength = textAt + padded(textBytes) - noteAt;
  const interpreterAt = aligned(noteAt + noteLength);
  const codeAt = aligned(interpreterAt + (interpreter?.length ?? 0));
  const code = CODE[machine](CODE[machine](0, 0).length, sentence.length);
  const sizeBytes = codeAt + code.length + sentence.length;
  const segments: Segment[] = [
    ...(interpreter ? [{ type: PT_INTERP, flags: 4, offset: interpreterAt, sizeBytes: interpreter.length, align: 1 }] : []),
    { type: PT_LOAD, flags: 5, offset: 0, sizeBytes, align: PAGE_BYTES },
    { type: PT_NOTE, flags: 4, offset: noteAt, sizeBytes: noteLength, align: 4 },
    { type: PT_GNU_STACK, flags: 6, offset: 0, sizeBytes: 0, align: 16 },
  ];
  const bytes = new Uint8Array(sizeBytes);
  bytes.set([...elfHeader(machine, codeAt, count), ...segments.flatMap(programHeader)]);
  if (interpreter) bytes.set(interpreter, interpreterAt);
  bytes.set(head, noteAt);
  bytes.set(code, codeAt);
  bytes.set(sentence, codeAt + code.length);
  return { bytes, textAt };
}

/** What `bytes` are to execve(2); null is ENOEXEC. Never throws, whatever the bytes are. */
export function readExecutable(bytes: Uint8Array): Executable | null {
  if (bytes[0] === 0x23 && bytes[1] === 0x21) return readScript(bytes);
  if (bytes.length < ELF_HEADER_BYTES || bytes[0] !== 0x7f || decoder.decode(bytes.subarray(1, 4)) !== 'ELF') return null;
  return readElf(bytes);
}

/** `#! interpreter argument`: everything after the first gap is one argument, as Linux has it. */
function readScript(bytes: Uint8Array): Executable | null {
  const line = decoder.decode(bytes.subarray(2, SCRIPT_LINE_BYTES)).split('\n')[0] ?? '';
  const match = /^[ \t]*([^ \t\0]+)(?:[ \t]+([^\0]*?))?[ \t\0]*$/.exec(line);
  const interpreter = match?.[1];
  if (interpreter === undefined) return null;
  const argument = match?.[2];
  return { kind: 'script', interpreter, ...(argument ? { argument } : {}) };
}

function readElf(bytes: Uint8Array): Executable | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = bytes[5] === 1;
  const machine = MACHINES.get(view.getUint16(18, isLittle)) ?? 'unknown';
  if (bytes[4] !== 2 || !isLittle) return { kind: 'elf', machine };
  const type = view.getUint16(16, true);
  if (type !== 2 && type !== ET_DYN) return null;
  const found = segmentsOf(view);
  const interpreterAt = found.find((segment) => segment.type === PT_INTERP);
  const interpreter = interpreterAt
    ? cString(bytes.subarray(interpreterAt.offset, interpreterAt.offset + interpreterAt.sizeBytes))
    : undefined;
  const more = interpreter === undefined ? {} : { interpreter };
  const note = found
    .filter((segment) => segment.type === PT_NOTE)
    .map((segment) => ownNote(view, segment))
    .find((text) => text !== undefined);
  if (note !== undefined && (machine === 'amd64' || machine === 'arm64')) return { kind: 'program', note, machine, ...more };
  return { kind: 'elf', machine, ...more };
}

function segmentsOf(view: DataView): Segment[] {
  const start = Number(view.getBigUint64(32, true));
  const size = view.getUint16(54, true);
  const count = Math.min(view.getUint16(56, true), 64);
  if (size < PROGRAM_HEADER_BYTES) return [];
  return Array.from({ length: count }, (_, i) => start + i * size)
    .filter((at) => at + PROGRAM_HEADER_BYTES <= view.byteLength)
    .map((at) => ({
      type: view.getUint32(at, true),
      flags: view.getUint32(at + 4, true),
      offset: Number(view.getBigUint64(at + 8, true)),
      sizeBytes: Number(view.getBigUint64(at + 32, true)),
      align: Number(view.getBigUint64(at + 48, true)),
    }));
}

const cString = (bytes: Uint8Array): string => decoder.decode(bytes).split('\0')[0] ?? '';

/** The text of our note in a PT_NOTE segment, if that is what it holds. */
function ownNote(view: DataView, { offset, sizeBytes }: Segment): string | undefined {
  const end = offset + sizeBytes;
  if (sizeBytes < 12 || end > view.byteLength) return undefined;
  const ownerBytes = view.getUint32(offset, true);
  const textBytes = view.getUint32(offset + 4, true);
  const textAt = offset + 12 + Math.ceil(ownerBytes / 4) * 4;
  if (ownerBytes !== OWNER.length + 1 || textAt + textBytes > end) return undefined;
  const slice = (at: number, length: number): string => cString(new Uint8Array(view.buffer, view.byteOffset + at, length));
  return slice(offset + 12, ownerBytes) === OWNER ? slice(textAt, textBytes) : undefined;
}

/** Words that only one program's own file has in it, all of them, and the note of our program that does the same. */
const FOREIGN: readonly { readonly note: string; readonly words: readonly string[] }[] = [
  { note: 'busybox', words: ['BusyBox v1.', 'Currently defined functions'] },
  { note: 'nginx', words: ['nginx version: ', 'nginx.conf'] },
  { note: 'redis-server', words: ['Redis version=', 'redis.conf'] },
  { note: 'httpd', words: ['Server version: Apache', 'httpd.conf'] },
  { note: 'registry', words: ['github.com/distribution/distribution', 'docker-distribution-api-version'] },
  { note: 'hello-world', words: ['Hello from Docker!', 'This message shows that your installation appears to be working correctly.'] },
];

/** The note of our program that can stand in for somebody else's ELF file, where its own words tell which one it is. */
export function identifyForeign(bytes: Uint8Array): string | undefined {
  return FOREIGN.find(({ words }) => words.every((word) => contains(bytes, encoder.encode(word))))?.note;
}

function contains(bytes: Uint8Array, word: Uint8Array): boolean {
  const first = word[0];
  if (first === undefined) return true;
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
    let same = 1;
    while (same < word.length && bytes[at + same] === word[same]) same += 1;
    if (same === word.length) return true;
  }
  return false;
}
