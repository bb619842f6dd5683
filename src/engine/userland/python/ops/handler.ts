/** What an instruction does, and what all kinds of them need. */

import type { Op } from '../compile/code.ts';
import type { Frame } from '../runtime/frame.ts';
import { HostCall, type Steps, type Thread } from '../runtime/thread.ts';

export type Handler = (frame: Frame, arg: number, thread: Thread) => void;
export type Handlers = Partial<Record<Op, Handler>>;

/** Time that is told to the kernel at once. */
const DEBT_NS = 2000;

/** A turn of a loop, or a call: it takes time, and signals come in. */
export function tick(thread: Thread, ns: number): void {
  thread.debtNs += ns;
  if (thread.debtNs < DEBT_NS) return;
  const passed = thread.interpreter.sys.charge(thread.debtNs);
  thread.debtNs = 0;
  if (passed) {
    thread.waiting = passed;
    thread.isAnswerWanted = false;
    thread.isBroken = true;
  }
  const { signals } = thread.interpreter;
  if (signals.isPending && thread.isMain) {
    const handling = new HostCall(signals.deliver(thread));
    handling.isSilent = true;
    thread.push(handling);
  }
}

/** Goes on in steps, whose result is pushed. */
export const later = (thread: Thread, steps: Steps<unknown>): void => {
  thread.push(new HostCall(steps));
};

/** Goes on in steps that give nothing. */
export function silently(thread: Thread, steps: Steps<unknown>): void {
  const host = new HostCall(steps);
  host.isSilent = true;
  thread.push(host);
}
