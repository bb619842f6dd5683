/** A source file: its package, what it imports, what it declares. */
import type { Declaration, Expr, Import, Named, SourceFile, TypeParamExpr } from './ast.ts';
import { Cursor } from './cursor.ts';
import { expressions } from './parse-expressions.ts';
import { block } from './parse-statements.ts';
import { parameters, signature, type, union } from './parse-types.ts';
import { GoError, tokenize } from './tokens.ts';

/** Reads a file. Throws GoError at its first mistake. */
export function parseFile(name: string, source: string): SourceFile {
  const cursor = new Cursor(tokenize(source));
  if (!cursor.accept('package')) throw new GoError(cursor.at, `syntax error: package statement must be first`);
  const packageName = cursor.name();
  cursor.endStatement(' after package clause');
  const imports: Import[] = [];
  while (cursor.accept('import')) {
    imports.push(...grouped(cursor, () => importSpec(cursor)));
    cursor.endStatement(' after top level declaration');
  }
  const declared: Declaration[] = [];
  while (!cursor.isEnd) {
    if (cursor.is('import')) throw new GoError(cursor.at, 'syntax error: imports must appear before other declarations');
    declared.push(...topLevel(cursor));
    if (!cursor.isEnd && !cursor.isSemicolon) throw cursor.unexpected(' after top level declaration');
    while (cursor.isSemicolon) cursor.next();
  }
  return { name, package: packageName, imports, declarations: withEmbeds(source, declared) };
}

/** `//go:embed` stands on the line before its variable. */
function withEmbeds(source: string, declared: readonly Declaration[]): readonly Declaration[] {
  if (!source.includes('//go:embed ')) return declared;
  const lines = source.split('\n');
  return declared.map((one) => {
    if (one.kind !== 'var') return one;
    const embed = /^\/\/go:embed (.+)$/.exec(lines[Math.floor(one.at / 4096) - 2] ?? '')?.[1];
    return embed === undefined ? one : { ...one, embed: embed.trim().split(/\s+/) };
  });
}

/** One, or several in brackets. */
function grouped<T>(cursor: Cursor, read: (index: number) => T): readonly T[] {
  if (!cursor.accept('(')) return [read(0)];
  const list: T[] = [];
  while (!cursor.is(')')) {
    list.push(read(list.length));
    cursor.endStatement(', expected semicolon, newline, or )');
  }
  cursor.expect(')');
  return list;
}

function importSpec(cursor: Cursor): Import {
  const { at } = cursor;
  const name = cursor.token.kind === 'name' ? cursor.name() : cursor.accept('.') ? '.' : null;
  const { token } = cursor;
  if (token.literal?.kind !== 'string') throw cursor.unexpected(', expected import path');
  cursor.next();
  return { at, name, path: String(token.literal.value) };
}

function topLevel(cursor: Cursor): readonly Declaration[] {
  if (cursor.is('func')) return [functionDeclaration(cursor)];
  if (cursor.is('var') || cursor.is('const') || cursor.is('type')) return declarations(cursor);
  throw new GoError(cursor.at, 'syntax error: non-declaration statement outside function body');
}

function functionDeclaration(cursor: Cursor): Declaration {
  cursor.expect('func');
  const [receiver = null] = cursor.is('(') ? parameters(cursor) : [];
  const { at } = cursor;
  const name = cursor.name();
  const typeParams = cursor.is('[') ? typeParameters(cursor) : [];
  const of = signature(cursor, at);
  if (cursor.isSemicolon && cursor.peek().text === '{')
    throw new GoError(cursor.peek().position, 'syntax error: unexpected semicolon or newline before {');
  return { kind: 'func', at, name, receiver, typeParams, type: of, body: cursor.is('{') ? block(cursor) : null };
}

function typeParameters(cursor: Cursor): readonly TypeParamExpr[] {
  cursor.expect('[');
  const list: TypeParamExpr[] = [];
  while (!cursor.is(']')) {
    const names: Named[] = [];
    do names.push({ at: cursor.at, name: cursor.name() });
    while (cursor.accept(','));
    const terms = union(cursor);
    const [only] = terms;
    const constraint: Expr =
      terms.length === 1 && only && !only.tilde ? only.type : { kind: 'interface-type', at: cursor.at, methods: [], unions: [terms] };
    list.push(...names.map((one) => ({ ...one, constraint })));
    if (!cursor.accept(',') && !cursor.is(']')) throw cursor.unexpected(', expected ]');
  }
  cursor.expect(']');
  return list;
}

/** `var`, `const` or `type`, at the top or in a block. */
export function declarations(cursor: Cursor): readonly Declaration[] {
  const word = cursor.next().text;
  if (word === 'type') return grouped(cursor, () => typeDeclaration(cursor));
  if (word === 'var') return grouped(cursor, () => varDeclaration(cursor));
  let previous: { readonly type: Expr | null; readonly values: readonly Expr[] } = { type: null, values: [] };
  return grouped(cursor, (iota) => {
    const names = nameList(cursor);
    const given = cursor.is('=') || cursor.isSemicolon || cursor.is(')') ? null : type(cursor);
    if (cursor.accept('=')) previous = { type: given, values: expressions(cursor) };
    return { kind: 'const', at: names[0]?.at ?? cursor.at, names, ...previous, iota };
  });
}

function nameList(cursor: Cursor): readonly Named[] {
  const names: Named[] = [];
  do names.push({ at: cursor.at, name: cursor.name() });
  while (cursor.accept(','));
  return names;
}

function varDeclaration(cursor: Cursor): Declaration {
  const names = nameList(cursor);
  const given = cursor.is('=') ? null : type(cursor);
  return { kind: 'var', at: names[0]?.at ?? cursor.at, names, type: given, values: cursor.accept('=') ? expressions(cursor) : [] };
}

function typeDeclaration(cursor: Cursor): Declaration {
  const { at } = cursor;
  const name = cursor.name();
  const typeParams = cursor.is('[') && cursor.peek().kind === 'name' ? (cursor.attempt(() => typeParameters(cursor)) ?? []) : [];
  const alias = cursor.accept('=');
  return { kind: 'type', at, name, typeParams, alias, type: type(cursor) };
}
