/** What a utility is: the same work in two dialects, GNU's and busybox's, which differ in messages, defaults and a few formats. */
import { type ErrnoCode, isErrno } from '../kernel/errno.ts';
import type { Fd, Program, Sys } from '../kernel/sys.ts';
import { OptionError, type OptionSpec, type Options, parseOptions } from './options.ts';
import { LineReader, Output, say, WriteFailed } from './program-io.ts';

export type Dialect = 'gnu' | 'busybox';

/** A utility's work; returns the exit status, which becomes at least 1 if it has complained. */
export type Utility = (tool: Tool) => Promise<number>;

export interface UsageSpec extends OptionSpec {
  /** What stands after the name in busybox's usage: `[-n LINES] [FILE]...`. */
  readonly usage?: string;
  /** Exit status for a wrong call; 1 if absent. */
  readonly usageStatus?: number;
  /** Answer to `--version` on the host. */
  readonly package?: string;
}

/** Ends a utility from inside a function. */
export class Exit extends Error {
  override readonly name = 'Exit';
  readonly status: number;

  constructor(status: number) {
    super(`exit status ${status}`);
    this.status = status;
  }
}

/** Alpine's, which takes the first address of a name, IPv6 before IPv4 (no FEATURE_PREFER_IPV4_ADDRESS). */
export const ALPINE_BUSYBOX_BANNER = 'BusyBox v1.37.0 (2025-05-26 20:04:45 UTC) multi-call binary.';
export const BUSYBOX_BANNER = 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.';

/** The applets of busybox that say that they could not open; the others only name the file. */
const SAYS_OPEN = /^(cat|dd|less|tail|uniq|\w+sum)$/;

/** One call of a utility: who is called, in which dialect, with what. */
export class Tool {
  readonly sys: Sys;
  readonly dialect: Dialect;
  /** As it names itself in messages. */
  readonly name: string;
  readonly args: readonly string[];
  readonly out: Output;
  status = 0;
  /** Set by what copies whole streams: busybox words a failed write differently for stdio's users. */
  copiesStreams = false;

  /** busybox's first line of its usage. */
  readonly banner: string;

  constructor(
    sys: Sys,
    { dialect, name, args, banner = BUSYBOX_BANNER }: { dialect: Dialect; name: string; args: readonly string[]; banner?: string },
  ) {
    this.banner = banner;
    this.sys = sys;
    this.dialect = dialect;
    this.name = name;
    this.args = args;
    this.out = new Output(sys, 1);
  }

  get isBusybox(): boolean {
    return this.dialect === 'busybox';
  }

  /** Debian's build of busybox, which leaves out features that the others have. */
  get isDebianBusybox(): boolean {
    return this.isBusybox && this.banner === BUSYBOX_BANNER;
  }

  get isAlpineBusybox(): boolean {
    return this.isBusybox && this.banner === ALPINE_BUSYBOX_BANNER;
  }

  /** The applet's or program's name without a directory. */
  get applet(): string {
    return this.name.replace(/.*\//, '');
  }

  /** `NAME: MESSAGE` on standard error, after what was printed before. */
  async warn(message: string): Promise<void> {
    await this.out.flush();
    await say(this.sys, 2, `${this.name}: ${message}\n`);
  }

  /** Warns; the exit status will be 1 (or the given one) though the work goes on. */
  async complain(message: string, status = 1): Promise<void> {
    this.status = Math.max(this.status, status);
    await this.warn(message);
  }

  async die(message: string, status = 1): Promise<never> {
    await this.warn(message);
    throw new Exit(status);
  }

  /** Ends the program here, without a word. */
  end(status: number): never {
    throw new Exit(status);
  }

  /** The call was wrong: what GNU says after its own sentence, or busybox's usage. */
  async wrongUsage(spec: UsageSpec, message?: string): Promise<never> {
    await this.out.flush();
    if (message !== undefined) await this.warn(message);
    const hint = this.isBusybox ? await this.#usage(spec) : `Try '${this.name} --help' for more information.\n`;
    await say(this.sys, 2, hint);
    throw new Exit(spec.usageStatus ?? 1);
  }

  async #usage({ usage = '' }: UsageSpec): Promise<string> {
    const { usageText } = await this.sys.stall(() => import('./busybox-usage.ts'));
    return usageText(this.applet, this.banner, usage === '' ? '' : ` ${usage}`);
  }

  /** Reads the options, answers `--help` and `--version`, and refuses what is not one. */
  async options(spec: UsageSpec, args: readonly string[] = this.args): Promise<Options> {
    const withHelp = this.isBusybox
      ? await this.#built(spec, args)
      : { ...spec, long: { ...spec.long, help: '--help', version: '--version' } };
    try {
      const options = parseOptions(args, withHelp);
      if (options.has('--help')) await this.#help(spec);
      if (options.has('--version')) await this.#version(spec);
      return options;
    } catch (error) {
      if (error instanceof OptionError) return this.wrongUsage(spec, error.message);
      throw error;
    }
  }

