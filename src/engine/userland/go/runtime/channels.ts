/** Channels, and waiting on several of them. */
import type { Steps } from './frame.ts';
import { type Goroutine, type Parking, park } from './goroutine.ts';
import { GoPanic } from './panic.ts';
import { plainError } from './plain-error.ts';
import type { Value } from './values.ts';

interface Waiter {
  readonly parking: Parking;
  /** Which case of a select it is. */
  readonly index: number;
  readonly value?: Value;
}

export interface Received {
  readonly value: Value;
  readonly ok: boolean;
}

export class Channel {
  readonly capacity: number;
  readonly zero: () => Value;
  readonly buffer: Value[] = [];
  readonly receivers: Waiter[] = [];
  readonly senders: Waiter[] = [];
  closed = false;

  constructor(capacity: number, zero: () => Value) {
    this.capacity = capacity;
    this.zero = zero;
  }

  /** True if the value has gone: to one who waits, or into the buffer. */
  trySend(value: Value): boolean {
    if (this.closed) throw new GoPanic(plainError('send on closed channel'));
    const receiver = first(this.receivers);
    if (receiver) {
      receiver.parking.wake({ index: receiver.index, received: { value, ok: true } });
      return true;
    }
    if (this.buffer.length >= this.capacity) return false;
    this.buffer.push(value);
    return true;
  }

  tryReceive(): Received | null {
    if (this.buffer.length > 0) {
      const value = this.buffer.shift();
      const sender = first(this.senders);
      if (sender) {
        this.buffer.push(sender.value);
        sender.parking.wake({ index: sender.index });
      }
      return { value, ok: true };
    }
    const sender = first(this.senders);
    if (sender) {
      sender.parking.wake({ index: sender.index });
      return { value: sender.value, ok: true };
    }
    return this.closed ? { value: this.zero(), ok: false } : null;
  }

  close(): void {
    if (this.closed) throw new GoPanic(plainError('close of closed channel'));
    this.closed = true;
    for (let one = first(this.receivers); one; one = first(this.receivers))
      one.parking.wake({ index: one.index, received: { value: this.zero(), ok: false } });
    for (let one = first(this.senders); one; one = first(this.senders)) one.parking.wake({ index: one.index, closed: true });
  }
}

/** The first who still waits. */
function first(waiters: Waiter[]): Waiter | undefined {
  for (;;) {
    const one = waiters.shift();
    if (one === undefined || !one.parking.isDone) return one;
  }
}

export function* send(goroutine: Goroutine, channel: Value, value: Value): Steps<void> {
  if (channel instanceof Channel && channel.trySend(value)) return;
  yield* select(goroutine, [{ channel, send: true, value }], false);
}

export function* receive(goroutine: Goroutine, channel: Value): Steps<Received> {
  const ready = channel instanceof Channel ? channel.tryReceive() : null;
  if (ready !== null) return ready;
  const { received } = yield* select(goroutine, [{ channel, send: false }], false);
  return received ?? { value: null, ok: false };
}

export interface SelectCase {
  readonly channel: Value;
  readonly send: boolean;
  readonly value?: Value;
}
export interface Selected {
  /** -1: the default. */
  readonly index: number;
  readonly received?: Received;
}

/** Waits for the first case that can go on; of several that can, chance takes one. */
export function* select(goroutine: Goroutine, cases: readonly SelectCase[], hasDefault: boolean): Steps<Selected> {
  const start = cases.length > 1 ? goroutine.random(cases.length) : 0;
  for (let offset = 0; offset < cases.length; offset += 1) {
    const index = (start + offset) % cases.length;
    const one = cases[index];
    if (!(one?.channel instanceof Channel)) continue;
    if (one.send) {
      if (one.channel.trySend(one.value)) return { index };
    } else {
      const received = one.channel.tryReceive();
      if (received !== null) return { index, received };
    }
  }
  if (hasDefault) return { index: -1 };
  const woken = yield* park(goroutine, waitingFor(cases), (parking) => {
    cases.forEach(({ channel, send: isSend, value }, index) => {
      if (channel instanceof Channel) (isSend ? channel.senders : channel.receivers).push({ parking, index, value });
    });
  });
  if (woken.closed) throw new GoPanic(plainError('send on closed channel'));
  return { index: woken.index, ...(woken.received ? { received: woken.received } : {}) };
}

/** What a trace calls the wait. */
function waitingFor(cases: readonly SelectCase[]): string {
  const [only] = cases;
  if (only === undefined) return 'select (no cases)';
  if (cases.length > 1) return 'select';
  return `chan ${only.send ? 'send' : 'receive'}${only.channel instanceof Channel ? '' : ' (nil chan)'}`;
}
