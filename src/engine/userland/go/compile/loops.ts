/** `for`: each turn has its own copy of the loop's variables, and is a place where the process can be interrupted. */
import { type Code, type Frame, type Leave, later, pure, run, type Steps } from '../runtime/frame.ts';
import { Cell } from '../runtime/values.ts';
import type { Stmt } from '../syntax/ast.ts';
import { breakable, type Context, inner } from './context.ts';
import { condition } from './expressions.ts';
import { type StmtCode, statement, statements } from './statements.ts';

/** A turn of a loop takes so long. */
const TURN_NS = 250;

/** What a loop does after its body was left: goes on, ends, or hands it up. */
export function afterTurn(leave: Leave | undefined, label: string | null): 'next' | 'end' | Leave {
  if (leave === undefined) return 'next';
  const isOwn = leave.label === null || leave.label === label;
  if (isOwn && leave.kind === 'continue') return 'next';
  return isOwn && leave.kind === 'break' ? 'end' : leave;
}

/** Runs a body and says how it went on; passes the scheduler first. */
export function* turn(frame: Frame, body: StmtCode): Steps<Leave | undefined> {
  const passed = frame.goroutine.sys.charge(TURN_NS);
  if (passed) yield passed;
  return body.now ? body.now(frame) : yield* run(body, frame);
}

export function forLoop(context: Context, stmt: Extract<Stmt, { kind: 'for' }>, label: string | null): StmtCode {
  const outer = inner(context);
  const init = stmt.init ? statement(outer, stmt.init) : null;
  const names = [...outer.scope.names.values()].flatMap((one) => (one.kind === 'var' ? [one.slot] : []));
  const test: Code<boolean> = stmt.condition ? condition(outer, stmt.condition, 'for') : pure(() => true);
  const post = stmt.post ? statement(outer, stmt.post) : null;
  const body = statements(breakable(outer, true), stmt.body.body);
  return later(function* (frame) {
    if (init) yield* run(init, frame);
    for (;;) {
      if (!(test.now ? test.now(frame) : yield* run(test, frame))) return undefined;
      const passed = frame.goroutine.sys.charge(TURN_NS);
      if (passed) yield passed;
      const leave = body.now ? body.now(frame) : yield* run(body, frame);
      if (leave !== undefined) {
        const after = afterTurn(leave, label);
        if (after === 'end') return undefined;
        if (after !== 'next') return after;
      }
      for (const slot of names) frame.locals[slot] = new Cell(frame.locals[slot]?.v);
      if (post) {
        if (post.now) post.now(frame);
        else yield* run(post, frame);
      }
    }
  });
}
