/** What the engine must not touch: whatever depends on the host, and whatever waits for anything but the kernel. */
import ts from 'typescript';
import { eachTree, inside, type Rule, type Source, tree, visit } from './tree.ts';

/** Globals of browsers and of Node. A name that a file declares itself is another thing. */
const GLOBALS = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'requestAnimationFrame',
  'fetch',
  'Intl',
  'process',
  'Buffer',
  'structuredClone',
  'require',
  '__dirname',
  'document',
  'window',
  'navigator',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'location',
  'crypto',
  'performance',
  'console',
  'Worker',
  'MessageChannel',
  'MessagePort',
  'ReadableStream',
  'WritableStream',
  'TransformStream',
  'CompressionStream',
  'DecompressionStream',
  'Blob',
  'Response',
  'Request',
  'XMLHttpRequest',
  'WebSocket',
  'AbortController',
]);

/** Members whose result depends on the host, or on the order of its promises. */
const MEMBERS = new Map([
  ['Promise', new Set(['all', 'race', 'any', 'allSettled'])],
  ['Date', new Set(['now'])],
  ['Math', new Set(['random'])],
]);
const METHODS = /^(localeCompare|toLocale[A-Z]\w*)$/;

const declared = new Map<Source, ReadonlySet<string>>();

function declaredIn(source: Source): ReadonlySet<string> {
  const known = declared.get(source);
  if (known) return known;
  const names = new Set<string>();
  visit(tree(source), (node) => {
    const named =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isImportSpecifier(node) ||
      ts.isNamespaceImport(node);
    if (named && node.name && ts.isIdentifier(node.name)) names.add(node.name.text);
  });
  declared.set(source, names);
  return names;
}

/** A name that is used as a value of its own, not as a member, a key or a type. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  const keyed =
    ts.isPropertySignature(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isGetAccessor(parent) ||
    ts.isBindingElement(parent) ||
    ts.isQualifiedName(parent) ||
    ts.isParameter(parent) ||
    ts.isLiteralTypeNode(parent);
  return !keyed;
}

function banned(source: Source, node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node)) {
    if (METHODS.test(node.name.text)) return `.${node.name.text} depends on the host's language`;
    if (ts.isIdentifier(node.expression) && MEMBERS.get(node.expression.text)?.has(node.name.text))
      return `${node.expression.text}.${node.name.text}`;
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0)
    return 'new Date() reads the host’s clock';
  if (!ts.isIdentifier(node) || !GLOBALS.has(node.text) || !isReference(node)) return null;
  return declaredIn(source).has(node.text) ? null : `${node.text} is the host’s`;
}

export const hostRule: Rule = eachTree(inside('src/engine'), banned);

/** Programs wait for system calls alone: a promise of their own would stop the machine. */
export const waitRule: Rule = eachTree(
  inside(
    'src/engine/userland',
    'src/engine/daemon',
    'src/engine/api',
    'src/engine/cli',
    'src/engine/registry',
    'src/engine/http',
    'src/engine/oci',
  ),
  (_, node) =>
    ts.isNewExpression(node) && node.expression.getText() === 'Promise' ? 'new Promise: a program awaits nothing but sys' : null,
);
