/** node: scripts of a small part of JavaScript, `--version`, `-e`, `-p`. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { leave, print } from '../../net/text.ts';
import { decode, readAll } from '../../program-io.ts';
import { ScriptError, unsupported } from './errors.ts';
import { fn, type Language, objectOf, Script, type Val } from './language.ts';

const versionOf = (sys: Sys): string => sys.env.get('NODE_VERSION') ?? '24.11.1';

function shown(value: Val, isInside = false): string {
  if (typeof value === 'string') return isInside ? `'${value}'` : value;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map((one) => shown(one, true)).join(', ')} ]`;
  if (typeof value === 'object' && value !== null && 'kind' in value) {
    if (value.kind === 'function') return '[Function (anonymous)]';
    const fields = (value.keys ?? []).map((key) => `${/^\w+$/.test(key) ? key : `'${key}'`}: ${shown(value.get(key), true)}`);
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

function member(of: Val, name: string): Val {
  if (typeof of === 'string') {
    if (name === 'length') return of.length;
    const methods: Readonly<Record<string, Val>> = {
      toUpperCase: fn(() => of.toUpperCase()),
      toLowerCase: fn(() => of.toLowerCase()),
      trim: fn(() => of.trim()),
      split: fn(([by]) => of.split(String(by))),
      slice: fn(([from, to]) => of.slice(Number(from ?? 0), to === undefined ? undefined : Number(to))),
      replace: fn(([from, to]) => of.replace(String(from), String(to))),
      includes: fn(([part]) => of.includes(String(part))),
      repeat: fn(([count]) => of.repeat(Math.max(0, Math.min(10_000, Number(count))))),
    };
    if (Object.hasOwn(methods, name)) return methods[name];
  }
  if (Array.isArray(of)) {
    const items: readonly Val[] = of;
    if (name === 'length') return items.length;
    if (name === 'join') return fn(([by = ',']) => items.map((one) => shown(one)).join(String(by)));
    if (name === 'slice') return fn(([from, to]) => items.slice(Number(from ?? 0), to === undefined ? undefined : Number(to)));
    if (name === 'includes') return fn(([one]) => items.includes(one));
  }
  if (name === 'toString') return fn(() => shown(of));
  if (name === 'toFixed' && typeof of === 'number') return fn(([places]) => of.toFixed(Number(places ?? 0)));
  throw unsupported(`".${name}"`);
}

const JAVASCRIPT: Language = {
  name: 'javascript',
  constants: { true: true, false: false, null: null, undefined: undefined, NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY },
  truthy: (value) => Boolean(value),
  text: (value) => (Array.isArray(value) ? value.map((one) => shown(one)).join(',') : shown(value)),
  member,
};

interface Run {
  readonly output: { readonly fd: 1 | 2; readonly text: string }[];
  readonly script: Script;
}

/** `process.exit(1)` */
class Leave extends Error {
  override readonly name = 'Leave';
  readonly status: number;

  constructor(status: number) {
    super('exit');
    this.status = status;
  }
}

