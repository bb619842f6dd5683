/** `go build`, `go install`, `go run`, `go vet`, `go test`. */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { say } from '../../program-io.ts';
import type { Compiled } from '../compile/program.ts';
import { setting } from './environment.ts';
import { complaintText, type Environment, type Loaded, Loader } from './load.ts';
import { absolute, checkVersion, findModule, isDirectory, ToolError, textAt } from './module.ts';
import { compileObject, type GoObject, writeObject } from './object.ts';

export interface BuildFlags {
  readonly output: string | null;
  readonly verbose: boolean;
  readonly trimmed: boolean;
  readonly linkerFlags: string;
  readonly tags: readonly string[];
  readonly listed: boolean;
  readonly rest: readonly string[];
}

const VALUED = [
  'o',
  'ldflags',
  'tags',
  'mod',
  'gcflags',
  'asmflags',
  'buildmode',
  'p',
  'C',
  'run',
  'count',
  'timeout',
  'bench',
  'coverprofile',
  'covermode',
  'pgo',
  'installsuffix',
  'exec',
];
const SIMPLE = [
  'v',
  'x',
  'n',
  'a',
  'race',
  'trimpath',
  'buildvcs',
  'work',
  'modcacherw',
  'short',
  'cover',
  'json',
  'failfast',
  'msan',
  'asan',
];

/** Flags and what follows them. Throws ToolError with the usage. */
export function parseFlags(verb: string, words: readonly string[]): BuildFlags {
  const given = new Map<string, string>();
  const usage = verb === 'build' ? 'usage: go build [-o output] [build flags] [packages]' : `usage: go ${verb} [build flags] [packages]`;
  const wrong = (problem: string): ToolError => new ToolError(`${problem}\n${usage}\nRun 'go help ${verb}' for details.\n`, 2);
  let at = 0;
  for (; at < words.length && words[at]?.startsWith('-') && words[at] !== '-'; at += 1) {
    const [, name = '', value] = /^--?([^=]*)(?:=(.*))?$/s.exec(words[at] ?? '') ?? [];
    if (VALUED.includes(name)) {
      if (value === undefined) at += 1;
      const own = value ?? words[at];
      if (own === undefined) throw wrong(`flag needs an argument: -${name}`);
      given.set(name, own);
    } else if (SIMPLE.includes(name)) given.set(name, value ?? 'true');
    else throw wrong(`flag provided but not defined: -${name}`);
  }
  return {
    output: given.get('o') ?? null,
    verbose: given.get('v') === 'true',
    trimmed: given.get('trimpath') === 'true',
    linkerFlags: given.get('ldflags') ?? '',
    tags: (given.get('tags') ?? '').split(/[ ,]/).filter((tag) => tag !== ''),
    listed: given.get('n') === 'true',
    rest: words.slice(at),
  };
}

/** `-X path.name=value` of the linker's flags; quotes as the go command takes them. */
export function linkedValues(flags: string): readonly (readonly [string, string])[] {
  const joined = [...flags.matchAll(/-X[= ]\s*(?:'([^']*)'|"([^"]*)"|(\S+))/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
  return joined.flatMap((text) => {
    const [, name, value] = /^(?:"|')?([^=]+)=(.*?)(?:"|')?$/s.exec(text) ?? [];
    return name === undefined ? [] : [[name, value ?? ''] as const];
  });
}

export interface Session {
  readonly sys: Sys;
  readonly env: Environment;
  readonly loader: Loader;
  readonly flags: BuildFlags;
}

export function openSession(sys: Sys, flags: BuildFlags): Session {
  const module = findModule(sys);
  if (module) checkVersion(module, setting(sys, 'GOVERSION'));
  const env = {
    os: setting(sys, 'GOOS'),
    architecture: setting(sys, 'GOARCH'),
    cgo: setting(sys, 'CGO_ENABLED') === '1',
    tags: flags.tags,
  };
  return { sys, env, loader: new Loader(sys, module, env), flags };
}

const MOST_ERRORS = 10;

/** What the compiler complains about, as it prints it; throws ToolError. */
function complain(compiled: Compiled, prefix = ''): void {
  const { complaints } = compiled;
  if (complaints === null) return;
  const texts = [...complaints.list]
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.at - b.at))
    .map(({ file, at, message }) => prefix + complaintText(file, at, message));
  const all = [...new Set(texts)];
  const shown = all.length > MOST_ERRORS ? [...all.slice(0, MOST_ERRORS), 'too many errors\n'] : all;
  throw new ToolError(`# ${complaints.path}\n${shown.join('')}`);
}

