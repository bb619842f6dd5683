/** `time`: clocks, sleeping, and dates as tuples. The machine's zone is UTC. */

import { numeric } from '../../protocol/compare.ts';
import { fail, typeError, valueError } from '../../runtime/exceptions.ts';
import type { Interpreter } from '../../runtime/interpreter.ts';
import type { Steps, Thread } from '../../runtime/thread.ts';
import { classOf, PyFloat, PyTuple, plain, type Value } from '../../runtime/values.ts';
import { fn, moduleOf, steps, textOf } from '../define.ts';
import { namedTuple, tupleType } from '../named-tuples.ts';
import { rest } from '../waiting.ts';
import { parseDate, strftime } from './dates.ts';

const FIELDS = ['tm_year', 'tm_mon', 'tm_mday', 'tm_hour', 'tm_min', 'tm_sec', 'tm_wday', 'tm_yday', 'tm_isdst'];
const STRUCT_TIME = tupleType('struct_time', FIELDS, 'time');
STRUCT_TIME.make = (_, cls, { list }) => new PyTuple((list[0] as PyTuple).items, cls);
const NS = 1_000_000_000;
const MS_PER_S = 1000;

export function seconds(value: Value): number {
  const number = numeric(plain(value));
  if (number === null) throw typeError(`'${classOf(value).name}' object cannot be interpreted as an integer`);
  return Number(number);
}

function structOf(at: number): Value {
  const date = new Date(Math.floor(at) * MS_PER_S);
  if (Number.isNaN(date.getTime())) throw fail('OverflowError', 'timestamp out of range for platform time_t');
  const start = Date.UTC(date.getUTCFullYear(), 0, 1);
  const day = Math.floor((date.getTime() - start) / 86_400_000) + 1;
  return namedTuple(STRUCT_TIME, [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    (date.getUTCDay() + 6) % 7,
    day,
    0,
  ]);
}

const now = ({ interpreter }: Thread): number => Number(interpreter.sys.clock.nowNs()) / NS;
const given = (value: Value | undefined, thread: Thread): number => (value === null || value === undefined ? now(thread) : seconds(value));
const fieldsOf = (value: Value | undefined, thread: Thread): readonly number[] => {
  const tuple = value === null || value === undefined ? structOf(now(thread)) : value;
  if (!(tuple instanceof PyTuple)) throw typeError('Tuple or struct_time argument required');
  return tuple.items.map(Number);
};

/** Sleeps until so many seconds have passed, also if signals come in between. */
export function* sleep(thread: Thread, duration: number): Steps<void> {
  const { sys } = thread.interpreter;
  const end = Number(sys.clock.monotonicNs()) + duration * NS;
  const queue = sys.queue();
  for (;;) {
    const left = (end - Number(sys.clock.monotonicNs())) / 1e6;
    // In the main thread a signal wakes it, whichever thread the kernel gave it to.
    if (!(yield* rest(thread, queue, Math.max(0, left))) || left <= 0) return;
  }
}

const clockOf = (read: (thread: Thread) => bigint) => ({
  seconds: (_: Value[], thread: Thread) => new PyFloat(Number(read(thread)) / NS),
  ns: (_: Value[], thread: Thread): Value => {
    const value = read(thread);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  },
});
const CLOCKS = {
  time: clockOf(({ interpreter }) => interpreter.sys.clock.nowNs()),
  monotonic: clockOf(({ interpreter }) => interpreter.sys.clock.monotonicNs()),
  perf_counter: clockOf(({ interpreter }) => interpreter.sys.clock.monotonicNs()),
  process_time: clockOf(({ interpreter }) => interpreter.sys.times().selfNs),
  thread_time: clockOf(({ interpreter }) => interpreter.sys.times().selfNs),
};

const asText = (fields: readonly number[]): string => strftime('%a %b %e %H:%M:%S %Y', fields, 0);

export const create = (_: Interpreter) =>
  moduleOf('time', {
    functions: [
      ...Object.entries(CLOCKS).flatMap(([name, clock]) => [fn(`${name}()`, clock.seconds), fn(`${name}_ns()`, clock.ns)]),
      steps('sleep(seconds, /)', function* ([duration], thread) {
        const wanted = seconds(duration as Value);
        if (wanted < 0) throw valueError('sleep length must be non-negative');
        yield* sleep(thread, wanted);
        return null;
      }),
      fn('gmtime(seconds=None, /)', ([at], thread) => structOf(given(at, thread))),
      fn('localtime(seconds=None, /)', ([at], thread) => structOf(given(at, thread))),
      fn('mktime(tuple, /)', ([tuple], thread) => {
        const [y = 1970, mo = 1, d = 1, h = 0, mi = 0, s = 0] = fieldsOf(tuple, thread);
        return new PyFloat(Date.UTC(y, mo - 1, d, h, mi, s) / MS_PER_S);
      }),
      fn('strftime(format, tuple=None, /)', ([format, tuple], thread) => strftime(textOf(format), fieldsOf(tuple, thread), 0)),
      fn('asctime(tuple=None, /)', ([tuple], thread) => asText(fieldsOf(tuple, thread))),
      fn('ctime(seconds=None, /)', ([at], thread) => asText((structOf(given(at, thread)) as PyTuple).items.map(Number))),
      fn("strptime(string, format='%a %b %d %H:%M:%S %Y', /)", ([text, format]) => {
        const parsed = parseDate(textOf(text), textOf(format));
        return structOf(Date.UTC(parsed.year, parsed.month - 1, parsed.day, parsed.hour, parsed.minute, parsed.second) / MS_PER_S);
      }),
      fn('tzset()', () => null),
    ],
    values: {
      struct_time: STRUCT_TIME,
      timezone: 0,
      altzone: 0,
      daylight: 0,
      tzname: new PyTuple(['UTC', 'UTC']),
      CLOCK_REALTIME: 0,
      CLOCK_MONOTONIC: 1,
    },
  });