function prepare(sys: Sys, argv: readonly string[]): Run {
  const output: Run['output'] = [];
  const log = (fd: 1 | 2): Val =>
    fn((args) => {
      output.push({ fd, text: `${args.map((one) => shown(one)).join(' ')}\n` });
      return undefined;
    });
  const process = objectOf({
    version: `v${versionOf(sys)}`,
    versions: objectOf({ node: versionOf(sys) }),
    argv,
    env: objectOf(Object.fromEntries(sys.env)),
    pid: sys.pid,
    platform: 'linux',
    arch: sys.uname.machine === 'aarch64' ? 'arm64' : 'x64',
    cwd: fn(() => sys.path.cwd()),
    getuid: fn(() => sys.ids.get().uid),
    exit: fn(([status]) => {
      throw new Leave(Number(status ?? 0));
    }),
    stdout: objectOf({
      write: fn(([text]) => {
        output.push({ fd: 1, text: String(text) });
        return true;
      }),
    }),
  });
  const os = objectOf({ hostname: fn(() => sys.hostname()), platform: fn(() => 'linux'), release: fn(() => sys.uname.release), EOL: '\n' });
  const modules = (name: string): Val => {
    const plain = name.replace(/^node:/, '');
    if (plain === 'os') return os;
    if (plain === 'process') return process;
    throw unsupported(`the module "${name}"`);
  };
  const names = new Map<string, Val>([
    ['console', objectOf({ log: log(1), info: log(1), error: log(2), warn: log(2) })],
    ['process', process],
    ['require', fn(([name]) => modules(String(name)))],
    [
      'Math',
      objectOf({
        PI: Math.PI,
        max: fn((args) => Math.max(...args.map(Number))),
        min: fn((args) => Math.min(...args.map(Number))),
        floor: fn(([x]) => Math.floor(Number(x))),
        round: fn(([x]) => Math.round(Number(x))),
        sqrt: fn(([x]) => Math.sqrt(Number(x))),
      }),
    ],
    ['String', fn(([value]) => shown(value))],
    ['Number', fn(([value]) => Number(value))],
    [
      'JSON',
      objectOf({
        stringify: fn(([value]) => (typeof value === 'object' && value !== null && 'kind' in value ? '{}' : JSON.stringify(value))),
      }),
    ],
  ]);
  return { output, script: new Script(JAVASCRIPT, names, modules) };
}

async function run(
  sys: Sys,
  source: string,
  { where, argv, prints }: { where: string; argv: readonly string[]; prints: boolean },
): Promise<number> {
  const { output, script } = prepare(sys, argv);
  let status = 0;
  try {
    const value = script.run(source.replace(/^#![^\n]*/, ''));
    if (prints) output.push({ fd: 1, text: `${shown(value)}\n` });
  } catch (error) {
    if (error instanceof Leave) status = error.status;
    else if (error instanceof ScriptError) {
      status = 1;
      const type = error.type === 'NotSupported' ? 'Error' : error.type;
      output.push({ fd: 2, text: `${where}:1\n${source.split('\n')[0]}\n\n${type}: ${error.message}\n\nNode.js v${versionOf(sys)}\n` });
    } else throw error;
  }
  for (const { fd, text } of output) await (fd === 1 ? print(sys, text) : leave(sys, text));
  return status;
}

export const node: Program = async (sys) => {
  const [first, ...rest] = sys.argv.slice(1);
  if (first === '--version' || first === '-v') return print(sys, `v${versionOf(sys)}\n`).then(() => 0);
  if (first === '-e' || first === '--eval' || first === '-p' || first === '--print' || first === '-pe') {
    const [source, ...args] = rest;
    if (source === undefined) return leave(sys, `node: ${first} requires an argument\n`, 9);
    return run(sys, source, { where: '[eval]', argv: ['/usr/local/bin/node', ...args], prints: first.includes('p') && first !== '--eval' });
  }
  if (first === undefined || first === '-') {
    if (sys.fds.isatty(0)) return leave(sys, 'node: this model has no prompt of its own; use -e, or a script file\n');
    return run(sys, decode(await readAll(sys, 0)), { where: '[stdin]', argv: ['/usr/local/bin/node', '-'], prints: false });
  }
  if (first.startsWith('-')) return leave(sys, `node: bad option: ${first}\n`, 9);
  const path = first.startsWith('/') ? first : `${sys.path.cwd().replace(/\/$/, '')}/${first}`;
  try {
    return await run(sys, decode(sys.path.readFile(path)), { where: path, argv: ['/usr/local/bin/node', path, ...rest], prints: false });
  } catch (error) {
    if (!isErrno(error)) throw error;
    return leave(
      sys,
      `node:internal/modules/cjs/loader:1423\n  throw err;\n  ^\n\nError: Cannot find module '${path}'\n\nNode.js v${versionOf(sys)}\n`,
    );
  }
};
