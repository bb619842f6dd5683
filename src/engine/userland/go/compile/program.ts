/** A whole program: its packages, compiled in the order in which they need each other. */
import { LIBRARY } from '../library/index.ts';
import type { Code, FuncCode } from '../runtime/frame.ts';
import type { SourceFile } from '../syntax/ast.ts';
import { parseFile } from '../syntax/parse-file.ts';
import type { Complaint } from './context.ts';
import { Package, type PackageOptions } from './package.ts';

/** Sources of one package. */
export interface PackageSource {
  readonly path: string;
  readonly files: readonly SourceFile[];
  /** The directory that traces name. */
  readonly directory: string;
}

export interface ProgramOptions {
  readonly main: PackageSource;
  /** Packages of the program's own module; a text is why there is none. */
  readonly find: (path: string) => PackageSource | string;
  readonly linked?: ReadonlyMap<string, string>;
  readonly embedded?: (directory: string, pattern: string) => string | undefined;
}

export interface Compiled {
  /** Packages in order, the main one last. */
  readonly packages: readonly Package[];
  readonly main: Package;
  /** Complaints of the first package that has any. */
  readonly complaints: { readonly path: string; readonly list: readonly Complaint[] } | null;
}

export interface Program {
  /** What is run first, in order: variables and `init` functions. */
  readonly initialization: readonly { readonly codes: readonly Code[]; readonly inits: readonly FuncCode[] }[];
  readonly main: FuncCode;
}

export const isLibrary = (path: string): boolean => Object.hasOwn(LIBRARY, path);

/** Compiles a program and all that it imports. */
export function compileProgram({ main, find, linked, embedded }: ProgramOptions): Compiled {
  const made = new Map<string, Package | string>();
  const order: Package[] = [];
  const make = (source: PackageSource, more: Partial<PackageOptions>): Package => {
    const own = new Package({
      path: source.path,
      files: source.files,
      importer,
      traceFile: (file) => `${source.directory}/${file.replace(/^.*\//, '')}`,
      ...(linked ? { linked } : {}),
      ...(embedded ? { embedded: (pattern) => embedded(source.directory, pattern) } : {}),
      ...more,
    });
    order.push(own);
    return own;
  };
  const importer = (path: string): Package | string => {
    const known = made.get(path);
    if (known !== undefined) return known;
    const library = LIBRARY[path];
    const source = library ? null : find(path);
    made.set(path, 'import cycle not allowed');
    const own =
      library && source === null
        ? make(
            { path, files: [library.source].flat().map((text) => parseFile(`${path}.go`, text)), directory: `/usr/local/go/src/${path}` },
            { isLibrary: true, ...(library.natives ? { natives: library.natives } : {}) },
          )
        : source === null || typeof source === 'string'
          ? (source ?? '')
          : make(source, {});
    made.set(path, own);
    return own;
  };
  const own = make(main, {});
  const faulty = order.find(({ complaints }) => complaints.length > 0);
  return { packages: order, main: own, complaints: faulty ? { path: faulty.path, list: faulty.complaints } : null };
}

/** What is run of a program that has no complaints; null if it has no `main`. */
export function programOf({ packages, main }: Compiled): Program | null {
  const found = main.scope.find('main');
  if (found?.kind !== 'func') return null;
  return { initialization: packages.map((one) => ({ codes: one.initialization, inits: one.inits })), main: found.code };
}
