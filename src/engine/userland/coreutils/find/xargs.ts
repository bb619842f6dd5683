/** xargs: command lines made of what is read. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Options } from '../../options.ts';
import { decode, say } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { resolveEscapes } from '../escapes.ts';
import { execute, NOT_EXECUTABLE, NOT_FOUND } from '../execute.ts';
import { signalNumber } from '../signals.ts';
import { eachItem, type Item, UnmatchedQuote } from './items.ts';

const GNU_SPEC = {
  short: '0prtxoa:d:E:e::I:i::L:l::n:P:s:',
  stopsAtOperand: true,
  long: {
    null: '0',
    interactive: 'p',
    'no-run-if-empty': 'r',
    verbose: 't',
    exit: 'x',
    'open-tty': 'o',
    'arg-file': 'a:',
    delimiter: 'd:',
    eof: 'e::',
    replace: 'i::',
    'max-lines': 'l::',
    'max-args': 'n:',
    'max-procs': 'P:',
    'max-chars': 's:',
    'show-limits': 'limits',
  },
  package: '(GNU findutils) 4.9.0',
};
const BUSYBOX_SPEC = { short: '0prtxoa:E:e::I:i::n:P:s:', stopsAtOperand: true, usage: '[OPTIONS] [PROG ARGS]' };

/** The longest command line if -s does not say: what GNU takes, and busybox. */
const LINE_BYTES = 128 * 1024;
const SOME_FAILED = 123;
const SAID_STOP = 124;
const KILLED = 125;
const STOP_STATUS = 255;

interface Plan {
  readonly command: readonly string[];
  readonly maxArgs: number;
  readonly maxLines: number;
  readonly maxBytes: number;
  readonly processes: number;
  readonly replace: string | undefined;
  readonly options: Options;
}

export const xargs: Utility = async (tool) => {
  const options = await tool.options(tool.isBusybox ? BUSYBOX_SPEC : GNU_SPEC);
  const plan = await planOf(tool, options);
  const path = options.value('a');
  const fd = path === undefined ? 0 : await openArguments(tool, path);
  const input = path === undefined ? tool.sys.fds.dup(fd, 10) : fd;
  tool.sys.fds.setCloseOnExec(input, true);
  // What runs shall not read what is meant for xargs.
  if (path === undefined) tool.sys.fds.dup2(await tool.sys.open('/dev/null', { read: true }), 0);
  const batch = new Batch(tool, plan);
  const separator = options.has('0') ? '\0' : separatorOf(options.value('d'));
  const end = options.value('E') ?? (options.value('e') || undefined);
  try {
    await eachItem(
      tool,
      input,
      { separator, wholeLines: plan.replace !== undefined, hasQuotes: !tool.isBusybox || plan.replace === undefined, end },
      (item) => batch.add(item),
    );
  } catch (error) {
    if (!(error instanceof UnmatchedQuote)) throw error;
    await tool.warn(
      `unmatched ${error.message} quote${tool.isBusybox ? '' : '; by default quotes are special to xargs unless you use the -0 option'}`,
    );
    if (!tool.isBusybox) await batch.flush();
    return 1;
  }
  return batch.end();
};

const separatorOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : resolveEscapes(text, { zeroOctal: false }).raw.slice(0, 1);

async function openArguments(tool: Tool, path: string): Promise<number> {
  try {
    return await tool.sys.open(path, { read: true });
  } catch (error) {
    if (!isErrno(error)) throw error;
    return tool.die(tool.isBusybox ? `can't open '${path}': ${error.message}` : `Cannot open input file '${path}': ${error.message}`);
  }
}

async function planOf(tool: Tool, options: Options): Promise<Plan> {
  const replaces = options.last('I', 'i');
  const replace = replaces === undefined ? undefined : options.value(replaces) || '{}';
  const lines = options.last('L', 'l');
  return {
    command: options.operands.length === 0 ? ['echo'] : options.operands,
    maxArgs: replace === undefined ? await count(tool, options, 'n', 1) : 1,
    maxLines: lines === undefined ? Number.POSITIVE_INFINITY : options.value(lines) === '' ? 1 : await count(tool, options, lines, 1),
    maxBytes: Math.min(LINE_BYTES, await count(tool, options, 's', 1)),
    processes: options.has('P') ? (await count(tool, options, 'P', 0)) || Number.POSITIVE_INFINITY : 1,
    replace,
    options,
  };
}

