/** Children: made, waited for, and replaced by programs. */
import { isErrno } from '../../../../kernel/errno.ts';
import type { Exited } from '../../../../kernel/sys.ts';
import { encode } from '../../../program-io.ts';
import { collect } from '../../protocol/iterate.ts';
import { asRaised, fail } from '../../runtime/exceptions.ts';
import { SIGNAL_NUMBERS } from '../../runtime/signals.ts';
import type { Steps, Thread } from '../../runtime/thread.ts';
import { wait } from '../../runtime/thread.ts';
import { PyDict, PyTuple, type Value } from '../../runtime/values.ts';
import { fn, steps } from '../define.ts';
import { pathOf } from '../files.ts';
import { again, Stream } from '../streams.ts';

/** Where programs are looked for. */
function candidates(name: string, env: ReadonlyMap<string, string>): string[] {
  if (name.includes('/')) return [name];
  return (env.get('PATH') ?? '/usr/local/bin:/usr/bin:/bin').split(':').map((folder) => `${folder}/${name}`);
}

const environmentOf = (thread: Thread, value: Value): ReadonlyMap<string, string> =>
  value instanceof PyDict ? new Map([...value.map.values()].map(({ k, v }) => [String(k), String(v)] as const)) : new Map(thread.sys.env);

interface Spawn {
  readonly args: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string | null;
  readonly fds: ReadonlyMap<number, number>;
  readonly newSession: boolean;
}

/** Starts a program in a child. What fails before it runs is told over a pipe that closes when it runs. */
function* spawn(thread: Thread, { args, env, cwd, fds, newSession }: Spawn): Steps {
  const { sys } = thread;
  const { read, write } = sys.fds.pipe();
  sys.fds.setCloseOnExec(read, true);
  sys.fds.setCloseOnExec(write, true);
  const inherited = new Map([...fds].map(([own, theirs]) => [own, theirs] as const));
  const report = 900;
  const pid = sys.fork(
    async (child) => {
      child.fds.setCloseOnExec(report, true);
      try {
        if (newSession) child.ids.setsid();
        if (cwd !== null) child.path.chdir(cwd);
        child.on('SIGPIPE', 'default');
        return await execute(child, args, env);
      } catch (error) {
        if (!isErrno(error)) throw error;
        await child.write(report, encode(`${error.code} ${error.number} ${error.message}`));
        return 255;
      }
    },
    { fds: new Map([...inherited, [write, report]]), env },
  );
  sys.fds.close(write);
  const failure = yield* again(thread, () => sys.read(read, 4096));
  sys.fds.close(read);
  if (failure.length === 0) return pid;
  yield* again(thread, () => sys.wait(pid));
  const [, number = '2', message = ''] = /^\S+ (\d+) (.*)$/s.exec(new TextDecoder().decode(failure)) ?? [];
  return new PyTuple([Number(number), message]);
}

async function execute(child: Thread['sys'], args: readonly string[], env: ReadonlyMap<string, string>): Promise<never> {
  let failure: unknown;
  for (const path of candidates(args[0] ?? '', env)) {
    try {
      return await child.exec(path, args, env);
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (failure === undefined || !isErrno(error, 'ENOENT', 'ENOTDIR')) failure = error;
    }
  }
  throw failure;
}

/** As waitpid(2) codes it. */
function statusOf(exited: Exited): number {
  if (exited.signal !== undefined && exited.stopped !== true) return SIGNAL_NUMBERS[exited.signal] ?? 0;
  return (exited.status ?? 0) << 8;
}

function* waitFor(thread: Thread, pid: number, options: number): Steps {
  const noHang = (options & 1) !== 0;
  const exited = yield* again(thread, () => thread.sys.wait(pid === -1 ? undefined : pid, { noHang }));
  return exited === null ? new PyTuple([0, 0]) : new PyTuple([exited.pid, statusOf(exited)]);
}

/** Standard output must not be lost, nor written twice. */
function* flushAll(thread: Thread): Steps<void> {
  for (const name of ['stdout', 'stderr']) {
    const file = thread.interpreter.module('sys')?.attrs.get(name);
    const host = typeof file === 'object' && file !== null && 'host' in file ? file.host : null;
    if (host instanceof Stream && !host.isClosed) yield* host.flush(thread);
  }
}

function* replace(thread: Thread, path: string, args: readonly string[], env: Value): Steps {
  yield* flushAll(thread);
  const variables = environmentOf(thread, env);
  let failure: unknown;
  for (const file of candidates(path, variables)) {
    try {
      return yield* wait(thread.sys.exec(file, args, variables));
    } catch (error) {
      if (failure === undefined) failure = error;
    }
  }
  throw isErrno(failure) ? asRaised(failure) : failure;
}

const textsOf = function* (thread: Thread, value: Value): Steps<string[]> {
  const texts: string[] = [];
  for (const one of yield* collect(thread, value)) texts.push(yield* pathOf(thread, one));
  return texts;
};

export const PROCESS_FUNCTIONS = [
  /** Gives the child's number, or what kept it from running. */
  steps('_spawn(args, env, cwd, fds, new_session)', function* ([args, env, cwd, fds, session], thread) {
    const map = new Map<number, number>();
    for (const { k, v } of (fds as PyDict).map.values()) map.set(Number(k), Number(v));
    return yield* spawn(thread, {
      args: yield* textsOf(thread, args as Value),
      env: environmentOf(thread, env as Value),
      cwd: cwd === null ? null : yield* pathOf(thread, cwd),
      fds: map,
      newSession: session === true,
    });
  }),
  steps('waitpid(pid, options, /)', function* ([pid, options], thread) {
    return yield* waitFor(thread, Number(pid), Number(options));
  }),
  steps('wait()', function* (_, thread) {
    return yield* waitFor(thread, -1, 0);
  }),
  steps('execv(path, argv, /)', function* ([path, args], thread) {
    return yield* replace(thread, yield* pathOf(thread, path), yield* textsOf(thread, args as Value), null);
  }),
  steps('execve(path, argv, env)', function* ([path, args, env], thread) {
    return yield* replace(thread, yield* pathOf(thread, path), yield* textsOf(thread, args as Value), env as Value);
  }),
  steps('execvp(file, args, /)', function* ([path, args], thread) {
    return yield* replace(thread, yield* pathOf(thread, path), yield* textsOf(thread, args as Value), null);
  }),
  fn('fork()', () => {
    throw fail('OSError', 'this model cannot copy a running interpreter: use subprocess, or threads');
  }),
  fn('WIFEXITED(status)', ([status]) => (Number(status) & 127) === 0),
  fn('WEXITSTATUS(status)', ([status]) => (Number(status) >> 8) & 255),
  fn('WIFSIGNALED(status)', ([status]) => (Number(status) & 127) !== 0),
  fn('WTERMSIG(status)', ([status]) => Number(status) & 127),
  fn('waitstatus_to_exitcode(status)', ([status]) =>
    (Number(status) & 127) === 0 ? (Number(status) >> 8) & 255 : -(Number(status) & 127),
  ),
];
