/** `ssh`: a shell or a command on another computer. Who one is, is modelled; nothing that passes is secret. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { users } from '../../coreutils/users.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';
import { READ_BYTES } from '../../program-io.ts';
import { lookUp } from '../resolve.ts';
import { openStream } from '../streams.ts';
import { leave, sentence } from '../text.ts';
import { AgentClient, AgentError } from './agent-client.ts';
import { IDENTITIES, loadPrivate } from './identity-files.ts';
import { type Trust, trusts } from './known-hosts.ts';
import { signature } from './read-keys.ts';
import { GREETING, MESSAGE, ProtocolError, textIn, Wire } from './wire.ts';

/** What ssh itself ends with. */
const FAILED = 255;
const USAGE =
  'usage: ssh [-46nNqTtVv] [-i identity_file] [-l login_name] [-o option]\n           [-p port] [user@]destination [command [argument ...]]\n';

/** Whom to be, where, and what to do there. */
interface Call {
  readonly sys: Sys;
  readonly options: Options;
  readonly name: string;
  readonly user: string;
  readonly port: number;
  readonly home: string;
  /** Undefined: a login shell. */
  readonly command: string | undefined;
  readonly wantsTerminal: boolean;
}

export const ssh: Program = async (sys) => {
  try {
    const options = parseOptions(sys.argv.slice(1), {
      short: '46AaCfGgKkMNnqsTtVvXxYyb:c:D:E:e:F:I:i:J:L:l:m:O:o:p:Q:R:S:W:w:',
      stopsAtOperand: true,
    });
    if (options.has('V')) return leave(sys, `${GREETING.replace('SSH-2.0-', '')}, no cryptography\n`, 0);
    const unsupported = options.last('D', 'J', 'L', 'R', 'W', 'w', 'X', 'Y');
    if (unsupported !== undefined) return leave(sys, `ssh: -${unsupported}: forwarding is not supported here\n`, FAILED);
    const [destination, ...words] = options.operands;
    if (destination === undefined) return leave(sys, USAGE, FAILED);
    return await connect(callOf(sys, { options, destination, words }));
  } catch (error) {
    if (error instanceof OptionError) return leave(sys, `${error.message.replace('invalid', 'unknown')}\n${USAGE}`, FAILED);
    if (error instanceof ProtocolError || isErrno(error, 'EPIPE', 'ECONNRESET')) return leave(sys, `${error.message}\n`, FAILED);
    throw error;
  }
};

function callOf(sys: Sys, { options, destination, words }: { options: Options; destination: string; words: readonly string[] }): Call {
  const [, user, name = '', port] = /^(?:ssh:\/\/)?(?:(.*)@)?([^@]*?)(?::(\d+))?$/.exec(destination) ?? [];
  const self = users(sys).find(({ uid }) => uid === sys.ids.get().uid);
  const isShell = words.length === 0;
  const atTerminal = sys.fds.has(0) && sys.fds.isatty(0);
  const forced = options.count('t');
  return {
    sys,
    options,
    name: name.replace(/^\[|\]$/g, ''),
    user: options.value('l') ?? user ?? self?.name ?? 'root',
    port: Number(options.value('p') ?? port ?? 22),
    home: sys.env.get('HOME') ?? self?.home ?? '/',
    command: isShell ? undefined : words.join(' '),
    wantsTerminal: !options.has('T') && (forced > 1 || (atTerminal && (isShell || forced > 0))),
  };
}

/** The value of `-o Name=value`, as ssh_config(5) spells it. */
const setting = ({ options }: Call, name: string): string | undefined =>
  options
    .values('o')
    .map((text) => /^\s*(\w+)\s*[=\s]\s*(.*?)\s*$/.exec(text))
    .find((parts) => parts?.[1]?.toLowerCase() === name.toLowerCase())?.[2];

async function connect(call: Call): Promise<number> {
  const { sys, name, port, user } = call;
  const found = await lookUp(sys, name, call.options.has('4') ? 'inet' : undefined);
  if (found.kind !== 'found') {
    const reason = found.kind === 'unknown' ? 'Name or service not known' : 'Temporary failure in name resolution';
    return leave(sys, `ssh: Could not resolve hostname ${name}: ${reason}\n`, FAILED);
  }
  let wire: Wire;
  let ip = '';
  try {
    const fd = await openStream(sys, found.addresses, port);
    const peer = sys.net.peer(fd);
    ip = peer.family === 'unix' ? '' : peer.ip;
    wire = new Wire(sys, fd);
  } catch (error) {
    return leave(sys, `ssh: connect to host ${name} port ${port}: ${sentence(error)}\n`, FAILED);
  }
  await wire.greet();
  const shown = await wire.receive();
  const key = shown?.type === MESSAGE.hostKey ? shown.fields[0] : undefined;
  if (key === undefined) return leave(sys, `Connection closed by ${ip} port ${port}\n`, FAILED);
  if (!(await trusts(sys, { name, ip, port }, key, trustOf(call)))) return leave(sys, 'Host key verification failed.\n', FAILED);
  if (!(await isLetIn(call, wire))) return leave(sys, `${user}@${name}: Permission denied (publickey).\n`, FAILED);
  return converse(call, wire);
}

