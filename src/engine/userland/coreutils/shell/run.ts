/** Programs that run another one in some other way: `env`, `nohup`, `nice`, `setsid`, `time`, `chroot`. */
import { isErrno } from '../../../kernel/errno.ts';
import { signalNumber } from '../../../kernel/process/signals.ts';
import { say } from '../../program-io.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { executeOrSay, start, statusOf, waitFor } from '../execute.ts';

/** How this tool says that a program could not be run. */
export const cannotRun =
  (tool: Tool) =>
  (name: string, reason: string): string =>
    tool.isBusybox
      ? `${tool.name}: can't execute '${name}': ${reason}\n`
      : `${tool.name}: ${tool.applet === 'env' || tool.applet === 'nice' ? quoted(name) : `failed to run command ${quoted(name)}`}: ${reason}\n`;

export const env: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options({
    short: 'iu:0C:S:v',
    long: { 'ignore-environment': 'i', unset: 'u:', null: '0', chdir: 'C:', 'split-string': 'S:', debug: 'v' },
    stopsAtOperand: true,
    usage: '[-iu] [-] [name=value]... [PROG ARGS]',
    usageStatus: 125,
  });
  const words = [...options.operands];
  if (words[0] === '-') words.shift();
  if (options.has('i') || options.operands[0] === '-') sys.env.clear();
  for (const name of options.values('u')) sys.env.delete(name);
  words.unshift(
    ...(options
      .value('S')
      ?.split(/\s+/)
      .filter((word) => word !== '') ?? []),
  );
  while (words[0]?.includes('=')) {
    const word = words.shift() ?? '';
    sys.env.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
  }
  const directory = options.value('C');
  if (
    directory !== undefined &&
    !(await tool.attempt(
      () => sys.path.chdir(directory),
      (reason) => `cannot change directory to ${quoted(directory)}: ${reason}`,
    ))
  )
    return 125;
  if (words.length > 0) return executeOrSay(sys, words, cannotRun(tool));
  for (const [name, value] of sys.env) await tool.out.write(`${name}=${value}${options.has('0') ? '\0' : '\n'}`);
  return 0;
};

/** Output that would go to the terminal goes to nohup.out. */
export const nohup: Utility = async (tool) => {
  const { sys } = tool;
  const spec = { short: '', stopsAtOperand: true, usage: 'PROG ARGS', usageStatus: 125 };
  const { operands } = await tool.options(spec);
  if (operands.length === 0) return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'missing operand');
  const [input, output] = [sys.fds.isatty(0), sys.fds.isatty(1)];
  if (input) sys.fds.dup2(await sys.open('/dev/null', { write: true }), 0);
  if (output) {
    sys.fds.dup2(await sys.open('nohup.out', { write: true, append: true, create: true }, 0o600), 1);
    await say(
      sys,
      2,
      tool.isBusybox
        ? 'nohup: appending output to nohup.out\n'
        : `nohup: ${input ? 'ignoring input and ' : ''}appending output to 'nohup.out'\n`,
    );
  }
  if (sys.fds.isatty(2)) sys.fds.dup2(1, 2);
  sys.on('SIGHUP', 'ignore');
  return executeOrSay(sys, operands, cannotRun(tool));
};

export const nice: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options({
    short: 'n:',
    long: { adjustment: 'n:' },
    stopsAtOperand: true,
    numbers: true,
    usage: '[-n ADJUST] [PROG ARGS]',
    usageStatus: 125,
  });
  if (options.operands.length === 0) {
    await tool.out.write(`${sys.nice()}\n`);
    return 0;
  }
  const change = await tool.number(options.value('n') ?? options.value('#') ?? '10', 'invalid adjustment');
  try {
    sys.nice(sys.nice() + change);
  } catch (error) {
    if (!isErrno(error)) throw error;
    await tool.warn(tool.isBusybox ? `setpriority(${sys.nice() + change}): ${error.message}` : `cannot set niceness: ${error.message}`);
    if (tool.isBusybox) return 1;
  }
  return executeOrSay(sys, options.operands, cannotRun(tool));
};

