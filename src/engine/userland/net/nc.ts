/** `nc`: bytes between standard input and output and a connection, made or awaited. */
import { isErrno } from '../../kernel/errno.ts';
import type { Fd, Sys } from '../../kernel/sys.ts';
import { OptionError, Options, parseOptions } from '../options.ts';
import { say } from '../program-io.ts';
import type { Applet } from './applet.ts';
import { resolveFirst } from './resolve-name.ts';
import { listenOn, openStream, openUnix } from './streams.ts';
import { leave, refuse, sentence } from './text.ts';

export const nc: Applet = async (sys, args) => {
  try {
    const { own, more } = apart(args);
    return await run(sys, parseOptions(own, { short: 'lkup:w:zvnNU:q:i:s:e:46' }), more);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return leave(sys, `nc: ${error.message}\n`);
  }
};

/** What stands after -e is the program's own. */
function apart(args: readonly string[]): { readonly own: readonly string[]; readonly more: readonly string[] } {
  const at = args.findIndex((arg) => /^-[a-z]*e$/.test(arg));
  const own = at < 0 ? args : args.slice(0, at + 2);
  return { own, more: args.slice(own.length) };
}

const BRIEF = 'lp:w:i:f:e:';
const USAGE = 'usage: nc [-lkuzvn] [-w seconds] [-p port] [host] [port]\n';

/** The one of busybox that knows no more than to connect and to listen; a second `-l` keeps it listening. */
export const briefNc: Applet = async (sys, args, caller) => {
  const { own, more } = apart(args);
  let options: Options;
  try {
    options = parseOptions(own, { short: BRIEF });
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return refuse(sys, caller, { message: error.message, text: `nc: ${error.message}\n` });
  }
  const { given, operands } = options;
  const count = operands.length;
  if (options.has('l') || options.has('f') ? count > 0 : count < 1 || count > 2) return refuse(sys, caller, { text: USAGE });
  return run(sys, options.count('l') > 1 ? new Options([...given, ['k', '']], operands) : options, more);
};

async function run(sys: Sys, options: Options, more: readonly string[]): Promise<number> {
  const [host, port] = options.operands;
  if (options.has('l')) return listenAndTalk(sys, options, { port: Number(options.value('p') ?? port ?? host ?? '0'), more });
  const path = options.value('U');
  if (host === undefined && path === undefined) return leave(sys, USAGE);
  watch(sys, options);
  const ip = path === undefined ? await resolveFirst(sys, host ?? '') : '';
  if (ip === undefined) return leave(sys, `nc: bad address '${host}'\n`);
  if (options.has('u')) return datagrams(sys, ip, Number(port));
  try {
    const fd = path === undefined ? await openStream(sys, [ip], Number(port)) : await openUnix(sys, path);
    if (options.has('v')) await say(sys, 2, `${host} (${ip}:${port}) open\n`);
    if (options.has('z')) return 0;
    if (options.has('e')) return await handOver(sys, { options, more, connection: fd });
    return await talk(sys, fd);
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (options.has('z') && !options.has('v')) return 1;
    return leave(
      sys,
      path === undefined ? `nc: can't connect to remote host (${ip}): ${error.message}\n` : `nc: ${path}: ${error.message}\n`,
    );
  }
}

function watch(sys: Sys, options: Options): void {
  const seconds = Number(options.value('w') ?? '0');
  if (!(seconds > 0)) return;
  sys.thread(async () => {
    await sys.sleep(seconds * 1000);
    await say(sys, 2, 'nc: timed out\n');
    sys.exit(1);
  });
}

async function listenAndTalk(sys: Sys, options: Options, { port, more }: { port: number; more: readonly string[] }): Promise<number> {
  let listening: Fd;
  try {
    listening = listenOn(sys, { ip: options.value('s') ?? '::', port, backlog: 1 });
  } catch (error) {
    return leave(sys, `nc: bind: ${sentence(error)}\n`);
  }
  for (;;) {
    const connection = await sys.accept(listening);
    const status = options.has('e') ? await handOver(sys, { options, more, connection }) : await talk(sys, connection);
    if (!options.has('k')) return status;
  }
}

/** `-e`: the connection is the standard input, output and error of a program, which `-k` lets run while the next one is awaited. */
async function handOver(
  sys: Sys,
  { options, more, connection }: { options: Options; more: readonly string[]; connection: Fd },
): Promise<number> {
  const argv = [options.value('e') ?? '', ...more];
  const folders = (argv[0] ?? '').includes('/') ? [''] : (sys.env.get('PATH') ?? '').split(':').map((folder) => `${folder}/`);
  const file = folders.map((folder) => `${folder}${argv[0]}`).find((path) => sys.path.access(path, { execute: true }));
  if (file === undefined) return leave(sys, `nc: can't execute '${argv[0]}': No such file or directory\n`, 127);
  const program = async (child: Sys): Promise<number> => {
    for (const fd of [0, 1, 2]) child.fds.dup2(connection, fd);
    child.fds.close(connection);
    return child.exec(file, argv);
  };
  if (!options.has('k')) return program(sys);
  sys.on('SIGCHLD', 'ignore');
  sys.fork(program);
  sys.fds.close(connection);
  return 0;
}

/** Both directions at once, until the other end has nothing more to say. */
async function talk(sys: Sys, fd: Fd): Promise<number> {
  sys.thread(async () => {
    await copy(sys, 0, fd);
    try {
      sys.net.shutdown(fd, 'write');
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  });
  await copy(sys, fd, 1);
  sys.fds.close(fd);
  return 0;
}

async function copy(sys: Sys, from: Fd, to: Fd): Promise<void> {
  try {
    for (;;) {
      const bytes = await sys.read(from, 65_536);
      if (bytes.length === 0) return;
      await sys.write(to, bytes);
    }
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

async function datagrams(sys: Sys, ip: string, port: number): Promise<number> {
  const family = ip.includes(':') ? 'inet6' : 'inet';
  const fd = sys.net.socket(family, 'dgram');
  await sys.connect(fd, { family, ip, port });
  sys.thread(() => copy(sys, 0, fd));
  await copy(sys, fd, 1);
  return 1;
}
