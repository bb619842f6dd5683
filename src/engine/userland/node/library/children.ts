/** Children: what `child_process` reaches. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Exited, Fd, Signal } from '../../../kernel/sys.ts';
import { concat } from '../../encoding.ts';
import { toInteger, toText } from '../runtime/convert.ts';
import { call, native } from '../runtime/functions.ts';
import { enumerableKeys, get, recordOf } from '../runtime/objects.ts';
import { suspend } from '../runtime/steps.ts';
import { isObject, type JsObject, Thrown, type Value } from '../runtime/values.ts';
import type { Host } from '../system/host.ts';
import { errorOfCall } from '../system/system-errors.ts';
import { bufferOf, bytesOf } from './bytes.ts';

interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string | null;
  readonly stdio: readonly string[];
  readonly detached: boolean;
}

const texts = (value: Value): string[] => (isObject(value) ? (value.items ?? []).map((one) => toText(one as Value)) : []);

function commandOf(host: Host, plan: JsObject): Command {
  const field = (name: string): Value => get(plan, name) as Value;
  const env = field('env');
  const cwd = field('cwd');
  return {
    file: toText(field('file')),
    args: texts(field('args')),
    env: isObject(env)
      ? new Map(
          enumerableKeys(env)
            .map((key) => [key, get(env, key) as Value] as const)
            .filter(([, value]) => value !== undefined)
            .map(([key, value]) => [key, toText(value)] as const),
        )
      : host.sys.env,
    cwd: typeof cwd === 'string' ? cwd : null,
    stdio: texts(field('stdio')),
    detached: field('detached') === true,
  };
}

/** The file that a name on the PATH is; null if there is none. */
function locate(host: Host, { file, env, cwd }: Command): string | null {
  const isThere = (path: string): boolean => host.sys.path.access(path, { execute: true });
  const from = (path: string): string => (path.startsWith('/') || cwd === null ? path : `${cwd}/${path}`);
  if (file.includes('/')) return isThere(from(file)) ? from(file) : null;
  for (const folder of (env.get('PATH') ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin').split(':'))
    if (isThere(`${folder}/${file}`)) return `${folder}/${file}`;
  return null;
}

interface Started {
  readonly pid: number;
  /** Our ends of the pipes, by the child's numbers. */
  readonly pipes: readonly (Fd | null)[];
}

function begin(host: Host, command: Command): Started {
  const { sys } = host;
  const path = locate(host, command);
  if (path === null) throw new Thrown(missing(command));
  const pipes: (Fd | null)[] = [];
  const given = new Map<Fd, Fd>();
  const theirs: Fd[] = [];
  command.stdio.forEach((how, number) => {
    if (how === 'pipe') {
      const made = sys.fds.pipe();
      const [ours, own] = number === 0 ? [made.write, made.read] : [made.read, made.write];
      pipes.push(ours);
      given.set(own, number);
      theirs.push(own);
    } else {
      pipes.push(null);
      if (how === 'inherit') given.set(number, number);
      else if (/^\d+$/.test(how)) given.set(Number(how), number);
    }
  });
  const silent = command.stdio.flatMap((how, number) => (how === 'ignore' ? [number] : []));
  const pid = sys.fork(
    async (child) => {
      child.on('SIGPIPE', 'default');
      for (const number of silent) {
        const fd = await child.open('/dev/null', { read: true, write: true });
        if (fd !== number) {
          child.fds.dup2(fd, number);
          child.fds.close(fd);
        }
      }
      if (command.cwd !== null) child.path.chdir(command.cwd);
      try {
        return await child.exec(path, command.args, command.env);
      } catch (error) {
        if (isErrno(error)) return 126;
        throw error;
      }
    },
    { fds: given, ...(command.detached && { pgid: 0 }) },
  );
  for (const fd of theirs) sys.fds.close(fd);
  return { pid, pipes };
}

function missing({ file, args, cwd }: Command): JsObject {
  void cwd;
  const error = errorOfCall('ENOENT', 2, { syscall: `spawn ${file}` });
  const message = `spawn ${file} ENOENT`;
  const own = error.props.get('message');
  if (typeof own === 'object' && own !== null && 'value' in own) own.value = message;
  error.props.set('path', file);
  void args;
  return error;
}

const endOf = (exited: Exited | null): Value => recordOf({ status: exited?.status ?? null, signal: exited?.signal ?? null });

async function drain(host: Host, fd: Fd): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let piece = await host.sys.read(fd, 65_536); piece.length > 0; piece = await host.sys.read(fd, 65_536)) pieces.push(piece);
  host.sys.fds.close(fd);
  return concat(pieces);
}

/** Runs a child to its end while the script stands still. */
async function runToEnd(
  host: Host,
  started: Started,
  input: Uint8Array | null,
): Promise<{ readonly exited: Exited | null; readonly outputs: readonly (Uint8Array | null)[] }> {
  const { sys } = host;
  const outputs: (Uint8Array | null)[] = started.pipes.map(() => null);
  const readers = started.pipes.flatMap((fd, number) =>
    fd === null || number === 0
      ? []
      : [
          sys.thread(async () => {
            outputs[number] = await drain(host, fd);
          }),
        ],
  );
  const stdin = started.pipes[0];
  if (stdin !== null && stdin !== undefined) {
    if (input !== null)
      try {
        await sys.write(stdin, input);
      } catch (error) {
        if (!isErrno(error)) throw error;
      }
    sys.fds.close(stdin);
  }
  const exited = await sys.wait(started.pid);
  for (const reader of readers) await reader.join();
  return { exited, outputs };
}

export function childBinding(host: Host): Readonly<Record<string, Value>> {
  return {
    spawn: native('spawn', 2, ([plan, done]) => {
      const started = begin(host, commandOf(host, plan as JsObject));
      host.loop.background(
        () => host.sys.wait(started.pid),
        (outcome) => call(done, undefined, ['value' in outcome ? endOf(outcome.value) : recordOf({ status: null, signal: null })]),
      );
      const made = started.pipes.map((fd) => fd ?? -1);
      return recordOf({ pid: started.pid, stdin: made[0] ?? -1, stdout: made[1] ?? -1, stderr: made[2] ?? -1 });
    }),
    spawnSync: native('spawnSync', 2, ([plan, input]) => {
      const started = begin(host, commandOf(host, plan as JsObject));
      return suspend(
        (function* () {
          const { exited, outputs } = (yield runToEnd(
            host,
            started,
            input === undefined || input === null ? null : bytesOf(input),
          )) as Awaited<ReturnType<typeof runToEnd>>;
          const shown = (bytes: Uint8Array | null | undefined): Value => (bytes ? bufferOf(bytes) : null);
          return recordOf({
            pid: started.pid,
            status: exited?.status ?? null,
            signal: exited?.signal ?? null,
            stdout: shown(outputs[1]),
            stderr: shown(outputs[2]),
          });
        })(),
      );
    }),
    kill: native('kill', 2, ([pid, signal]) => {
      try {
        host.sys.kill(toInteger(pid), toText(signal) as Signal);
        return true;
      } catch (error) {
        if (isErrno(error)) return false;
        throw error;
      }
    }),
  };
}
