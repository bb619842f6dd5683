/** `jq`: filters JSON. */
import { isErrno } from '../../../kernel/errno.ts';
import { decode, readAll, say } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { Halt } from './builtins.ts';
import { check } from './check.ts';
import { Interpreter, type World } from './evaluate.ts';
import { JsonError, JsonReader } from './json.ts';
import { parseProgram } from './parser.ts';
import { type Filter, JqSyntax, type Json } from './syntax.ts';
import { isTrue, JqError, type Printing, print, text } from './values.ts';

const VERSION = '1.6';
const USAGE = `Usage:\tjq [OPTIONS] FILTER [FILES...]\n\tjq [OPTIONS] --args FILTER [ARGUMENTS...]\n\tjq [OPTIONS] --jsonargs FILTER [JSON_VALUES...]\n`;

interface Invocation {
  readonly letters: Set<string>;
  program: string | undefined;
  readonly files: string[];
  readonly variables: Map<string, Json>;
  readonly positional: Json[];
  indent: string;
}

const LONG: Readonly<Record<string, string>> = {
  'raw-output': 'r',
  'compact-output': 'c',
  'null-input': 'n',
  slurp: 's',
  'raw-input': 'R',
  'exit-status': 'e',
  'join-output': 'j',
  'ascii-output': 'a',
  'sort-keys': 'S',
  'color-output': 'C',
  'monochrome-output': 'M',
  tab: 'T',
  help: 'h',
  version: 'V',
  seq: 'q',
  stream: 'x',
  unbuffered: 'u',
  'raw-output0': '0',
};

export const jq: Utility = async (tool) => {
  const invocation = await parse(tool);
  if (typeof invocation === 'number') return invocation;
  const filter = await compile(tool, invocation);
  if (filter === null) return 3;
  return new Run(tool, invocation, filter).all();
};

async function wrong(tool: Tool, problem?: string): Promise<number> {
  if (problem !== undefined) await say(tool.sys, 2, `jq: error: ${problem}\n`);
  await say(
    tool.sys,
    2,
    `${problem === undefined ? 'jq - commandline JSON processor [version 1.6]\n\n' : 'Use jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n'}${problem === undefined ? USAGE : ''}`,
  );
  return 2;
}

async function parse(tool: Tool): Promise<Invocation | number> {
  const invocation: Invocation = { letters: new Set(), program: undefined, files: [], variables: new Map(), positional: [], indent: '  ' };
  const named: Record<string, Json> = {};
  const words = [...tool.args];
  let rest: 'files' | 'args' | 'jsonargs' = 'files';
  let isOver = false;
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (isOver || !/^-./.test(word)) {
      if (invocation.program === undefined) invocation.program = word;
      else if (rest === 'files') invocation.files.push(word);
      else invocation.positional.push(rest === 'args' ? word : await json(tool, word));
      continue;
    }
    if (word === '--') isOver = true;
    else if (word === '--args' || word === '--jsonargs') rest = word === '--args' ? 'args' : 'jsonargs';
    else if (/^--(arg|argjson|slurpfile|rawfile)$/.test(word)) {
      const [name, value] = [words.shift(), words.shift()];
      if (name === undefined || value === undefined)
        return wrong(tool, `${word} takes two parameters (e.g. ${word} ${word.endsWith('file') ? 'varname filename' : 'varname value'})`);
      named[name] =
        word === '--arg' ? value : word === '--argjson' ? await json(tool, value) : await fileValue(tool, value, word === '--slurpfile');
    } else if (word === '--indent') invocation.indent = ' '.repeat(Math.min(7, Number(words.shift() ?? 2)));
    else if (word === '-f' || word === '--from-file') {
      const path = words.shift() ?? '';
      if (invocation.program !== undefined) invocation.files.unshift(invocation.program);
      invocation.program = String(await fileValue(tool, path, false)).replace(/^#!.*/, '');
    } else {
      const letters = word.startsWith('--') ? LONG[word.slice(2)] : word.slice(1);
      const unknown = letters === undefined ? word : [...letters].find((letter) => !Object.values(LONG).includes(letter));
      if (letters === undefined || unknown !== undefined) return wrong(tool, `Unknown arguments`);
      for (const letter of letters) invocation.letters.add(letter);
    }
  }
  for (const [name, value] of Object.entries(named)) invocation.variables.set(name, value);
  invocation.variables.set('__prog_args', invocation.positional).set('ARGS', { positional: invocation.positional, named });
  const { letters } = invocation;
  if (letters.has('V')) return answer(tool, `jq-${VERSION}\n`);
  if (letters.has('h')) return answer(tool, USAGE);
  if (invocation.program === undefined) return wrong(tool);
  if (letters.has('T')) invocation.indent = '\t';
  if (letters.has('c')) invocation.indent = '';
  return invocation;
}

