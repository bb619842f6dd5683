/** Reads a script; what is wrong with one is said in V8's words. */
import { type Program, parse, tokenizer } from 'acorn';

/** A script that is none. */
export class SyntaxProblem extends Error {
  readonly at: number;
  readonly end: number;

  constructor(message: string, at: number, end: number) {
    super(message);
    this.at = at;
    this.end = end;
  }
}

export interface ParseOptions {
  readonly isModule: boolean;
  /** As in the REPL and `-p`: `await` at the top of a script is allowed. */
  readonly mayAwait?: boolean;
}

export function parseScript(text: string, { isModule, mayAwait = false }: ParseOptions): Program {
  try {
    return parse(text, {
      ecmaVersion: 'latest',
      sourceType: isModule ? 'module' : 'script',
      allowReturnOutsideFunction: !isModule,
      allowAwaitOutsideFunction: isModule || mayAwait,
      allowImportExportEverywhere: false,
      allowHashBang: true,
      allowSuperOutsideMethod: false,
    });
  } catch (error) {
    throw problemOf(text, error, isModule);
  }
}

interface AcornError {
  readonly pos: number;
  readonly message: string;
  readonly raisedAt?: number;
}

const isAcornError = (error: unknown): error is AcornError => error instanceof SyntaxError && 'pos' in error;

function problemOf(text: string, error: unknown, isModule: boolean): unknown {
  if (!isAcornError(error)) return error;
  const said = error.message.replace(/ \(\d+:\d+\)$/, '');
  const at = error.pos;
  const token = tokenAt(text, at);
  const end = at + Math.max(1, token.length);
  const known = inWordsOfV8(said, { text, at, token, isModule });
  return new SyntaxProblem(known.message, known.at ?? at, known.end ?? end);
}

/** The token that begins at a place. */
function tokenAt(text: string, at: number): string {
  try {
    const token = tokenizer(text.slice(at), { ecmaVersion: 'latest' }).getToken();
    return text.slice(at).slice(token.start, token.end) || '';
  } catch {
    return text.slice(at, at + 1);
  }
}

interface Place {
  readonly text: string;
  readonly at: number;
  readonly token: string;
  readonly isModule: boolean;
}
interface Said {
  readonly message: string;
  readonly at?: number;
  readonly end?: number;
}

const PLAIN: Readonly<Record<string, string>> = {
  'Invalid regular expression flag': 'Invalid regular expression flags',
  'Unterminated regular expression': 'Invalid regular expression: missing /',
  'Unterminated template': 'Unterminated template literal',
  'Missing initializer in const declaration': 'Missing initializer in const declaration',
  'Unsyntactic break': 'Illegal break statement',
  'Missing catch or finally clause': 'Missing catch or finally after try',
  'Assigning to rvalue': 'Invalid left-hand side in assignment',
  'Optional chaining cannot appear in left-hand side': 'Invalid left-hand side in assignment',
  "'super' keyword outside a method": "'super' keyword unexpected here",
  'super() call outside constructor of a subclass': "'super' keyword unexpected here",
  'Illegal newline after throw': 'Illegal newline after throw',
  'Deleting local variable in strict mode': 'Delete of an unqualified identifier in strict mode.',
  'Redefinition of __proto__ property': 'Duplicate __proto__ fields are not allowed in object literals',
  'Identifier directly after number': 'Invalid or unexpected token',
  'Invalid number': 'Invalid or unexpected token',
  'Octal literal in strict mode': 'Octal literals are not allowed in strict mode.',
  'new.target can only be used in functions and class static block': 'new.target expression is not allowed here',
  'Comma is not permitted after the rest element': 'Rest element must be last element',
  'Duplicate constructor in the same class': 'A class may only have one constructor',
};

