/**
 * The wire format of protocol buffers, as far as BuildKit's progress needs it: a message is described by a table of its fields, and
 * one pair of functions writes and reads any message so described. Fields that are not in the table are skipped when read.
 */

/** Nanoseconds since 1970, a `google.protobuf.Timestamp` on the wire. */
export type Timestamp = bigint;

export type Kind = 'string' | 'bytes' | 'int' | 'bool' | 'time' | Schema;

export interface Field {
  readonly number: number;
  readonly kind: Kind;
  readonly repeated?: boolean;
  /** What a reader finds where the writer left the field out, as proto3 does with empty values. */
  readonly absent?: unknown;
}

/** A message's fields by their names in TypeScript. */
export interface Schema {
  readonly [name: string]: Field;
}

export class ProtobufError extends Error {}

const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;
/** Ten groups of seven bits hold a 64-bit number. */
const VARINT_MAX_BYTES = 10;
const INT32_MAX = 0x7fff_ffff;
const NANOS = 1_000_000_000n;

const TIMESTAMP: Schema = { seconds: { number: 1, kind: 'int', absent: 0 }, nanos: { number: 2, kind: 'int', absent: 0 } };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The bytes of a message. Keys that are undefined, empty, 0 or false are left out; integers must be safe ones. */
export function encodeMessage(schema: Schema, message: object): Uint8Array {
  return new Uint8Array(messageBytes(schema, message));
}

function messageBytes(schema: Schema, message: object): number[] {
  const out: number[] = [];
  writeMessage(out, schema, message as Readonly<Record<string, unknown>>);
  return out;
}

function writeMessage(out: number[], schema: Schema, message: Readonly<Record<string, unknown>>): void {
  for (const [name, field] of Object.entries(schema)) {
    const value = message[name];
    if (field.repeated === true) for (const item of (value ?? []) as readonly unknown[]) writeField(out, field, item);
    else if (!isEmpty(value)) writeField(out, field, value);
  }
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === '' || value === 0 || value === false || (value instanceof Uint8Array && value.length === 0);

function writeField(out: number[], { number, kind }: Field, value: unknown): void {
  const isNumber = kind === 'int' || kind === 'bool';
  writeSmall(out, (number << 3) | (isNumber ? VARINT : DELIMITED));
  if (isNumber) writeInteger(out, Number(value));
  else writeDelimited(out, payloadOf(kind, value));
}

function payloadOf(kind: Exclude<Kind, 'int' | 'bool'>, value: unknown): ArrayLike<number> {
  if (kind === 'string') return encoder.encode(value as string);
  if (kind === 'bytes') return value as Uint8Array;
  if (kind !== 'time') return messageBytes(kind, value as object);
  const nanos = BigInt.asIntN(64, value as bigint) % NANOS;
  const within = nanos < 0n ? nanos + NANOS : nanos;
  return messageBytes(TIMESTAMP, { seconds: Number(((value as bigint) - within) / NANOS), nanos: Number(within) });
}

function writeDelimited(out: number[], bytes: ArrayLike<number>): void {
  writeSmall(out, bytes.length);
  for (let i = 0; i < bytes.length; i++) out.push(bytes[i] ?? 0);
}

function writeInteger(out: number[], value: number): void {
  if (value >= 0 && value <= INT32_MAX) return writeSmall(out, value);
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 0x7fn) {
    out.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  out.push(Number(rest));
}

/** A number of at most 31 bits, as tags and lengths are. */
function writeSmall(out: number[], value: number): void {
  let rest = value;
  while (rest > 0x7f) {
    out.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  out.push(rest);
}

/** Reads a message. Throws ProtobufError if the bytes end in the middle of a field or a field is of another kind than described. */
export function decodeMessage(schema: Schema, bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const message: Record<string, unknown> = {};
  for (const [name, { absent, repeated }] of Object.entries(schema))
    if (repeated === true) message[name] = [];
    else if (absent !== undefined) message[name] = absent;
  const byNumber = fieldsOf(schema);
  const from: Cursor = { bytes, at: 0 };
  while (from.at < bytes.length) {
    const tag = readNumber(from);
    const payload = readPayload(from, tag & 7);
    const field = byNumber.get(tag >>> 3);
    if (field === undefined) continue;
    const value = readValue(field.kind, payload);
    if (field.repeated === true) (message[field.name] as unknown[]).push(value);
    else message[field.name] = value;
  }
  return message;
}

interface NamedField extends Field {
  readonly name: string;
}

const numbered = new WeakMap<Schema, ReadonlyMap<number, NamedField>>();

function fieldsOf(schema: Schema): ReadonlyMap<number, NamedField> {
  const known = numbered.get(schema);
  if (known !== undefined) return known;
  const fields = new Map(Object.entries(schema).map(([name, field]) => [field.number, { name, ...field }]));
  numbered.set(schema, fields);
  return fields;
}

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

function readValue(kind: Kind, payload: bigint | Uint8Array): unknown {
  if (kind === 'int' || kind === 'bool') {
    if (typeof payload !== 'bigint') throw new ProtobufError('protobuf: a number was expected');
    return kind === 'bool' ? payload !== 0n : Number(BigInt.asIntN(64, payload));
  }
  if (typeof payload === 'bigint') throw new ProtobufError('protobuf: bytes were expected');
  if (kind === 'string') return decoder.decode(payload);
  if (kind === 'bytes') return payload;
  if (kind !== 'time') return decodeMessage(kind, payload);
  const { seconds, nanos } = decodeMessage(TIMESTAMP, payload);
  return BigInt(seconds as number) * NANOS + BigInt(nanos as number);
}

function readPayload(from: Cursor, wire: number): bigint | Uint8Array {
  if (wire === VARINT) return readVarint(from);
  if (wire === FIXED64) return take(from, 8);
  if (wire === FIXED32) return take(from, 4);
  if (wire === DELIMITED) return take(from, readNumber(from));
  throw new ProtobufError(`protobuf: unknown wire type ${wire}`);
}

function take(from: Cursor, length: number): Uint8Array {
  const end = from.at + length;
  if (end > from.bytes.length) throw new ProtobufError('protobuf: unexpected end of data');
  const taken = from.bytes.subarray(from.at, end);
  from.at = end;
  return taken;
}

/** A tag or a length: most are one byte. */
function readNumber(from: Cursor): number {
  const first = from.bytes[from.at];
  if (first === undefined || first >= 0x80) return Number(readVarint(from));
  from.at++;
  return first;
}

function readVarint(from: Cursor): bigint {
  let value = 0n;
  for (let i = 0; i < VARINT_MAX_BYTES; i++) {
    const byte = from.bytes[from.at++];
    if (byte === undefined) throw new ProtobufError('protobuf: unexpected end of data');
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) return value;
  }
  throw new ProtobufError('protobuf: number too long');
}