/** Compiling a package takes so long, unless the cache has it. */
const COMPILE_NS = 120_000_000;
const CACHED_NS = 2_000_000;
const LINK_NS = 250_000_000;

/** Passes the time of compiling, and keeps in the cache what was compiled. */
async function work({ sys }: Session, { packages }: Compiled, object: GoObject): Promise<void> {
  const cache = setting(sys, 'GOCACHE');
  let spentNs = LINK_NS;
  for (const { path } of packages) {
    const source = object.packages.find((one) => one.path === path);
    const key = bytesToHex(sha256(new TextEncoder().encode(JSON.stringify(source ?? path))));
    const file = `${cache}/${key.slice(0, 2)}/${key}-a`;
    const isKnown = textAt(sys, file) !== undefined;
    spentNs += isKnown ? CACHED_NS : COMPILE_NS;
    if (!isKnown) keep(sys, cache, { file, text: `v1 ${key} ${path}\n` });
  }
  await sys.charge(spentNs);
}

function keep(sys: Sys, cache: string, { file, text }: { readonly file: string; readonly text: string }): void {
  const bytes = (words: string): Uint8Array => new TextEncoder().encode(words);
  try {
    const directory = file.replace(/\/[^/]*$/, '');
    for (let at = directory.indexOf('/', 1); ; at = directory.indexOf('/', at + 1)) {
      const part = at < 0 ? directory : directory.slice(0, at);
      if (!isDirectory(sys, part)) sys.path.mkdir(part, 0o777);
      if (at < 0) break;
    }
    if (textAt(sys, `${cache}/README`) === undefined)
      sys.path.writeFile(`${cache}/README`, bytes('This directory holds cached build artifacts from the Go build system.\n'), 0o666);
    sys.path.writeFile(file, bytes(text), 0o666);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new ToolError(
      `failed to initialize build cache at ${cache}: ${error.path === undefined ? '' : `mkdir ${error.path}: `}${error.message.toLowerCase()}\n`,
    );
  }
}

/** Compiles a package with all that it needs. Throws ToolError. */
export async function compile(session: Session, loaded: Loaded): Promise<GoObject> {
  const { loader, flags, sys } = session;
  if (loaded.files.length === 0) throw new ToolError(`package ${loaded.path}: no non-test Go files in ${loaded.directory}\n`);
  const sources = loader.closure(loaded);
  const packages = flags.trimmed ? sources.map((one) => ({ ...one, directory: one.path })) : sources;
  const object: GoObject = {
    packages,
    linked: [['runtime.version', setting(sys, 'GOVERSION')], ...linkedValues(flags.linkerFlags)],
    embedded: loader
      .embedded(sources)
      .map(([key, content]) => [flags.trimmed ? key.replace(loaded.directory, loaded.path) : key, content] as const),
  };
  const compiled = compileObject(object);
  complain(compiled);
  if (loaded.name === 'main' && compiled.main.scope.find('main')?.kind !== 'func')
    throw new ToolError(`# ${loaded.path}\nruntime.main_main·f: function main is undeclared in the main package\n`);
  await work(session, compiled, object);
  if (flags.verbose) for (const { path } of packages.toReversed()) await say(sys, 2, `${path}\n`);
  return object;
}

/** Packages whose code the C library is linked for. */
const USES_C = ['net', 'net/http', 'os/user'];

