/** python: scripts of a small part of the language, `--version`, `-c`. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { leave, print } from '../../net/text.ts';
import { decode, readAll } from '../../program-io.ts';
import { ScriptError, unsupported } from './errors.ts';
import { fn, type Language, objectOf, Script, type Val } from './language.ts';

/** Which Python a note stands for, where no variable says it. */
const VERSIONS: Readonly<Record<string, string>> = { 'python3.9': '3.9.25', 'python3.12': '3.12.12', 'python3.13': '3.13.5' };

function shown(value: Val, isInside = false): string {
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'string') return isInside ? `'${value.replaceAll("'", "\\'")}'` : value;
  if (Array.isArray(value)) return `[${value.map((one) => shown(one, true)).join(', ')}]`;
  if (typeof value === 'object' && 'kind' in value) return value.kind === 'function' ? '<built-in function>' : '<module>';
  return String(value);
}

function member(of: Val, name: string): Val {
  if (typeof of === 'string') {
    const methods: Readonly<Record<string, Val>> = {
      upper: fn(() => of.toUpperCase()),
      lower: fn(() => of.toLowerCase()),
      strip: fn(() => of.trim()),
      split: fn(([by]) => (by === undefined ? of.trim().split(/\s+/) : of.split(String(by)))),
      join: fn(([items]) => (Array.isArray(items) ? items.map((one) => shown(one)).join(of) : '')),
      replace: fn(([from, to]) => of.replaceAll(String(from), String(to))),
      format: fn((args) => {
        let next = 0;
        return of.replace(/\{(\d*)\}/g, (_, at: string) => shown(args[at === '' ? next++ : Number(at)]));
      }),
      startswith: fn(([part]) => of.startsWith(String(part))),
    };
    if (Object.hasOwn(methods, name)) return methods[name];
  }
  throw unsupported(`".${name}"`);
}

const PYTHON: Language = {
  name: 'python',
  constants: { True: true, False: false, None: null, __name__: '__main__' },
  truthy: (value) => Boolean(value) && !(Array.isArray(value) && value.length === 0),
  text: (value) => shown(value),
  member,
};

/** `sys.exit(1)` */
class Leave extends Error {
  override readonly name = 'Leave';
  readonly status: number;

  constructor(status: number) {
    super('exit');
    this.status = status;
  }
}

function modulesOf(sys: Sys, { version, argv }: { version: string; argv: readonly string[] }): (name: string) => Val {
  const [major = 3, minor = 0, micro = 0] = version.split('.').map(Number);
  const exit = fn(([status]) => {
    throw new Leave(typeof status === 'number' ? status : 0);
  });
  const environment = objectOf({ ...Object.fromEntries(sys.env), get: fn(([name, other = null]) => sys.env.get(String(name)) ?? other) });
  const modules: Readonly<Record<string, Val>> = {
    sys: objectOf({
      version: `${version} (main, Jan  8 2026, 02:00:00) [GCC 14.2.0]`,
      version_info: [major, minor, micro, 'final', 0],
      argv,
      exit,
      platform: 'linux',
      executable: '/usr/local/bin/python3',
    }),
    os: objectOf({
      environ: environment,
      getenv: fn(([name, other = null]) => sys.env.get(String(name)) ?? other),
      getpid: fn(() => sys.pid),
      getcwd: fn(() => sys.path.cwd()),
      getuid: fn(() => sys.ids.get().uid),
    }),
    platform: objectOf({
      python_version: fn(() => version),
      node: fn(() => sys.hostname()),
      system: fn(() => 'Linux'),
      release: fn(() => sys.uname.release),
      machine: fn(() => sys.uname.machine),
    }),
    socket: objectOf({ gethostname: fn(() => sys.hostname()) }),
    math: objectOf({ pi: Math.PI, sqrt: fn(([x]) => Math.sqrt(Number(x))), floor: fn(([x]) => Math.floor(Number(x))) }),
  };
  return (name) => {
    if (Object.hasOwn(modules, name)) return modules[name];
    throw new ScriptError('ModuleNotFoundError', `No module named '${name}' (this model has ${Object.keys(modules).join(', ')})`);
  };
}