function trustOf(call: Call): Trust {
  const strict = setting(call, 'StrictHostKeyChecking');
  return {
    file: setting(call, 'UserKnownHostsFile') ?? `${call.home}/.ssh/known_hosts`,
    strict: strict === 'yes' || strict === 'accept-new' || strict === 'no' ? strict : 'ask',
    isQuiet: call.options.has('q'),
  };
}

/** Offers the agent's keys, then each key whose private file one can read. */
async function isLetIn(call: Call, wire: Wire): Promise<boolean> {
  const { sys, options, home } = call;
  const given = options.values('i');
  if (setting(call, 'IdentitiesOnly') !== 'yes' && (await isLetInByAgent(call, wire))) return true;
  const files = given.length > 0 ? given : IDENTITIES.map((file) => `${home}/.ssh/${file}`).filter((file) => sys.path.access(file, {}));
  for (const file of files) {
    const loaded = loadPrivate(sys, file);
    if ('key' in loaded) {
      const { key } = loaded;
      if (await isAccepted(call, wire, { blob: key.blob, sign: async (data) => signature(key, data) })) return true;
    } else if (sys.path.access(file, {})) await leave(sys, `${loaded.warning ?? ''}Load key "${file}": ${loaded.why}\n`);
    else await leave(sys, `Warning: Identity file ${file} not accessible: ${loaded.why}.\n`);
  }
  return false;
}

async function isLetInByAgent(call: Call, wire: Wire): Promise<boolean> {
  let agent: AgentClient | undefined;
  try {
    agent = await AgentClient.open(call.sys);
    for (const { blob } of await agent.identities())
      if (await isAccepted(call, wire, { blob, sign: (data) => agent?.sign(blob, data) ?? Promise.resolve(undefined) })) return true;
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
  } finally {
    agent?.close();
  }
  return false;
}

interface Proof {
  readonly blob: Uint8Array;
  readonly sign: (data: Uint8Array) => Promise<Uint8Array | undefined>;
}

/** Whether the other end knows the key, and one can sign with it. */
async function isAccepted({ user }: Call, wire: Wire, { blob, sign }: Proof): Promise<boolean> {
  const signed = await sign(blob);
  if (signed === undefined) return false;
  await wire.send(MESSAGE.authRequest, user, 'publickey', blob, signed);
  return (await wire.receive())?.type === MESSAGE.authSuccess;
}

/** Asks for the terminal and the command, and passes on what comes and goes until the end. */
async function converse(call: Call, wire: Wire): Promise<number> {
  const { sys, command, options, wantsTerminal, name } = call;
  const isRaw = wantsTerminal && sys.fds.isatty(0);
  if (wantsTerminal) {
    const size = isRaw ? sys.tty.size(0) : { columns: 80, rows: 24 };
    await wire.send(MESSAGE.request, 'pty-req', sys.env.get('TERM') ?? 'dumb', String(size.columns), String(size.rows));
  }
  if (!options.has('N')) await wire.send(MESSAGE.request, ...(command === undefined ? ['shell'] : ['exec', command]));
  const before = isRaw ? sys.tty.mode(0) : undefined;
  if (isRaw) {
    sys.tty.setMode(0, { canonical: false, echo: false, signals: false, outputNewline: false, inputNewline: false });
    sys.on('SIGWINCH', () => {
      const { columns, rows } = sys.tty.size(0);
      sys.thread(() => wire.send(MESSAGE.request, 'window-change', String(columns), String(rows)));
    });
  }
  sys.thread(() => (options.has('n') ? wire.send(MESSAGE.eof) : sendInput(sys, wire)));
  const status = await take(sys, wire);
  if (before !== undefined) sys.tty.setMode(0, before);
  if (status === undefined) return leave(sys, `Connection to ${name} closed by remote host.\n`, FAILED);
  if (wantsTerminal && !options.has('q')) await leave(sys, `Connection to ${name} closed.\n`);
  return status;
}

async function sendInput(sys: Sys, wire: Wire): Promise<void> {
  try {
    for (;;) {
      const bytes = sys.fds.has(0) ? await sys.read(0, READ_BYTES) : new Uint8Array();
      if (bytes.length === 0) return await wire.send(MESSAGE.eof);
      await wire.send(MESSAGE.data, bytes);
    }
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

/** What the other end sends; the command's exit status, or undefined if the connection is lost before it. */
async function take(sys: Sys, wire: Wire): Promise<number | undefined> {
  let status: number | undefined;
  for (let message = await wire.receive(); message !== null; message = await wire.receive()) {
    if (message.type === MESSAGE.close) return status;
    if (message.type === MESSAGE.data) await sys.write(1, message.fields[0] ?? new Uint8Array());
    else if (message.type === MESSAGE.extendedData) await sys.write(2, message.fields[1] ?? new Uint8Array());
    else if (message.type === MESSAGE.request) {
      const [what, value] = [textIn(message, 0), textIn(message, 1)];
      if (what === 'exit-status') status = Number(value) & 255;
      if (what === 'exit-signal') status = FAILED;
    }
  }
  return status;
}
