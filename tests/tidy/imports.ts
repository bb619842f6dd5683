/** Which room may import which: the table of docs/architecture.md. An arrow never points up, so there are no circles. */
import path from 'node:path';
import ts from 'typescript';
import { eachTree, type Rule, type Source } from './tree.ts';

/** Rooms of the engine and what each may import beside itself. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'engine/kernel': [],
  'engine/http': [],
  'engine/api-types': [],
  'engine/oci': [],
  'engine/userland': ['engine/kernel', 'engine/http', 'engine/oci'],
  'engine/registry': ['engine/oci', 'engine/http'],
  'engine/daemon': ['engine/kernel', 'engine/oci', 'engine/registry', 'engine/http', 'engine/api-types'],
  'engine/api': ['engine/daemon', 'engine/http', 'engine/api-types'],
  'engine/cli': ['engine/http', 'engine/api-types', 'engine/registry'],
  'engine/machine': [
    'engine/kernel',
    'engine/http',
    'engine/api-types',
    'engine/oci',
    'engine/userland',
    'engine/registry',
    'engine/daemon',
    'engine/api',
    'engine/cli',
  ],
  lab: ['engine/machine', 'engine/http'],
  components: ['lab', 'content', 'engine/machine', 'engine/oci', 'engine/api-types'],
  content: ['components'],
  embed: ['components', 'content'],
  bin: ['engine/machine', 'engine/cli', 'engine/http', 'engine/api-types', 'engine/oci'],
  integrations: [],
};

/** What comes from the outside, by room. `node:` stands for all of Node. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'engine/cli': ['@noble/hashes', 'yaml'],
  'engine/http': ['@noble/hashes'],
  'engine/oci': ['fflate', '@noble/hashes'],
  'engine/userland': ['@noble/hashes', 'acorn'],
  'engine/machine': ['@noble/hashes'],
  'engine/registry': ['@noble/hashes'],
  lab: ['idb', 'fflate'],
  components: ['@xterm/headless', 'shiki'],
  bin: ['node:'],
  integrations: ['node:', 'astro', '@astrojs/markdown-satteri', 'pagefind'],
};

export const roomOf = (file: string): string | null => {
  const [, first, second] = file.split('/');
  if (first === undefined || second === undefined) return null;
  return first === 'engine' ? `engine/${second}` : first;
};

const specifierOf = (node: ts.Node): { readonly name: string; readonly typeOnly: boolean } | null => {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
    return { name: node.moduleSpecifier.text, typeOnly: node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
    return { name: node.moduleSpecifier.text, typeOnly: node.isTypeOnly };
  const [argument] = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments : [];
  return argument && ts.isStringLiteral(argument) ? { name: argument.text, typeOnly: false } : null;
};

function wrong(source: Source, name: string, typeOnly: boolean): string | null {
  const from = roomOf(source.path);
  if (from === null) return null;
  if (!name.startsWith('.')) {
    const allowed = (PACKAGES[from] ?? []).some((known) => name === known || name.startsWith(known.endsWith(':') ? known : `${known}/`));
    return allowed ? null : `${from} may not import the package ${name}`;
  }
  const to = roomOf(path.posix.join(path.posix.dirname(source.path), name));
  if (to === null || to === from || ROOMS[from]?.includes(to)) return null;
  // Above the engine a type may come from any room: it costs nothing and binds nothing at run time.
  if (typeOnly && !from.startsWith('engine/')) return null;
  return `${from} may not import ${to}`;
}

export const importRule: Rule = eachTree(
  ({ path: file }) => file.startsWith('src/') && roomOf(file) !== null,
  (source, node) => {
    const specifier = specifierOf(node);
    return specifier && wrong(source, specifier.name, specifier.typeOnly);
  },
);

/** Relative imports name the file as it is. */
export const explicitExtensions: Rule = (sources) =>
  eachTree(
    () => true,
    (_, node) => {
      const name = specifierOf(node)?.name;
      return name?.startsWith('.') && !/\.(ts|mjs|js|css|astro|json)(\?.*)?$/.test(name) ? `${name} has no extension` : null;
    },
  )(sources);
