/** redis-server's settings: defaults, a file, the command line, CONFIG SET. */
import type { Sys } from '../../../kernel/sys.ts';
import { sentence, textOf } from '../../net/text.ts';
import { splitWords } from './resp.ts';

/** What this server follows, as the image has it. */
const DEFAULTS: Readonly<Record<string, string>> = {
  appendfsync: 'everysec',
  appendfilename: 'appendonly.aof',
  appenddirname: 'appendonlydir',
  appendonly: 'no',
  bind: '* -::*',
  daemonize: 'no',
  databases: '16',
  dbfilename: 'dump.rdb',
  dir: './',
  logfile: '',
  loglevel: 'notice',
  maxclients: '10000',
  maxmemory: '0',
  'maxmemory-policy': 'noeviction',
  pidfile: '',
  port: '6379',
  'protected-mode': 'no',
  requirepass: '',
  save: '3600 1 300 100 60 10000',
  'tcp-backlog': '511',
  'tcp-keepalive': '300',
  timeout: '0',
};
const SWITCHES = new Set(['appendonly', 'daemonize', 'protected-mode']);
const NUMBERS = new Set(['databases', 'maxclients', 'port', 'tcp-backlog', 'tcp-keepalive', 'timeout']);
/** Known to Redis, without meaning here: taken and left. */
const LEFT = new Set(
  'activerehashing aof-use-rdb-preamble auto-aof-rewrite-percentage auto-aof-rewrite-min-size always-show-logo hz latency-monitor-threshold lazyfree-lazy-eviction no-appendfsync-on-rewrite notify-keyspace-events proc-title-template rdbcompression rdbchecksum rdb-save-incremental-fsync set-proc-title slowlog-log-slower-than slowlog-max-len stop-writes-on-bgsave-error supervised'.split(
    ' ',
  ),
);

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export class Config {
  readonly #values = new Map(Object.entries(DEFAULTS));

  get(name: string): string {
    return this.#values.get(name) ?? '';
  }

  names(): readonly string[] {
    return [...this.#values.keys()].sort();
  }

  isOn(name: string): boolean {
    return this.get(name) === 'yes';
  }

  /** Throws ConfigError with Redis' sentence. */
  set(name: string, words: readonly string[]): void {
    const key = name.toLowerCase();
    if (!this.#values.has(key) && !LEFT.has(key)) throw new ConfigError('Bad directive or wrong number of arguments');
    const value = words.join(' ');
    if (SWITCHES.has(key) && !/^(yes|no)$/i.test(value)) throw new ConfigError(`argument must be 'yes' or 'no'`);
    if (NUMBERS.has(key) && !/^\d+$/.test(value)) throw new ConfigError("argument couldn't be parsed into an integer");
    if (key === 'save') return this.#setSave(value);
    this.#values.set(key, SWITCHES.has(key) ? value.toLowerCase() : key === 'maxmemory' ? String(bytes(value)) : value);
  }

  /** Several lines of `save` add up; an empty one forgets them. */
  #setSave(value: string): void {
    if (value !== '' && !/^\d+ \d+( \d+ \d+)*$/.test(value)) throw new ConfigError('Invalid save parameters');
    this.#values.set('save', value);
  }

  /** Where its number is written: nowhere, unless it is asked for, or it goes into the background. */
  get pidFile(): string {
    return this.get('pidfile') || (this.isOn('daemonize') ? '/var/run/redis.pid' : '');
  }

  get saveRules(): readonly { readonly seconds: number; readonly changes: number }[] {
    const numbers = this.get('save').split(' ').filter(Boolean).map(Number);
    return Array.from({ length: numbers.length >> 1 }, (_, i) => ({ seconds: numbers[2 * i] ?? 0, changes: numbers[2 * i + 1] ?? 0 }));
  }
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, kb: 1024, m: 1e6, mb: 1024 ** 2, g: 1e9, gb: 1024 ** 3, b: 1 };

function bytes(text: string): number {
  const [, count, unit = ''] = /^(\d+)([a-z]*)$/i.exec(text) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  if (count === undefined || factor === undefined) throw new ConfigError('argument must be a memory value');
  return Number(count) * factor;
}

interface Line {
  readonly number: number;
  readonly words: readonly string[];
}

/** Reads `redis-server [FILE] [--NAME VALUE…]…`. ConfigError has the whole of what the server says before it gives up. */
export function readConfig(sys: Sys, args: readonly string[], version: string): Config {
  const config = new Config();
  const [file] = args;
  const hasFile = file !== undefined && !file.startsWith('-');
  const fromFile = hasFile ? fileLines(sys, file) : [];
  for (const { number, words } of [...fromFile, ...optionLines(hasFile ? args.slice(1) : args, fromFile.length)]) {
    const [name = '', ...values] = words;
    try {
      config.set(name, values);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const shown = [name, ...values.map((value) => `"${value}"`)].join(' ');
      throw new ConfigError(
        `\n*** FATAL CONFIG FILE ERROR (Redis ${version}) ***\nReading the configuration file, at line ${number}\n>>> '${shown}'\n${error.message}\n`,
      );
    }
  }
  return config;
}

function fileLines(sys: Sys, path: string): readonly Line[] {
  let text: string;
  try {
    text = new TextDecoder().decode(sys.path.readFile(path));
  } catch (error) {
    throw new ConfigError(`Fatal error, can't open config file '${path}': ${sentence(error)}\n`);
  }
  return text
    .split('\n')
    .map((line, at) => ({ number: at + 1, words: /^\s*(#|$)/.test(line) ? [] : (splitWords(line.trim()) ?? [line.trim()]) }))
    .filter(({ words }) => words.length > 0);
}

function optionLines(args: readonly string[], after: number): readonly Line[] {
  const lines: string[][] = [];
  for (const arg of args) {
    if (arg.startsWith('--') && (lines.at(-1)?.length ?? 2) > 1) lines.push([arg.slice(2)]);
    else if (lines.length > 0) lines.at(-1)?.push(...(arg === '' ? [''] : (splitWords(arg) ?? [arg])));
  }
  return lines.map((words, at) => ({ number: after + at + 2, words }));
}

/** What Linux is set to, if it says. */
export const overcommit = (sys: Sys): string => textOf(sys, '/proc/sys/vm/overcommit_memory')?.trim() ?? '';