function inWordsOfV8(said: string, place: Place): Said {
  const { text, at, token, isModule } = place;
  const plain = PLAIN[said];
  if (said === 'Unexpected token' && /(^|[^\w$.])const\s+[\w$]+\s*$/.test(text.slice(0, at)) && !/^[,=]/.test(token)) {
    const name = /[\w$]+\s*$/.exec(text.slice(0, at))?.[0] ?? '';
    return { message: 'Missing initializer in const declaration', at: at - name.length, end: at - name.length + name.trimEnd().length };
  }
  if (said.startsWith("'return' outside of function")) return { message: 'Illegal return statement' };
  if (plain !== undefined) return { message: plain };
  const redeclared = /^Identifier '(.*)' has already been declared$/.exec(said);
  if (redeclared) return { message: said, end: at + (redeclared[1]?.length ?? 1) };
  if (said === 'Unterminated string constant') return { message: 'Invalid or unexpected token', end: lineEnd(text, at) };
  if (
    said.startsWith("'import' and 'export' may appear only with 'sourceType: module'") ||
    said.startsWith("'import' and 'export' may only")
  )
    return token === 'import' ? { message: 'Cannot use import statement outside a module' } : { message: "Unexpected token 'export'" };
  if (said.startsWith('Unexpected character')) return { message: 'Invalid or unexpected token', end: at + 1 };
  if (/reserved word 'await'|Cannot use keyword 'await'/.test(said) || (token === 'await' && !isModule))
    return { message: 'await is only valid in async functions and the top level bodies of modules' };
  if (/keyword 'await' outside/.test(said))
    return { message: 'await is only valid in async functions and the top level bodies of modules' };
  const awaited = awaitBefore(text, at);
  if (awaited !== null && said === 'Unexpected token')
    return { message: 'await is only valid in async functions and the top level bodies of modules', at: awaited, end: awaited + 5 };
  if (said === 'Unexpected token' || said.startsWith('Unexpected keyword') || said.startsWith("The keyword '")) return unexpected(place);
  return { message: said };
}

/** `await x` where it is no keyword is a name with something unexpected after it. */
function awaitBefore(text: string, at: number): number | null {
  const before = text.slice(0, at).trimEnd();
  return /(^|[^\w$.])await$/.test(before) ? before.length - 5 : null;
}

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

function unexpected({ text, at, token }: Place): Said {
  if (at >= text.length || token === '') return { message: 'Unexpected end of input', at: text.length, end: text.length };
  const before = text.slice(0, at).trimEnd();
  const argument = argumentsEnd(text, at);
  if (argument !== null) return { message: 'missing ) after argument list', ...argument };
  if (/^["'`]/.test(token)) return { message: token.startsWith('`') ? 'Unexpected template string' : 'Unexpected string' };
  if (/^\d/.test(token)) return { message: 'Unexpected number' };
  if (/^[\p{ID_Start}$_]/u.test(token)) {
    if (/^(let|static|implements|interface|package|private|protected|public|yield)$/.test(token))
      return { message: 'Unexpected strict mode reserved word' };
    if (KEYWORDS.has(token)) return { message: `Unexpected token '${token}'` };
    return { message: `Unexpected identifier '${token}'` };
  }
  return { message: before === '' && token === '' ? 'Unexpected end of input' : `Unexpected token '${token}'` };
}

const KEYWORDS = new Set(
  'break case catch class const continue debugger default delete do else export extends finally for function if import in instanceof new return super switch this throw try typeof var void while with null true false enum'.split(
    ' ',
  ),
);

/** The last token of a call's arguments, if their parenthesis is still open here. */
function argumentsEnd(text: string, at: number): { readonly at: number; readonly end: number } | null {
  const open: { readonly char: string; readonly isCall: boolean }[] = [];
  let last = '';
  let place = { at, end: at };
  try {
    for (const token of tokenizer(text.slice(0, at), { ecmaVersion: 'latest' })) {
      const char = text.slice(token.start, token.end);
      if (char === '(' || char === '[' || char === '{')
        open.push({ char, isCall: char === '(' && /[\w$)\]]$/.test(last) && !/^(if|for|while|switch|catch|with|function)$/.test(last) });
      else if (char === ')' || char === ']' || char === '}') open.pop();
      last = char;
      place = { at: token.start, end: token.end };
    }
  } catch {
    return null;
  }
  const next = text.slice(at, at + 1);
  const isOpen =
    open.at(-1)?.isCall === true && last !== '(' && last !== ',' && !/[-+*/%=<>&|^!?:.,([{]$/.test(last) && next !== ',' && next !== ')';
  return isOpen ? place : null;
}