export const setsid: Utility = async (tool) => {
  const { sys } = tool;
  const spec = { short: 'cfw', long: { ctty: 'c', fork: 'f', wait: 'w' }, stopsAtOperand: true, usage: '[-c] PROG ARGS' };
  const options = await tool.options(spec);
  if (options.operands.length === 0) return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'no command specified');
  const detach = async (self: typeof sys): Promise<number> => {
    self.ids.setsid();
    if (options.has('c')) self.tty.control(0);
    return executeOrSay(self, options.operands, cannotRun(tool));
  };
  if (sys.ids.getpgid() !== sys.pid && !options.has('f')) return detach(sys);
  const child = sys.fork(detach);
  return options.has('w') ? statusOf(await waitFor(sys, child)) : 0;
};

/** `real 0m 1.00s` as busybox and POSIX's -p print it; as a program GNU's time has its own format. */
export const time: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options({ short: 'pvo:af:', stopsAtOperand: true, usage: '[-vpa] [-o FILE] PROG ARGS' });
  if (options.operands.length === 0) return 0;
  const startNs = sys.clock.monotonicNs();
  const exited = await waitFor(sys, start(sys, options.operands, { complain: cannotRun(tool) }));
  const realMs = Number(sys.clock.monotonicNs() - startNs) / 1e6;
  const userMs = Number(sys.times().childrenNs) / 1e6;
  const status = statusOf(exited);
  const ended =
    exited.signal === undefined
      ? status === 0
        ? ''
        : `Command exited with non-zero status ${status}\n`
      : `Command terminated by signal ${signalNumber(exited.signal)}\n`;
  const taken: Taken = { realMs, userMs, command: options.operands.join(' '), status };
  const format = options.value('f') ?? (options.has('p') ? 'real %e\\nuser %U\\nsys %S' : 'real\\t%E\\nuser\\t%T\\nsys\\t0m 0.00s');
  await say(sys, 2, `${ended}${timeText(format, taken)}\n`);
  return status;
};

interface Taken {
  readonly realMs: number;
  readonly userMs: number;
  readonly command: string;
  readonly status: number;
}

/** What `time -f` fills in. */
function timeText(format: string, { realMs, userMs, command, status }: Taken): string {
  const seconds = (ms: number): string => (ms / 1000).toFixed(2);
  const minutes = (ms: number): string => `${Math.floor(ms / 60_000)}m ${((ms / 1000) % 60).toFixed(2)}s`;
  const known: Readonly<Record<string, string>> = {
    ...{ '%': '%', e: seconds(realMs), E: minutes(realMs), U: seconds(userMs), T: minutes(userMs), S: '0.00', C: command },
    ...{ x: String(status), P: realMs === 0 ? '?%' : `${Math.round((userMs / realMs) * 100)}%` },
  };
  return format
    .replace(/\\([nt\\])/g, (_whole, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? letter)
    .replace(/%(.)/g, (_whole, letter: string) => known[letter] ?? '0');
}

export const chroot: Utility = async (tool) => {
  const { sys } = tool;
  const spec = {
    short: '',
    long: { userspec: 'userspec:', groups: 'groups:', 'skip-chdir': 'skip' },
    stopsAtOperand: true,
    usage: 'NEWROOT [PROG ARGS]',
    usageStatus: tool.isBusybox ? 1 : 125,
  };
  const options = await tool.options(spec);
  const [root, ...command] = options.operands;
  if (root === undefined) return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'missing operand');
  try {
    sys.path.chroot(root);
    if (!options.has('skip')) sys.path.chdir('/');
  } catch (error) {
    if (!isErrno(error)) throw error;
    return tool.die(
      tool.isBusybox
        ? `can't change root directory to '${root}': ${error.message}`
        : `cannot change root directory to ${quoted(root)}: ${error.message}`,
      spec.usageStatus,
    );
  }
  const [uid, gid] = (options.value('userspec') ?? '').split(':');
  if (gid !== undefined && gid !== '') sys.ids.setgid(Number(gid));
  if (uid !== undefined && uid !== '') sys.ids.setuid(Number(uid));
  return executeOrSay(sys, command.length > 0 ? command : [sys.env.get('SHELL') ?? '/bin/sh', '-i'], cannotRun(tool));
};
