/** `go mod`, `go get`, `go list`: what a module is and needs. There are no modules to fetch on the machine's network. */
import type { Sys } from '../../../kernel/sys.ts';
import { leave, print } from '../../net/text.ts';
import { encode, say } from '../../program-io.ts';
import { openSession, parseFlags, unreachable } from './build.ts';
import { setting } from './environment.ts';
import { checkVersion, findModule, type Module, ToolError, textAt } from './module.ts';

const COMMANDS = ['download', 'edit', 'graph', 'init', 'tidy', 'vendor', 'verify', 'why'];

export async function mod(sys: Sys, [verb, ...words]: readonly string[]): Promise<number> {
  if (verb === undefined)
    return leave(
      sys,
      `Go mod provides access to operations on modules.\n\nUsage:\n\n\tgo mod <command> [arguments]\n\nThe commands are:\n\n${COMMANDS.map((name) => `\t${name}\n`).join('')}\n`,
      2,
    );
  if (!COMMANDS.includes(verb)) return leave(sys, `go mod ${verb}: unknown command\nRun 'go help mod' for usage.\n`, 2);
  if (verb === 'init') return init(sys, words);
  const module = findModule(sys);
  if (module === null)
    throw new ToolError("go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n");
  checkVersion(module, setting(sys, 'GOVERSION'));
  if (verb === 'tidy') return tidy(sys, module);
  if (verb === 'edit') return edit(sys, module, words);
  if (module.requires.size === 0) return nothing(sys, verb, module);
  return fetchAll(sys, module);
}

async function nothing(sys: Sys, verb: string, { path }: Module): Promise<number> {
  if (verb === 'download') return leave(sys, 'go: no module dependencies to download\n', 0);
  if (verb === 'vendor') return leave(sys, 'go: no dependencies to vendor\n', 0);
  if (verb === 'verify') await print(sys, 'all modules verified\n');
  if (verb === 'why') await print(sys, `# ${path}\n${path}\n`);
  return 0;
}

/** Each module that is required is asked for, and nobody has it. */
async function fetchAll(sys: Sys, { requires }: Module): Promise<number> {
  for (const [path, version] of requires)
    throw new ToolError(
      await unreachable(sys, path, '', `@v/${version}.mod`).then((text) => text.replace(`${path}:`, `${path}@${version}:`)),
    );
  return 0;
}

async function init(sys: Sys, [path]: readonly string[]): Promise<number> {
  const cwd = sys.path.cwd();
  const file = `${cwd === '/' ? '' : cwd}/go.mod`;
  if (textAt(sys, file) !== undefined) throw new ToolError(`go: ${file} already exists\n`);
  if (path === undefined)
    throw new ToolError(
      `go: cannot determine module path for source directory ${cwd} (outside GOPATH, module path must be specified)\n\nExample usage:\n\t'go mod init example.com/m' to initialize a v0 or v1 module\n\t'go mod init example.com/m/v2' to initialize a v2 module\n\nRun 'go help mod init' for more information.\n`,
    );
  sys.path.writeFile(file, encode(`module ${path}\n\ngo ${setting(sys, 'GOVERSION').replace(/^go/, '')}\n`), 0o666);
  await say(sys, 2, `go: creating new go.mod: module ${path}\n`);
  if (sys.path.readdir(cwd).some(({ name }) => name.endsWith('.go')))
    await say(sys, 2, 'go: to add module requirements and sums:\n\tgo mod tidy\n');
  return 0;
}

/** Requirements that nobody uses go; those that are missing cannot be found. */
async function tidy(sys: Sys, module: Module): Promise<number> {
  const { loader } = openSession(sys, parseFlags('list', []));
  const all = loader.find(['./...']);
  if (all.length === 0) await say(sys, 2, 'go: warning: "all" matched no packages\n');
  const wanted = all.flatMap((loaded) => loader.foreign(loaded).map((path) => ({ path, from: loaded.path })));
  const owner = (path: string): string | undefined =>
    [...module.requires.keys()].find((name) => path === name || path.startsWith(`${name}/`));
  const unknown = wanted.filter(({ path }) => owner(path) === undefined);
  for (const path of new Set(unknown.map((one) => one.path))) await say(sys, 2, `go: finding module for package ${path}\n`);
  const problems: string[] = [];
  for (const { path, from } of wanted) {
    const known = owner(path);
    const text = await unreachable(sys, known ?? path, '', known === undefined ? '@v/list' : `@v/${module.requires.get(known)}.mod`);
    const why = text.replace(/^go: /, '').replace(/\n$/, '');
    problems.push(
      `go: ${from} imports\n\t${path}: ${known === undefined ? `cannot find module providing package ${path}: module ${why}` : why}\n`,
    );
  }
  if (problems.length > 0) throw new ToolError(problems.join(''));
  const kept = module.text
    .replace(/^require \([^)]*\)\n?/gm, '')
    .replace(/^require [^\n]*\n?/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd();
  if (module.requires.size > 0) sys.path.writeFile(`${module.root}/go.mod`, encode(`${kept}\n`));
  return 0;
}

async function edit(sys: Sys, module: Module, words: readonly string[]): Promise<number> {
  let { text } = module;
  for (const word of words) {
    const [, name, value = ''] = /^-(module|go)=(.*)$/.exec(word) ?? [];
    if (name === undefined) return leave(sys, `go: go mod edit: ${word} is not in the part that this model has\n`);
    text = text.replace(new RegExp(`^${name} .*$`, 'm'), `${name} ${value}`);
  }
  sys.path.writeFile(`${module.root}/go.mod`, encode(text));
  return 0;
}

export async function get(sys: Sys, words: readonly string[]): Promise<number> {
  const names = words.filter((word) => !word.startsWith('-') && word !== './...' && word !== '.');
  if (findModule(sys) === null && names.length > 0)
    return leave(
      sys,
      "go: go.mod file not found in current directory or any parent directory.\n\t'go get' is no longer supported outside a module.\n\tTo build and install a command, use 'go install' with a version,\n\tlike 'go install example.com/cmd@latest'\n\tFor more information, see https://golang.org/doc/go-get-install-deprecation\n\tor run 'go help get' or 'go help install'.\n",
    );
  const [first] = names;
  if (first === undefined) return 0;
  const [path = first, version] = first.split('@');
  throw new ToolError(
    await unreachable(
      sys,
      path,
      version === undefined || version === 'latest' || version === 'upgrade' ? 'module ' : '',
      version !== undefined && /^v\d/.test(version) ? `@v/${version}.info` : '@v/list',
    ),
  );
}

export async function list(sys: Sys, words: readonly string[]): Promise<number> {
  const names = words.filter((word) => !word.startsWith('-'));
  if (words.includes('-m')) {
    const module = findModule(sys);
    if (module === null)
      throw new ToolError("go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n");
    const required = names.includes('all') ? [...module.requires].map(([path, version]) => `${path} ${version}`) : [];
    await print(sys, [module.path, ...required].map((line) => `${line}\n`).join(''));
    return 0;
  }
  const { loader } = openSession(sys, parseFlags('list', names));
  await print(
    sys,
    loader
      .find(names)
      .map(({ path }) => `${path}\n`)
      .join(''),
  );
  return 0;
}
