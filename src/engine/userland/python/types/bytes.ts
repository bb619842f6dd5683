/** bytes and bytearray, range and slice. */

import { classMethods, members, methodSteps, methods, textOf } from '../library/define.ts';
import { integer } from '../protocol/arithmetic.ts';
import { findBytes, pick, sliceRange } from '../protocol/items.ts';
import { collect, iteratorNow, RANGE_ITERATOR } from '../protocol/iterate.ts';
import { reserve } from '../protocol/sequences.ts';
import { typeError, valueError } from '../runtime/exceptions.ts';
import type { Steps, Thread } from '../runtime/thread.ts';
import {
  BYTEARRAY,
  BYTES,
  classOf,
  PyByteArray,
  PyBytes,
  PyIterator,
  PyList,
  PyRange,
  PySlice,
  PyTuple,
  type PyType,
  plain,
  RANGE,
  SLICE,
  STOP,
  type Value,
} from '../runtime/values.ts';
import { decodeBytes, encodeText } from './codecs.ts';

type Args = { readonly list: readonly Value[]; readonly named: ReadonlyMap<string, Value> | null };

function* dataOf(thread: Thread, { list, named }: Args, word: string): Steps<Uint8Array> {
  const [value, encoding = named?.get('encoding'), errors = named?.get('errors')] = list;
  if (value === undefined) return new Uint8Array(0);
  const own = plain(value);
  if (typeof own === 'string') {
    if (encoding === undefined) throw typeError('string argument without an encoding');
    return encodeText(own, String(encoding), String(errors ?? 'strict'));
  }
  if (own instanceof PyBytes || own instanceof PyByteArray) return own.data.slice();
  const size = integer(own);
  if (size !== null) {
    if (size < 0) throw valueError('negative count');
    reserve(thread, Number(size));
    return new Uint8Array(Number(size));
  }
  if (own instanceof PyList || own instanceof PyTuple || iteratorNow(own) !== undefined || typeof own === 'object')
    return Uint8Array.from(
      (yield* collect(thread, own)).map((one) => {
        const byte = integer(one);
        if (byte === null) throw typeError(`'${classOf(one).name}' object cannot be interpreted as an integer`);
        if (byte < 0 || byte > 255) throw valueError(`${word} must be in range(0, 256)`);
        return Number(byte);
      }),
    );
  throw typeError(`cannot convert '${classOf(value).name}' object to bytes`);
}
BYTES.makeSteps = function* (thread, cls, args) {
  return new PyBytes(yield* dataOf(thread, args, 'bytes'), cls);
};
BYTEARRAY.makeSteps = function* (thread, _, args) {
  return new PyByteArray(yield* dataOf(thread, args, 'byte'));
};

export function bytesIn(value: Value | undefined): Uint8Array {
  if (value instanceof PyBytes || value instanceof PyByteArray) return value.data;
  throw typeError(`a bytes-like object is required, not '${classOf(value ?? null).name}'`);
}

const raw = (data: Uint8Array): string => {
  let text = '';
  for (const byte of data) text += String.fromCharCode(byte);
  return text;
};
const unraw = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const like = (self: Value | undefined, data: Uint8Array): Value =>
  self instanceof PyByteArray ? new PyByteArray(data) : new PyBytes(data);
const t = (value: Value | undefined): string => raw(bytesIn(value));

function stripped(self: Value | undefined, chars: Value | undefined, sides: 'both' | 'left' | 'right'): Value {
  const set = chars === null ? ' \t\n\r\v\f' : t(chars);
  const text = t(self);
  let [from, to] = [0, text.length];
  if (sides !== 'right') while (from < to && set.includes(text[from] ?? '')) from += 1;
  if (sides !== 'left') while (to > from && set.includes(text[to - 1] ?? '')) to -= 1;
  return like(self, unraw(text.slice(from, to)));
}

function splitBytes(self: Value | undefined, by: Value | undefined, most: number): PyList {
  const text = t(self);
  const parts = by === null ? text.trim().split(/\s+/) : text.split(t(by));
  const cut = most >= 0 && parts.length > most + 1 && by !== null ? [...parts.slice(0, most), parts.slice(most).join(t(by))] : parts;
  return new PyList((by === null && text.trim() === '' ? [] : cut).map((one) => like(self, unraw(one))));
}

