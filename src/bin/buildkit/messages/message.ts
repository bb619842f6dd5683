/** Messages as types and tables. The tables name the fields that are used; what else comes is skipped. */
import { decodeMessage, encodeMessage, type Field, type Kind, ProtobufError, type Schema } from '../../../engine/api-types/protobuf.ts';
import { Code, GrpcError } from '../grpc/status.ts';

/** One type of message: its bytes, and what is in them. */
export interface Message<Value> {
  encode(value: Value): Uint8Array;
  /** Throws GrpcError for bytes that are no such message. */
  decode(bytes: Uint8Array): Value;
}

/** `Value` has the schema's names; fields with `absent` and lists are always there when read. */
export const message = <Value extends object>(schema: Schema): Message<Value> => ({
  encode: (value) => encodeMessage(schema, value),
  decode: (bytes) => {
    try {
      return decodeMessage(schema, bytes) as unknown as Value;
    } catch (error) {
      if (error instanceof ProtobufError) throw new GrpcError(Code.internal, `grpc: error unmarshalling request: ${error.message}`);
      throw error;
    }
  },
});

export const NO_BYTES = new Uint8Array();
export const text = (number: number): Field => ({ number, kind: 'string', absent: '' });
export const int = (number: number): Field => ({ number, kind: 'int', absent: 0 });
export const flag = (number: number): Field => ({ number, kind: 'bool', absent: false });
export const bytes = (number: number): Field => ({ number, kind: 'bytes', absent: NO_BYTES });
export const one = (number: number, kind: Kind): Field => ({ number, kind });
export const list = (number: number, kind: Kind): Field => ({ number, kind, repeated: true });

/** A map as it goes over the wire: a list of entries. */
export interface Entry<Value> {
  readonly key: string;
  readonly value: Value;
}
export type Texts = readonly Entry<string>[];

export const map = (number: number, value: Kind): Field =>
  list(number, { key: text(1), value: value === 'string' ? text(2) : value === 'bytes' ? bytes(2) : one(2, value) });

export const recordOf = <Value>(entries: readonly Entry<Value>[]): Readonly<Record<string, Value>> =>
  Object.fromEntries(entries.map(({ key, value }) => [key, value]));

export const entriesOf = <Value>(record: Readonly<Record<string, Value>>): readonly Entry<Value>[] =>
  Object.entries(record).map(([key, value]) => ({ key, value }));

export const EMPTY = message<object>({});
