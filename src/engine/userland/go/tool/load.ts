/** Packages by their patterns: which directories they are, which of their files count, and what they import. */
import type { Sys } from '../../../kernel/sys.ts';
import { rawOf } from '../../program-io.ts';
import { isLibrary } from '../compile/program.ts';
import type { SourceFile } from '../syntax/ast.ts';
import { parseFile } from '../syntax/parse-file.ts';
import { columnOf, GoError, lineOf, type Position } from '../syntax/tokens.ts';
import { absolute, isDirectory, type Module, ToolError, textAt } from './module.ts';
import type { ObjectPackage } from './object.ts';
import { STANDARD } from './standard.ts';

export interface Loaded {
  readonly path: string;
  readonly directory: string;
  readonly name: string;
  readonly files: readonly LoadedFile[];
  /** Of its own tests, and of those of a package beside it. */
  readonly tests: readonly LoadedFile[];
}
export interface LoadedFile {
  readonly file: SourceFile;
  readonly source: string;
}

export interface Environment {
  readonly os: string;
  readonly architecture: string;
  readonly cgo: boolean;
  readonly tags: readonly string[];
}

const SYSTEMS = ['linux', 'windows', 'darwin', 'freebsd', 'js', 'wasip1'];
const ARCHITECTURES = ['amd64', 'arm64', '386', 'arm', 'wasm', 'riscv64', 's390x', 'ppc64le'];

/** Whether a file counts for the target, by its name and its `//go:build` line. */
function counts(name: string, source: string, env: Environment): boolean {
  const words = name
    .replace(/(_test)?\.go$/, '')
    .split('_')
    .slice(1);
  const ofName = words
    .slice(-2)
    .every((word) => (SYSTEMS.includes(word) ? word === env.os : ARCHITECTURES.includes(word) ? word === env.architecture : true));
  const line = /^\/\/go:build (.+)$/m.exec(source.split(/^package /m)[0] ?? '')?.[1];
  return ofName && (line === undefined || holds(line, env));
}

/** A constraint: `linux && !cgo`. */
function holds(line: string, env: Environment): boolean {
  const words = line.match(/&&|\|\||[!()]|[\w.]+/g) ?? [];
  const truth = (word: string): boolean =>
    word === env.os ||
    word === env.architecture ||
    (word === 'unix' && env.os === 'linux') ||
    (word === 'cgo' && env.cgo) ||
    /^go1\.(\d|1\d|2[0-5])$/.test(word) ||
    env.tags.includes(word);
  let at = 0;
  const or = (): boolean => {
    let value = and();
    while (words[at] === '||') {
      at += 1;
      value = and() || value;
    }
    return value;
  };
  const and = (): boolean => {
    let value = not();
    while (words[at] === '&&') {
      at += 1;
      value = not() && value;
    }
    return value;
  };
  const not = (): boolean => {
    const word = words[at] ?? '';
    at += 1;
    if (word === '!') return !not();
    if (word !== '(') return truth(word);
    const value = or();
    at += 1;
    return value;
  };
  return or();
}

/** A path as messages write it: below the working directory. */
export function shortPath(sys: Sys, path: string): string {
  const cwd = sys.path.cwd();
  return path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;
}

const dotted = (path: string): string => (path.includes('/') ? path : `./${path}`);
export const complaintText = (file: string, at: Position, message: string): string => `${file}:${lineOf(at)}:${columnOf(at)}: ${message}\n`;

export class Loader {
  readonly #sys: Sys;
  readonly module: Module | null;
  readonly #env: Environment;
  readonly #tested = new Map<string, Loaded>();

  constructor(sys: Sys, module: Module | null, env: Environment) {
    this.#sys = sys;
    this.module = module;
    this.#env = env;
  }

