/** `ssh-agent`: holds keys behind a socket, for as long as the session lasts that it was started in. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Program, Sys } from '../../../kernel/sys.ts';
import { duplexOf } from '../../duplex.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';

import { leave, print, sentence } from '../text.ts';
import { serveAgent } from './agent-protocol.ts';
import { Keyring } from './keyring.ts';

const USAGE =
  'usage: ssh-agent [-c | -s] [-Dd] [-a bind_address]\n       ssh-agent [-a bind_address] command [arg ...]\n       ssh-agent [-c | -s] -k\n';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const RANDOM_LETTERS = 12;
/** How often an agent looks whether the command it was started for is still there. */
const PARENT_CHECK_MS = 10_000;
const BACKLOG = 128;

export const sshAgent: Program = async (sys) => {
  try {
    const options = parseOptions(sys.argv.slice(1), { short: 'csDdka:t:', stopsAtOperand: true });
    if (options.has('k')) return await end(sys, options);
    return await start(sys, options);
  } catch (error) {
    if (error instanceof OptionError) return leave(sys, `${error.message.replace('invalid', 'unknown')}\n${USAGE}`);
    throw error;
  }
};

/** The words with which a shell takes over a variable, or loses it. */
interface Dialect {
  readonly set: (name: string, value: string | number) => string;
  readonly unset: (name: string) => string;
}

const BOURNE: Dialect = { set: (name, value) => `${name}=${value}; export ${name};\n`, unset: (name) => `unset ${name};\n` };
const C: Dialect = { set: (name, value) => `setenv ${name} ${value};\n`, unset: (name) => `unsetenv ${name};\n` };

function dialectOf(sys: Sys, options: Options): Dialect {
  const isC = options.last('c', 's') ?? ((sys.env.get('SHELL') ?? '').endsWith('csh') ? 'c' : 's');
  return isC === 'c' ? C : BOURNE;
}

async function end(sys: Sys, options: Options): Promise<number> {
  const text = sys.env.get('SSH_AGENT_PID');
  if (text === undefined) return leave(sys, 'SSH_AGENT_PID not set, cannot kill agent\n');
  const pid = Number(text);
  if (!Number.isInteger(pid) || pid < 1) return leave(sys, `SSH_AGENT_PID="${text}", which is not a good PID\n`);
  try {
    sys.kill(pid, 'SIGTERM');
  } catch (error) {
    return leave(sys, `kill: ${sentence(error)}\n`);
  }
  const { unset } = dialectOf(sys, options);
  await print(sys, `${unset('SSH_AUTH_SOCK')}${unset('SSH_AGENT_PID')}echo Agent pid ${pid} killed;\n`);
  return 0;
}

async function start(sys: Sys, options: Options): Promise<number> {
  const socket = socketFor(sys, options.value('a'));
  let listening: Fd;
  try {
    listening = listen(sys, socket.path);
  } catch (error) {
    return leave(sys, `bind: ${sentence(error)}\nunix_listener: cannot bind to path: ${socket.path}\n`);
  }
  const { set } = dialectOf(sys, options);
  if (options.has('D', 'd')) {
    await print(sys, `${set('SSH_AUTH_SOCK', socket.path)}echo Agent pid ${sys.pid};\n`);
    return serve(sys, listening, socket);
  }
  const [command] = options.operands;
  const pid = sys.fork(
    async (child) => {
      child.ids.setsid();
      if (command !== undefined) child.thread(() => endWith(child, child.ppid, socket));
      return serve(child, listening, socket);
    },
    { argv: sys.argv, fds: new Map([[listening, listening]]) },
  );
  sys.fds.close(listening);
  if (command === undefined) {
    await print(sys, `${set('SSH_AUTH_SOCK', socket.path)}${set('SSH_AGENT_PID', pid)}echo Agent pid ${pid};\n`);
    return 0;
  }
  sys.env.set('SSH_AUTH_SOCK', socket.path);
  sys.env.set('SSH_AGENT_PID', String(pid));
  return run(sys, command, options.operands);
}

async function run(sys: Sys, command: string, argv: readonly string[]): Promise<number> {
  const places = command.includes('/') ? [command] : (sys.env.get('PATH') ?? '/usr/bin:/bin').split(':').map((at) => `${at}/${command}`);
  const path = places.find((place) => sys.path.access(place, { execute: true })) ?? command;
  try {
    return await sys.exec(path, argv);
  } catch (error) {
    return leave(sys, `${command}: ${sentence(error)}\n`);
  }
}

interface Socket {
  readonly path: string;
  /** The directory that was made for it. */
  readonly folder: string | undefined;
}

function socketFor(sys: Sys, given: string | undefined): Socket {
  if (given !== undefined) return { path: given, folder: undefined };
  const name = [...sys.random.bytes(RANDOM_LETTERS)].map((byte) => LETTERS[byte % LETTERS.length] ?? '').join('');
  const folder = `${sys.env.get('TMPDIR') ?? '/tmp'}/ssh-${name}`;
  sys.path.mkdir(folder, 0o700);
  return { path: `${folder}/agent.${sys.pid}`, folder };
}

/** Throws Errno. */
function listen(sys: Sys, path: string): Fd {
  const fd = sys.net.socket('unix', 'stream');
  const mask = sys.umask(0o177);
  sys.net.bind(fd, { family: 'unix', path });
  sys.umask(mask);
  sys.net.listen(fd, BACKLOG);
  return fd;
}

/** Until a signal ends it; then the socket is gone. */
async function serve(sys: Sys, listening: Fd, socket: Socket): Promise<number> {
  const keyring = new Keyring();
  for (const signal of ['SIGTERM', 'SIGHUP'] as const)
    sys.on(signal, () => {
      cleanUp(sys, socket);
      sys.exit(2);
    });
  sys.on('SIGPIPE', 'ignore');
  for (;;) {
    const connection = duplexOf(sys, await sys.accept(listening));
    sys.thread(async () => {
      try {
        await serveAgent(connection, (message) => keyring.answer(message));
      } catch (error) {
        if (!isErrno(error, 'EPIPE', 'ECONNRESET')) throw error;
      }
      connection.abort();
    });
  }
}

async function endWith(sys: Sys, parent: number, socket: Socket): Promise<void> {
  while (sys.ppid === parent) await sys.sleep(PARENT_CHECK_MS);
  cleanUp(sys, socket);
  sys.exit(2);
}

function cleanUp(sys: Sys, { path, folder }: Socket): void {
  try {
    sys.path.unlink(path);
    if (folder !== undefined) sys.path.rmdir(folder);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