function starts(self: Value | undefined, part: Value | undefined, isEnd: boolean): boolean {
  const all = part instanceof PyTuple ? part.items : [part];
  return all.some((one) => (isEnd ? t(self).endsWith(t(one)) : t(self).startsWith(t(one))));
}

for (const type of [BYTES, BYTEARRAY]) {
  methods(type, {
    "decode(self, encoding='utf-8', errors='strict')": ([self, encoding, errors]) =>
      decodeBytes(bytesIn(self), String(encoding), String(errors)),
    'hex(self, sep=None)': ([self, sep]) =>
      [...bytesIn(self)].map((byte) => byte.toString(16).padStart(2, '0')).join(sep === null ? '' : textOf(sep)),
    'upper(self)': ([self]) => like(self, unraw(t(self).replace(/[a-z]/g, (char) => char.toUpperCase()))),
    'lower(self)': ([self]) => like(self, unraw(t(self).replace(/[A-Z]/g, (char) => char.toLowerCase()))),
    'strip(self, chars=None, /)': ([self, chars]) => stripped(self, chars, 'both'),
    'lstrip(self, chars=None, /)': ([self, chars]) => stripped(self, chars, 'left'),
    'rstrip(self, chars=None, /)': ([self, chars]) => stripped(self, chars, 'right'),
    'split(self, sep=None, maxsplit=-1)': ([self, by, most]) => splitBytes(self, by, Number(most)),
    'splitlines(self, keepends=False)': ([self, keeps]) =>
      new PyList(
        (t(self).match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? []).map((line) =>
          like(self, unraw(keeps === true ? line : line.replace(/[\r\n]+$/, ''))),
        ),
      ),
    'partition(self, sep, /)': ([self, by]) => {
      const at = t(self).indexOf(t(by));
      const parts = at < 0 ? [t(self), '', ''] : [t(self).slice(0, at), t(by), t(self).slice(at + t(by).length)];
      return new PyTuple(parts.map((one) => like(self, unraw(one))));
    },
    'startswith(self, prefix, /)': ([self, part]) => starts(self, part, false),
    'endswith(self, suffix, /)': ([self, part]) => starts(self, part, true),
    'find(self, sub, start=0, end=None, /)': ([self, part, from]) =>
      findBytes(bytesIn(self), typeof part === 'number' ? Uint8Array.of(part) : bytesIn(part), Number(from)),
    'rfind(self, sub, /)': ([self, part]) => t(self).lastIndexOf(t(part)),
    'index(self, sub, start=0, end=None, /)': ([self, part, from]) => {
      const at = findBytes(bytesIn(self), bytesIn(part), Number(from));
      if (at < 0) throw valueError('subsection not found');
      return at;
    },
    'count(self, sub, /)': ([self, part]) => t(self).split(typeof part === 'number' ? String.fromCharCode(part) : t(part)).length - 1,
    'replace(self, old, new, count=-1, /)': ([self, from, to]) => like(self, unraw(t(self).replaceAll(t(from), () => t(to)))),
    'ljust(self, width, fillchar=None, /)': ([self, width, char]) =>
      like(self, unraw(t(self).padEnd(Number(width), char === null ? ' ' : t(char)))),
    'rjust(self, width, fillchar=None, /)': ([self, width, char]) =>
      like(self, unraw(t(self).padStart(Number(width), char === null ? ' ' : t(char)))),
    'isdigit(self)': ([self]) => /^\d+$/.test(t(self)),
    'isalpha(self)': ([self]) => /^[a-zA-Z]+$/.test(t(self)),
    'copy(self)': ([self]) => like(self, bytesIn(self).slice()),
    '__len__(self)': ([self]) => bytesIn(self).length,
    '__iter__(self)': ([self]) => iteratorNow(self as Value) as Value,
    '__bytes__(self)': ([self]) => new PyBytes(bytesIn(self)),
  });
  methodSteps(type, {
    *'join(self, iterable, /)'([self, parts], thread) {
      const all = yield* collect(thread, parts as Value);
      all.forEach((one, index) => {
        if (!(one instanceof PyBytes || one instanceof PyByteArray))
          throw typeError(`sequence item ${index}: expected a bytes-like object, ${classOf(one).name} found`);
      });
      return like(self, unraw(all.map(t).join(t(self))));
    },
  });
  classMethods(type, {
    'fromhex(cls, string, /)': ([cls, text]) => {
      const digits = textOf(text).replace(/\s+/g, '');
      if (!/^([\da-fA-F]{2})*$/.test(digits)) throw valueError('non-hexadecimal number found in fromhex() arg at position 0');
      const data = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
      return (cls as PyType) === BYTEARRAY ? new PyByteArray(data) : new PyBytes(data);
    },
  });
}
methods(BYTEARRAY, {
  'append(self, item, /)': ([self, byte]) => {
    const array = self as PyByteArray;
    array.data = Uint8Array.from([...array.data, Number(byte)]);
    return null;
  },
  'extend(self, other, /)': ([self, other]) => {
    const array = self as PyByteArray;
    array.data = Uint8Array.from([...array.data, ...bytesIn(other)]);
    return null;
  },
  'clear(self)': ([self]) => {
    (self as PyByteArray).data = new Uint8Array(0);
    return null;
  },
  '__iadd__(self, other, /)': ([self, other]) => {
    const array = self as PyByteArray;
    array.data = Uint8Array.from([...array.data, ...bytesIn(other)]);
    return array;
  },
});
methodSteps(BYTEARRAY, {
  *'__delitem__(self, key, /)'([self, key], thread) {
    const array = self as PyByteArray;
    const range =
      key instanceof PySlice
        ? yield* sliceRange(thread, key, array.data.length)
        : { start: Number(key), stop: Number(key) + 1, step: 1, count: 1 };
    const gone = new Set(
      pick(
        Array.from(array.data, (_, at) => at),
        range,
      ),
    );
    array.data = array.data.filter((_, at) => !gone.has(at));
    return null;
  },
});

