/** `time`, `context`, `sync`, `sync/atomic`: waiting, and waiting for each other. */
import type { Steps } from '../runtime/frame.ts';
import { type Goroutine, type Parking, park, wait } from '../runtime/goroutine.ts';
import { kept } from '../runtime/numbers.ts';
import { Fatal } from '../runtime/panic.ts';
import { Boxed, type Value } from '../runtime/values.ts';
import type { LibraryPackage } from './packages.ts';
import { SOURCE as CONTEXT_SOURCE } from './source/context.ts';
import { SOURCE as SYNC_SOURCE } from './source/sync.ts';
import { SOURCE as TIME_SOURCE } from './source/time.ts';
import { SOURCE as TIME_FORMAT } from './source/time-format.ts';
import { SOURCE as TIME_SLEEP } from './source/time-sleep.ts';

const num = (value: Value): number => Number(value);
const NS_PER_MS = 1e6;

/** A date's parts in UTC: year, month, day, hour, minute, second, weekday, day of the year. */
function partsOf(seconds: number): Value[] {
  const date = new Date(seconds * 1000);
  const start = Date.UTC(date.getUTCFullYear(), 0, 1);
  return [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCDay(),
    Math.floor((date.getTime() - start) / 86_400_000) + 1,
  ];
}

export const TIME: LibraryPackage = {
  source: [TIME_SOURCE, TIME_FORMAT, TIME_SLEEP],
  natives: {
    now: {
      itoa: ([value]) => String(value),
      pad: ([value, width]) => String(value).padStart(num(width), '0'),
      number: ([text]) => {
        const found = /^(?:\d+\.?\d*|\.\d+)/.exec(text as string)?.[0] ?? '';
        return [Number(found), found.length];
      },
      now: (_, { sys, process }) => {
        const ns = sys.clock.nowNs();
        return [Number(ns / 1_000_000_000n), Number(ns % 1_000_000_000n), kept(sys.clock.monotonicNs() - process.startNs + 1n)];
      },
      parts: ([seconds]) => partsOf(num(seconds)),
      fromParts: ([year, month, day, hour, minute, second]) => {
        const date = new Date(Date.UTC(2000, num(month) - 1, num(day), num(hour), num(minute), num(second)));
        date.setUTCFullYear(date.getUTCFullYear() + num(year) - 2000);
        return Math.floor(date.getTime() / 1000);
      },
    },
    steps: {
      *Sleep([ns], { sys }): Steps {
        yield* wait(sys.sleep(Math.max(0, num(ns) / NS_PER_MS)));
        return null;
      },
    },
  },
};

export const CONTEXT: LibraryPackage = {
  source: CONTEXT_SOURCE,
};

/** Who waits at a variable. */
const waiting = new WeakMap<object, Parking[]>();

function placeOf(boxed: Value): object {
  const pointer = boxed instanceof Boxed ? boxed.value : null;
  return typeof pointer === 'object' && pointer !== null ? pointer : {};
}

function* parkAt(goroutine: Goroutine, boxed: Value, reason: string): Steps {
  const place = placeOf(boxed);
  yield* park(goroutine, reason, (parking) => {
    const list = waiting.get(place) ?? [];
    waiting.set(place, list);
    list.push(parking);
  });
  return null;
}

export const SYNC: LibraryPackage = {
  source: SYNC_SOURCE,
  natives: {
    now: {
      wake: ([boxed]) => {
        const place = placeOf(boxed);
        const list = waiting.get(place) ?? [];
        waiting.delete(place);
        for (const parking of list) parking.wake({ index: 0 });
        return null;
      },
      fatal: ([message]) => {
        throw new Fatal(`fatal error: ${message as string}`);
      },
    },
    steps: {
      park: ([at, reason], goroutine) => parkAt(goroutine, at ?? null, reason as string),
    },
  },
};

const integers = ['Int32 int32', 'Int64 int64', 'Uint32 uint32', 'Uint64 uint64'];

export const ATOMIC: LibraryPackage = {
  source: `package atomic
${integers
  .map((pair) => {
    const [name = '', type = ''] = pair.split(' ');
    return `
type ${name} struct{ v ${type} }

func (x *${name}) Load() ${type}           { return x.v }
func (x *${name}) Store(val ${type})       { x.v = val }
func (x *${name}) Add(delta ${type}) ${type} {
	x.v += delta
	return x.v
}
func (x *${name}) Swap(val ${type}) ${type} {
	old := x.v
	x.v = val
	return old
}
func (x *${name}) CompareAndSwap(old, new ${type}) bool {
	if x.v != old {
		return false
	}
	x.v = new
	return true
}
func Add${name}(addr *${type}, delta ${type}) ${type} {
	*addr += delta
	return *addr
}
func Load${name}(addr *${type}) ${type}      { return *addr }
func Store${name}(addr *${type}, val ${type}) { *addr = val }
func CompareAndSwap${name}(addr *${type}, old, new ${type}) bool {
	if *addr != old {
		return false
	}
	*addr = new
	return true
}
`;
  })
  .join('')}
type Bool struct{ v bool }

func (x *Bool) Load() bool     { return x.v }
func (x *Bool) Store(val bool) { x.v = val }
func (x *Bool) Swap(val bool) bool {
	old := x.v
	x.v = val
	return old
}
func (x *Bool) CompareAndSwap(old, new bool) bool {
	if x.v != old {
		return false
	}
	x.v = new
	return true
}

type Value struct{ v any }

func (v *Value) Load() any     { return v.v }
func (v *Value) Store(val any) { v.v = val }

type Pointer[T any] struct{ p *T }

func (x *Pointer[T]) Load() *T     { return x.p }
func (x *Pointer[T]) Store(val *T) { x.p = val }
`,
};