async function answer(tool: Tool, shown: string): Promise<number> {
  await tool.out.write(shown);
  return tool.end(0);
}

async function json(tool: Tool, value: string): Promise<Json> {
  try {
    return new JsonReader(value).next() ?? null;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    await say(tool.sys, 2, `jq: Invalid JSON text passed to --argjson\n`);
    return tool.end(2);
  }
}

async function fileValue(tool: Tool, path: string, isSlurped: boolean): Promise<Json> {
  try {
    const raw = decode(tool.sys.path.readFile(path));
    if (!isSlurped) return raw;
    const reader = new JsonReader(raw);
    const values: Json[] = [];
    for (let value = reader.next(); value !== undefined; value = reader.next()) values.push(value);
    return values;
  } catch (error) {
    if (!isErrno(error) && !(error instanceof JsonError)) throw error;
    await say(tool.sys, 2, `jq: error: Could not open ${path}: ${error.message}\n`);
    return tool.end(2);
  }
}

async function compile(tool: Tool, { program = '.', variables }: Invocation): Promise<Filter | null> {
  try {
    const filter = parseProgram(program);
    check(filter, [...variables.keys()]);
    return filter;
  } catch (error) {
    if (!(error instanceof JqSyntax)) throw error;
    const hint = error.message.startsWith('syntax') ? ' (Unix shell quoting issues?)' : '';
    await say(tool.sys, 2, `jq: error: ${error.message}${hint} at <top-level>, line 1:\n${program}\njq: 1 compile error\n`);
    return null;
  }
}

class Run implements World {
  readonly #tool: Tool;
  readonly #invocation: Invocation;
  readonly #filter: Filter;
  readonly #files: string[];
  #reader: JsonReader | null = null;
  #status = 0;
  /** Read so far. */
  #lines = 0;
  #last: Json | undefined;
  readonly env: Json;

  constructor(tool: Tool, invocation: Invocation, filter: Filter) {
    this.#tool = tool;
    this.#invocation = invocation;
    this.#filter = filter;
    this.#files = invocation.files.length === 0 ? ['-'] : [...invocation.files];
    this.env = Object.fromEntries(tool.sys.env);
  }

  turn(): void | Promise<void> {
    return this.#tool.sys.turn();
  }