  /** The same, with a package's tests as parts of it. */
  withTests(loaded: Loaded): Loader {
    const made = new Loader(this.#sys, this.module, this.#env);
    const own = loaded.tests.filter(({ file }) => file.package === loaded.name);
    made.#tested.set(loaded.path, { ...loaded, files: [...loaded.files, ...own] });
    made.#tested.set(`${loaded.path}_test`, {
      ...loaded,
      path: `${loaded.path}_test`,
      files: loaded.tests.filter(({ file }) => file.package !== loaded.name),
    });
    return made;
  }

  /** The packages of patterns. Throws ToolError. */
  find(patterns: readonly string[]): readonly Loaded[] {
    if (patterns.length > 0 && patterns.every((one) => one.endsWith('.go'))) return [this.#files(patterns)];
    if (this.module === null)
      throw new ToolError("go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n");
    return (patterns.length === 0 ? ['.'] : patterns).flatMap((pattern) => this.#pattern(pattern));
  }

  #files(names: readonly string[]): Loaded {
    const files = names.map((name) => {
      const path = absolute(this.#sys, name);
      const source = textAt(this.#sys, path);
      if (source === undefined)
        throw new ToolError(
          `no required module provides package ${name}${this.module === null ? ": go.mod file not found in current directory or any parent directory; see 'go help modules'\n" : `; to add it:\n\tgo get ${name}\n`}`,
        );
      return this.#parse(path, source);
    });
    return {
      path: 'command-line-arguments',
      directory: absolute(this.#sys, names[0] ?? '.').replace(/\/[^/]*$/, ''),
      name: files[0]?.file.package ?? '',
      files,
      tests: [],
    };
  }

  #parse(path: string, source: string): LoadedFile {
    const name = dotted(shortPath(this.#sys, path));
    try {
      return { file: parseFile(name, source), source };
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      throw new ToolError(`# ${this.#importPath(path.replace(/\/[^/]*$/, ''))}\n${complaintText(name, error.position, error.message)}`);
    }
  }

  #importPath(directory: string): string {
    const { module } = this;
    if (module === null) return 'command-line-arguments';
    return directory === module.root ? module.path : `${module.path}${directory.slice(module.root === '/' ? 0 : module.root.length)}`;
  }

  #pattern(pattern: string): readonly Loaded[] {
    const { module } = this;
    if (module === null) return [];
    const isLocal = /^\.{0,2}\//.test(pattern) || /^\.{1,2}$/.test(pattern);
    if (!isLocal && pattern !== module.path && !pattern.startsWith(`${module.path}/`)) {
      if (isLibrary(pattern)) return [];
      throw new ToolError(
        STANDARD.has(pattern)
          ? ''
          : pattern.split('/')[0]?.includes('.')
            ? `no required module provides package ${pattern}; to add it:\n\tgo get ${pattern}\n`
            : `package ${pattern} is not in std (/usr/local/go/src/${pattern})\n`,
      );
    }
    const base = isLocal ? pattern : `${module.root}${pattern.slice(module.path.length)}`;
    const isAll = base.endsWith('/...');
    const directory = absolute(this.#sys, isAll ? base.slice(0, -4) : base);
    if (!isDirectory(this.#sys, directory))
      throw new ToolError(
        isAll
          ? `pattern ${pattern}: lstat ${dotted(shortPath(this.#sys, directory))}/: no such file or directory\n`
          : `stat ${directory}: directory not found\n`,
      );
    if (isAll) return this.#below(directory).flatMap((one) => this.#directory(one) ?? []);
    const loaded = this.#directory(directory);
    if (loaded === null || (loaded.files.length === 0 && loaded.tests.length === 0)) throw new ToolError(`no Go files in ${directory}\n`);
    return [loaded];
  }

  #below(directory: string): readonly string[] {
    const inside = this.#sys.path
      .readdir(directory)
      .map(({ name }) => name)
      .filter((name) => !/^[._]/.test(name) && name !== 'testdata' && name !== 'vendor' && isDirectory(this.#sys, `${directory}/${name}`))
      .sort();
    return [directory, ...inside.flatMap((name) => this.#below(directory === '/' ? `/${name}` : `${directory}/${name}`))];
  }

  /** The package of a directory; null if it has no Go files. */
  #directory(directory: string): Loaded | null {
    const names = this.#sys.path
      .readdir(directory)
      .map(({ name }) => name)
      .filter((name) => name.endsWith('.go') && !/^[._]/.test(name))
      .sort();
    const sources = names
      .map((name) => [name, textAt(this.#sys, `${directory}/${name}`) ?? ''] as const)
      .filter(([name, source]) => counts(name, source, this.#env));
    const all = sources.map(([name, source]) => ({ name, ...this.#parse(`${directory}/${name}`, source) }));
    if (all.length === 0) return null;
    const files = all.filter(({ name }) => !name.endsWith('_test.go'));
    const odd = files.find(({ file }) => file.package !== files[0]?.file.package);
    if (odd)
      throw new ToolError(
        `found packages ${files[0]?.file.package} (${files[0]?.name}) and ${odd.file.package} (${odd.name}) in ${directory}\n`,
      );
    return {
      path: this.#importPath(directory),
      directory,
      name: files[0]?.file.package ?? all[0]?.file.package.replace(/_test$/, '') ?? '',
      files,
      tests: all.filter(({ name }) => name.endsWith('_test.go')),
    };
  }

  /** A package and all of its module that it needs, itself first. Throws ToolError for imports that nobody has. */
  closure(main: Loaded, extra: readonly LoadedFile[] = []): readonly ObjectPackage[] {
    const packages = new Map<string, ObjectPackage>();
    const problems: string[] = [];
    const visit = (one: Loaded, files: readonly LoadedFile[]): void => {
      packages.set(one.path, { path: one.path, directory: one.directory, files: files.map(({ file, source }) => [file.name, source]) });
      for (const { file } of files)
        for (const { path, at } of file.imports) {
          if (path === 'C' || packages.has(path) || isLibrary(path)) continue;
          const found = this.#own(path);
          if (found) visit(found, found.files);
          else problems.push(complaintText(file.name.replace(/^\.\//, ''), at, this.#absent(path)));
        }
    };
    visit(main, [...main.files, ...extra]);
    if (problems.length > 0) throw new ToolError([...new Set(problems)].join(''));
    return [...packages.values()];
  }

  #own(path: string): Loaded | null {
    const { module } = this;
    const tested = this.#tested.get(path);
    if (tested) return tested;
    if (module === null || !path.startsWith(`${module.path}/`)) return module?.path === path ? this.#directory(module.root) : null;
    const directory = `${module.root}${path.slice(module.path.length)}`;
    const loaded = isDirectory(this.#sys, directory) ? this.#directory(directory) : null;
    return loaded && loaded.files.length > 0 ? loaded : null;
  }

  #absent(path: string): string {
    if (STANDARD.has(path)) return `package ${path} is not in the part of the standard library that this model has`;
    if (!path.split('/')[0]?.includes('.')) return `package ${path} is not in std (/usr/local/go/src/${path})`;
    if (this.module === null)
      return `no required module provides package ${path}: go.mod file not found in current directory or any parent directory; see 'go help modules'`;
    const required = [...this.module.requires.keys()].find((name) => path === name || path.startsWith(`${name}/`));
    if (required) return `missing go.sum entry for module providing package ${path}; to add:\n\tgo get ${this.module.path}`;
    return `no required module provides package ${path}; to add it:\n\tgo get ${path}`;
  }

  /** Paths outside of this module and the standard library that a package's files import. */
  foreign(loaded: Loaded): readonly string[] {
    const paths = [...loaded.files, ...loaded.tests].flatMap(({ file }) => file.imports.map(({ path }) => path));
    return [...new Set(paths)].filter((path) => path.split('/')[0]?.includes('.') && this.#own(path) === null);
  }

  /** What `//go:embed` names, as content by directory and pattern. */
  embedded(packages: readonly ObjectPackage[]): readonly (readonly [string, string])[] {
    return packages.flatMap(({ directory, files }) =>
      files.flatMap(([, source]) =>
        [...source.matchAll(/^\/\/go:embed (\S+)$/gm)].flatMap(([, pattern = '']): readonly (readonly [string, string])[] => {
          try {
            return [[`${directory}/${pattern}`, rawOf(this.#sys.path.readFile(`${directory}/${pattern}`))]];
          } catch {
            throw new ToolError(`${dotted(shortPath(this.#sys, directory))}: pattern ${pattern}: no matching files found\n`);
          }
        }),
      ),
    );
  }
}