  /** What of its options an applet was built with. */
  async #built(spec: UsageSpec, args: readonly string[]): Promise<UsageSpec> {
    if (!this.isDebianBusybox || !args.some((arg) => /^-(?!\d|-?$|-help$)/.test(arg))) return spec;
    const { builtOptions } = await this.sys.stall(() => import('./busybox-options.ts'));
    return builtOptions(this.applet, spec);
  }

  async #help(spec: UsageSpec): Promise<never> {
    await this.out.write(`Usage: ${this.name} ${spec.usage ?? '[OPTION]... [FILE]...'}\n`);
    throw new Exit(0);
  }

  async #version(spec: UsageSpec): Promise<never> {
    await this.out.write(`${this.applet} ${spec.package ?? '(GNU coreutils) 9.1'}\n`);
    throw new Exit(0);
  }

  /** Does `work`; a failed system call becomes a complaint, worded by `say`. False if it failed. */
  async attempt(work: () => Promise<void> | void, message: (reason: string) => string): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!isErrno(error)) throw error;
      await this.complain(message(error.message));
      return false;
    }
  }

  /** How a file that cannot be opened is complained about. */
  cannotOpen = (path: string, reason: string): string =>
    this.isBusybox && SAYS_OPEN.test(this.applet) ? `can't open '${path}': ${reason}` : `${path}: ${reason}`;

  /** Opens a file (`-` is standard input) to read; complains and returns null if that fails. */
  async openInput(path: string): Promise<Fd | null> {
    if (path === '-') return 0;
    try {
      const fd = await this.sys.open(path, { read: true });
      return fd;
    } catch (error) {
      if (!isErrno(error)) throw error;
      await this.complain(this.cannotOpen(path, error.message));
      return null;
    }
  }

  /** Calls `work` with each of the files (standard input if none), opened to read. */
  async eachInput(
    paths: readonly string[],
    work: (fd: Fd, path: string) => Promise<void>,
    readError = (path: string) => path,
  ): Promise<void> {
    for (const path of paths.length === 0 ? ['-'] : paths) {
      const fd = await this.openInput(path);
      if (fd === null) continue;
      await this.attempt(
        () => work(fd, path),
        (reason) => `${this.isBusybox ? 'read error' : readError(path)}: ${reason}`,
      );
      if (fd !== 0) this.sys.fds.close(fd);
    }
  }

  /** Calls `work` with each line of the files, raw. */
  async eachLine(paths: readonly string[], work: (line: string, reader: LineReader) => Promise<void>): Promise<void> {
    await this.eachInput(paths, async (fd) => {
      const reader = new LineReader(this.sys, fd);
      for (let line = await reader.next(); line !== null; line = await reader.next()) {
        await work(line, reader);
        await this.sys.turn();
      }
    });
  }

  /** A number operand, in the dialect's words if it is none. */
  async number(text: string, gnuMessage: string): Promise<number> {
    if (/^[+-]?\d+$/.test(text)) return Number(text);
    return this.die(this.isBusybox ? `invalid number '${text}'` : `${gnuMessage}: ${quoted(text)}`);
  }
}

/** A name in a message as GNU's tools quote it: in single quotes, as one could type it. */
export function quoted(name: string): string {
  if (name.includes("'") && !/["$`\\!]/.test(name)) return `"${name}"`;
  return `'${name.replaceAll("'", "'\\''")}'`;
}

/** A name that is quoted only where the shell would need it (`rm: cannot…` does always, `wc` and `cat` only then). */
export const quotedIfNeeded = (name: string): string => (/^[\w@%+=:,./~-]+$/.test(name) ? name : quoted(name));

/** Makes a utility a program. Busybox names itself by the applet, GNU as it was called. */
export const programOf =
  (
    utility: Utility,
    dialect: Dialect,
    call: { readonly name?: string; readonly args?: readonly string[]; readonly banner?: string } = {},
  ): Program =>
  async (sys) => {
    const name = call.name ?? (dialect === 'busybox' ? (sys.argv[0] ?? '').replace(/.*\//, '') : (sys.argv[0] ?? ''));
    const tool = new Tool(sys, { ...call, dialect, name, args: call.args ?? sys.argv.slice(1) });
    return finish(tool, await run(tool, utility));
  };

const WRITE_ERRORS: readonly ErrnoCode[] = ['EPIPE', 'ENOSPC', 'EBADF', 'EIO'];

async function run(tool: Tool, utility: Utility): Promise<number> {
  try {
    return await utility(tool);
  } catch (error) {
    if (error instanceof Exit) return error.status;
    if (error instanceof WriteFailed) return writeFailed(tool, error.message);
    if (!isErrno(error)) throw error;
    // Of what nobody expected to fail, these can only come of writing.
    if (WRITE_ERRORS.includes(error.code)) return writeFailed(tool, error.message);
    await say(tool.sys, 2, `${tool.name}: ${error.path === undefined ? '' : `${error.path}: `}${error.message}\n`);
    return 1;
  }
}

async function finish(tool: Tool, status: number): Promise<number> {
  try {
    await tool.out.flush();
  } catch (error) {
    if (!(error instanceof WriteFailed)) throw error;
    const failed = await writeFailed(tool, error.message, true);
    // busybox ends with the status that it was about to end with.
    return tool.isBusybox && !tool.copiesStreams ? status : failed;
  }
  return status === 0 ? tool.status : status;
}

/** busybox still knows why if it was its last write that failed; of those before it only knows that one did. */
async function writeFailed(tool: Tool, reason: string, isLast = false): Promise<number> {
  const gnuWords = /^(head|tail)$/.test(tool.applet) ? `error writing 'standard output': ${reason}` : `write error: ${reason}`;
  const words = tool.isBusybox && !tool.copiesStreams ? `standard output: ${isLast ? reason : 'I/O error'}` : gnuWords;
  await say(tool.sys, 2, `${tool.name}: ${words}\n`);
  return 1;
}
