/** The loop that runs a thread: instructions of the frame on top, or a step of the function of the host that is. */
import { OP } from '../compile/code.ts';
import { HANDLERS } from '../ops/index.ts';
import { Frame } from './frame.ts';
import { Call, Construct, HostCall, PENDING, type Request, setYieldOp, type Thread } from './thread.ts';
import { PyGenerator } from './values.ts';

setYieldOp(OP.YIELD);

/** Runs until it has ended or has to wait. */
function advance(thread: Thread): void {
  for (;;) {
    const top = thread.stack[thread.stack.length - 1];
    if (top === undefined || thread.waiting !== null) return;
    thread.isBroken = false;
    try {
      if (top instanceof Frame) runFrame(thread, top);
      else runHost(thread, top);
    } catch (error) {
      thread.unwind(error);
    }
  }
}

function runFrame(thread: Thread, frame: Frame): void {
  const { ops, args } = frame.code;
  while (!thread.isBroken) {
    const { ip } = frame;
    frame.ip = ip + 1;
    (HANDLERS[ops[ip] as number] as (typeof HANDLERS)[number])(frame, args[ip] as number, thread);
  }
}

function runHost(thread: Thread, host: HostCall): void {
  const { steps } = host;
  let next: IteratorResult<Request, unknown>;
  try {
    if (host.hasError) {
      const { error } = host;
      host.hasError = false;
      host.error = undefined;
      next = steps.throw(error);
    } else {
      const { value } = host;
      host.value = undefined;
      next = steps.next(value);
    }
  } catch (error) {
    thread.stack.pop();
    throw error;
  }
  if (next.done) {
    thread.stack.pop();
    if (host.isSilent) thread.isBroken = true;
    else thread.deliver(next.value);
    return;
  }
  const { value } = next;
  if (value instanceof Call) {
    const { fn, args, resume } = value;
    const result = resume !== null && fn instanceof PyGenerator ? thread.resume(fn, resume) : thread.enter(fn, args.list, args.named);
    if (result !== PENDING) host.value = result;
  } else if (value instanceof Construct) {
    const result = thread.construct(value.type, value.args.list, value.args.named);
    if (result !== PENDING) host.value = result;
  } else if (value instanceof Frame) thread.pushFrame(value);
  else if ('then' in value) {
    thread.waiting = value;
    thread.isAnswerWanted = true;
  } else thread.push(new HostCall(value));
}

/** Runs a thread to its end. Rejects with what it raised, if nothing caught it. */
export async function drive(thread: Thread): Promise<unknown> {
  for (;;) {
    advance(thread);
    const { waiting } = thread;
    if (waiting === null) {
      const { error } = thread;
      thread.error = null;
      if (error !== null) throw error;
      return thread.result;
    }
    try {
      const value = await waiting;
      thread.waiting = null;
      if (thread.isAnswerWanted) thread.deliver(value);
    } catch (error) {
      thread.waiting = null;
      thread.unwind(error);
    }
    thread.isAnswerWanted = false;
  }
}

/** Runs what a function of the host does, on a thread that does nothing else. */
export async function driveSteps<T>(thread: Thread, steps: HostCall['steps']): Promise<T> {
  thread.push(new HostCall(steps));
  return (await drive(thread)) as T;
}
