/** A source to the code of a module, of an expression, or of a line at the prompt. */

import type { Expr, Stmt } from '../syntax/ast.ts';
import type { SourceWarning } from '../syntax/cursor.ts';
import { SyntaxFault } from '../syntax/fault.ts';
import { parseEval, parseModule } from '../syntax/parse-statements.ts';
import type { Version } from '../versions/versions.ts';
import { Builder, type CompileOptions } from './builder.ts';
import { Code } from './code.ts';
import { compileExpression } from './expressions.ts';
import { docOf } from './functions.ts';
import { analyse } from './scopes.ts';
import { compileBlock } from './statements.ts';

export type Mode = 'exec' | 'eval' | 'single';

interface SourceOptions {
  readonly file: string;
  readonly mode: Mode;
  readonly version: Version;
  /** Gets what is hardly meant. */
  readonly warnings?: SourceWarning[];
}

/** Throws SyntaxFault. */
export function compileSource(source: string, { file, mode, version, warnings = [] }: SourceOptions): Code {
  const text = source.replace(/^\ufeff/, '');
  if (mode === 'eval') return compileEval(text, { file, version });
  const body = parseModule(text, version, warnings);
  checkFuture(body);
  const lines = text.split('\n');
  const isFuture = body.some(
    (one) => one.kind === 'import-from' && one.module === '__future__' && one.names.some(({ name }) => name === 'annotations'),
  );
  const options: CompileOptions = {
    isInteractive: mode === 'single',
    version,
    ...(isFuture ? { annotationText: (node: Expr) => textOf(lines, node) } : {}),
  };
  const b = builder(body, { file, options });
  const doc = docOf(body);
  if (doc !== null && mode === 'exec') {
    b.constant(doc);
    b.emit('STORE_NAME', b.nameIndex('__doc__'));
  }
  compileBlock(b, body);
  b.constant(null);
  b.emit('RETURN');
  return b.code;
}

const FUTURES: ReadonlySet<string> = new Set(
  'nested_scopes generators division absolute_import with_statement print_function unicode_literals barry_as_FLUFL generator_stop annotations'.split(
    ' ',
  ),
);

/** `from __future__` comes first, and asks for what there is. */
function checkFuture(body: readonly Stmt[]): void {
  let isBegin = true;
  for (const one of body) {
    if (one.kind === 'import-from' && one.module === '__future__') {
      if (!isBegin) throw new SyntaxFault('from __future__ imports must occur at the beginning of the file', one);
      const unknown = one.names.find(({ name }) => !FUTURES.has(name));
      if (unknown !== undefined)
        throw new SyntaxFault(`future feature ${unknown.name} is not defined`, { ...one, endLine: one.line, endCol: one.col });
    } else if (one !== body[0] || docOf(body) === null) isBegin = false;
  }
}

const textOf = (lines: readonly string[], node: Expr): string =>
  node.line === node.endLine
    ? (lines[node.line - 1] ?? '').slice(node.col, node.endCol)
    : lines
        .slice(node.line - 1, node.endLine)
        .join(' ')
        .trim();

function builder(body: readonly Stmt[] | Expr, { file, options }: { file: string; options: CompileOptions }): Builder {
  const root = {};
  const scopes = analyse(root, body);
  const scope = scopes.get(root);
  if (scope === undefined) throw new Error('A module without a scope');
  const code = new Code({ name: '<module>', qualname: '<module>', file, firstLine: 1 });
  code.kind = 'module';
  code.hasNamespace = true;
  return new Builder(code, { scope, scopes, outer: null, options });
}

function compileEval(source: string, { file, version }: Pick<SourceOptions, 'file' | 'version'>): Code {
  const value = parseEval(source, version);
  const b = builder(value, { file, options: { isInteractive: false, version } });
  compileExpression(b, value);
  b.emit('RETURN');
  return b.code;
}
