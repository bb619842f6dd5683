/** The prompt of node: a line is run when it is whole, and its value is shown. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { decode } from '../../encoding.ts';
import { SyntaxProblem } from '../compile/parse.ts';
import { compileGlobal, newFile } from '../compile/script.ts';
import { DEFAULTS, inspect } from '../library/inspect.ts';
import { call } from '../runtime/functions.ts';
import { stateOf } from '../runtime/promises.ts';
import { drive, type Steps, settle, start } from '../runtime/steps.ts';
import { type Result, Thrown, type Value } from '../runtime/values.ts';
import { realm } from '../runtime/vm.ts';
import { say, sayOut } from './fatal.ts';
import type { Flags } from './flags.ts';
import type { Host } from './host.ts';
import { openNode, rejections } from './start.ts';

const HELP = `.break    Sometimes you get stuck, this gets you out
.clear    Alias for .break
.editor   Enter editor mode
.exit     Exit the REPL
.help     Print this help message
.load     Load JS from a file into the REPL session
.save     Save all evaluated commands in this REPL session to a file

Press Ctrl+C to abort current expression, Ctrl+D to exit the REPL
`;

interface Session {
  readonly host: Host;
  /** Lines that are not yet a whole script. */
  pending: string;
  count: number;
  hasInterrupted: boolean;
  isOver: boolean;
}

const isUnfinished = (error: unknown): boolean =>
  error instanceof SyntaxProblem &&
  /^(Unexpected end of input|Unterminated template literal|missing \) after argument list)$/.test(error.message) &&
  error.at >= 0;

/** The value of a text; null if it is not whole yet. */
function evaluate(session: Session, text: string): (() => Result) | null {
  session.count += 1;
  const file = newFile(`REPL${session.count}`, text);
  const forms = /^\s*\{/.test(text) && !/;\s*$/.test(text) ? [`(${text.trim()})`, text] : [text];
  for (const form of forms)
    try {
      return compileGlobal({ ...file, text: form }, { mayAwait: /\bawait\b/.test(form), isRepl: true }).run;
    } catch (error) {
      if (isUnfinished(error)) return null;
      if (!(error instanceof SyntaxProblem)) throw error;
      if (form === forms.at(-1)) throw new Thrown(realm().error('SyntaxError', error.message));
    }
  return null;
}

function* shown(session: Session, value: Value): Steps {
  realm().setGlobal('_', value);
  return yield* session.host.write(1, `${yield* inspect(value, { ...DEFAULTS, colors: session.host.hasColours(1) })}\n`);
}

/** Runs a text and shows its value; false if it is not whole yet. */
async function runText(session: Session, text: string): Promise<boolean> {
  const { host } = session;
  const begun: { run: (() => Result) | null; value: Value } = { run: null, value: undefined };
  const inScript = (steps: () => Steps): Promise<Value> => {
    host.realm.forget();
    return drive(host.realm, () => start(steps()));
  };
  try {
    await inScript(function* (): Steps {
      begun.run = evaluate(session, text);
      if (begun.run !== null) begun.value = (yield* settle(begun.run())) as Value;
      return undefined;
    });
    if (begun.run === null) return false;
    const late = /\bawait\b/.test(text) ? stateOf(begun.value) : null;
    if (late !== null) {
      late.isHandled = true;
      await host.loop.settle();
      while (late.status === 'pending') {
        await host.sys.sleep(Math.max(1, host.loop.nextMs() ?? 1));
        await host.loop.poll();
      }
      if (late.status === 'rejected') throw new Thrown(late.value);
      begun.value = late.value;
    }
    await inScript(() => shown(session, begun.value));
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    const said = await drive(host.realm, () => start(inspect(error.value)));
    await sayOut(host, `Uncaught ${said.replace(/\n {4}at [^\n]*/g, '')}\n`);
  }
  await host.loop.settle();
  return true;
}

async function takeLine(session: Session, line: string): Promise<void> {
  const { host } = session;
  session.hasInterrupted = false;
  const word = line.trim();
  if (session.pending === '' && /^\.\w+$/.test(word)) {
    if (word === '.exit') session.isOver = true;
    else await sayOut(host, word === '.help' ? HELP : word === '.break' || word === '.clear' ? '' : 'Invalid REPL keyword\n');
  } else if (word !== '' || session.pending !== '') {
    const text = session.pending + line;
    session.pending = (await runText(session, text)) ? '' : `${text}\n`;
  }
  if (!session.isOver) await prompt(session);
}

const prompt = (session: Session): Promise<void> => sayOut(session.host, session.pending === '' ? '> ' : '| ');

async function interrupted(session: Session): Promise<void> {
  if (session.pending === '' && session.hasInterrupted) {
    session.isOver = true;
    await sayOut(session.host, '\n');
    return;
  }
  await sayOut(session.host, session.pending === '' ? '\n(To exit, press Ctrl+C again or Ctrl+D or type .exit)\n' : '\n');
  session.hasInterrupted = session.pending === '';
  session.pending = '';
  await prompt(session);
}

export async function repl(sys: Sys, options: { readonly flags: Flags; readonly version: string }): Promise<number> {
  const { host } = await openNode(sys, options);
  const session: Session = { host, pending: '', count: 0, hasInterrupted: false, isOver: false };
  const lines: string[] = [];
  const woken = sys.queue();
  const input = { isOver: false, interrupts: 0 };
  host.loop.onError = async (error) => {
    if (!(error instanceof Thrown)) throw error;
    await say(host, `Uncaught ${await drive(host.realm, () => start(inspect(error.value)))}\n`);
  };
  host.loop.onRejections = () => rejections(host);
  sys.on('SIGINT', () => {
    input.interrupts += 1;
    woken.wake();
  });
  sys.thread(async () => {
    let rest = '';
    for (;;)
      try {
        const bytes = await sys.read(0, 65_536);
        const parts = (rest + decode(bytes)).split('\n');
        rest = parts.pop() ?? '';
        lines.push(...parts);
        input.isOver = bytes.length === 0;
        woken.wake();
        if (input.isOver) return;
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error;
      }
  });
  await sayOut(host, `Welcome to Node.js ${host.version}.\nType ".help" for more information.\n`);
  await prompt(session);
  while (!session.isOver) {
    for (; input.interrupts > 0 && !session.isOver; input.interrupts -= 1) await interrupted(session);
    const line = lines.shift();
    if (line !== undefined) await takeLine(session, line);
    else if (input.isOver) break;
    else {
      await host.loop.poll();
      const leftMs = host.loop.nextMs();
      if (lines.length === 0 && input.interrupts === 0 && !input.isOver)
        await woken.wait(leftMs === null ? undefined : Math.max(1, leftMs));
    }
  }
  if (!session.isOver) await sayOut(host, '\n');
  const code = await drive(host.realm, () => call(host.emitters?.exit, undefined, []));
  return typeof code === 'number' ? code & 255 : 0;
}
