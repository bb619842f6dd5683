import type { Fd, Pid, Signal, Sys } from '../../kernel/sys.ts';
import type { Dialect } from './dialect.ts';
import { noOptions, type Options } from './options.ts';
import type { Command } from './syntax/ast.ts';
import type { Features } from './syntax/source.ts';
import { type Variable, Variables } from './variables.ts';

/** A job: one or more processes begun together. */
export interface Job {
  readonly number: number;
  readonly pids: readonly Pid[];
  readonly pgid: Pid | null;
  readonly text: string;
  state: 'running' | 'stopped' | 'done';
  /** Of its last process: 128 + n for a signal. */
  status: number;
  signal: Signal | undefined;
  isTold: boolean;
  /** Somebody waited for it: it is still listed, until another job begins. */
  isWaited?: boolean;
  /** The higher, the later it was begun, stopped or sent on. */
  rank: number;
}

/** Leaving a construct early: carried as state, because a loop's turn must not cost an exception. */
export type Flow = { readonly kind: 'break' | 'continue'; depth: number } | { readonly kind: 'return'; readonly status: number };

/** An error that ends a script, and brings an interactive shell back to its prompt. */
export class ShellAbort extends Error {
  override readonly name = 'ShellAbort';
  readonly status: number;
  /** The whole line for standard error; empty if nothing is said. */
  readonly text: string;
  /** A shell that would go on after it at the next line does not (bash's `${x?}`). */
  readonly isFatal: boolean;

  constructor(text: string, status: number, isFatal = false) {
    super(text);
    this.isFatal = isFatal;
    this.text = text;
    this.status = status;
  }
}

/** The shell ends. */
export class ShellExit extends Error {
  override readonly name = 'ShellExit';
  readonly status: number;

  constructor(status: number) {
    super('exit');
    this.status = status;
  }
}

export interface Frame {
  readonly name: string;
  readonly line: number;
}

/** State that a dialect keeps with a shell. */
export interface OwnState {
  /** For a subshell. */
  copy(): OwnState;
  /** What its grammar knows now. */
  readonly features: Features;
  readonly expandsAliases: boolean;
  /** Patterns match whatever the case of letters. */
  readonly ignoresCase: boolean;
}

export interface ShellSettings {
  readonly sys: Sys;
  readonly dialect: Dialect;
  /** `$0`. */
  readonly name: string;
}

const encoder = new TextEncoder();

/** One running shell: what a subshell copies, and nothing that it must not. */
const LONG_VALUE_CHARACTERS = 65_536;

export class Shell {
  readonly sys: Sys;
  readonly dialect: Dialect;
  name: string;
  variables = new Variables();
  positional: readonly string[] = [];
  functions = new Map<string, Command>();
  aliases = new Map<string, string>();
  options: Options = noOptions();
  /** Actions by condition: a signal, or EXIT. The empty text ignores the signal. */
  traps = new Map<string, string>();
  /** Signals ignored when the shell was begun stay so. */
  hardIgnored: ReadonlySet<string> = new Set();
  pendingSignals: Signal[] = [];
  jobs: Job[] = [];
  /** Commands for which the word that jobs are stopped still holds: then the shell may be left. */
  warnedFor = 0;
  /** When it last sent a signal. */
  killedAtNs: bigint | undefined = undefined;
  /** How children that nobody has asked about yet ended. */
  readonly ended = new Map<Pid, { readonly status: number; readonly signal?: Signal; readonly coreDumped?: boolean }>();
  /** How jobs that are no longer in the table ended, by their last process. */
  readonly finished = new Map<Pid, number>();
  status = 0;
  /** Of the last pipeline's commands, where it had several. */
  pipeStatuses: readonly number[] | null = null;
  /** The action of ERR, DEBUG or RETURN is running. */
  inTrap = false;
  /** What was written of the command that it runs for. */
  trappedText = '';
  /** Functions being run, the innermost first, and where each was called. */
  frames: readonly Frame[] = [];
  /** What only this dialect's shells have. */
  own: OwnState | undefined;
  /** The text came with `-c`. */
  isCommandString = false;
  /** Of the command substitutions of the command being made. */
  substitutionStatus: number | undefined;
  backgroundPid: Pid | undefined;
  /** `$$`, also in subshells. */
  rootPid: Pid;
  flow: Flow | null = null;
  loopDepth = 0;
  functionDepth = 0;
  line: number;
  builtin: string | undefined;
  isScript = false;
  isSubshell = false;
  subshellDepth = 0;
  /** The terminal of an interactive shell with job control. */
  terminal: Fd | null = null;
  /** The directory by the way it was reached, symbolic links kept. */
  directory = '/';
  getoptsOffset = 1;
  history: string[] = [];
  /** The last word of the command before (`$_`). */
  lastArgument = '';
  /** Descriptors that stand behind paths which words became; closed when their command is done. */
  openedPaths: Fd[] = [];
  /** What was written of the command being run, for the job table. */
  commandText = '';

