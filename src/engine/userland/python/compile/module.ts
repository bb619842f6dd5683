/** A source to the code of a module, of an expression, or of a line at the prompt. */
import type { Expr, Stmt } from '../syntax/ast.ts';
import { parseEval, parseModule } from '../syntax/parse-statements.ts';
import { Builder, type CompileOptions } from './builder.ts';
import { Code } from './code.ts';
import { compileExpression } from './expressions.ts';
import { docOf } from './functions.ts';
import { analyse } from './scopes.ts';
import { compileBlock } from './statements.ts';

export type Mode = 'exec' | 'eval' | 'single';

/** Throws SyntaxFault. */
export function compileSource(source: string, { file, mode }: { readonly file: string; readonly mode: Mode }): Code {
  const text = source.replace(/^\ufeff/, '');
  if (mode === 'eval') return compileEval(text, file);
  const body = parseModule(text);
  const lines = text.split('\n');
  const isFuture = body.some(
    (one) => one.kind === 'import-from' && one.module === '__future__' && one.names.some(({ name }) => name === 'annotations'),
  );
  const options: CompileOptions = {
    isInteractive: mode === 'single',
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

function compileEval(source: string, file: string): Code {
  const value = parseEval(source);
  const b = builder(value, { file, options: { isInteractive: false } });
  compileExpression(b, value);
  b.emit('RETURN');
  return b.code;
}
