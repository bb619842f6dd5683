/** DNS messages (RFC 1035), as far as names, addresses and pointers go. */
export type RecordType = 'A' | 'AAAA' | 'PTR' | 'CNAME' | 'MX' | 'TXT' | 'NS' | 'SOA' | 'SRV' | 'ANY';
export type ResponseCode = 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED';

export interface Question {
  readonly name: string;
  readonly type: RecordType;
}
/** `data` is an address as text, or a name; text for TXT. */
export interface ResourceRecord {
  readonly name: string;
  readonly type: RecordType;
  readonly ttl: number;
  readonly data: string;
}
export interface Message {
  readonly id: number;
  readonly isResponse: boolean;
  readonly isAuthoritative?: boolean;
  readonly recursionAvailable?: boolean;
  readonly code: ResponseCode;
  readonly questions: readonly Question[];
  readonly answers: readonly ResourceRecord[];
}

const TYPES: Readonly<Record<RecordType, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  ANY: 255,
};
const CODES: readonly ResponseCode[] = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const MAX_POINTERS = 32;

export function encodeMessage(message: Message): Uint8Array {
  const { id, code, questions, answers } = message;
  const flags =
    (message.isResponse ? 0x8000 : 0) |
    (message.isAuthoritative ? 0x0400 : 0) |
    0x0100 |
    (message.recursionAvailable ? 0x0080 : 0) |
    CODES.indexOf(code);
  const bytes: number[] = [...word(id), ...word(flags), ...word(questions.length), ...word(answers.length), 0, 0, 0, 0];
  for (const { name, type } of questions) bytes.push(...nameBytes(name), ...word(TYPES[type]), ...word(1));
  for (const record of answers) {
    const data = dataBytes(record);
    bytes.push(
      ...nameBytes(record.name),
      ...word(TYPES[record.type]),
      ...word(1),
      ...word(record.ttl >>> 16),
      ...word(record.ttl & 0xffff),
      ...word(data.length),
      ...data,
    );
  }
  return Uint8Array.from(bytes);
}

const word = (value: number): [number, number] => [(value >> 8) & 0xff, value & 0xff];

function nameBytes(name: string): readonly number[] {
  const labels = name
    .replace(/\.$/, '')
    .split('.')
    .filter((label) => label !== '');
  return [...labels.flatMap((label) => [Math.min(label.length, 63), ...encoder.encode(label).subarray(0, 63)]), 0];
}

function dataBytes({ type, data }: ResourceRecord): readonly number[] {
  switch (type) {
    case 'A':
      return data.split('.').map(Number);
    case 'AAAA':
      return v6Bytes(data);
    case 'TXT':
      return [Math.min(data.length, 255), ...encoder.encode(data).subarray(0, 255)];
    default:
      return nameBytes(data);
  }
}

function v6Bytes(text: string): readonly number[] {
  const [head = '', tail] = text.split('::');
  const groups = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = new Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0);
  return [...before, ...zeros, ...after].flatMap(word);
}

/** Undefined if the bytes are no message. */
export function decodeMessage(bytes: Uint8Array): Message | undefined {
  if (bytes.length < 12) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const flags = view.getUint16(2);
    let at = 12;
    const questions: Question[] = [];
    for (let i = view.getUint16(4); i > 0; i -= 1) {
      const { name, next } = readName(bytes, at);
      questions.push({ name, type: typeOf(view.getUint16(next)) });
      at = next + 4;
    }
    const answers: ResourceRecord[] = [];
    for (let i = view.getUint16(6); i > 0; i -= 1) {
      const { record, next } = readRecord(bytes, at, view);
      answers.push(record);
      at = next;
    }
    return {
      id: view.getUint16(0),
      isResponse: (flags & 0x8000) !== 0,
      isAuthoritative: (flags & 0x0400) !== 0,
      recursionAvailable: (flags & 0x80) !== 0,
      code: CODES[flags & 15] ?? 'SERVFAIL',
      questions,
      answers,
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const typeOf = (number: number): RecordType => (Object.keys(TYPES) as RecordType[]).find((type) => TYPES[type] === number) ?? 'ANY';

function readName(bytes: Uint8Array, start: number): { name: string; next: number } {
  const labels: string[] = [];
  let at = start;
  let next = -1;
  for (let jumps = 0; ; ) {
    const length = bytes[at];
    if (length === undefined || jumps > MAX_POINTERS) throw new RangeError('name');
    if (length === 0) break;
    if (length >= 0xc0) {
      if (next < 0) next = at + 2;
      at = ((length & 0x3f) << 8) | (bytes[at + 1] ?? 0);
      jumps += 1;
      continue;
    }
    labels.push(decoder.decode(bytes.subarray(at + 1, at + 1 + length)));
    at += 1 + length;
  }
  return { name: labels.join('.'), next: next < 0 ? at + 1 : next };
}

function readRecord(bytes: Uint8Array, start: number, view: DataView): { record: ResourceRecord; next: number } {
  const { name, next } = readName(bytes, start);
  const type = typeOf(view.getUint16(next));
  const ttl = view.getUint32(next + 4);
  const length = view.getUint16(next + 8);
  const from = next + 10;
  return { record: { name, type, ttl, data: readData(bytes, { type, from, length }) }, next: from + length };
}

function readData(bytes: Uint8Array, { type, from, length }: { type: RecordType; from: number; length: number }): string {
  const data = bytes.subarray(from, from + length);
  if (type === 'A') return [...data].join('.');
  if (type === 'AAAA') return v6Text(data);
  if (type === 'TXT') return decoder.decode(data.subarray(1));
  return readName(bytes, from).name;
}

function v6Text(data: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => (((data[2 * i] ?? 0) << 8) | (data[2 * i + 1] ?? 0)).toString(16));
  const text = groups.join(':');
  const runs = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length);
  const run = runs[0];
  if (run === undefined) return text;
  const shortened = `${text.slice(0, run.index)}::${text.slice(run.index + run[0].length).replace(/^:/, '')}`;
  return shortened;
}