  constructor(settings: ShellSettings) {
    this.sys = settings.sys;
    this.dialect = settings.dialect;
    this.name = settings.name;
    this.line = settings.dialect.commandLineBase;
    this.rootPid = settings.sys.pid;
    this.own = settings.dialect.own?.begin();
  }

  /** A copy for a subshell, which will run on `sys`. Taken before the fork, so that it has nothing of what came later. */
  prepareSubshell(): (sys: Sys) => Shell {
    const copy = {
      variables: this.variables.copy(),
      positional: this.positional,
      functions: new Map(this.functions),
      aliases: new Map(this.aliases),
      options: { ...this.options, monitor: false, interactive: this.options.interactive },
      hardIgnored: this.hardIgnored,
      traps: new Map([...this.traps].filter(([, action]) => action === '')),
      status: this.status,
      backgroundPid: this.backgroundPid,
      rootPid: this.rootPid,
      loopDepth: this.loopDepth,
      functionDepth: this.functionDepth,
      line: this.line,
      isScript: this.isScript,
      directory: this.directory,
      getoptsOffset: this.getoptsOffset,
      frames: this.frames,
      isCommandString: this.isCommandString,
      subshellDepth: this.subshellDepth + 1,
      own: this.own?.copy(),
      history: this.history,
      isSubshell: true,
      jobs: [] as Job[],
    };
    return (sys) => {
      const shell = new Shell({ sys, dialect: this.dialect, name: this.name });
      Object.assign(shell, copy);
      return shell;
    };
  }

  /** The line that `text` makes on standard error. */
  told(text: string): string {
    return this.dialect.message(
      {
        name: this.name,
        line: this.line,
        isScript: this.isScript,
        isInteractive: this.options.interactive && !this.isScript,
        ...(this.builtin === undefined ? {} : { builtin: this.builtin }),
      },
      text,
    );
  }

  /** Gives up what is being done, with a message. */
  fail(text: string, status = this.dialect.failureStatus): never {
    throw new ShellAbort(this.told(text), status);
  }

  /** As `fail`, where not even the next line is run. */
  failForGood(text: string): never {
    const status = this.dialect.own === undefined ? 2 : this.isCommandString ? 127 : 1;
    throw new ShellAbort(this.told(text), status, true);
  }

  async complain(text: string): Promise<void> {
    await this.write(2, `${this.told(text)}\n`);
  }

  async write(fd: Fd, text: string): Promise<void> {
    if (text !== '') await this.sys.write(fd, encoder.encode(text));
  }

  /** Sets a variable as an assignment does. */
  assign(name: string, value: string): void {
    if (this.dialect.own?.assign(this, name, value) === true) return;
    if (this.variables.entry(name)?.isReadonly === true) this.fail(this.dialect.readOnly(name));
    if (name === 'OPTIND') this.getoptsOffset = 1;
    this.#hold(value.length - (this.variables.get(name)?.length ?? 0));
    this.variables.set(name, value, this.options.allexport ? { isExported: true } : {});
  }

  /** A long value takes memory; a short one is in what the shell has anyway. */
  #hold(change: number): void {
    if (Math.abs(change) >= LONG_VALUE_CHARACTERS) this.sys.grow(change);
  }

  unset(name: string): void {
    if (this.variables.entry(name)?.isReadonly === true) this.fail(this.dialect.readOnly(name));
    this.variables.unset(name);
  }

  /** Remembers what the names of `NAME=value command` were, to put it back. */
  saved(names: readonly string[]): () => void {
    const before = names.map((name): [string, Variable | undefined] => [name, this.variables.entry(name)]);
    return () => {
      for (const [name, variable] of before) this.variables.restore(name, variable);
    };
  }

  get features(): Features {
    return this.own?.features ?? this.dialect.features;
  }

  /** Aliases, where they are looked at. */
  readonly activeAliases = {
    get: (name: string): string | undefined =>
      this.own?.expandsAliases === false && !this.options.interactive ? undefined : this.aliases.get(name),
  };

  get ifs(): string {
    return this.variables.get('IFS') ?? ' \t\n';
  }
}