  nowSeconds(): number {
    return Number(this.#tool.sys.clock.nowNs() / 1000n) / 1e6;
  }

  async debug(value: Json): Promise<void> {
    await this.#tool.out.flush();
    await say(this.#tool.sys, 2, `["DEBUG:",${text(value)}]\n`);
  }

  async stderr(value: Json): Promise<void> {
    await this.#tool.out.flush();
    await say(this.#tool.sys, 2, text(value));
  }

  async #nextText(): Promise<string | null> {
    for (let path = this.#files.shift(); path !== undefined; path = this.#files.shift()) {
      try {
        const fd = path === '-' ? 0 : await this.#tool.sys.open(path, { read: true });
        const content = decode(await readAll(this.#tool.sys, fd));
        if (fd !== 0) this.#tool.sys.fds.close(fd);
        return content;
      } catch (error) {
        if (!isErrno(error)) throw error;
        await say(this.#tool.sys, 2, `jq: error: Could not open file ${path}: ${error.message}\n`);
        this.#status = 2;
      }
    }
    return null;
  }

  async nextInput(): Promise<Json | undefined> {
    for (;;) {
      const value = this.#reader?.next();
      if (value !== undefined) return value;
      const content = await this.#nextText();
      if (content === null) return undefined;
      this.#lines += content.split('\n').length - 1;
      this.#reader = new JsonReader(this.#invocation.letters.has('R') ? quotedLines(content) : content);
    }
  }

  async all(): Promise<number> {
    const { letters, variables } = this.#invocation;
    const interpreter = new Interpreter(this);
    const scope = interpreter.scope(variables);
    try {
      if (letters.has('s')) await this.#one(interpreter, { scope, input: await this.#slurped() });
      else if (letters.has('n')) await this.#one(interpreter, { scope, input: null });
      else
        for (let input = await this.nextInput(); input !== undefined; input = await this.nextInput())
          await this.#one(interpreter, { scope, input });
    } catch (error) {
      if (error instanceof Halt) return this.#halted(error);
      if (!(error instanceof JsonError)) throw error;
      await this.#tool.out.flush();
      await say(this.#tool.sys, 2, `parse error: ${error.message}\n`);
      return 2;
    }
    if (this.#status !== 0 || !letters.has('e')) return this.#status;
    return this.#last === undefined ? 4 : isTrue(this.#last) ? 0 : 1;
  }

  async #slurped(): Promise<Json> {
    if (!this.#invocation.letters.has('R')) {
      const values: Json[] = [];
      for (let value = await this.nextInput(); value !== undefined; value = await this.nextInput()) values.push(value);
      return values;
    }
    let whole = '';
    for (let content = await this.#nextText(); content !== null; content = await this.#nextText()) whole += content;
    return whole;
  }

  async #one(interpreter: Interpreter, { scope, input }: { scope: ReturnType<Interpreter['scope']>; input: Json }): Promise<void> {
    try {
      for await (const value of interpreter.run(this.#filter, scope, input)) {
        this.#last = value;
        await this.#print(value);
        await this.turn();
      }
    } catch (error) {
      if (!(error instanceof JqError) && !(error instanceof RangeError)) throw error;
      this.#status = 5;
      await this.#tool.out.flush();
      const where = this.#invocation.letters.has('n')
        ? '<unknown>'
        : `${this.#invocation.files.length === 0 ? '<stdin>' : this.#invocation.files[0]}:${this.#lines}`;
      const value = error instanceof JqError ? error.value : 'the filter calls itself too deep';
      const said = typeof value === 'string' ? `: ${value}` : ` (not a string): ${text(value)}`;
      await say(this.#tool.sys, 2, `jq: error (at ${where})${said}\n`);
    }
  }

  async #print(value: Json): Promise<void> {
    const { letters, indent } = this.#invocation;
    const isRaw = letters.has('r') || letters.has('j') || letters.has('0');
    const colors = letters.has('C') || (!letters.has('M') && this.#tool.out.isTerminal);
    const printing: Printing = { indent, sorts: letters.has('S'), isAscii: letters.has('a'), colors };
    const shown = isRaw && typeof value === 'string' ? value : print(value, printing);
    await this.#tool.out.write(`${letters.has('q') ? '\x1e' : ''}${shown}${letters.has('j') ? '' : letters.has('0') ? '\0' : '\n'}`);
  }

  async #halted(halt: Halt): Promise<number> {
    await this.#tool.out.flush();
    if (halt.value !== undefined) await say(this.#tool.sys, 2, typeof halt.value === 'string' ? halt.value : `${text(halt.value)}\n`);
    return this.#tool.end(halt.status);
  }
}

const quotedLines = (content: string): string =>
  content
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => JSON.stringify(line))
    .join('\n');
