/** The `go` command, as far as one asks it who and where it is. There is no compiler behind it, and it says so. */
import type { Program, Sys } from '../../kernel/sys.ts';
import { fileLines } from '../coreutils/users.ts';
import { leave, print } from '../net/text.ts';

const ROOT = '/usr/local/go';
const COMPILES = ['build', 'run', 'install', 'test', 'vet', 'generate', 'tool'];
const FETCHES = ['get', 'mod', 'work'];
const USAGE =
  'Go is a tool for managing Go source code.\n\nUsage:\n\n\tgo <command> [arguments]\n\nOf its commands this model has:\n\n\tenv\n\tversion\n';

export const go: Program = async (sys) => {
  const [, verb, ...words] = sys.argv;
  if (verb === undefined) return leave(sys, USAGE, 2);
  if (verb === 'help') return help(sys);
  if (verb === 'version') return version(sys);
  if (verb === 'env') return env(sys, words);
  if (COMPILES.includes(verb))
    return leave(sys, `go: ${verb}: this model has no compiler for Go: build the program elsewhere and COPY it in\n`);
  if (FETCHES.includes(verb)) return leave(sys, `go: ${verb}: this model has no Go modules to fetch\n`);
  return leave(sys, `go ${verb}: unknown command\nRun 'go help' for usage.\n`, 2);
};

async function help(sys: Sys): Promise<number> {
  await print(sys, USAGE);
  return 0;
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' };
const architecture = (sys: Sys): string => ARCHITECTURES[sys.uname.machine] ?? sys.uname.machine;
const release = (sys: Sys): string => fileLines(sys, `${ROOT}/VERSION`)[0] ?? 'go';

async function version(sys: Sys): Promise<number> {
  await print(sys, `go version ${release(sys)} linux/${architecture(sys)}\n`);
  return 0;
}

/** Settings by their names, one a line; without names all of them, as a shell would set them. */
async function env(sys: Sys, names: readonly string[]): Promise<number> {
  const given = (name: string, otherwise: string): string => sys.env.get(name) || otherwise;
  const home = given('HOME', '/root');
  const path = given('GOPATH', `${home}/go`);
  const settings = new Map([
    ['CGO_ENABLED', given('CGO_ENABLED', '1')],
    ['GOARCH', given('GOARCH', architecture(sys))],
    ['GOCACHE', given('GOCACHE', `${home}/.cache/go-build`)],
    ['GOHOSTARCH', architecture(sys)],
    ['GOHOSTOS', 'linux'],
    ['GOMODCACHE', given('GOMODCACHE', `${path}/pkg/mod`)],
    ['GOOS', given('GOOS', 'linux')],
    ['GOPATH', path],
    ['GOROOT', ROOT],
    ['GOTOOLCHAIN', given('GOTOOLCHAIN', 'auto')],
    ['GOVERSION', release(sys)],
  ]);
  const shown =
    names.length > 0 ? names.map((name) => settings.get(name) ?? '') : [...settings].map(([name, value]) => `${name}='${value}'`);
  await print(sys, shown.map((line) => `${line}\n`).join(''));
  return 0;
}