async function count(tool: Tool, options: Options, key: string, least: number): Promise<number> {
  const text = options.value(key);
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d+$/.test(text)) {
    if (tool.isBusybox) return tool.die(`invalid number '${text}'`);
    return tool.wrongUsage(GNU_SPEC, `invalid number "${text}" for -${key} option`);
  }
  if (Number(text) >= least) return Number(text);
  if (tool.isBusybox) return tool.die(`number ${text} is not in ${least}..2147483647 range`);
  return tool.wrongUsage(GNU_SPEC, `value ${text} for -${key} option should be >= ${least}`);
}

/** Collects arguments until a command line is full, and runs it. */
class Batch {
  readonly #tool: Tool;
  readonly #plan: Plan;
  #items: string[] = [];
  #lines = 0;
  #hasRun = false;
  #running = 0;
  #status = 0;
  /** What a child that could not become the program has ended with. */
  #refused: number | null = null;

  constructor(tool: Tool, plan: Plan) {
    this.#tool = tool;
    this.#plan = plan;
  }

  async add({ text, endsLine }: Item): Promise<void> {
    if (this.#items.length > 0 && this.#sizeWith(text) > this.#plan.maxBytes) await this.#run();
    if (this.#sizeWith(text) > this.#plan.maxBytes)
      await this.#tool.die(this.#tool.isBusybox ? "can't fit single argument within argument list size limit" : 'argument line too long');
    this.#items.push(text);
    if (endsLine) this.#lines += 1;
    if (this.#items.length >= this.#plan.maxArgs || this.#lines >= this.#plan.maxLines) await this.#run();
  }

  #sizeWith(text: string): number {
    return [...this.#plan.command, ...this.#items, text].reduce((sum, word) => sum + word.length + 1, 0);
  }

  /** Runs what is left. */
  async flush(): Promise<void> {
    if (this.#items.length > 0) await this.#run();
  }

  /** Runs what is left, once at least unless -r or -I says otherwise, and waits for all. */
  async end(): Promise<number> {
    const runsEmpty = !this.#hasRun && this.#plan.replace === undefined && !this.#plan.options.has('r');
    if (this.#items.length > 0 || runsEmpty) await this.#run();
    while (this.#running > 0) await this.#waitForOne();
    return this.#status;
  }

  async #run(): Promise<void> {
    const { command, replace, options, processes } = this.#plan;
    const [item = ''] = this.#items;
    const argv = replace === undefined ? [...command, ...this.#items] : command.map((word) => word.replaceAll(replace, item));
    this.#items = [];
    this.#lines = 0;
    this.#hasRun = true;
    const { sys } = this.#tool;
    if (options.has('p') && !(await this.#asked(argv))) return;
    if (options.has('t') && !options.has('p')) await say(sys, 2, `${argv.join(' ')}\n`);
    while (this.#running >= processes) await this.#waitForOne();
    await this.#start(argv);
    if (processes === 1) await this.#waitForOne();
  }

  async #asked(argv: readonly string[]): Promise<boolean> {
    const { sys } = this.#tool;
    await say(sys, 2, `${argv.join(' ')} ?...`);
    const terminal = await sys.open('/dev/tty', { read: true });
    const answer = decode(await sys.read(terminal, 256));
    sys.fds.close(terminal);
    return /^y/i.test(answer);
  }

  async #start(argv: readonly string[]): Promise<void> {
    // As after vfork(2): the child leaves word in memory that both see, if it cannot become the program.
    const { sys, name: self } = this.#tool;
    sys.fork(async (child) => {
      try {
        return await execute(child, argv);
      } catch (error) {
        if (!isErrno(error)) throw error;
        await say(child, 2, `${self}: ${argv[0] ?? ''}: ${error.message}\n`);
        this.#refused = error.code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE;
        return this.#refused;
      }
    });
    this.#running += 1;
  }

  async #waitForOne(): Promise<void> {
    const { sys } = this.#tool;
    const exited = await sys.wait();
    this.#running -= 1;
    const [name = ''] = this.#plan.command;
    if (this.#refused !== null) await this.#stop(this.#refused);
    else if (exited?.signal !== undefined) {
      await this.#tool.warn(
        this.#tool.isBusybox
          ? `'${name}' terminated by signal ${signalNumber(exited.signal)}`
          : `${name}: terminated by signal ${signalNumber(exited.signal)}`,
      );
      await this.#stop(KILLED);
    } else if (exited?.status === STOP_STATUS) {
      await this.#tool.warn(`${name}: exited with status 255; aborting`);
      await this.#stop(SAID_STOP);
    } else if (exited?.status !== 0) this.#status = SOME_FAILED;
  }

  /** Nothing more is started; what runs is waited for. */
  async #stop(status: number): Promise<never> {
    for (; this.#running > 0; this.#running -= 1) await this.#tool.sys.wait();
    return this.#tool.end(status);
  }
}