async function run(
  sys: Sys,
  source: string,
  { where, argv, version }: { where: string; argv: readonly string[]; version: string },
): Promise<number> {
  const output: string[] = [];
  const out = fn((args, named) => {
    output.push(args.map((one) => shown(one)).join(String(named.get('sep') ?? ' ')) + String(named.get('end') ?? '\n'));
    return null;
  });
  const names = new Map<string, Val>([
    ['print', out],
    ['len', fn(([value]) => (typeof value === 'string' || Array.isArray(value) ? value.length : 0))],
    ['str', fn(([value]) => shown(value))],
    ['repr', fn(([value]) => shown(value, true))],
    ['int', fn(([value]) => Math.trunc(Number(value)))],
    ['float', fn(([value]) => Number(value))],
    ['sum', fn(([items]) => (Array.isArray(items) ? items.reduce<number>((total, one) => total + Number(one), 0) : 0))],
    ['max', fn((args) => Math.max(...(Array.isArray(args[0]) ? args[0] : args).map(Number)))],
    ['min', fn((args) => Math.min(...(Array.isArray(args[0]) ? args[0] : args).map(Number)))],
    ['range', fn(([count]) => Array.from({ length: Math.max(0, Math.min(100_000, Number(count))) }, (_, i) => i))],
    ['list', fn(([items]) => items)],
  ]);
  let status = 0;
  let failure = '';
  try {
    new Script(PYTHON, names, modulesOf(sys, { version, argv })).run(source.replace(/^#![^\n]*/, ''));
  } catch (error) {
    if (error instanceof Leave) status = error.status;
    else if (error instanceof ScriptError) {
      status = 1;
      failure =
        error.type === 'SyntaxError'
          ? `  File "${where}", line 1\n    ${source.split('\n')[0]}\nSyntaxError: ${error.message}\n`
          : `Traceback (most recent call last):\n  File "${where}", line 1, in <module>\n${error.type === 'NotSupported' ? 'NotImplementedError' : error.type}: ${error.message}\n`;
    } else throw error;
  }
  await print(sys, output.join(''));
  return failure === '' ? status : leave(sys, failure, status);
}

export const python =
  (note: string): Program =>
  async (sys) => {
    const version = sys.env.get('PYTHON_VERSION') ?? VERSIONS[note] ?? '3.13.11';
    const args = sys.argv.slice(1).filter((arg) => !/^-[uBEsI]+$/.test(arg));
    const [first, ...rest] = args;
    if (first === '--version' || first === '-V') return print(sys, `Python ${version}\n`).then(() => 0);
    if (first === '-c')
      return rest[0] === undefined
        ? leave(sys, 'Argument expected for the -c option\n', 2)
        : run(sys, rest[0], { where: '<string>', argv: ['-c', ...rest.slice(1)], version });
    if (first === '-m') return leave(sys, `/usr/local/bin/python3: this model does not run modules (${rest[0] ?? ''})\n`);
    if (first === undefined || first === '-') {
      if (sys.fds.isatty(0)) return leave(sys, 'python: this model has no prompt of its own; use -c, or a script file\n');
      return run(sys, decode(await readAll(sys, 0)), { where: '<stdin>', argv: ['-'], version });
    }
    if (first.startsWith('-'))
      return leave(sys, `unknown option ${first}\nusage: python3 [option] ... [-c cmd | -m mod | file | -] [arg] ...\n`, 2);
    try {
      return await run(sys, decode(sys.path.readFile(first)), { where: first, argv: [first, ...rest], version });
    } catch (error) {
      if (!isErrno(error)) throw error;
      return leave(
        sys,
        `python3: can't open file '${first.startsWith('/') ? first : `${sys.path.cwd()}/${first}`}': [Errno ${error.number}] ${error.message}\n`,
        2,
      );
    }
  };