export function bytesOfObject({ env }: Session, object: GoObject): Uint8Array {
  const imports = object.packages.some(({ files }) => files.some(([, source]) => USES_C.some((path) => source.includes(`"${path}"`))));
  return writeObject(object, { os: env.os, architecture: env.architecture, dynamic: env.cgo && imports && env.os === 'linux' });
}

/** The file that a main package is built to: by its path's last word, or its first file. */
function programName({ path, files }: Loaded, env: Environment): string {
  const base =
    path === 'command-line-arguments'
      ? (files[0]?.file.name.replace(/^.*\//, '').replace(/\.go$/, '') ?? 'main')
      : (path
          .replace(/\/v\d+$/, '')
          .split('/')
          .at(-1) ?? path);
  return env.os === 'windows' ? `${base}.exe` : base;
}

export async function build(sys: Sys, words: readonly string[]): Promise<number> {
  const session = openSession(sys, parseFlags('build', words));
  const { flags, env } = session;
  const found = session.loader.find(flags.rest);
  const built: (readonly [Loaded, GoObject])[] = [];
  for (const loaded of found) if (loaded.files.length > 0 || found.length === 1) built.push([loaded, await compile(session, loaded)]);
  const mains = built.filter(([{ name }]) => name === 'main');
  const isDirectoryOutput = flags.output !== null && (flags.output.endsWith('/') || isDirectory(sys, absolute(sys, flags.output)));
  if (built.length > 1 && flags.output === null) return 0;
  if (built.length > 1 && !isDirectoryOutput && flags.output !== '/dev/null')
    throw new ToolError(`go: cannot write multiple packages to non-directory ${flags.output}\n`);
  if (mains.length === 0 && isDirectoryOutput) throw new ToolError('go: no main packages to build\n');
  for (const [loaded, object] of mains) {
    const name = programName(loaded, env);
    const path = flags.output === null ? name : isDirectoryOutput ? `${flags.output.replace(/\/$/, '')}/${name}` : flags.output;
    write(sys, absolute(sys, path), bytesOfObject(session, object));
  }
  return 0;
}

export async function install(sys: Sys, words: readonly string[]): Promise<number> {
  const session = openSession(sys, parseFlags('install', words));
  const remote = session.flags.rest.find((one) => one.includes('@'));
  if (remote) throw new ToolError(await unreachable(sys, remote.split('@')[0] ?? '', `${remote}: module `));
  const directory = sys.env.get('GOBIN') || `${setting(sys, 'GOPATH')}/bin`;
  for (const loaded of session.loader.find(session.flags.rest)) {
    const object = await compile(session, loaded);
    if (loaded.name === 'main') write(sys, `${directory}/${programName(loaded, session.env)}`, bytesOfObject(session, object));
  }
  return 0;
}

/** Writes a program, with the directories to it. */
export function write(sys: Sys, path: string, bytes: Uint8Array): void {
  try {
    if (path !== '/dev/null' && isDirectory(sys, path))
      throw new ToolError(`go: build output "${path}" already exists and is a directory\n`);
    for (let at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1))
      if (!isDirectory(sys, path.slice(0, at))) sys.path.mkdir(path.slice(0, at), 0o777);
    if (path === '/dev/null') return;
    if (textAt(sys, path) !== undefined) sys.path.unlink(path);
    sys.path.writeFile(path, bytes, 0o777);
    sys.path.chmod(path, 0o777 & ~sys.umask());
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new ToolError(`go: creating work dir: ${path}: ${error.message.toLowerCase()}\n`);
  }
}

/** Why a module cannot be fetched: what its proxy's name, or the connection to it, says. */
export async function unreachable(sys: Sys, path: string, prefix: string, file = '@v/list'): Promise<string> {
  const { dial } = await import('../library/http.ts');
  const reached = await dial(sys, 'proxy.golang.org', 443);
  const why = typeof reached === 'string' ? reached : 'net/http: TLS handshake timeout';
  if (typeof reached !== 'string') sys.fds.close(reached);
  const escaped = path.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
  return `go: ${prefix}${path}: Get "https://proxy.golang.org/${escaped}/${file}": ${why}\n`;
}