RANGE.make = (_, __, { list }) => {
  const numbers = list.map((one) => {
    const value = integer(plain(one));
    if (value === null) throw typeError(`'${classOf(one).name}' object cannot be interpreted as an integer`);
    return Number(value);
  });
  if (numbers.length === 0) throw typeError('range expected at least 1 argument, got 0');
  if (numbers.length > 3) throw typeError(`range expected at most 3 arguments, got ${numbers.length}`);
  const [a = 0, b, step = 1] = numbers;
  if (step === 0) throw valueError('range() arg 3 must not be zero');
  return b === undefined ? new PyRange(0, a, 1) : new PyRange(a, b, step);
};
members(RANGE, {
  start: (self) => (self as PyRange).start,
  stop: (self) => (self as PyRange).stop,
  step: (self) => (self as PyRange).step,
});
methods(RANGE, {
  '__len__(self)': ([self]) => (self as PyRange).length,
  '__iter__(self)': ([self]) => iteratorNow(self as Value) as Value,
  '__reversed__(self)': ([self]) => {
    const { start, step, length } = self as PyRange;
    let at = length;
    return new PyIterator(RANGE_ITERATOR, {
      next: () => {
        at -= 1;
        return at < 0 ? STOP : start + at * step;
      },
    });
  },
  'index(self, value, /)': ([self, value]) => {
    const { start, step, length } = self as PyRange;
    const at = (Number(value) - start) / step;
    if (!Number.isInteger(at) || at < 0 || at >= length) throw valueError(`${String(value)} is not in range`);
    return at;
  },
  'count(self, value, /)': ([self, value]) => {
    const { start, step, length } = self as PyRange;
    const at = (Number(value) - start) / step;
    return Number.isInteger(at) && at >= 0 && at < length ? 1 : 0;
  },
});

SLICE.make = (_, __, { list }) => {
  const [a = null, b, c = null] = list;
  return b === undefined ? new PySlice(null, a, null) : new PySlice(a, b, c);
};
members(SLICE, {
  start: (self) => (self as PySlice).start,
  stop: (self) => (self as PySlice).stop,
  step: (self) => (self as PySlice).step,
});
methodSteps(SLICE, {
  *'indices(self, length, /)'([self, length], thread) {
    const { start, stop, step } = yield* sliceRange(thread, self as PySlice, Number(length));
    return new PyTuple([start, stop, step]);
  },
});
