/** From the name in `require` or `import` to a file. */
import type { Sys } from '../../../kernel/sys.ts';
import {
  exported,
  findFile,
  folderOf,
  kindOf,
  moduleFolders,
  normalize,
  type PackageFile,
  packageIn,
  packageOf,
  realPath,
  resolvePath,
  splitName,
} from './paths.ts';

export type Resolved =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'missing' }
  /** There is such a folder, where a file is needed. */
  | { readonly kind: 'folder'; readonly path: string }
  /** The package does not let this path be imported. */
  | { readonly kind: 'hidden'; readonly subpath: string; readonly packagePath: string };

const REQUIRE = ['node', 'require', 'module-sync', 'node-addons'];
const IMPORT = ['node', 'import', 'module-sync', 'node-addons'];

const file = (sys: Sys, path: string): Resolved => ({ kind: 'file', path: realPath(sys, path) });

function byExports(sys: Sys, found: PackageFile, rest: string, conditions: readonly string[]): Resolved | null {
  const subpath = rest === '' ? '.' : `./${rest}`;
  const target = exported(found.data.exports, subpath, conditions);
  if (target === undefined) return null;
  if (target === null) return { kind: 'hidden', subpath, packagePath: `${found.folder}/package.json` };
  const path = normalize(`${found.folder}/${target}`);
  return kindOf(sys, path) === 'file' ? file(sys, path) : { kind: 'missing' };
}

/** `#name`, by the `imports` of the package around. */
function internal(sys: Sys, specifier: string, from: string, conditions: readonly string[]): Resolved {
  const own = packageOf(sys, from);
  const target = own === null ? null : exported(own.data.imports, specifier, conditions);
  if (own === null || target === undefined || target === null) return { kind: 'missing' };
  return target.startsWith('.') ? file(sys, normalize(`${own.folder}/${target}`)) : resolveRequire(sys, target, from);
}

export function resolveRequire(sys: Sys, specifier: string, from: string): Resolved {
  const folder = folderOf(from);
  if (/^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..') {
    const found = findFile(
      sys,
      specifier.endsWith('/') || specifier === '.' || specifier === '..'
        ? `${resolvePath(folder, specifier)}/`
        : resolvePath(folder, specifier),
    );
    return found === null ? { kind: 'missing' } : file(sys, found);
  }
  if (specifier.startsWith('#')) return internal(sys, specifier, from, REQUIRE);
  const { name, rest } = splitName(specifier);
  const own = packageOf(sys, from);
  if (own?.data.name === name && own.data.exports !== undefined) {
    const found = byExports(sys, own, rest, REQUIRE);
    if (found !== null) return found;
  }
  for (const modules of [...moduleFolders(folder), ...globalFolders(sys)]) {
    const at = `${modules}/${name}`;
    const found = packageIn(sys, at);
    if (found !== null) {
      const chosen = byExports(sys, found, rest, REQUIRE);
      if (chosen !== null) return chosen;
    }
    const path = findFile(sys, rest === '' ? at : `${at}/${rest}`);
    if (path !== null) return file(sys, path);
  }
  return { kind: 'missing' };
}

const globalFolders = (sys: Sys): readonly string[] => (sys.env.get('NODE_PATH') ?? '').split(':').filter((path) => path !== '');

export function resolveImport(sys: Sys, specifier: string, from: string): Resolved {
  if (/^(\.{1,2}\/|\/|file:)/.test(specifier)) {
    const path = resolvePath(folderOf(from), decodeURIComponent(specifier.replace(/^file:\/\//, '').replace(/[?#].*$/, '')));
    const kind = kindOf(sys, path);
    if (kind === 'folder') return { kind: 'folder', path };
    return kind === 'file' ? file(sys, path) : { kind: 'missing' };
  }
  if (specifier.startsWith('#')) return internal(sys, specifier, from, IMPORT);
  const { name, rest } = splitName(specifier);
  const own = packageOf(sys, from);
  if (own?.data.name === name && own.data.exports !== undefined) {
    const found = byExports(sys, own, rest, IMPORT);
    if (found !== null) return found;
  }
  for (const modules of moduleFolders(folderOf(from))) {
    const at = `${modules}/${name}`;
    if (kindOf(sys, at) !== 'folder') continue;
    const found = packageIn(sys, at);
    const chosen = found === null ? null : byExports(sys, found, rest, IMPORT);
    if (chosen !== null) return chosen;
    if (rest !== '') return kindOf(sys, `${at}/${rest}`) === 'file' ? file(sys, `${at}/${rest}`) : { kind: 'missing' };
    const main = findFile(sys, at);
    return main === null ? { kind: 'missing' } : file(sys, main);
  }
  return { kind: 'missing' };
}

/** Whether a file is a module of ECMAScript, of CommonJS, or says neither. */
export function formatOf(sys: Sys, path: string): 'module' | 'commonjs' | 'json' | 'unsaid' {
  if (path.endsWith('.mjs') || path.endsWith('.mts')) return 'module';
  if (path.endsWith('.cjs') || path.endsWith('.cts')) return 'commonjs';
  if (path.endsWith('.json')) return 'json';
  const type = packageOf(sys, path)?.data.type;
  return type === 'module' ? 'module' : type === 'commonjs' ? 'commonjs' : 'unsaid';
}
