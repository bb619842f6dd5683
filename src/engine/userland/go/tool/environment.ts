/** The settings of the go command: from the environment, else as they are by themselves. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { print } from '../../net/text.ts';
import { findModule, textAt } from './module.ts';

const ROOT = '/usr/local/go';
const ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' };
export const architecture = (sys: Sys): string => ARCHITECTURES[sys.uname.machine] ?? sys.uname.machine;
export const release = (sys: Sys): string => (textAt(sys, `${ROOT}/VERSION`) ?? 'go').split('\n')[0] ?? 'go';

/** Without a C compiler there is no cgo. */
function hasCompiler(sys: Sys): boolean {
  return (sys.env.get('PATH') ?? '').split(':').some((directory) => {
    try {
      return sys.path.access(`${directory}/gcc`, { execute: true });
    } catch (error) {
      if (isErrno(error)) return false;
      throw error;
    }
  });
}

function defaults(sys: Sys): ReadonlyMap<string, () => string> {
  const home = sys.env.get('HOME') || '/root';
  const path = (): string => sys.env.get('GOPATH') || `${home}/go`;
  const target = (): string => sys.env.get('GOOS') || 'linux';
  const isNative = (): boolean => target() === 'linux' && (sys.env.get('GOARCH') || architecture(sys)) === architecture(sys);
  return new Map<string, () => string>([
    ['CGO_ENABLED', () => (isNative() && hasCompiler(sys) ? '1' : '0')],
    ['GO111MODULE', () => ''],
    ['GOAMD64', () => 'v1'],
    ['GOARCH', () => architecture(sys)],
    ['GOBIN', () => ''],
    ['GOCACHE', () => `${sys.env.get('XDG_CACHE_HOME') || `${home}/.cache`}/go-build`],
    ['GOENV', () => `${home}/.config/go/env`],
    ['GOEXE', () => (target() === 'windows' ? '.exe' : '')],
    ['GOFLAGS', () => ''],
    ['GOHOSTARCH', () => architecture(sys)],
    ['GOHOSTOS', () => 'linux'],
    ['GOMOD', () => (findModule(sys) === null ? '/dev/null' : `${findModule(sys)?.root.replace(/^\/$/, '')}/go.mod`)],
    ['GOMODCACHE', () => `${path()}/pkg/mod`],
    ['GONOPROXY', () => ''],
    ['GONOSUMDB', () => ''],
    ['GOOS', () => 'linux'],
    ['GOPATH', path],
    ['GOPRIVATE', () => ''],
    ['GOPROXY', () => 'https://proxy.golang.org,direct'],
    ['GOROOT', () => ROOT],
    ['GOSUMDB', () => 'sum.golang.org'],
    ['GOTMPDIR', () => ''],
    ['GOTOOLCHAIN', () => 'auto'],
    ['GOTOOLDIR', () => `${ROOT}/pkg/tool/linux_${architecture(sys)}`],
    ['GOVERSION', () => release(sys)],
  ]);
}

/** What cannot be set from outside. */
const FIXED = ['GOEXE', 'GOHOSTARCH', 'GOHOSTOS', 'GOMOD', 'GOTOOLDIR', 'GOVERSION'];

/** The value of a setting; empty for one that is not known. */
export const setting = (sys: Sys, name: string): string =>
  (FIXED.includes(name) ? '' : (sys.env.get(name) ?? '')) || (defaults(sys).get(name)?.() ?? '');

/** Settings by their names, one a line; without names all of them, as a shell would set them. */
export async function env(sys: Sys, names: readonly string[]): Promise<number> {
  const wanted = names.filter((name) => !name.startsWith('-'));
  const lines =
    wanted.length > 0
      ? wanted.map((name) => setting(sys, name))
      : [...defaults(sys).keys()].map((name) => `${name}='${setting(sys, name)}'`);
  await print(sys, lines.map((line) => `${line}\n`).join(''));
  return 0;
}
